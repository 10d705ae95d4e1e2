"""The gate's parts, each values in, a result for JSON out: {"ok": does it let through, …what was found}.

validators · golden and regression (expected.py, 100 %) · the eval set's figures (measured.py) · blast radius (blast.py)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from actions.check_holidays import check_holidays
from actions.texts_list import check_texts
from bot.staff.content import checks
from bot.staff.publish.expected import Expected, ExpectedError, misses, read_expected
from bot.staff.publish.trial import Trial
from index.check import check

PARTS = ("validators", "golden", "regression", "measured", "blast")
PART_NAMES = {
    "validators": "Kiểm tra tệp nội dung",
    "golden": "Câu kiểm tra chuẩn",
    "regression": "Câu kiểm tra từ các lần sửa trước",
    "measured": "Bộ câu hỏi đo độ đúng",
    "blast": "Câu hỏi thật gần đây: trả lời nào đổi",
}
BY_FORM = ("nlu/", "rules/", "faq/", "golden/", "regression/", "texts.yml")
"""What index.check does not read; judged as when it is saved."""
Tick = Callable[[int, int], None]
"""(done, total); raises when the work is no longer wanted."""


def validators(tree: Path, live: Path | None, today: date) -> dict[str, Any]:
    """Every reader over every file. A problem that the content of now has already does not block: else a record that ended last night
    would keep its own correction out."""
    problems, notes = _problems(tree, today)
    before = set(_problems(live, today)[0]) if problems and live is not None else set()
    new = [line for line in problems if line not in before]
    return {"ok": not new, "problems": new, "known": [line for line in problems if line in before], "notes": notes}


def expected_in(tree: Path, folder: str) -> list[tuple[str, Expected]]:
    """(path, what it expects) of golden/ or regression/, in the order of the paths; unreadable files are the validators' matter."""
    found = []
    for path in sorted((tree / folder).rglob("*.yml")):
        try:
            found.append((path.relative_to(tree).as_posix(), read_expected(path.read_text("utf-8"))))
        except (ExpectedError, UnicodeDecodeError):
            continue
    return found


def asked(trial: Trial, questions: list[tuple[str, Expected]], tick: Tick, *, needed: bool = False) -> dict[str, Any]:
    """Each question in a conversation of its own; all must hold. needed: none at all blocks."""
    wrong = []
    for n, (path, expected) in enumerate(questions):
        tick(n, len(questions))
        told = misses(expected, trial.ask(expected.question, expected.before))
        if told:
            wrong.append({"path": path, "question": expected.question, "before": list(expected.before), "told": told})
    return {"ok": not wrong and bool(questions or not needed), "n": len(questions), "held": len(questions) - len(wrong), "misses": wrong}


def passed(gate: dict[str, Any]) -> bool:
    """All parts are there and let through."""
    return all(gate.get(part, {}).get("ok") for part in PARTS)


def _problems(tree: Path, today: date) -> tuple[list[str], int]:
    """-> (problems without the folder's name, how many notes)."""
    problems, notes = check(tree, today)
    problems += check_holidays(tree) + check_texts(tree)
    texts = {path.relative_to(tree).as_posix(): path for path in sorted(tree.rglob("*.yml"))}

    def around(prefix: str) -> dict[str, str]:
        return {name: path.read_text("utf-8") for name, path in texts.items() if name.startswith(prefix)}

    for name, path in texts.items():
        if name.startswith(BY_FORM):
            errors = checks.check(name, path.read_text("utf-8"), around)
            problems += [f"{name}: {error.field}: {error.sentence}" for error in errors]
        if name.startswith(("golden/", "regression/")):
            try:
                read_expected(path.read_text("utf-8"))
            except ExpectedError as error:
                problems.append(f"{name}: {error}")
    return list(dict.fromkeys(line.replace(f"{tree}/", "") for line in problems)), len(notes)

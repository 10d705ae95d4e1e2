"""Blast radius: the last real questions, masked, asked of what serves and of a candidate; which answers change, and how.

Of a question only its turn's id is kept, so that it goes when its citizen erases it or its time is over.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway.tables import TURNS
from bot.staff.publish.gate import Tick
from bot.staff.publish.served import Served
from bot.staff.publish.trial import Trial

MOST = 1000
AT_ONCE = 6
"""Messages under way at a time: each of two engines works on one, the others hide the hop."""
LONGEST = 4000
KINDS = {"status": "Trạng thái", "procedure": "Thủ tục", "aspects": "Mục được trả lời", "text": "Câu chữ"}


@dataclass(frozen=True, slots=True)
class Question:
    """turn: the newest that asked it; n: how many did."""

    turn: str
    text: str
    n: int


def recent(engine: Engine, most: int = MOST) -> list[Question]:
    """The last `most` questions that are still kept, the same words once, the newest first."""
    asked = sa.select(TURNS.c.id, TURNS.c.question).where(TURNS.c.question.isnot(None)).order_by(TURNS.c.at.desc(), TURNS.c.id).limit(most)
    with engine.connect() as connection:
        rows = connection.execute(asked).all()
    counts = Counter(row.question for row in rows)
    first = {}
    for row in rows:
        first.setdefault(row.question, row.id)
    return [Question(turn, text, counts[text]) for text, turn in first.items() if text.strip()]


def answers(trial: Trial, questions: Sequence[Question], tick: Tick) -> list[dict[str, Any]]:
    """In the order of the questions; see reduced."""
    found: list[dict[str, Any]] = []
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        for n, messages in enumerate(pool.map(lambda question: trial.ask(question.text), questions)):
            if n % 10 == 0:
                tick(n, len(questions))
            found.append(reduced(messages))
    finally:  # those that nobody waits for any more are not asked
        pool.shutdown(cancel_futures=True)
    return found


def reduced(messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is compared of a reply: statuses, procedures and aspects of its answers, and all that is read."""
    said = [message for message in messages if message.get("answer")]
    every = [message["answer"] for message in said]
    return {
        "status": " + ".join(dict.fromkeys(str(answer.get("status")) for answer in every)),
        "procedure": ", ".join(dict.fromkeys(answer["procedure"]["code"] for answer in every if answer.get("procedure"))),
        "aspects": sorted({aspect for answer in every for aspect in answer.get("aspects") or ()}),
        "text": "\n\n".join(str(message.get("text") or "") for message in said)[:LONGEST],
    }


def compared(questions: Sequence[Question], live: Sequence[Mapping[str, Any]], candidate: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """-> {"ok": True, "asked", "changed" (both counted by turns), "kinds": {kind: turns}, "groups": [[before, after, turns]…] of statuses
    that change, the largest first, "rows": each question whose reply differs}."""
    rows, kinds, groups = [], Counter[str](), Counter[tuple[str, str]]()
    for question, before, after in zip(questions, live, candidate, strict=True):
        different = [kind for kind in KINDS if before[kind] != after[kind]]
        if not different:
            continue
        shown = [kind for kind in different if kind != "text"] or ["text"]
        kinds.update(dict.fromkeys(shown, question.n))
        if "status" in shown:
            groups[before["status"], after["status"]] += question.n
        rows.append({"turn": question.turn, "n": question.n, "kinds": shown, "before": dict(before), "after": dict(after)})
    rows.sort(key=lambda row: (-len(row["kinds"]), row["kinds"] == ["text"], -row["n"], row["turn"]))
    return {
        "ok": True,
        "asked": sum(question.n for question in questions),
        "changed": sum(row["n"] for row in rows),
        "kinds": dict(kinds),
        "groups": [[*pair, n] for pair, n in sorted(groups.items(), key=lambda item: (-item[1], item[0]))],
        "rows": rows,
    }


class LiveAnswers:
    """Replies of what serves, kept below var/trials/answers by release, model, content and moment; questions only as checksums."""

    def __init__(self, var: Path, served: Served, now: str) -> None:
        key = json.dumps([served.to_dict(), now], sort_keys=True)
        self._file = var / "trials" / "answers" / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"
        try:
            self._kept: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            self._kept = {}

    def missing(self, questions: Sequence[Question]) -> list[Question]:
        """Those that have not been asked yet."""
        return [question for question in questions if _checksum(question.text) not in self._kept]

    def keep(self, questions: Sequence[Question], replies: Sequence[Mapping[str, Any]]) -> None:
        """Add what was asked; files of other releases and days go."""
        self._kept |= {_checksum(question.text): reply for question, reply in zip(questions, replies, strict=True)}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        for old in self._file.parent.glob("*.json"):
            if old != self._file:
                old.unlink(missing_ok=True)
        temporary = self._file.with_suffix(".part")
        temporary.write_text(json.dumps(self._kept, ensure_ascii=False), "utf-8")
        temporary.replace(self._file)

    def of(self, questions: Sequence[Question]) -> list[dict[str, Any]]:
        """In their order. Raises KeyError for one that is missing."""
        return [self._kept[_checksum(question.text)] for question in questions]


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]

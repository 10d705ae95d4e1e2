"""The eval set's own figures: measure.py of a folder of questions against a trial server, live and candidate side by side."""

from __future__ import annotations

import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.staff.publish.gate import Tick
from bot.staff.publish.served import Served

TOLERANCE = 0.01
"""How far "right at once" may fall, as a share: of 300 questions three may go either way by a hair of the search's scores."""
FIGURES = ("right", "right_choice", "wrong", "silent", "aspects", "facts")
FIGURE_NAMES = {
    "right": "Đúng ngay", "right_choice": "Đúng ngay hoặc sau một lần chọn", "wrong": "Sai", "silent": "Không trả lời được",
    "aspects": "Đúng mục được hỏi", "facts": "Đủ dữ kiện",
}  # fmt: skip


class MeasureError(RuntimeError):
    """The script failed. A Vietnamese sentence."""


def script_for(questions: Path | None) -> Path | None:
    """Where tools.eval finds it too; None = there is nothing to measure with."""
    if questions is None:
        return None
    places = (questions / "measure.py", questions.parent / "eval" / "measure.py")
    return next((place for place in places if place.is_file()), None)


def measure(script: Path, questions: Path, base: str, tick: Tick) -> dict[str, float | None]:
    """Figures of all single questions, shares from 0 to 1, and their number "n". Raises MeasureError; what tick raises ends the script."""
    with tempfile.TemporaryDirectory(prefix="measure-") as folder:
        out = Path(folder) / "out.json"
        command = [sys.executable, str(script), "--base-url", base, "--questions", str(questions), "--part", "singles", "--json", str(out)]
        environment = {**os.environ, "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)  # noqa: S603 - named by the operator
        try:
            while process.poll() is None:
                tick(0, 0)
                time.sleep(0.5)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        try:
            row = next(row for row in json.loads(out.read_text("utf-8"))["singles"]["rows"] if row[0] == "ALL")
            values = [None if value is None or math.isnan(value) else float(value) for value in row[2:8]]
        except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
            raise MeasureError(f"Không đo được bằng bộ câu hỏi {questions} (mã {process.returncode}). Báo người quản trị máy chủ.") from error
    return {"n": row[1], **dict(zip(FIGURES, values, strict=True))}


def judged(live: Mapping[str, Any] | None, candidate: Mapping[str, Any]) -> dict[str, Any]:
    """ok: right at once has not fallen by more than TOLERANCE, and wrong has not risen. live: None = nothing serves yet."""
    told = []
    if live is not None:
        if (candidate["right"] or 0) < (live["right"] or 0) - TOLERANCE:
            told.append(f"Đúng ngay giảm quá {100 * TOLERANCE:.0f} điểm phần trăm.")
        if (candidate["wrong"] or 0) > (live["wrong"] or 0) + 1e-9:
            told.append("Tỷ lệ trả lời sai tăng.")
    return {"ok": not told, "told": told, "live": live, "candidate": dict(candidate)}


SKIPPED = {"ok": True, "skipped": True, "told": [], "live": None, "candidate": None}
"""No folder of questions is configured (MOT_CUA_QUESTIONS)."""


class LiveFigures:
    """Figures of what serves, kept by release, model, content and questions, so that they are measured once."""

    def __init__(self, var: Path, served: Served, questions: Path) -> None:
        digest = hashlib.sha256(json.dumps(served.to_dict(), sort_keys=True).encode())
        for path in sorted(questions.glob("*.jsonl")):
            digest.update(path.read_bytes())
        self._file = var / "trials" / "figures" / f"{digest.hexdigest()[:16]}.json"

    def read(self) -> dict[str, Any] | None:
        """None: not measured yet."""
        try:
            return json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def keep(self, figures: Mapping[str, Any]) -> None:
        """For the next candidate."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(dict(figures)), "utf-8")

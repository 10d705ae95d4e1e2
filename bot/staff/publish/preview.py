"""The private preview of a candidate: its trial server, started at the first look and gone after ten idle minutes."""

from __future__ import annotations

import os
import time
from pathlib import Path

from bot.gateway.settings import Settings
from bot.staff.publish.candidates import Candidate, Refused
from bot.staff.publish.served import Served, whole
from bot.staff.publish.start import detached
from bot.staff.publish.trial import IDLE_SECONDS, START_SECONDS, TrialServer

MOST = 2
"""Previews at a time: each takes about 600 MB."""


def open_preview(settings: Settings, candidate: Candidate) -> TrialServer | None:
    """None: it is starting, look again. Raises Refused when it cannot be previewed."""
    if candidate.release_id is None or candidate.model is None:
        raise Refused("Bản này chưa tạo xong nên chưa hỏi thử được.")
    var, served = settings.var, Served(candidate.release_id, candidate.model, candidate.tree)
    if trouble := whole(var, served):
        raise Refused(trouble)
    trials = var / "trials"
    trials.mkdir(parents=True, exist_ok=True)
    sign, starting = trials / f"preview-{candidate.id}.port", trials / f"preview-{candidate.id}.starting"
    if (port := _port(sign)) is not None:
        os.utime(sign)
        starting.unlink(missing_ok=True)
        return TrialServer(f"http://127.0.0.1:{port}")
    if _young(starting, START_SECONDS):
        return None
    if len([one for one in trials.glob("preview-*.port") if _young(one, IDLE_SECONDS)]) >= MOST:
        raise Refused(f"Đang có {MOST} bản được hỏi thử. Chờ khoảng 10 phút rồi thử lại.")
    starting.write_text("", "ascii")
    names = [served.release_id, served.model, *([served.tree] if served.tree else [])]
    detached(settings, "bot.staff.publish.trial", str(var), f"preview-{candidate.id}", *names)
    return None


def _port(sign: Path) -> int | None:
    try:
        return int(sign.read_text("ascii")) if _young(sign, IDLE_SECONDS) else None
    except (OSError, ValueError):
        return None


def _young(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime < seconds
    except OSError:
        return False

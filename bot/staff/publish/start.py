"""A job or a preview started as a process of its own, which outlives the request and, for a job, the gateway."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence

from bot.gateway.settings import ROOT, Settings
from bot.staff.desk import Desk
from bot.staff.publish.candidates import Candidates


def start_job(settings: Settings, candidate_id: str) -> None:
    """Returns at once. A second one for the same candidate ends by itself (job.py)."""
    database = {"DATABASE_URL": settings.database_url} if settings.database_url else {}
    detached(["-m", "bot.staff.publish.job", candidate_id], {"MOT_CUA_VAR": str(settings.var), **database})


def start_for(desk: Desk, candidate_id: str) -> None:
    """As the desk says: tests put something plain in the place of a process."""
    desk.extra.get("publish_start", start_job)(desk.settings, candidate_id)


def resume_abandoned(desk: Desk) -> str | None:
    """Start a job for the candidate whose job is gone -> its id. To be called now and then, and after a start of the gateway."""
    left = Candidates(desk.engine, desk.clock).abandoned()
    if left is None:
        return None
    start_for(desk, left.id)
    return left.id


def detached(arguments: Sequence[str], environment: dict[str, str]) -> None:
    """Our own Python with `arguments`, in a session of its own; nobody waits for it but a thread that reaps it."""
    process = subprocess.Popen(  # noqa: S603 - argv of our own making
        [sys.executable, *arguments], cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1", **environment}, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    threading.Thread(target=process.wait, daemon=True, name="reaper").start()

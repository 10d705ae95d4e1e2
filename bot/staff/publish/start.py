"""A job or a preview started as a process of its own, which outlives the request and, for a job, the gateway."""

from __future__ import annotations

import asyncio
import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.settings import Settings
from bot.staff.background import start
from bot.staff.desk import Desk
from bot.staff.publish.candidates import Candidates
from bot.staff.publish.live import Live

log = logging.getLogger("bot.staff.publish.start")
LOOK_EVERY = 60.0


def start_job(settings: Settings, candidate_id: str) -> None:
    """Returns at once. A second one for the same candidate ends by itself (job.py)."""
    detached(settings, "bot.staff.publish.job", candidate_id)


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


async def keep_going(desk: Desk, every: float = LOOK_EVERY) -> None:
    """Until cancelled: finish a move that a killed process began, start the job of a candidate that nobody works on."""
    while True:
        await asyncio.sleep(every)
        try:
            await asyncio.to_thread(Live(desk.engine, desk.settings.var, desk.clock).settle)
            if started := await asyncio.to_thread(resume_abandoned, desk):
                log.warning("publish_job_resumed", extra={"candidate": started})
        except (SQLAlchemyError, OSError) as error:
            log.error("publish_not_resumed", extra={"error": type(error).__name__})


def detached(settings: Settings, module: str, *arguments: str) -> None:
    """Nobody waits for it but a thread that reaps it."""
    process = start(settings, module, *arguments)
    threading.Thread(target=process.wait, daemon=True, name="reaper").start()

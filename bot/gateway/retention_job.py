"""Once a day, whatever has been kept long enough goes: an asyncio task in every gateway, the work done by one of them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway import retention
from bot.gateway.tables import CHORES
from bot.gateway.upsert import put

log = logging.getLogger("bot.gateway.retention")
NAME = "retention"
EVERY = retention.DAY
LEASE = 1_800.0
"""Seconds for which the one that began has the work to itself; if it dies meanwhile, another one begins after that."""
LOOK_EVERY = 600.0


def run_if_due(engine: Engine, keep_days: int, now: float) -> retention.Plan | None:
    """→ what was done; None when it was done within EVERY seconds or another gateway is at it. Raises SQLAlchemyError."""
    if not _take(engine, now):
        return None
    done = retention.apply(engine, now, keep_days)
    with engine.begin() as connection:
        connection.execute(CHORES.update().where(CHORES.c.name == NAME).values(taken_until=now, done_at=now))
    return done


def _take(engine: Engine, now: float) -> bool:
    """True for one caller only: the row's lock decides between two."""
    free = sa.and_(CHORES.c.name == NAME, CHORES.c.taken_until <= now, CHORES.c.done_at <= now - EVERY)
    with engine.begin() as connection:
        put(connection, CHORES, [{"name": NAME, "taken_until": now, "done_at": now - EVERY}], ["name"], {})
        return connection.execute(CHORES.update().where(free).values(taken_until=now + LEASE)).rowcount == 1


async def keep_periods(
    engine: Engine, keep_days: int, clock: Callable[[], float] = time.time, look_every: float = LOOK_EVERY
) -> None:
    """Runs until cancelled; a failure is told in the log and tried again at the next look."""
    while True:
        try:
            done = await asyncio.to_thread(run_if_due, engine, keep_days, clock())
            if done is not None:
                log.info("retention_done", extra={"count": done.total})
        except Exception as error:  # noqa: BLE001 - a task that ended would keep texts for ever
            log.error("retention_failed", extra={"error": type(error).__name__}, exc_info=True)
        await asyncio.sleep(look_every)

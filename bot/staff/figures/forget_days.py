"""Days in, what was counted up of them gone: called in the transaction that adds a turn to a day or takes one away.

Light, for the gateway's writers import it. On PostgreSQL it holds back who counts days up until the transaction ends, so that a day
is never counted without a turn that is just being written, nor with one that is just being erased. SQLite has one writer anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import floor

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.staff.figures.tables import COUNTED, DAY_KINDS, DAYS

LOCK = 7_014_202
"""PostgreSQL's advisory lock: shared by who changes turns, alone for who counts a day up."""
_EAST, _DAY = 7 * 3600, 86_400
_EPOCH = date(1970, 1, 1)


def day_of(at: float) -> str:
    """Seconds since 1970 -> Vietnam's day, ISO, as the figures cut it: the last moment before midnight is not rounded into the next."""
    return (_EPOCH + timedelta(days=(floor(at) + _EAST) // _DAY)).isoformat()


def forget_days(connection: Connection, days: Iterable[str]) -> None:
    """To be called before the transaction touches anything else: all take these locks first and in one order. days: ISO."""
    hold(connection, alone=False)
    here = DAYS.c.kind == COUNTED
    asked = sa.select(DAYS.c.day).where(here, DAYS.c.day.in_(set(days))).order_by(DAYS.c.day).with_for_update()
    if found := connection.execute(asked).scalars().all():
        connection.execute(DAYS.delete().where(DAYS.c.kind.in_(DAY_KINDS), DAYS.c.day.in_(found)))


def hold(connection: Connection, *, alone: bool) -> None:
    """Until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"select pg_advisory_xact_lock{'' if alone else '_shared'}({LOCK})"))

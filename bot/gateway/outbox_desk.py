"""What staff may see of the outbox and do to it: counts, dead letters without their text, once more."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.gateway.tables import OUTBOX

ROW = OUTBOX.c


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """user: its last four characters only. at: when it was put, seconds since 1970. kept: its text is still there."""

    id: int
    channel: str
    user: str
    reason: str
    at: float
    kept: bool


def counts(connection: Connection) -> dict[tuple[str, str], int]:
    """(channel, state) → rows."""
    rows = connection.execute(sa.select(ROW.channel, ROW.state, sa.func.count()).group_by(ROW.channel, ROW.state))
    return {(channel, state): n for channel, state, n in rows}


def waiting_reasons(connection: Connection) -> dict[str, int]:
    """Why waiting rows were put back → how many."""
    why = sa.select(ROW.reason, sa.func.count()).where(ROW.state == "waiting", ROW.reason.is_not(None)).group_by(ROW.reason)
    return {reason: n for reason, n in connection.execute(why.order_by(ROW.reason))}


def dead_letters(connection: Connection, most: int = 100) -> list[DeadLetter]:
    """The newest first."""
    rows = connection.execute(sa.select(OUTBOX).where(ROW.state == "dead").order_by(ROW.id.desc()).limit(most))
    return [
        DeadLetter(row.id, row.channel, f"…{row.user[-4:]}", row.reason or "", row.at, row.payload is not None) for row in rows
    ]


def retry(connection: Connection, row: int | None, now: float) -> int:
    """Dead rows whose text is still kept wait again with all their tries. row: None = all. Returns how many."""
    which = sa.and_(ROW.state == "dead", ROW.payload.is_not(None), *([ROW.id == row] if row is not None else []))
    fresh = {"state": "waiting", "attempts": 0, "unsure": 0, "not_before": now, "reason": None}
    return connection.execute(OUTBOX.update().where(which).values(**fresh)).rowcount

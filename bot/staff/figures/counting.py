"""Whole days in, their turns counted by status, channel, hour, procedure and aspect out: the one way of counting, for today's turns as
for the days that are counted up (days.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.gateway.tables import COUNTS, TURNS
from bot.staff.figures.period import Period

HOUR, DAY = 3600, 86_400
_EAST = 7 * HOUR
_EPOCH = date(1970, 1, 1)


@dataclass(slots=True)
class Counted:
    """days: ISO day -> status -> turns, days with turns only. The others: key -> turns; of aspects how often they were asked for."""

    days: dict[str, Counter[str]] = field(default_factory=dict)
    channel: Counter[str] = field(default_factory=Counter)
    hour: Counter[int] = field(default_factory=Counter)
    procedure: Counter[str] = field(default_factory=Counter)
    aspect: Counter[str] = field(default_factory=Counter)

    def add(self, other: Counted) -> None:
        """other: of other days."""
        self.days |= other.days
        for name in ("channel", "hour", "procedure", "aspect"):
            getattr(self, name).update(getattr(other, name))


def count(connection: Connection, period: Period) -> Counted:
    """From the turns themselves; aspects from `counts`, where each stands once an answer and outlives what citizens erase."""
    counted = Counted(
        channel=_grouped(connection, period, TURNS.c.channel),
        hour=_grouped(connection, period, _whole(connection, HOUR) % 24),
        procedure=_grouped(connection, period, TURNS.c.procedure, TURNS.c.procedure.isnot(None)),
        aspect=_aspects(connection, period),
    )
    for day, status, n in _by_day(connection, period):
        counted.days.setdefault(day, Counter())[status] += n
    return counted


def within(column: sa.Column, period: Period) -> sa.sql.ColumnElement[bool]:
    """Moments of the period."""
    return sa.and_(column >= period.start, column < period.end)


def _whole(connection: Connection, seconds: int) -> sa.sql.ColumnElement[int]:
    """Days or hours of Vietnam since 1970 of a turn."""
    since = (TURNS.c.at + _EAST) / float(seconds)
    # SQLite's cast cuts off and has no floor in every build; PostgreSQL's cast rounds.
    return sa.cast(since, sa.Integer) if connection.dialect.name == "sqlite" else sa.cast(sa.func.floor(since), sa.BigInteger)


def _grouped(connection: Connection, period: Period, key: sa.sql.ColumnElement, *more: sa.sql.ColumnElement[bool]) -> Counter:
    """key -> turns. One key a query: SQLite sorts all rows for each, and sorts short keys twice as fast as pairs."""
    asked = sa.select(key.label("key"), sa.func.count()).where(within(TURNS.c.at, period), *more).group_by(sa.literal_column("key"))
    return Counter(dict(connection.execute(asked).all()))


def _by_day(connection: Connection, period: Period) -> Iterable[tuple[str, str, int]]:
    """(ISO day, status, turns)."""
    days = _whole(connection, DAY).label("bucket")
    asked = sa.select(days, TURNS.c.status, sa.func.count()).where(within(TURNS.c.at, period))
    for bucket, status, n in connection.execute(asked.group_by(sa.literal_column("bucket"), TURNS.c.status)).all():
        yield (_EPOCH + timedelta(days=bucket)).isoformat(), status, n


def _aspects(connection: Connection, period: Period) -> Counter[str]:
    here = COUNTS.c.day.between(period.first.isoformat(), period.last.isoformat())
    asked = sa.select(COUNTS.c.aspect, sa.func.sum(COUNTS.c.n)).where(here, COUNTS.c.aspect != "").group_by(COUNTS.c.aspect)
    return Counter({aspect: int(n) for aspect, n in connection.execute(asked)})

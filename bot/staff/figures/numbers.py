"""A period in, how much was asked and what came of it out. SQL counts, Python only adds up a few thousand groups.

What is exact and what is not kept: a turn's row stays when its text goes (retention.py), so questions, statuses, channels and hours
are exact for any period, less the conversations that citizens erased. Which conversation a turn belonged to goes with the text. A day
without any row of a turn is taken from `counts`, where a question about two aspects stands twice and no hour is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.gateway.tables import COUNTS, TURNS
from bot.staff.figures.period import Period
from bot.staff.figures.words import FAMILIES, family_of

TOP = 20
HOUR, DAY = 3600, 86_400
_EAST = 7 * HOUR
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Figures:
    """questions: in all. conversations: those that are still told apart; unlinked: questions whose conversation is no longer known.

    families, channels: key -> questions, every family present. days: (ISO day, family -> questions), every day of the period.
    hours: 24 numbers, weekdays: 7 from Monday. procedures, aspects: (key, n), most first, then by key. counted_days: days that come
    from `counts` alone; their questions are in no hour.
    """

    period: Period
    questions: int
    conversations: int
    unlinked: int
    families: Mapping[str, int]
    statuses: Mapping[str, int]
    channels: Mapping[str, int]
    days: tuple[tuple[str, Mapping[str, int]], ...]
    hours: tuple[int, ...]
    weekdays: tuple[int, ...]
    procedures: tuple[tuple[str, int], ...]
    aspects: tuple[tuple[str, int], ...]
    counted_days: tuple[str, ...]

    def share(self, family: str) -> float | None:
        """Of all questions, in [0, 1]; None when nothing was asked."""
        return self.families[family] / self.questions if self.questions else None


@dataclass(slots=True)
class _Sums:
    questions: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    days: dict[str, Counter[str]] = field(default_factory=dict)
    weekdays: list[int] = field(default_factory=lambda: [0] * 7)

    def add(self, day: str, status: str, n: int) -> None:
        self.questions += n
        self.statuses[status] += n
        self.days.setdefault(day, Counter())[family_of(status)] += n
        self.weekdays[date.fromisoformat(day).weekday()] += n


def read_figures(connection: Connection, period: Period) -> Figures:
    """Raises SQLAlchemyError."""
    sums = _Sums()
    for day, status, n in _by_day(connection, period):
        sums.add(day, status, n)
    sums.channels.update(_grouped(connection, period, TURNS.c.channel))
    hours = _grouped(connection, period, _whole(connection, HOUR) % 24)
    counts = _counts(connection, [day for day in period.days if day not in sums.days])
    for row in counts:
        sums.add(row.day, row.status, row.n)
        sums.channels[row.channel] += row.n
    counted = tuple(sorted({row.day for row in counts}))
    families = Counter({family: 0 for family in FAMILIES})
    for status, n in sums.statuses.items():
        families[family_of(status)] += n
    conversations, linked, turns = _conversations(connection, period)
    return Figures(
        period=period,
        questions=sums.questions,
        conversations=conversations,
        unlinked=turns - linked + sum(row.n for row in counts),
        families=families,
        statuses=dict(_most(sums.statuses)),
        channels=dict(_most(sums.channels)),
        days=tuple((day, {family: sums.days.get(day, {}).get(family, 0) for family in families}) for day in period.days),
        hours=tuple(hours.get(hour, 0) for hour in range(24)),
        weekdays=tuple(sums.weekdays),
        procedures=_most(_procedures(connection, period, counted))[:TOP],
        aspects=_most(_aspects(connection, period))[:TOP],
        counted_days=counted,
    )


def within(column: sa.Column, period: Period) -> sa.sql.ColumnElement[bool]:
    """Moments of the period."""
    return sa.and_(column >= period.start, column < period.end)


def _whole(connection: Connection, seconds: int) -> sa.sql.ColumnElement[int]:
    """Days or hours of Vietnam since 1970 of a turn."""
    since = (TURNS.c.at + _EAST) / float(seconds)
    # SQLite's cast cuts off and has no floor in every build; PostgreSQL's cast rounds.
    return sa.cast(since, sa.Integer) if connection.dialect.name == "sqlite" else sa.cast(sa.func.floor(since), sa.BigInteger)


def _grouped(connection: Connection, period: Period, key: sa.sql.ColumnElement, *more: sa.sql.ColumnElement[bool]) -> dict:
    """key -> turns. One key a query: SQLite sorts all rows for each, and sorts short keys twice as fast as pairs."""
    asked = sa.select(key.label("key"), sa.func.count()).where(within(TURNS.c.at, period), *more).group_by(sa.literal_column("key"))
    return dict(connection.execute(asked).all())


def _by_day(connection: Connection, period: Period) -> Iterable[tuple[str, str, int]]:
    """(ISO day, status, turns)."""
    days = _whole(connection, DAY).label("bucket")
    asked = sa.select(days, TURNS.c.status, sa.func.count()).where(within(TURNS.c.at, period))
    for bucket, status, n in connection.execute(asked.group_by(sa.literal_column("bucket"), TURNS.c.status)).all():
        yield (_EPOCH + timedelta(days=bucket)).isoformat(), status, n


def _conversations(connection: Connection, period: Period) -> tuple[int, int, int]:
    """(conversations, turns that belong to one, turns)."""
    name = TURNS.c.conversation
    asked = sa.select(sa.func.count(sa.distinct(name)), sa.func.count(name), sa.func.count())
    return tuple(connection.execute(asked.select_from(TURNS).where(within(TURNS.c.at, period))).one())


def _in_days(period: Period) -> sa.sql.ColumnElement[bool]:
    return COUNTS.c.day.between(period.first.isoformat(), period.last.isoformat())


def _counts(connection: Connection, days: list[str]) -> list[sa.engine.Row]:
    keys = (COUNTS.c.day, COUNTS.c.channel, COUNTS.c.status)
    asked = sa.select(*keys, sa.func.sum(COUNTS.c.n).label("n")).where(COUNTS.c.day.in_(days)).group_by(*keys)
    return connection.execute(asked).all() if days else []


def _procedures(connection: Connection, period: Period, counted: tuple[str, ...]) -> Counter[str]:
    found = Counter(_grouped(connection, period, TURNS.c.procedure, TURNS.c.procedure.isnot(None)))
    if counted:
        code = COUNTS.c.procedure
        more = sa.select(code, sa.func.sum(COUNTS.c.n)).where(COUNTS.c.day.in_(counted), code != "").group_by(code)
        found.update({code: int(n) for code, n in connection.execute(more)})
    return found


def _aspects(connection: Connection, period: Period) -> Counter[str]:
    """From `counts` for every day: there an aspect stands once an answer, exact, and outlives what citizens erase."""
    asked = sa.select(COUNTS.c.aspect, sa.func.sum(COUNTS.c.n)).where(_in_days(period), COUNTS.c.aspect != "").group_by(COUNTS.c.aspect)
    return Counter({aspect: int(n) for aspect, n in connection.execute(asked)})


def _most(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((key, n) for key, n in counted.items() if n), key=lambda row: (-row[1], row[0])))

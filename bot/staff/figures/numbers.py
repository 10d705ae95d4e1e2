"""A period in, how much was asked and what came of it out. SQL counts, Python only adds up a few thousand groups.

What is exact and what is not kept: a turn's row stays when its text goes (retention.py), so questions, statuses, channels and hours
are exact for any period, less the conversations that citizens erased. Which conversation a turn belonged to goes with the text. A day
without any row of a turn is taken from `counts`, where a question about two aspects stands twice and no hour is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.gateway.tables import COUNTS, TURNS
from bot.staff.figures.period import Period
from bot.staff.figures.words import FAMILIES, family_of
from bot.staff.pages import VIETNAM

TOP = 20
HOUR = 3600


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
    hours: list[int] = field(default_factory=lambda: [0] * 24)
    weekdays: list[int] = field(default_factory=lambda: [0] * 7)

    def add(self, day: date, hour: int | None, channel: str, status: str, n: int) -> None:
        self.questions += n
        self.statuses[status] += n
        self.channels[channel] += n
        self.days.setdefault(day.isoformat(), Counter())[family_of(status)] += n
        self.weekdays[day.weekday()] += n
        if hour is not None:
            self.hours[hour] += n


def read_figures(connection: Connection, period: Period) -> Figures:
    """Raises SQLAlchemyError."""
    sums = _Sums()
    for bucket, channel, status, n in _turns(connection, period):
        at = datetime.fromtimestamp(bucket * HOUR, VIETNAM)
        sums.add(at.date(), at.hour, channel, status, n)
    counts = [row for row in _counts(connection, period) if row.day not in sums.days]
    for row in counts:
        sums.add(date.fromisoformat(row.day), None, row.channel, row.status, row.n)
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
        hours=tuple(sums.hours),
        weekdays=tuple(sums.weekdays),
        procedures=_most(_procedures(connection, period, counted))[:TOP],
        aspects=_most(_aspects(connection, period))[:TOP],
        counted_days=counted,
    )


def within(column: sa.Column, period: Period) -> sa.sql.ColumnElement[bool]:
    """Moments of the period."""
    return sa.and_(column >= period.start, column < period.end)


def _turns(connection: Connection, period: Period) -> Iterable[tuple[int, str, str, int]]:
    """(hours since 1970, channel, status, turns). Vietnam is whole hours from UTC, so an hour never falls into two days."""
    hours = TURNS.c.at / HOUR
    # SQLite's cast cuts off and has no floor in every build; PostgreSQL's cast rounds.
    whole = sa.cast(hours, sa.Integer) if connection.dialect.name == "sqlite" else sa.cast(sa.func.floor(hours), sa.BigInteger)
    asked = sa.select(whole.label("bucket"), TURNS.c.channel, TURNS.c.status, sa.func.count())
    grouped = asked.where(within(TURNS.c.at, period)).group_by(sa.literal_column("bucket"), TURNS.c.channel, TURNS.c.status)
    return connection.execute(grouped).all()


def _conversations(connection: Connection, period: Period) -> tuple[int, int, int]:
    """(conversations, turns that belong to one, turns)."""
    name = TURNS.c.conversation
    asked = sa.select(sa.func.count(sa.distinct(name)), sa.func.count(name), sa.func.count())
    return tuple(connection.execute(asked.select_from(TURNS).where(within(TURNS.c.at, period))).one())


def _in_days(period: Period) -> sa.sql.ColumnElement[bool]:
    return COUNTS.c.day.between(period.first.isoformat(), period.last.isoformat())


def _counts(connection: Connection, period: Period) -> list[sa.engine.Row]:
    keys = (COUNTS.c.day, COUNTS.c.channel, COUNTS.c.status)
    return connection.execute(sa.select(*keys, sa.func.sum(COUNTS.c.n).label("n")).where(_in_days(period)).group_by(*keys)).all()


def _procedures(connection: Connection, period: Period, counted: tuple[str, ...]) -> Counter[str]:
    code = TURNS.c.procedure
    asked = sa.select(code, sa.func.count()).where(within(TURNS.c.at, period), code.isnot(None)).group_by(code)
    found = Counter({code: n for code, n in connection.execute(asked)})
    if counted:
        days = {*counted}
        more = sa.select(COUNTS.c.day, COUNTS.c.procedure, COUNTS.c.n).where(_in_days(period), COUNTS.c.procedure != "")
        for day, procedure, n in connection.execute(more):
            found[procedure] += n if day in days else 0
    return found


def _aspects(connection: Connection, period: Period) -> Counter[str]:
    """From `counts` for every day: there an aspect stands once an answer, exact, and outlives what citizens erase."""
    asked = sa.select(COUNTS.c.aspect, sa.func.sum(COUNTS.c.n)).where(_in_days(period), COUNTS.c.aspect != "").group_by(COUNTS.c.aspect)
    return Counter({aspect: int(n) for aspect, n in connection.execute(asked)})


def _most(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((key, n) for key, n in counted.items() if n), key=lambda row: (-row[1], row[0])))

"""A period in, how much was asked and what came of it out: finished days as they were counted up (days.py), the others live.

What is exact and what is not kept: a turn's row stays when its text goes (retention.py), so questions, statuses, channels and hours
are exact for any period, less the conversations that citizens erased. Which conversation a turn belonged to goes with the text. A day
without any row of a turn is taken from `counts`, where a question about two aspects stands twice and no hour is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.gateway.tables import COUNTS, TURNS
from bot.staff.figures.counting import Counted, count, within
from bot.staff.figures.days import gaps, read_days
from bot.staff.figures.period import Period
from bot.staff.figures.words import FAMILIES, family_of

TOP = 20


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


def read_figures(connection: Connection, period: Period) -> Figures:
    """Raises SQLAlchemyError."""
    counted, days = read_days(connection, period)
    for live in gaps(period, days):
        counted.add(count(connection, live))
    turns = sum(found.total() for found in counted.days.values())
    conversations, linked = _conversations(connection, period)
    lost = _fill_in(connection, counted, [day for day in period.days if day not in counted.days])
    by_day = {day: _families(found) for day, found in counted.days.items()}
    statuses = Counter[str]()
    weekdays = [0] * 7
    for day, found in counted.days.items():
        statuses.update(found)
        weekdays[date.fromisoformat(day).weekday()] += found.total()
    families = {**dict.fromkeys(FAMILIES, 0), **_families(statuses)}
    return Figures(
        period=period,
        questions=statuses.total(),
        conversations=conversations,
        # A turn that comes between two of these statements must not make it negative.
        unlinked=max(0, turns - linked) + sum(lost.values()),
        families=families,
        statuses=dict(_most(statuses)),
        channels=dict(_most(counted.channel)),
        days=tuple((day, {family: by_day.get(day, {}).get(family, 0) for family in families}) for day in period.days),
        hours=tuple(counted.hour[hour] for hour in range(24)),
        weekdays=tuple(weekdays),
        procedures=_most(counted.procedure)[:TOP],
        aspects=_most(counted.aspect)[:TOP],
        counted_days=tuple(sorted(lost)),
    )


def _families(statuses: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for status, n in statuses.items():
        found[family_of(status)] += n
    return found


def _conversations(connection: Connection, period: Period) -> tuple[int, int]:
    """(conversations, turns that belong to one): never counted up by day, for a talk may go over midnight, and both fade."""
    name = TURNS.c.conversation
    asked = sa.select(sa.func.count(sa.distinct(name)), sa.func.count())
    return tuple(connection.execute(asked.where(within(TURNS.c.at, period), name.isnot(None))).one())


def _fill_in(connection: Connection, counted: Counted, days: list[str]) -> dict[str, int]:
    """Days without a turn, from `counts`, added to what was counted -> day -> questions. Their aspects are there already."""
    found: Counter[str] = Counter()
    if not days:
        return {}
    keys = (COUNTS.c.day, COUNTS.c.channel, COUNTS.c.status, COUNTS.c.procedure)
    asked = sa.select(*keys, sa.func.sum(COUNTS.c.n)).where(COUNTS.c.day.in_(days)).group_by(*keys)
    for day, channel, status, code, n in connection.execute(asked):
        found[day] += int(n)
        counted.days.setdefault(day, Counter())[status] += int(n)
        counted.channel[channel] += int(n)
        if code:
            counted.procedure[code] += int(n)
    return dict(found)


def _most(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((key, n) for key, n in counted.items() if n), key=lambda row: (-row[1], row[0])))

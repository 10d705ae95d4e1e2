"""The turns in, finished days counted up out; and what was counted up, read back for a period.

A day is counted up once it is over and again whenever a turn of it came late or was erased (forget_days.py). Until then, and today, it
is counted live: the figures are the same either way, only slower.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.tables import TURNS
from bot.staff.figures.counting import Counted, count
from bot.staff.figures.forget_days import day_of, hold
from bot.staff.figures.period import MOST_DAYS, Period, today
from bot.staff.figures.tables import COUNTED, DAYS

KEYED = ("channel", "hour", "procedure", "aspect")
"""Kinds that are added up over the days; of statuses each day is told."""
AT_ONCE = 100
"""Days a call: a second or two, which a gateway that stops waits for."""


def count_up(engine: Engine, now: float, most: int = AT_ONCE) -> int:
    """-> how many days were counted up: of those since the first turn that are over and are not yet, the newest `most`.

    None older than MOST_DAYS. A transaction a day, so that writers of answers wait for moments only. Raises SQLAlchemyError.
    """
    with engine.connect() as connection:
        first = connection.execute(sa.select(sa.func.min(TURNS.c.at))).scalar()
        there = set(connection.execute(sa.select(DAYS.c.day).where(DAYS.c.kind == COUNTED)).scalars())
    last = today(now) - timedelta(days=1)
    if first is None or first >= Period(last, last).end:
        return 0
    begin = max(date.fromisoformat(day_of(first)), last - timedelta(days=MOST_DAYS - 1))
    missing = [day for day in reversed(Period(begin, last).days) if day not in there]
    return sum(_count_up_one(engine, day) for day in missing[:most])


def _count_up_one(engine: Engine, day: str) -> bool:
    """False: another gateway was quicker."""
    with engine.begin() as connection:
        hold(connection, alone=True)
        if connection.execute(sa.select(DAYS.c.n).where(DAYS.c.kind == COUNTED, DAYS.c.day == day)).first():
            return False
        here = date.fromisoformat(day)
        connection.execute(DAYS.insert(), list(_rows(day, count(connection, Period(here, here)))))
        return True


def _rows(day: str, counted: Counted) -> Iterable[dict[str, object]]:
    statuses = counted.days.get(day, Counter())
    yield {"kind": COUNTED, "day": day, "key": "", "n": statuses.total()}
    for kind, found in (("status", statuses), *((kind, getattr(counted, kind)) for kind in KEYED)):
        yield from ({"kind": kind, "day": day, "key": str(key), "n": n} for key, n in found.items())


def read_days(connection: Connection, period: Period) -> tuple[Counted, set[str]]:
    """-> what was counted up of the period, and the days it is of. One statement, so that a day is there wholly or not at all."""
    here = DAYS.c.day.between(period.first.isoformat(), period.last.isoformat())
    nothing = sa.literal("").label("day")
    asked = [sa.select(DAYS.c.kind, DAYS.c.day, DAYS.c.key, DAYS.c.n).where(DAYS.c.kind == kind, here) for kind in (COUNTED, "status")]
    for kind in KEYED:
        added = sa.select(sa.literal(kind).label("kind"), nothing, DAYS.c.key, sa.func.sum(DAYS.c.n).label("n"))
        asked.append(added.where(DAYS.c.kind == kind, here).group_by(DAYS.c.key))
    found, days = Counted(), set()
    for kind, day, key, n in connection.execute(sa.union_all(*asked)):
        if kind == COUNTED:
            days.add(day)
        elif kind == "status":
            found.days.setdefault(day, Counter())[key] = n
        else:
            getattr(found, kind)[int(key) if kind == "hour" else key] = int(n)
    return found, days


def gaps(period: Period, days: set[str]) -> list[Period]:
    """What of the period is not among `days`, as periods, in order."""
    found: list[Period] = []
    for day in map(date.fromisoformat, (day for day in period.days if day not in days)):
        if found and found[-1].last == day - timedelta(days=1):
            found[-1] = Period(found[-1].first, day)
        else:
            found.append(Period(day, day))
    return found

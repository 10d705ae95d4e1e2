"""Days that are counted up tell exactly what counting live tells: whatever came, came late, was erased or lost its text, in any order,
around midnight in Vietnam, on both databases."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import count as numbers
from math import inf, nextafter
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from actions.answer import Answer, AnswerStatus, ProcedureRef
from bot.gateway import retention
from bot.gateway.conversation import Turn
from bot.gateway.erasure import Erasure
from bot.gateway.erasure_code import ErasureCodes
from bot.gateway.recorder_rows import rows_of
from bot.gateway.store import SqliteStore
from bot.gateway.tables import CODES, COUNTS, TURNS
from bot.gateway.turn_writer import TurnWriter
from bot.staff.desk import Desk
from bot.staff.figures.days import count_up, gaps, read_days
from bot.staff.figures.forget_days import day_of, forget_days
from bot.staff.figures.numbers import Figures, read_figures
from bot.staff.figures.period import Period
from bot.staff.figures.tables import DAYS
from bot.staff.figures.words import family_of
from bot.staff.late import take_up_questions
from bot.staff.pages import VIETNAM

from ...gateway.turns import rows
from ..conftest import Clock
from .world import at, turn

FIRST, TODAY = date(2026, 11, 14), date(2026, 11, 20)
NOW = at("2026-11-20 12:00")
KEEP = 3
SECRET = b"a secret for tests only"
TALKS = [letter * 22 for letter in "ABCD"]
CODES_ASKED = ("1.001193", "2.000815", "1.000656")


class World:
    """What happens to turns, by the program's own hands. kept: id -> turn, those that nobody has erased."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.kept, self._ids = engine, dict[str, Turn](), numbers()
        self._codes, self._store = ErasureCodes(SECRET), SqliteStore(folder / "gateway.sqlite3")
        self._writer = TurnWriter(engine, self._codes, lambda: "r1")
        with engine.begin() as connection:
            for table in (TURNS, COUNTS, CODES, DAYS):
                connection.execute(table.delete())

    def ask(self, moment: float, talk: str, channel: str, status: AnswerStatus, code: str | None, aspects: tuple[str, ...]) -> None:
        answer = Answer(status, "Dạ.", procedure=ProcedureRef(code, "Tên") if code else None, aspects=aspects)
        one = Turn(f"turn{next(self._ids):018d}", talk, channel, moment, "hỏi gì", (answer,))
        self._writer.write([rows_of(one, datetime.fromtimestamp(moment, VIETNAM).date().isoformat())])
        self.kept[one.id] = one

    def erase(self, talk: str) -> None:
        """All that is still known to be of this talk."""
        linked = sa.select(TURNS.c.id).where(TURNS.c.conversation == talk)
        with self.engine.connect() as connection:
            gone = connection.execute(linked).scalars().all()
        asyncio.run(Erasure(self.engine, self._store, SECRET).erase_conversation(talk))
        for name in gone:
            del self.kept[name]

    def lose_texts(self) -> None:
        retention.apply(self.engine, NOW, KEEP)

    def count_up(self) -> None:
        count_up(self.engine, NOW)

    def figures(self, period: Period) -> Figures:
        with self.engine.connect() as connection:
            return read_figures(connection, period)

    def live(self, period: Period) -> Figures:
        with self.engine.begin() as connection:
            there = [dict(row._mapping) for row in connection.execute(sa.select(DAYS))]
            connection.execute(DAYS.delete())
        try:
            return self.figures(period)
        finally:
            with self.engine.begin() as connection:
                if there:
                    connection.execute(DAYS.insert(), there)


def midnight(day: int) -> float:
    return Period(FIRST + timedelta(days=day), FIRST).start


BORDERS = st.builds(
    lambda day, hours, nudge: nudge(midnight(day) + hours * 3600),
    st.integers(0, 6), st.sampled_from((0, 7, 17, 23)),
    st.sampled_from((lambda one: one, lambda one: nextafter(one, 0), lambda one: nextafter(one, inf), lambda one: one - 1e-6)),
)  # fmt: skip
MOMENTS = st.one_of(BORDERS, st.floats(midnight(0), midnight(7) - 1)).filter(lambda one: midnight(0) <= one)
ASKED = st.tuples(
    st.just("ask"), MOMENTS, st.sampled_from(TALKS), st.sampled_from(("web", "zalo")), st.sampled_from(list(AnswerStatus)),
    st.sampled_from((*CODES_ASKED, None)), st.sampled_from(((), ("fees",), ("fees", "documents"))),
)  # fmt: skip
STEPS = st.lists(
    st.one_of(ASKED, ASKED, ASKED, st.tuples(st.just("erase"), st.sampled_from(TALKS)), st.tuples(st.sampled_from(("lose_texts", "count_up")))),
    max_size=12,
)
PERIODS = st.tuples(st.integers(-1, 7), st.integers(0, 8)).map(
    lambda pair: Period(FIRST + timedelta(days=pair[0]), FIRST + timedelta(days=pair[0] + pair[1]))
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=STEPS, after=STEPS, period=PERIODS)
def test_counted_up_or_live_is_the_same(service: Engine, tmp_path: Path, before: list[Any], after: list[Any], period: Period) -> None:
    world = World(service, tmp_path)
    for name, *values in (*before, ("count_up",), *after):
        getattr(world, name)(*values)
    assert world.figures(period) == world.live(period), "with what happens to be counted up"
    world.count_up()
    figures = world.figures(period)
    assert figures == world.live(period), "with all that is over counted up"
    compare(figures, [one for one in world.kept.values() if period.start <= one.at < period.end])


def compare(figures: Figures, turns: list[Turn]) -> None:
    """With turns counted one by one; days of which only `counts` is left are told apart."""
    moments = [datetime.fromtimestamp(int(one.at), VIETNAM) for one in turns]
    days = Counter(moment.date().isoformat() for moment in moments)
    assert {day: sum(row.values()) for day, row in figures.days if day not in figures.counted_days and sum(row.values())} == days
    assert list(figures.hours) == [sum(moment.hour == hour for moment in moments) for hour in range(24)]
    if not figures.counted_days:
        assert figures.questions == len(turns)
        assert figures.statuses == Counter(one.answers[0].status.value for one in turns)
        assert figures.channels == Counter(one.channel for one in turns)
        assert {key: n for key, n in figures.families.items() if n} == Counter(family_of(one.answers[0].status.value) for one in turns)
        assert dict(figures.procedures) == Counter(one.answers[0].procedure.code for one in turns if one.answers[0].procedure)
        assert list(figures.weekdays) == [sum(moment.weekday() == day for moment in moments) for day in range(7)]


@pytest.fixture
def world(service: Engine, tmp_path: Path) -> World:
    """Three talks over four days that are over, and today."""
    one = World(service, tmp_path)
    for day, talk in enumerate("ABBA"):
        one.ask(midnight(day) + 9 * 3600, talk * 22, "web", AnswerStatus.ANSWERED, "1.001193", ("fees",))
    one.ask(NOW, "C" * 22, "web", AnswerStatus.ANSWERED, None, ())
    one.count_up()
    return one


def days_there(world: World) -> list[str]:
    with world.engine.connect() as connection:
        return sorted(read_days(connection, Period(FIRST - timedelta(days=400), TODAY))[1])


def rows_there(world: World) -> set[str]:
    with world.engine.connect() as connection:
        return set(connection.execute(sa.select(DAYS.c.day)).scalars())


WEEK = [f"2026-11-{day}" for day in range(14, 20)]


def test_every_day_that_is_over_is_counted_up_once_and_today_never(world: World) -> None:
    assert days_there(world) == WEEK
    assert count_up(world.engine, NOW) == 0 and count_up(world.engine, NOW + 86_400) == 1
    assert days_there(world) == [*WEEK, "2026-11-20"]


def test_the_newest_come_first_when_there_are_more_than_fit_into_one_call(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(DAYS.delete())
    assert count_up(world.engine, NOW, most=2) == 2 and days_there(world) == WEEK[-2:]


def test_nothing_was_ever_asked(service: Engine) -> None:
    assert count_up(service, NOW) == 0


def test_what_was_counted_of_an_erased_talk_goes_with_it(world: World) -> None:
    world.erase("A" * 22)
    assert rows_there(world) == {"2026-11-15", "2026-11-16", "2026-11-18", "2026-11-19"}
    assert world.figures(Period(FIRST, TODAY)).hours[9] == 2
    world.count_up()
    assert days_there(world) == WEEK[1:], "before the first turn that is left there is nothing to count"


def test_a_turn_that_comes_late_makes_its_day_be_counted_again(world: World) -> None:
    late = nextafter(midnight(2), 0)
    world.ask(late, "D" * 22, "zalo", AnswerStatus.ERROR_ENGINE, None, ("fees",))
    assert day_of(late) == "2026-11-15" and day_of(midnight(2)) == "2026-11-16"
    assert "2026-11-15" not in rows_there(world)
    world.count_up()
    figures = world.figures(Period(FIRST, TODAY))
    assert figures.channels == {"web": 5, "zalo": 1} and dict(figures.days)["2026-11-15"] != dict(figures.days)["2026-11-14"]
    assert figures == world.live(Period(FIRST, TODAY))


def test_texts_that_go_change_nothing_that_was_counted(world: World) -> None:
    before = world.figures(Period(FIRST, TODAY))
    world.lose_texts()
    after = world.figures(Period(FIRST, TODAY))
    assert days_there(world) == WEEK and after.days == before.days and after.questions == before.questions == 5
    assert (before.conversations, before.unlinked) == (3, 0) and (after.conversations, after.unlinked) == (1, 4)


def test_figures_that_were_counted_up_are_used(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(DAYS.update().where(DAYS.c.kind == "hour", DAYS.c.day == "2026-11-15").values(n=100))
    assert world.figures(Period(FIRST, TODAY)).hours[9] == 103


def test_the_staff_app_counts_up_by_itself(sqlite_desk: Desk, clock: Clock) -> None:
    with sqlite_desk.engine.begin() as connection:
        connection.execute(TURNS.insert().values(**turn(1, "2026-11-19 09:30")))
    clock.now = NOW

    async def run() -> None:
        task = asyncio.create_task(take_up_questions(sqlite_desk, every=0.01))
        async with asyncio.timeout(20):
            while not rows(sqlite_desk.engine, DAYS):
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    with sqlite_desk.engine.connect() as connection:
        assert read_days(connection, Period(FIRST, TODAY))[1] == {"2026-11-19"}


def test_gaps() -> None:
    week = Period(FIRST, TODAY)
    assert gaps(week, set()) == [week] and gaps(week, set(week.days)) == []
    assert gaps(week, {"2026-11-15", "2026-11-16"}) == [Period(FIRST, FIRST), Period(date(2026, 11, 17), TODAY)]


def test_who_counts_up_waits_for_who_erases(world: World) -> None:
    """On PostgreSQL, where writers do not wait for each other by themselves: else the day would be kept with the talk in it."""
    if world.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    world.erase("A" * 22)  # so that there is a day to count
    done = Event()
    thread = Thread(target=lambda: (world.count_up(), done.set()))
    with world.engine.begin() as connection:
        forget_days(connection, ["2026-11-17"])
        connection.execute(TURNS.insert().values(**turn(9, "2026-11-17 09:30")))
        thread.start()
        assert not done.wait(0.5), "it counts beside a transaction that changes the day"
    thread.join(20)
    assert world.figures(Period(FIRST, TODAY)).hours[9] == 3 and "2026-11-17" in days_there(world)

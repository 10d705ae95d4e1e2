"""The weekly sample: reproducible, drawn once, only what can still be read; and who may judge what."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.gateway.tables import TURNS
from bot.staff.figures.sample import Drawn, SampleError, chosen, draw, judge, read_items

from ..conftest import person
from .world import SILENT, at, turn

WEEK, AFTER = "2026-W47", at("2026-11-23 00:00")
TURN = "turn000000000000000001"


def put(engine, *rows) -> None:
    with engine.begin() as connection:
        connection.execute(TURNS.insert(), list(rows))


@pytest.fixture
def drawn(desk):
    put(
        desk.engine,
        turn(1, "2026-11-16 00:00"),
        turn(2, "2026-11-22 23:59", status="answered_expired_warning"),
        turn(3, "2026-11-18 10:00", **SILENT),
        turn(4, "2026-11-18 10:00", question=None, answer=None, conversation=None),
        turn(5, "2026-11-23 00:00"),
    )
    draw(desk.engine, WEEK, "me", AFTER)
    return desk.engine


def items(engine, who):
    with engine.connect() as connection:
        return read_items(connection, WEEK, who.id)


def test_the_choice_depends_on_the_week_alone_and_not_on_the_order() -> None:
    turns = [f"turn{i:018d}" for i in range(500)]
    first = chosen(WEEK, turns)
    assert first == chosen(WEEK, reversed(turns)) and len(set(first)) == 50
    assert first != chosen("2026-W46", turns)


def test_only_answers_of_the_week_whose_text_is_kept_are_drawn(desk) -> None:
    put(desk.engine, *(turn(i, "2026-11-18 10:00") for i in range(60)), turn(90, "2026-11-18 10:00", answer=None), turn(91, "2026-11-18 10:00", **SILENT))
    assert draw(desk.engine, WEEK, "me", AFTER) == Drawn(60, 1, 50)
    put(desk.engine, turn(99, "2026-11-18 10:00"))
    assert draw(desk.engine, WEEK, "other", AFTER) == Drawn(60, 1, 50)  # drawn once, it stays


def test_few_answers_are_all_drawn(drawn) -> None:
    assert {item.turn for item in items(drawn, person("curator"))} == {TURN, "turn000000000000000002"}


def test_a_week_that_is_not_over_or_empty_is_not_drawn(desk) -> None:
    with pytest.raises(SampleError, match="22/11/2026"):
        draw(desk.engine, WEEK, "me", AFTER - 1)
    with pytest.raises(SampleError, match="không còn câu trả lời"):
        draw(desk.engine, WEEK, "me", AFTER)


def test_the_second_judge_is_not_told_the_first_and_a_third_is_refused(drawn) -> None:
    first, second, third = (person("curator", number) for number in (1, 2, 3))
    assert judge(drawn, WEEK, TURN, first, "wrong", "content", AFTER) is None
    seen = next(item for item in items(drawn, second) if item.turn == TURN)
    assert (seen.mine, seen.fault, seen.others, seen.open) == (None, None, 1, True)
    judge(drawn, WEEK, TURN, second, "right", "", AFTER)
    assert not next(item for item in items(drawn, third) if item.turn == TURN).open
    with pytest.raises(SampleError, match="2 người chấm"):
        judge(drawn, WEEK, TURN, third, "right", "", AFTER)
    assert judge(drawn, WEEK, TURN, first, "right", "content", AFTER) == ("wrong", "content")
    mine = next(item for item in items(drawn, first) if item.turn == TURN)
    assert (mine.mine, mine.fault, mine.others) == ("right", None, 1)


@pytest.mark.parametrize(
    "number, verdict, fault, sentence",
    [(1, "maybe", "", "ba nút"), (1, "wrong", "nonsense", "không có trong danh sách"), (5, "right", "", "không nằm trong mẫu")],
)
def test_what_cannot_be_judged_is_said(drawn, number, verdict, fault, sentence) -> None:
    with pytest.raises(SampleError, match=sentence):
        judge(drawn, WEEK, f"turn{number:018d}", person("curator"), verdict, fault, AFTER)


@pytest.mark.parametrize("erased", [True, False])
def test_an_answer_whose_text_went_cannot_be_judged_any_more(drawn, erased) -> None:
    here = TURNS.c.id == TURN
    with drawn.begin() as connection:
        connection.execute(TURNS.delete().where(here) if erased else TURNS.update().where(here).values(question=None, answer=None))
    with pytest.raises(SampleError, match="không chấm được nữa"):
        judge(drawn, WEEK, TURN, person("curator"), "right", "", AFTER)
    assert [item.open for item in sorted(items(drawn, person("curator")), key=lambda item: item.turn)] == [False, True]


def test_two_who_draw_at_once_draw_one_sample(desk) -> None:
    from concurrent.futures import ThreadPoolExecutor

    put(desk.engine, *(turn(i, "2026-11-18 10:00") for i in range(60)))
    with ThreadPoolExecutor(2) as pool:
        assert {future.result() for future in [pool.submit(draw, desk.engine, WEEK, name, AFTER) for name in "ab"]} == {Drawn(60, 0, 50)}
    with desk.engine.connect() as connection:
        assert connection.execute(sa.text("select count(*) from staff_sample")).scalar_one() == 50

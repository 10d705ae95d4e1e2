"""What citizens think of answers, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from actions.answer import ProcedureRef
from bot.gateway.erasure_code import ErasureCodes
from bot.gateway.metrics import Metrics
from bot.gateway.recorder import SqlRecorder
from bot.gateway.records import FEWEST_ASKED, MAX_WORDS, Records, UnknownTurn, kept_words
from bot.gateway.tables import FEEDBACK, RATINGS
from bot.gateway.text_guard import TooLong

from .turns import NOW, answered, rows, turn

A, B = "A" * 22, "B" * 22
DAY = 86_400.0
TODAY = date(2027, 1, 15)  # NOW in Vietnam


@pytest.fixture
def recorder(service: Engine) -> Iterator[SqlRecorder]:
    one = SqlRecorder(service, ErasureCodes(b"a secret for tests only"), Metrics(), every=60)
    yield one
    one.close()


@pytest.fixture
def records(service: Engine, recorder: SqlRecorder) -> Records:
    return Records(service, recorder, lambda: NOW)


@pytest.mark.parametrize("written", [True, False])
def test_feedback_is_kept_replaced_and_taken_back(service: Engine, recorder: SqlRecorder, records: Records, written: bool) -> None:
    one = turn(A)
    recorder.record(one)
    if written:
        recorder.flush()
    records.judge(A, one.id, "down", "thiếu giấy tờ")
    assert rows(service, FEEDBACK) == [{"turn": one.id, "conversation": A, "at": NOW, "value": "down", "reason": "thiếu giấy tờ"}]
    records.judge(A, one.id, "up", None)
    assert [(row["value"], row["reason"]) for row in rows(service, FEEDBACK)] == [("up", None)]
    records.judge(A, one.id, None, None)
    assert rows(service, FEEDBACK) == []


def test_a_turn_of_another_conversation_is_not_judged(service: Engine, recorder: SqlRecorder, records: Records) -> None:
    one = turn(A)
    recorder.record(one)
    for name, number in ((B, one.id), (A, "none")):
        with pytest.raises(UnknownTurn):
            records.judge(name, number, "up", None)
    recorder.flush()
    with pytest.raises(UnknownTurn):
        records.judge(B, one.id, None, None)
    assert rows(service, FEEDBACK) == []


def test_a_rating_is_one_a_conversation(service: Engine, recorder: SqlRecorder, records: Records) -> None:
    recorder.record(turn(A))
    records.rate(A, 2, "chậm")
    records.rate(A, 5, None)
    assert [(row["conversation"], row["stars"], row["comment"]) for row in rows(service, RATINGS)] == [(A, 5, None)]
    with pytest.raises(UnknownTurn):
        records.rate(B, 5, None)


def test_only_what_many_asked_is_told(recorder: SqlRecorder, records: Records) -> None:
    def ask(code: str, times: int, at: float = NOW) -> None:
        for _ in range(times):
            recorder.record(turn(A, answered("fees", procedure=ProcedureRef(code, "tên")), at=at))

    ask("1.000001", FEWEST_ASKED)
    ask("1.000002", FEWEST_ASKED + 1)
    ask("1.000003", FEWEST_ASKED - 1)
    ask("1.000004", FEWEST_ASKED, NOW - 40 * DAY)
    ask("1.000005", FEWEST_ASKED // 2, NOW - 29 * DAY)
    ask("1.000005", FEWEST_ASKED // 2 + 2)
    recorder.flush()
    assert records.most_asked(TODAY) == ["1.000005", "1.000002", "1.000001"]
    assert records.most_asked(TODAY, top=1) == ["1.000005"]


@pytest.mark.parametrize(("given", "kept"), [
    (None, None), ("", None), ("  \n", None), ("\x00", None), ("sai\nrồi", "sai rồi"), ("gọi 0912345678 nhé", "gọi [số điện thoại] nhé"),
    ("e\u0302\u0301", "ế"), ("a c" * 100, "a c" * 100),
])
def test_words_are_cleaned_and_masked(given: str | None, kept: str | None) -> None:
    assert kept_words(given) == kept


def test_words_beyond_the_limit_are_refused() -> None:
    assert len(kept_words("ab" * (MAX_WORDS // 2)) or "") == MAX_WORDS
    for long in ("ab" * (MAX_WORDS // 2) + "c", "ab" * 5000):
        with pytest.raises(TooLong):
            kept_words(long)

"""What becomes of a turn; that a database which is down costs no answer; what is lost is counted."""

from __future__ import annotations

import dataclasses
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from actions.answer import Answer, AnswerStatus, ProcedureRef
from bot.gateway.database import open_database
from bot.gateway.erasure_code import ErasureCodes
from bot.gateway.metrics import Metrics
from bot.gateway.recorder import BATCH, SqlRecorder
from bot.gateway.tables import CODES, COUNTS, TURNS

from .turns import BIRTH, NOW, answered, rows, turn

CODE = ErasureCodes(b"a secret for tests only")


@contextmanager
def recording(engine: Engine, **options: float) -> Iterator[tuple[SqlRecorder, Metrics]]:
    metrics = Metrics()
    recorder = SqlRecorder(engine, CODE, metrics, lambda: "r1", **{"every": 0.02, **options})  # type: ignore[arg-type]
    try:
        yield recorder, metrics
    finally:
        recorder.close()


def until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.01)


def lost(metrics: Metrics) -> float:
    return metrics.registry.get_sample_value("mot_cua_turns_lost_total") or 0.0


def test_a_turn_becomes_a_row_its_counts_and_a_code(service: Engine) -> None:
    one = turn("A" * 22, answered("fees", "duration", text="Dạ, một."), answered(text="Hai.", procedure=None))
    with recording(service) as (recorder, _):
        recorder.record(one)
        until(lambda: not recorder.waits("A" * 22))
        assert rows(service, TURNS) == [{
            "id": one.id, "conversation": "A" * 22, "channel": "web", "at": NOW, "question": "lệ phí khai sinh?", "answer": "Dạ, một.\n\nHai.",
            "status": "answered", "procedure": "1.001193", "aspects": '["fees", "duration"]', "candidates": "[]", "release": "r1",
            "margin": None, "why": None,
        }]
        counted = {(row["procedure"], row["aspect"]): row["n"] for row in rows(service, COUNTS)}
        assert counted == {("1.001193", "fees"): 1, ("1.001193", "duration"): 1, ("", ""): 1}
        assert [row["code_hash"] for row in rows(service, CODES)] == [CODE.hash_of(CODE.of("conversation", "A" * 22))]


WHY = {"rule": "found", "hits": [{"code": "1.001193", "name": "Đăng ký khai sinh", "score": 0.7}, {"code": "1.004884", "name": "Đăng ký lại khai sinh", "score": 0.1}], "vague": [{"code": "f:khai-sinh", "score": 0.15}], "none": 0.05, "best": 0.7}


def test_why_is_kept_with_the_margin_over_procedures_and_families(service: Engine) -> None:
    with recording(service) as (recorder, _):
        recorder.record(turn("A" * 22, answered("fees").because(**WHY)))
        recorder.flush()
    row = rows(service, TURNS)[0]
    assert (row["margin"], json.loads(row["why"])) == (0.55, WHY)


@pytest.mark.parametrize(("why", "kept"), [
    ({**WHY, "hits": [{"code": str(n), "name": "ặ" * 2_000, "score": 0.2} for n in range(5)]}, {**WHY, "hits": [{"code": str(n), "score": 0.2} for n in range(5)]}),
    ({"rule": "found", "aspects": {"x" * 5_000: 1.0}}, {"rule": "found"}),
])
def test_why_stays_below_4_kb(service: Engine, why: dict, kept: dict) -> None:
    with recording(service) as (recorder, _):
        recorder.record(turn("A" * 22, answered("fees").because(**why)))
        recorder.flush()
    assert json.loads(rows(service, TURNS)[0]["why"]) == kept


def test_counts_add_up_and_a_conversation_has_one_code(service: Engine) -> None:
    with recording(service) as (recorder, _):
        for n in range(3):
            recorder.record(turn(at=NOW + n))
            recorder.flush()
        recorder.record(turn("B" * 22, channel="zalo"))
    assert [(row["channel"], row["n"]) for row in rows(service, COUNTS)] == [("web", 3), ("zalo", 1)]
    assert [(row["conversation"][0], row["at"]) for row in rows(service, CODES)] in ([("A", NOW + 2), ("B", NOW)], [("B", NOW), ("A", NOW + 2)])


def test_the_day_is_vietnams(service: Engine) -> None:
    late = 1_795_453_199.0  # 2026-11-23T16:59:59Z, one second before midnight in Vietnam
    with recording(service) as (recorder, _):
        recorder.record(turn(at=late))
        recorder.record(turn(at=late + 1))
    assert [row["day"] for row in rows(service, COUNTS)] == ["2026-11-23", "2026-11-24"]


def test_choices_are_kept_as_codes(service: Engine) -> None:
    asked = Answer(AnswerStatus.UNCLEAR_PROCEDURE, "Việc nào ạ?", candidates=(BIRTH, ProcedureRef("2.000815", "Chứng thực")))
    with recording(service) as (recorder, _):
        recorder.record(turn("A" * 22, asked))
    row = rows(service, TURNS)[0]
    assert json.loads(row["candidates"]) == ["1.001193", "2.000815"] and row["procedure"] is None


def test_more_than_a_batch_is_written_whole(service: Engine) -> None:
    with recording(service, every=60) as (recorder, _):
        for n in range(2 * BATCH + 5):
            recorder.record(turn(f"{n % 7:022d}"))
    assert len(rows(service, TURNS)) == 2 * BATCH + 5 and sum(row["n"] for row in rows(service, COUNTS)) == 2 * BATCH + 5


def test_a_batch_whose_confirmation_was_lost_is_not_counted_twice(service: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with recording(service, every=60) as (recorder, _):
        recorder.record(turn())
        write = recorder._write

        def torn(batch: object) -> None:
            write(batch)  # type: ignore[arg-type]
            raise sa.exc.OperationalError("", {}, Exception("connection lost"))

        monkeypatch.setattr(recorder, "_write", torn)
        with pytest.raises(sa.exc.OperationalError):
            recorder.flush()
        monkeypatch.setattr(recorder, "_write", write)
        recorder.flush()
    assert len(rows(service, TURNS)) == 1 and rows(service, COUNTS)[0]["n"] == 1


def test_a_database_that_is_down_costs_the_caller_nothing_and_gets_its_turns_later(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    with engine.connect() as blocker, recording(engine) as (recorder, metrics):
        blocker.exec_driver_sql("BEGIN EXCLUSIVE")
        slowest = 0.0
        for n in range(200):
            one = turn(f"{n:022d}")
            began = time.thread_time()
            recorder.record(one)
            slowest = max(slowest, time.thread_time() - began)
        assert slowest < 0.05 and recorder.waits(f"{199:022d}")
        blocker.exec_driver_sql("ROLLBACK")
        until(lambda: not any(recorder.waits(f"{n:022d}") for n in (0, 199)))
        assert len(rows(engine, TURNS)) == 200 and lost(metrics) == 0
    engine.dispose()


def test_beyond_the_limit_turns_are_lost_and_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    engine = open_database(tmp_path)
    with recording(engine, max_waiting=3, every=60) as (recorder, metrics):
        for _ in range(5):
            recorder.record(turn())
        assert lost(metrics) == 2
        recorder._tell_losses()
    assert len(rows(engine, TURNS)) == 3
    assert [(record.msg, record.count) for record in caplog.records] == [("turns_lost", 2)]
    engine.dispose()


def test_a_turn_that_no_database_takes_does_not_hold_back_the_others(service: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with recording(service, every=60) as (recorder, metrics):
        good, bad = turn(), turn()
        recorder.record(bad)
        recorder.record(good)
        monkeypatch.setitem(recorder._waiting[bad.id].turn, "status", None)
        recorder.flush()
        assert not recorder.waits("A" * 22) and lost(metrics) == 1
    assert [row["id"] for row in rows(service, TURNS)] == [good.id]


def test_a_turn_that_cannot_be_read_is_no_fault_of_the_answer(service: Engine) -> None:
    with recording(service, every=60) as (recorder, metrics):
        recorder.record(dataclasses.replace(turn(), answers=()))
        assert not recorder.waits("A" * 22) and lost(metrics) == 1


def test_what_is_forgotten_is_never_written(service: Engine) -> None:
    with recording(service, every=60) as (recorder, _):
        recorder.record(turn("A" * 22))
        recorder.record(turn("B" * 22))
        recorder.forget("A" * 22)
        assert not recorder.waits("A" * 22) and recorder.waits("B" * 22)
    assert [row["conversation"] for row in rows(service, TURNS)] == ["B" * 22]


def test_nothing_is_lost_among_threads(service: Engine) -> None:
    with recording(service, every=0.001) as (recorder, _):
        def many(name: str) -> None:
            for _ in range(100):
                recorder.record(turn(name * 22))

        threads = [threading.Thread(target=many, args=(name,)) for name in "ABCD"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(rows(service, TURNS)) == 400 and sum(row["n"] for row in rows(service, COUNTS)) == 400


def test_two_gateways_write_one_database(service: Engine) -> None:
    with recording(service, every=0.001) as (one, metrics), recording(service, every=0.001) as (other, more):
        for n in range(150):
            (one if n % 2 else other).record(turn(f"{n % 5:022d}"))
    assert sum(row["n"] for row in rows(service, COUNTS)) == 150 and lost(metrics) + lost(more) == 0

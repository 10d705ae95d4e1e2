"""The worker against the fake Zalo: everything arrives once and in order, and what goes wrong is waited for, repeated or given up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.channels.outgoing import Outgoing
from bot.channels.sending import SendError, Sent, Trouble
from bot.gateway.database import open_database
from bot.gateway.outbox import Outbox, echo_key
from bot.gateway.outbox_verdict import OutboxLimits, Rests, pause
from bot.gateway.outbox_worker import OutboxWorker

from .fake_zalo import SEND, FakeZalo, fake_zalo
from .out_world import (
    BEGIN,
    DATABASES,
    PATIENCE,
    Clock,
    all_settled,
    bootstrap,
    database,
    interact,
    put,
    rows,
    states,
    until,
    user_row,
    work,
    zalo_senders,
)

HOUR, DAY = 3600.0, 86_400.0
UNTAUGHT = -9999


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def zalo(clock: Clock) -> Iterator[FakeZalo]:
    with fake_zalo(clock) as fake:
        fake.users |= {"u": BEGIN, "v": BEGIN}
        yield fake


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param, tmp_path) as url:
        opened = open_database(tmp_path, url)
        bootstrap(opened, BEGIN)
        interact(opened, "u")
        interact(opened, "v")
        yield opened
        opened.dispose()


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Engine]:
    """SQLite only: for what does not depend on the database."""
    opened = open_database(tmp_path)
    bootstrap(opened, BEGIN)
    interact(opened, "u")
    interact(opened, "v")
    yield opened
    opened.dispose()


def settle(engine: Engine, zalo: FakeZalo, clock: Clock, *, step: float = 0.0, **limits: object) -> OutboxWorker:
    """Work until nothing waits; step: seconds (less than the lease) by which the clock moves while nothing is in flight."""

    def done() -> bool:
        now = set(states(engine))
        clock.now += 0 if "sending" in now else step
        return not now & {"waiting", "sending"}

    async def story(worker: OutboxWorker) -> None:
        await until(done)

    return work(engine, zalo_senders(engine, zalo, clock), story, clock, **limits)


def test_everything_arrives_once_and_in_order(engine: Engine, zalo: FakeZalo, clock: Clock) -> None:
    put(engine, "u", "1", "2", "3", inbox_id=1)
    put(engine, "v", "a", "b", inbox_id=2)
    put(engine, "u", "4", inbox_id=3)
    settle(engine, zalo, clock)
    assert zalo.texts("u") == ["1", "2", "3", "4"] and zalo.texts("v") == ["a", "b"]
    assert set(states(engine)) == {"sent"}
    assert {row.message_id for row in rows(engine)} == {one["message_id"] for one in zalo.accepted}


def test_a_slow_zalo_does_not_change_the_order(engine: Engine, zalo: FakeZalo, clock: Clock) -> None:
    gate = threading.Event()
    zalo.fail(gate=gate, times=1)
    put(engine, "u", "1", "2")

    async def story(worker: OutboxWorker) -> None:
        await until(lambda: len(zalo.calls()) == 1)
        put(engine, "v", "a")
        await until(lambda: zalo.texts("v") == ["a"])  # others do not wait
        assert zalo.texts("u") == []
        gate.set()
        await until(all_settled(engine))

    work(engine, zalo_senders(engine, zalo, clock), story, clock)
    assert zalo.texts("u") == ["1", "2"]


def test_two_workers_share_the_work_and_send_nothing_twice(engine: Engine, zalo: FakeZalo, clock: Clock) -> None:
    for user in range(8):
        zalo.users[f"n{user}"] = BEGIN
        put(engine, f"n{user}", "0", "1")
    threads = [threading.Thread(target=settle, args=(engine, zalo, clock)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(zalo.texts(f"n{user}") == ["0", "1"] for user in range(8)) and len(zalo.calls(SEND)) == 16


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_failing_server_is_asked_again_later(lite: Engine, zalo: FakeZalo, clock: Clock, status: int) -> None:
    zalo.fail(status=status, times=3)
    put(lite, "u", "1", "2")
    settle(lite, zalo, clock, step=1)
    assert zalo.texts("u") == ["1", "2"] and rows(lite)[0].attempts == 3
    times = [call.at for call in zalo.calls()]
    assert times[1] - times[0] >= 1 and times[2] - times[1] >= 2 and times[3] - times[2] >= 4


def test_a_server_s_own_wish_to_wait_is_honoured(lite: Engine, zalo: FakeZalo, clock: Clock) -> None:
    zalo.fail(status=503, headers={"Retry-After": "77"})
    put(lite, "u", "1")
    settle(lite, zalo, clock, step=1)
    first, second = (call.at for call in zalo.calls())
    assert second - first >= 77


def test_a_message_that_never_passes_dies_with_a_reason(lite: Engine, zalo: FakeZalo, clock: Clock) -> None:
    zalo.fail(status=500, times=1000)
    put(lite, "u", "1")
    settle(lite, zalo, clock, step=400, tries=5, lease=10_000.0)
    assert (rows(lite)[0].state, rows(lite)[0].reason, len(zalo.calls())) == ("dead", "máy chủ trả về HTTP (500)", 5)


@pytest.mark.parametrize(("code", "tries"), [(-201, 1), (-210, 1), (-240, 1), (-233, 1), (UNTAUGHT, 3)])
def test_permanent_errors_die_at_once_and_unknown_ones_after_three(
    lite: Engine, zalo: FakeZalo, clock: Clock, code: int, tries: int
) -> None:
    zalo.fail(code=code, times=tries)
    put(lite, "u", "1", "2")
    settle(lite, zalo, clock, step=1)
    assert states(lite) == ["dead", "sent"] and str(code) in rows(lite)[0].reason and zalo.texts("u") == ["2"]


@pytest.mark.parametrize("code", [-230, -232, -311, -305, -234, -211, -218, -213, -217, -227, -244])
def test_a_user_who_cannot_be_answered_is_marked_and_left_alone(lite: Engine, zalo: FakeZalo, clock: Clock, code: int) -> None:
    zalo.fail(code=code)
    put(lite, "u", "1", "2")
    settle(lite, zalo, clock)
    assert states(lite) == ["dropped", "dropped"] and len(zalo.calls()) == 1
    assert str(code) in user_row(lite, "u").unreachable and user_row(lite, "u").unreachable_at == BEGIN
    clock.now += 10
    interact(lite, "u", clock.now, unreachable=user_row(lite, "u").unreachable, unreachable_at=BEGIN)
    put(lite, "u", "3", now=clock.now)
    settle(lite, zalo, clock)
    assert zalo.texts("u") == ["3"]


@pytest.mark.parametrize(("age", "paid", "arrives"), [
    (47 * HOUR, False, True), (49 * HOUR, False, False), (49 * HOUR, True, True), (7 * DAY + 1, True, False),
])
def test_nothing_is_sent_outside_the_window(
    lite: Engine, zalo: FakeZalo, clock: Clock, age: float, paid: bool, arrives: bool
) -> None:
    put(lite, "u", "1")
    clock.now += age
    bootstrap(lite, clock.now)
    zalo.access["access-0"] = clock.now + DAY

    async def story(worker: OutboxWorker) -> None:
        await until(all_settled(lite))

    work(lite, zalo_senders(lite, zalo, clock, paid=paid), story, clock)
    assert states(lite) == ["sent" if arrives else "dropped"] and len(zalo.calls()) == arrives
    assert arrives or "giờ kể từ lần nhắn cuối" in rows(lite)[0].reason


def test_an_unknown_user_s_window_begins_with_the_answer(lite: Engine, zalo: FakeZalo, clock: Clock) -> None:
    """Somebody who was erased a moment ago still hears that it is done."""
    zalo.users["w"] = BEGIN
    put(lite, "w", "Đã xóa")
    settle(lite, zalo, clock)
    assert zalo.texts("w") == ["Đã xóa"] and user_row(lite, "w") is None


def test_the_last_counted_reply_stops_until_the_user_writes(lite: Engine, zalo: FakeZalo, clock: Clock) -> None:
    zalo.quota["u"] = 1
    put(lite, "u", "1", "2")
    settle(lite, zalo, clock)
    assert states(lite) == ["sent", "dropped"] and len(zalo.calls()) == 1


@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 504}, {"body": b"<html>"}, {"body": b"{}"}, {"body": b'{"error": "0"}'}])
def test_a_lost_answer_is_settled_by_the_echo(engine: Engine, zalo: FakeZalo, clock: Clock, fault: dict[str, object]) -> None:
    zalo.fail(after=True, **fault)
    put(engine, "u", "1", "2")

    async def story(worker: OutboxWorker) -> None:
        await until(lambda: rows(engine)[0].unsure == 1)
        assert zalo.texts("u") == ["1"]
        echo = zalo.echoes[0]["message"]
        with engine.begin() as connection:
            assert Outbox.confirm(connection, "zalo", "u", echo["msg_id"], echo_key(echo["text"]), clock.now)
        await until(all_settled(engine))

    work(engine, zalo_senders(engine, zalo, clock), story, clock)
    assert zalo.texts("u") == ["1", "2"] and set(states(engine)) == {"sent"}


@pytest.mark.parametrize("accepted", [False, True])
def test_without_an_echo_it_is_sent_once_more_after_the_wait(engine: Engine, zalo: FakeZalo, clock: Clock, accepted: bool) -> None:
    zalo.fail(drop=True, after=accepted)
    put(engine, "u", "1", "2")

    async def story(worker: OutboxWorker) -> None:
        await until(lambda: rows(engine)[0].unsure == 1)
        clock.now += 59
        assert len(zalo.calls()) == 1
        clock.now += 2
        await until(all_settled(engine))

    work(engine, zalo_senders(engine, zalo, clock), story, clock)
    # Accepted and no echo heard: the one case in which a citizen reads a message twice.
    assert zalo.texts("u") == (["1", "1", "2"] if accepted else ["1", "2"])
    assert zalo.calls()[1].at - zalo.calls()[0].at >= 60


def test_two_lost_answers_are_the_end(lite: Engine, zalo: FakeZalo, clock: Clock) -> None:
    zalo.fail(drop=True, times=2)
    put(lite, "u", "1", "2")
    settle(lite, zalo, clock, step=10)
    assert states(lite) == ["dead", "sent"] and "không rõ" in rows(lite)[0].reason


def test_no_connection_is_no_doubt(lite: Engine, zalo: FakeZalo, clock: Clock) -> None:
    """Nothing listens: the message surely did not go out, so it need not wait for an echo."""
    url, zalo.url = zalo.url, "http://127.0.0.1:1"
    put(lite, "u", "1")

    async def story(worker: OutboxWorker) -> None:
        await until(lambda: rows(lite)[0].attempts == 1)
        assert rows(lite)[0].unsure == 0

    work(lite, zalo_senders(lite, zalo, clock), story, clock)
    zalo.url = url
    clock.now += 2
    settle(lite, zalo, clock)
    assert zalo.texts() == ["1"]


def test_too_fast_rests_the_channel_and_costs_no_try(lite: Engine, zalo: FakeZalo, clock: Clock) -> None:
    zalo.fail(code=-32)
    put(lite, "u", "1")

    async def story(worker: OutboxWorker) -> None:
        await until(lambda: worker.status()["resting"] == {"zalo": "rate"})
        put(lite, "v", "a")
        assert len(zalo.calls()) == 1
        clock.now += 6
        await until(all_settled(lite))
        assert worker.status()["ready"]

    work(lite, zalo_senders(lite, zalo, clock), story, clock)
    assert [row.attempts for row in rows(lite)] == [0, 0] and set(zalo.texts()) == {"1", "a"}


@pytest.mark.parametrize("code", [-204, -205, -209, -212, -219, -221, -223, -224, -320, -321])
def test_an_account_that_may_not_send_stops_and_calls_a_person(
    lite: Engine, zalo: FakeZalo, clock: Clock, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    zalo.fail(code=code)
    put(lite, "u", "1", "2")

    async def story(worker: OutboxWorker) -> None:
        await until(lambda: rows(lite)[0].reason is not None)
        assert worker.status() | {"rows": {}} == {"ready": False, "resting": {"zalo": "office"}, "rows": {}}
        clock.now += 901
        await until(all_settled(lite))

    with caplog.at_level(logging.ERROR):
        work(lite, zalo_senders(lite, zalo, clock), story, clock)
    assert zalo.texts("u") == ["1", "2"]
    assert [(one.msg, one.code) for one in caplog.records] == [("channel_stopped", code)]


class Broken:
    """A sender with a fault of ours."""

    reply_window = None

    def __init__(self) -> None:
        self.calls = 0

    async def send(self, user: str, message: Outgoing) -> Sent:
        self.calls += 1
        if user == "u":
            raise ZeroDivisionError
        return Sent("m")


def test_a_fault_of_a_sender_does_not_stop_the_others(lite: Engine, clock: Clock) -> None:
    put(lite, "u", "1")
    put(lite, "v", "a")

    def done() -> bool:
        clock.now += 1
        return all_settled(lite)()

    async def story(worker: OutboxWorker) -> None:
        await until(done)

    broken = Broken()
    work(lite, lambda http: {"zalo": broken}, story, clock)
    assert states(lite, "u") == ["dead"] and states(lite, "v") == ["sent"] and broken.calls == 4


def test_a_stop_lets_what_is_being_sent_arrive(lite: Engine, zalo: FakeZalo, clock: Clock) -> None:
    gate = threading.Event()
    zalo.fail(gate=gate, after=True)
    put(lite, "u", "1", "2")

    async def story(worker: OutboxWorker) -> None:
        await until(lambda: zalo.texts() == ["1"])
        threading.Timer(0.2, gate.set).start()

    work(lite, zalo_senders(lite, zalo, clock), story, clock, grace=PATIENCE)
    assert states(lite) == ["sent", "waiting"]


def test_no_log_holds_a_text_a_user_or_a_token(
    lite: Engine, zalo: FakeZalo, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for fault in ({"code": -201}, {"status": 500}, {"drop": True}, {"code": -216, "times": 2}):
        zalo.fail(**fault)
    zalo.users["246845883529197922"] = BEGIN
    put(lite, "246845883529197922", *(f"nội dung riêng {i}" for i in range(5)))
    with caplog.at_level(logging.DEBUG, "bot"):
        settle(lite, zalo, clock, step=10)
    told = "\n".join(str(vars(record)) for record in caplog.records)
    assert caplog.records and not any(word in told for word in ("riêng", "2468458", "access-", "refresh-", zalo.app_secret))
    assert not any(word in str(row.reason) for row in rows(lite) for word in ("riêng", "access-", "127.0.0.1"))


def test_pauses_double_up_to_their_limit_less_chance() -> None:
    assert [pause(n, 1, 900, 0) for n in (0, 1, 2, 9, 10, 500)] == [1, 2, 4, 512, 900, 900]
    assert pause(3, 1, 900, 0.999) > 4


def test_rests_grow_in_a_row_and_are_short_again_after_a_success() -> None:
    rests, error, now = Rests(OutboxLimits(rest=5)), SendError(Trouble.RATE, ""), 0.0
    lengths = []
    for _ in range(3):
        until_, _ = rests.begin("zalo", error, now, 0)
        rests.begin("zalo", error, now, 0)  # another one that was in flight
        lengths.append(until_ - now)
        now = until_
    assert lengths == [5, 10, 20]
    rests.over("zalo")
    assert rests.begin("zalo", error, now, 0)[0] - now == 5

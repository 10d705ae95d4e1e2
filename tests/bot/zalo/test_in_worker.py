"""The inbox's worker: order, faults, further tries, stopping, being killed. Each on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.channels.messenger_event import Kind
from bot.gateway.database import open_database
from bot.gateway.inbox_queue import Outcome, Taken
from bot.gateway.inbox_worker import InboxWorker
from bot.gateway.tables import OUTBOX

from .in_world import QUICK, Clock, EchoDesk, address, event, keep, rows, sent, until, work

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with address(request.param, tmp_path) as one:
        yield one


@pytest.fixture
def engine(url: str, tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(tmp_path, url)
    yield opened
    opened.dispose()


def settled(engine: Engine) -> bool:
    return all(row.state in ("done", "dead") for row in rows(engine))


def test_each_is_answered_once_and_in_order(engine: Engine) -> None:
    keep(engine, *(event(f"{user}{n}", f"{user}{n}", f"u{user}", at=1000.0 + n) for n in range(4) for user in range(5)))
    desk = EchoDesk()
    work(engine, desk, lambda: settled(engine), workers=2)
    assert all(sent(engine, f"u{user}") == [f"về {user}{n}" for n in range(4)] for user in range(5))
    assert sorted(desk.seen) == sorted(f"{user}{n}" for n in range(4) for user in range(5)) and not desk.twice


def test_a_fault_is_tried_again_and_later_questions_wait(engine: Engine) -> None:
    keep(engine, event("một", "a", at=1000.0), event("hai", "b", at=1001.0))
    desk = EchoDesk({"một": 4})
    work(engine, desk, lambda: settled(engine))
    assert desk.seen == ["một"] * 5 + ["hai"] and sent(engine) == ["về một", "về hai"]
    assert [row.attempts for row in rows(engine)] == [5, 1]


def test_after_five_tries_an_apology(engine: Engine) -> None:
    keep(engine, event("một", "a", at=1000.0), event("hai", "b", at=1001.0))
    desk = EchoDesk({"một": 99})
    work(engine, desk, lambda: settled(engine))
    assert desk.seen == ["một"] * 5 + ["hai"] and sent(engine) == ["xin lỗi", "về hai"]
    assert [(row.state, row.event) for row in rows(engine)] == [("dead", None), ("done", None)]


def test_a_withdrawn_consent_is_never_given_up(engine: Engine) -> None:
    keep(engine, event("w", "a", at=1000.0, kind=Kind.WITHDRAW))
    desk = EchoDesk({"w": 8})
    work(engine, desk, lambda: settled(engine), limits=replace(QUICK, longest_pause=0.01))
    assert len(desk.seen) == 9 and rows(engine)[0].state == "done"


def test_an_event_that_kills_its_process_is_not_tried_for_ever(engine: Engine) -> None:
    keep(engine, event("một", "a", at=1000.0))
    with engine.begin() as connection:
        connection.exec_driver_sql("update inbox set state = 'taken', attempts = 5, taken_until = 1")
    desk = EchoDesk()
    work(engine, desk, lambda: settled(engine))
    assert desk.seen == [] and sent(engine) == ["xin lỗi"]


def test_a_database_that_fails_for_a_moment(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(engine, event("một", "a", at=1000.0))
    failures = [True] * 3
    real = InboxWorker._transact

    async def flaky(self: InboxWorker, task: object) -> object:
        from sqlalchemy.exc import OperationalError

        if failures and not self._woken.is_set():
            failures.pop()
            raise OperationalError("select", {}, Exception())
        return await real(self, task)  # type: ignore[arg-type]

    monkeypatch.setattr(InboxWorker, "_transact", flaky)
    work(engine, EchoDesk(), lambda: settled(engine))
    assert sent(engine) == ["về một"] and not failures


def test_one_slow_user_does_not_hold_up_others(engine: Engine) -> None:
    keep(engine, event("chậm", "a", "slow", at=1000.0), event("nhanh", "b", "quick", at=1001.0))
    desk = EchoDesk()

    async def run() -> None:
        desk.gates["chậm"] = asyncio.Event()
        task = asyncio.create_task(InboxWorker(engine, desk, ("zalo",), limits=QUICK).run())
        await until(lambda: sent(engine, "quick"))
        assert sent(engine, "slow") == []
        desk.gates["chậm"].set()
        await until(lambda: sent(engine, "slow"))
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(run())


def test_stopping_finishes_what_is_held(engine: Engine) -> None:
    keep(engine, event("giữ", "a", at=1000.0))
    desk = EchoDesk()

    async def run() -> None:
        desk.gates["giữ"] = asyncio.Event()
        task = asyncio.create_task(InboxWorker(engine, desk, ("zalo",), limits=QUICK).run())
        await until(lambda: desk.seen)
        task.cancel()
        asyncio.get_running_loop().call_later(0.1, desk.gates["giữ"].set)
        await asyncio.wait([task])

    asyncio.run(run())
    assert sent(engine) == ["về giữ"] and rows(engine)[0].state == "done"


def test_a_new_event_wakes_the_worker(engine: Engine) -> None:
    async def run() -> None:
        worker = InboxWorker(engine, EchoDesk(), ("zalo",), limits=replace(QUICK, poll=3600.0))
        task = asyncio.create_task(worker.run())
        await asyncio.sleep(0)
        await asyncio.to_thread(keep, engine, event("một", "a", at=1000.0))
        worker.wake(0.0)
        await until(lambda: sent(engine))
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(run())


def test_no_event_of_another_channel(engine: Engine) -> None:
    keep(engine, event("một", "a", channel="other", at=1000.0), event("hai", "b", at=1000.0))
    work(engine, EchoDesk(), lambda: sent(engine))
    assert sent(engine) == ["về hai"] and [row.state for row in rows(engine)] == ["waiting", "done"]


class Process:
    """tests/bot/zalo/in_process.py as a child of this test."""

    def __init__(self, url: str, mode: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.child = subprocess.Popen([sys.executable, "-m", "tests.bot.zalo.in_process", url, mode], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)

    def wait_for(self, word: str) -> None:
        assert self.child.stdout
        for line in self.child.stdout:
            if line.strip() == word:
                return
        raise AssertionError(f"the process ended without {word}")

    def kill(self) -> None:
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.wait(20)
        assert self.child.stdout
        self.child.stdout.close()


@pytest.mark.parametrize(("mode", "word", "answers"), [("hold", "taken", ["về một"]), ("answer", "answered", ["trả lời một"])])
def test_a_killed_process_loses_nothing_and_answers_once(url: str, engine: Engine, mode: str, word: str, answers: list[str]) -> None:
    keep(engine, event("một", "a", at=1000.0))
    process = Process(url, mode)
    try:
        process.wait_for(word)
    finally:
        process.kill()
    held = rows(engine)[0]
    assert held.state == ("taken" if mode == "hold" else "done")
    clock = Clock((held.taken_until or held.at) - 1)
    desk = EchoDesk()
    if mode == "hold":  # before its lease is over nobody else may answer
        keep(engine, event("khác", "b", "v", at=1000.0))
        work(engine, desk, lambda: sent(engine, "v"), clock=clock)
        assert sent(engine, "u") == []
    clock.now += 2
    work(engine, desk, lambda: settled(engine), clock=clock)
    assert sent(engine, "u") == answers and len([row for row in rows(engine, OUTBOX) if row.user == "u"]) == 1


def test_logs_name_no_text(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    keep(engine, event("một", "a", "user-id-7", at=1000.0))
    work(engine, EchoDesk({"một": 99}), lambda: settled(engine))
    logged = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "event_dead" in logged and not any(word in logged for word in ("secret words", "user-id-7", "một"))


def test_an_answer_of_nothing_is_silence(engine: Engine) -> None:
    class Silent(EchoDesk):
        async def answer(self, taken: Taken) -> Outcome:
            return Outcome()

    keep(engine, event("một", "a", at=1000.0))
    work(engine, Silent(), lambda: settled(engine))
    assert sent(engine) == [] and rows(engine)[0].state == "done"

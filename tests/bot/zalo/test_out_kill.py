"""A sending process that is killed in the middle: nothing is lost, nothing is read twice when the echo comes, order is kept."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.gateway.database import open_database
from bot.gateway.outbox import Outbox, echo_key

from .fake_zalo import FakeZalo, fake_zalo
from .out_world import DATABASES, PATIENCE, all_settled, bootstrap, database, interact, put, rows, states


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with database(request.param, tmp_path) as address:
        yield address


@pytest.fixture
def engine(url: str, tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(tmp_path, url)
    bootstrap(opened, time.time())
    interact(opened, "u", time.time())
    yield opened
    opened.dispose()


@pytest.fixture
def zalo() -> Iterator[FakeZalo]:
    with fake_zalo() as fake:
        fake.users["u"] = time.time()
        yield fake


@contextmanager
def sending(url: str, zalo: FakeZalo, root: Path, lease: float = 1.0, echo_wait: float = 1.0) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.bot.zalo.out_child", url, zalo.url, str(lease), str(echo_wait)]
    child = subprocess.Popen(command, cwd=root, stderr=subprocess.DEVNULL)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def wait_for(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, "did not come true in time"
        time.sleep(0.02)


def kill_while_sending(url: str, zalo: FakeZalo, root: Path, engine: Engine, accepted: bool) -> None:
    """Zalo holds the answer; the process dies without it."""
    gate = threading.Event()
    zalo.fail(gate=gate, after=accepted, drop=True)
    with sending(url, zalo, root) as child:
        wait_for(lambda: len(zalo.calls()) == 1 and len(zalo.accepted) == accepted)
        assert states(engine)[0] == "sending"
        child.kill()
        child.wait()
    gate.set()


def test_what_was_not_accepted_is_sent_once_by_the_next_process(url: str, engine: Engine, zalo: FakeZalo, root: Path) -> None:
    put(engine, "u", "1", "2", "3", inbox_id=1, now=time.time())
    kill_while_sending(url, zalo, root, engine, accepted=False)
    with sending(url, zalo, root):
        wait_for(all_settled(engine))
    assert zalo.texts() == ["1", "2", "3"] and states(engine) == ["sent"] * 3


def test_what_was_accepted_is_not_sent_again_when_its_echo_comes(url: str, engine: Engine, zalo: FakeZalo, root: Path) -> None:
    put(engine, "u", "1", "2", "3", inbox_id=1, now=time.time())
    kill_while_sending(url, zalo, root, engine, accepted=True)
    # A wait much longer than the test: only the echo can let the second part go.
    with sending(url, zalo, root, echo_wait=3600.0):
        wait_for(lambda: rows(engine)[0].unsure == 1)
        echo = zalo.echoes[0]["message"]
        with engine.begin() as connection:
            assert Outbox.confirm(connection, "zalo", "u", echo["msg_id"], echo_key(echo["text"]))
        wait_for(all_settled(engine))
    assert zalo.texts() == ["1", "2", "3"] and len(zalo.calls()) == 3


def test_a_process_killed_again_and_again_loses_nothing_and_keeps_the_order(url: str, engine: Engine, zalo: FakeZalo, root: Path) -> None:
    wanted = [str(n) for n in range(12)]
    put(engine, "u", *wanted, now=time.time())
    for seen in (2, 5, 8):
        # A long wait for the echo: the last child alone resolves what is in doubt, with every other message settled by then or not.
        with sending(url, zalo, root, echo_wait=0.5):
            wait_for(lambda seen=seen: len(zalo.accepted) >= seen)
    with sending(url, zalo, root, echo_wait=0.5):
        wait_for(all_settled(engine))
    once = list(dict.fromkeys(zalo.texts()))
    assert once == wanted and zalo.texts() == sorted(zalo.texts(), key=int)
    assert len(zalo.texts()) <= len(wanted) + 3  # each kill may cost one message that is read twice, as no echo came
    assert set(states(engine)) == {"sent"}


def test_a_polite_stop_leaves_nothing_in_doubt(url: str, engine: Engine, zalo: FakeZalo, root: Path) -> None:
    put(engine, "u", *(str(n) for n in range(40)), now=time.time())
    with sending(url, zalo, root, lease=60.0) as child:
        wait_for(lambda: len(zalo.accepted) >= 3)
        child.send_signal(2)  # asyncio.run cancels the worker
        assert child.wait(PATIENCE) is not None
    assert set(states(engine)) <= {"sent", "waiting"} and states(engine).count("sent") == len(zalo.accepted)

"""Crash, hang, junk, swap: with real processes behind a real gateway."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from . import harness
from .harness import Gateway, point_to, running, write_model


@pytest.fixture(autouse=True, params=sorted(harness.SOURCES))
def source(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """All of this holds wherever engines come from."""
    monkeypatch.setattr(harness, "SOURCE", request.param)
    return request.param


def test_an_engine_answers_and_the_state_travels(gateway: Gateway) -> None:
    first = gateway.say("xin chào").json()
    token = first["conversation"]
    assert "turn=1" in first["messages"][1]["text"]
    assert "turn=2" in gateway.text("nữa", token) and "turn=3" in gateway.text("nữa", token)
    assert "turn=1" in gateway.text("người khác")


def test_a_crash_is_answered_from_search_and_healed(gateway: Gateway) -> None:
    token = gateway.say("xin chào").json()["conversation"]
    before = gateway.pool.pids()
    began = time.monotonic()
    assert gateway.text("CHẾT đi", token) == "từ tìm kiếm: CHẾT đi"
    assert gateway.text("lệ phí?", token) == "từ tìm kiếm: lệ phí?"
    assert time.monotonic() - began < 1.5
    assert gateway.http.get("/readyz").status_code == 503 and gateway.http.get("/healthz").status_code == 200
    gateway.until(lambda: gateway.pool.ready == 1)
    assert gateway.pool.pids() != before
    # What search said last is remembered by the new engine: nothing was lost.
    assert "turn=101" in gateway.text("tiếp", token)
    assert gateway.metric("mot_cua_engine_restarts_total", reason="exit") == 1
    assert gateway.metric("mot_cua_fallback_answers_total", reason="lost") == 1


@pytest.mark.parametrize("word", ["TREO", "NGỦ"])
def test_a_hang_is_answered_within_the_time_out_and_healed(tmp_path: Path, word: str) -> None:
    with running(tmp_path, MOT_CUA_ENGINE_TIMEOUT="2") as gateway:
        before = gateway.pool.pids()
        began = time.monotonic()
        assert gateway.text(f"{word} máy").startswith("từ tìm kiếm")
        assert time.monotonic() - began < 2.2
        gateway.until(lambda: gateway.pool.ready == 1 and gateway.pool.pids() != before)
        gateway.until(lambda: not psutil.pid_exists(before[0]))
        assert "turn=1" in gateway.text("xin chào")
        assert gateway.metric("mot_cua_engine_restarts_total", reason="hang") == 1


def test_an_idle_engine_that_stops_is_found_by_probes(gateway: Gateway) -> None:
    before = gateway.pool.pids()
    os.kill(before[0], signal.SIGSTOP)
    gateway.until(lambda: gateway.pool.pids() not in ([], before))
    assert "turn=1" in gateway.text("xin chào")


def test_one_of_two_engines_goes_the_other_serves(tmp_path: Path) -> None:
    with running(tmp_path, engines=2) as gateway:
        os.kill(gateway.pool.pids()[0], signal.SIGKILL)
        gateway.until(lambda: gateway.pool.ready == 1)
        assert all("turn=1" in gateway.text("xin chào") for _ in range(5))
        gateway.until(lambda: gateway.pool.ready == 2)


def test_junk_is_answered_from_search_and_too_much_of_it_restarts(gateway: Gateway) -> None:
    before = gateway.pool.pids()
    for _ in range(3):
        assert gateway.text("RÁC").startswith("từ tìm kiếm")
    gateway.until(lambda: gateway.pool.pids() not in ([], before))
    assert gateway.metric("mot_cua_engine_restarts_total", reason="junk") == 1


def test_engines_work_side_by_side_but_none_is_flooded(tmp_path: Path) -> None:
    with running(tmp_path, "name=A delay=0.2", engines=2) as gateway, ThreadPoolExecutor(40) as many:
        began = time.monotonic()
        said = list(many.map(lambda n: gateway.text(f"câu {n}"), range(40)))
        assert len({text.split("pid=")[1] for text in said}) == 2
        assert all("turn=1" in text for text in said)
        assert 0.9 < time.monotonic() - began < 3  # 40 messages, 2 engines of 4 at a time, 0.2 s each: 1 s


def test_overload_is_answered_from_search_and_kills_no_engine(tmp_path: Path) -> None:
    with running(tmp_path, "name=A delay=0.4", MOT_CUA_ENGINE_TIMEOUT="2") as gateway, ThreadPoolExecutor(40) as many:
        before = gateway.pool.pids()
        said = list(many.map(lambda n: gateway.text(f"câu {n}"), range(40)))
        assert sum("turn=1" in text for text in said) >= 8
        assert sum(text.startswith("từ tìm kiếm") for text in said) >= 8
        time.sleep(1)
        assert gateway.pool.pids() == before


def test_the_same_conversation_is_served_in_order(tmp_path: Path) -> None:
    with running(tmp_path, "name=A delay=0.05") as gateway, ThreadPoolExecutor(6) as many:
        token = gateway.say("xin chào").json()["conversation"]
        said = list(many.map(lambda n: gateway.text(f"câu {n}", token), range(6)))
        assert sorted(text.split()[1] for text in said) == [f"turn={n}" for n in range(2, 8)]


class Load:
    """20 clients that go on asking until left; each keeps its conversation."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway, self.texts, self.failures = gateway, [], []
        self._leave = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(20)]

    def _ask(self) -> None:
        token, turn = None, 0
        while not self._leave.is_set():
            response = self.gateway.say("xin chào", token)
            text = response.json()["messages"][-1]["text"] if response.status_code == 200 else response.text
            turn += 1
            if f" turn={turn} " not in text:
                self.failures.append(text)
            token = response.json().get("conversation")
            self.texts.append(text)

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._leave.set()
        for thread in self._threads:
            thread.join(20)


def test_a_swap_under_load_fails_no_request(tmp_path: Path, source: str) -> None:
    with running(tmp_path, "name=A delay=0.02", engines=2) as gateway:
        before = gateway.pool.pids()
        with Load(gateway) as load:
            for name in ("B", "C"):
                point_to(tmp_path, write_model(tmp_path / "models" / name, f"name={name} delay=0.02 slow=0.5"))
                gateway.until(lambda name=name: bool(load.texts) and load.texts[-1].startswith(name))
                time.sleep(0.3)
        assert load.failures == [] and len(load.texts) > 50
        assert {text[0] for text in load.texts} == {"A", "B", "C"}
        assert gateway.metric("mot_cua_fallback_answers_total", reason="down") == 0
        gateway.until(lambda: not any(map(psutil.pid_exists, before)))
        gateway.until(lambda: len(_children()) == 2 + (source == "forks"))


@pytest.mark.parametrize("words", ["exit=3", "mute", "slow=60"])
def test_a_model_that_does_not_work_is_refused(tmp_path: Path, words: str, source: str) -> None:
    with running(tmp_path) as gateway:
        before = gateway.pool.pids()
        point_to(tmp_path, write_model(tmp_path / "models" / "bad", words))
        gateway.until(lambda: gateway.pool.last_error is not None)
        assert gateway.text("xin chào").startswith("A ") and gateway.pool.pids() == before
        gateway.until(lambda: len(_children()) == 1 + (source == "forks"))
        point_to(tmp_path, write_model(tmp_path / "models" / "good", "name=G"))
        gateway.until(lambda: gateway.text("xin chào").startswith("G "))


def test_waking_the_watch_swaps_without_a_new_model(gateway: Gateway) -> None:
    before = gateway.pool.pids()
    gateway.loop.call_soon_threadsafe(gateway.watch.wake)
    gateway.until(lambda: gateway.pool.pids() != before)
    assert "turn=1" in gateway.text("xin chào")


def test_without_a_model_search_answers_until_one_comes(tmp_path: Path) -> None:
    with running(tmp_path, model=None, ready=False) as gateway:
        assert gateway.text("lệ phí?") == "từ tìm kiếm: lệ phí?"
        assert gateway.http.get("/readyz").json()["parts"]["model"] == {"ready": False, "name": None}
        point_to(tmp_path, write_model(tmp_path / "models" / "a"))
        gateway.until(lambda: gateway.pool.ready == 1)
        assert "turn=1" in gateway.text("xin chào")


def test_an_engine_that_never_starts_is_tried_again_until_it_does(tmp_path: Path) -> None:
    with running(tmp_path, "exit=1", ready=False) as gateway:
        gateway.until(lambda: gateway.pool.last_error is not None)
        assert "ended with code 1" in gateway.pool.last_error
        assert gateway.text("lệ phí?").startswith("từ tìm kiếm")
        write_model(tmp_path / "models" / "a", "name=healed")
        gateway.until(lambda: gateway.pool.ready == 1)


def test_a_fork_is_back_at_once(tmp_path: Path, source: str) -> None:
    """What it needs was loaded before: a model that takes seconds costs them once."""
    with running(tmp_path, "name=A slow=2") as gateway:
        os.kill(gateway.pool.pids()[0], signal.SIGKILL)
        gateway.until(lambda: gateway.pool.ready == 0)
        began = time.monotonic()
        gateway.until(lambda: gateway.pool.ready == 1)
        assert (time.monotonic() - began < 1.5) == (source == "forks")
        assert "turn=1" in gateway.text("xin chào")


def test_nothing_is_left_after_a_stop(tmp_path: Path) -> None:
    with running(tmp_path, engines=2) as gateway:
        pids = gateway.pool.pids()
    assert len(pids) == 2 and not any(map(psutil.pid_exists, pids)) and not _children()


def _children() -> list[psutil.Process]:
    """What runs of fake_engine.py: the engines, and the one that they are forked from."""
    return [child for child in psutil.Process().children(recursive=True) if _is_fake(child)]


def _is_fake(process: psutil.Process) -> bool:
    try:
        return "fake_engine" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False

"""What was computed for the last questions is kept, and computed once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.latest import Latest


def test_a_value_is_made_once_and_kept() -> None:
    made: list[str] = []
    latest = Latest(2, lambda key: made.append(key) or key.upper())
    assert [latest(key) for key in ("a", "a", "b", "a")] == ["A", "A", "B", "A"]
    assert made == ["a", "b"]


def test_the_one_that_was_asked_for_longest_ago_is_dropped() -> None:
    made: list[str] = []
    latest = Latest(2, lambda key: made.append(key) or key)
    for key in ("a", "b", "a", "c", "a", "b"):
        latest(key)
    assert made == ["a", "b", "c", "b"]


def test_a_key_that_failed_is_tried_again() -> None:
    outcomes = iter([ValueError("first"), 7])

    def make(key: str) -> int:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    latest = Latest(2, make)
    with pytest.raises(ValueError, match="first"):
        latest("a")
    assert latest("a") == 7


def test_threads_that_ask_at_a_time_wait_for_one_computation() -> None:
    started, go = threading.Event(), threading.Event()
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        started.set()
        assert go.wait(10)
        return key

    latest = Latest(2, make)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(latest, "a")
        assert started.wait(10)
        others = [pool.submit(latest, "a") for _ in range(3)]
        go.set()
        assert [future.result(10) for future in (first, *others)] == ["a"] * 4
    assert made == ["a"]

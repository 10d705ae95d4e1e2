"""What threads ask for at a time is worked out in one go, and each gets its own."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.together import Together


def test_one_thread_alone_is_served_at_once() -> None:
    runs: list[list[int]] = []

    def double(items: list[int]) -> list[int]:
        runs.append(list(items))
        return [2 * item for item in items]

    together = Together(double, most=4)
    assert [together(3), together(4)] == [6, 8] and runs == [[3], [4]]


def test_who_waits_is_taken_along_in_order_and_up_to_the_most() -> None:
    runs: list[list[int]] = []
    begun, go_on = threading.Event(), threading.Event()

    def double(items: list[int]) -> list[int]:
        runs.append(list(items))
        begun.set()
        assert go_on.wait(10)
        return [2 * item for item in items]

    together = Together(double, most=3)
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(together, 0)
        assert begun.wait(10)
        others = []
        for item in range(1, 6):
            others.append(pool.submit(together, item))
            while len(together._waiting) < item:  # in this order
                pass
        go_on.set()
        assert [future.result(10) for future in (first, *others)] == [0, 2, 4, 6, 8, 10]
    assert runs == [[0], [1, 2, 3], [4, 5]]


def test_a_failure_reaches_every_thread_of_its_run_and_no_other() -> None:
    def refuse(items: list[int]) -> list[int]:
        if 13 in items:
            raise ValueError("13")
        return list(items)

    together = Together(refuse, most=1)
    with pytest.raises(ValueError, match="13"):
        together(13)
    assert together(7) == 7

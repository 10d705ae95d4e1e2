"""Together: what several threads ask for at a time, worked out in one go."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

Item = TypeVar("Item")
Value = TypeVar("Value")


class Together(Generic[Item, Value]):
    """A function of many items, called with one at a time. Thread-safe: while one call runs, the next ones gather, and whoever comes
    first takes up to `most` of them along, in the order in which they came. A thread alone never waits.

    run: items -> their values in order. What it raises, every thread of that run raises.
    """

    def __init__(self, run: Callable[[Sequence[Item]], Sequence[Value]], most: int) -> None:
        self._run, self._most = run, most
        self._waiting: list[tuple[Item, Future[Value]]] = []
        self._lock, self._turn = threading.Lock(), threading.Lock()

    def __call__(self, item: Item) -> Value:
        mine: Future[Value] = Future()
        with self._lock:
            self._waiting.append((item, mine))
        while not mine.done():
            with self._turn:
                if not mine.done():
                    self._take()
        return mine.result()

    def _take(self) -> None:
        with self._lock:
            taken, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            values = self._run([item for item, _ in taken])
        except BaseException as error:
            for _, future in taken:
                future.set_exception(error)
            return
        for (_, future), value in zip(taken, values, strict=True):
            future.set_result(value)

"""Latest: what was computed for the last questions, each computed once even when several threads ask at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Latest(Generic[Value]):
    """The values of the last `size` keys. Thread-safe; who asks for what another thread computes waits for it."""

    def __init__(self, size: int, make: Callable[[str], Value]) -> None:
        self._size, self._make = size, make
        self._kept: OrderedDict[str, Future[Value]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, key: str) -> Value:
        """Raises what `make` raises; a key that failed is tried again the next time."""
        with self._lock:
            known = self._kept.get(key)
            future = known or Future()
            self._kept[key] = future
            self._kept.move_to_end(key)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        if known is None:
            try:
                future.set_result(self._make(key))
            except BaseException as error:
                with self._lock:
                    self._kept.pop(key, None)
                future.set_exception(error)
        return future.result()

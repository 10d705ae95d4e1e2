"""Numbers of applications on their way from a messenger's event to its answer: in this process's memory alone, for minutes.

What the inbox keeps is masked. A number that is not here any more (a crash, another process took the event) is asked for again.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

KEEP_SECONDS = 600.0
"""An answer takes seconds; further tries of one that failed take minutes."""
MOST_EVENTS = 1000


class Passing:
    """clock: monotonic seconds. For one event loop and its worker threads: each call is one operation of a dictionary."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], tuple[float, tuple[str, ...]]] = OrderedDict()

    def keep(self, channel: str, key: str, numbers: Sequence[str]) -> None:
        """channel and key: the event's. The oldest go when there are more than MOST_EVENTS or their time is over."""
        now = self._clock()
        if numbers:
            self._kept[channel, key] = (now, tuple(numbers))
        while self._kept and (len(self._kept) > MOST_EVENTS or next(iter(self._kept.values()))[0] < now - KEEP_SECONDS):
            self._kept.popitem(last=False)

    def of(self, channel: str, key: str) -> tuple[str, ...]:
        """() when nothing is known."""
        at, numbers = self._kept.get((channel, key), (0.0, ()))
        return numbers if numbers and at >= self._clock() - KEEP_SECONDS else ()

    def drop(self, channel: str, key: str) -> None:
        """The event is answered."""
        self._kept.pop((channel, key), None)

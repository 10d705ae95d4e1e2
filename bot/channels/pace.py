"""How many calls may go out a minute: a token bucket that is full after a few seconds, never with a minute's worth at once."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """burst: calls that may go at once after a quiet time. clock: seconds that only rise."""

    def __init__(self, per_minute: int, burst: int = 100, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._clock = float(min(burst, max(1, per_minute // 2))), clock
        # What the burst takes is missing afterwards, so that no minute sees more than per_minute.
        self._rate = (per_minute - self._burst) / 60
        self._left, self._seen, self._held_until = self._burst, clock(), 0.0

    def wait(self) -> float:
        """Take one call; 0.0 when it may go, else seconds until the next one may (nothing is taken then)."""
        now = self._clock()
        if now < self._held_until:
            return self._held_until - now
        self._left = min(self._burst, self._left + (now - self._seen) * self._rate)
        self._seen = now
        if self._left < 1 - 1e-6:  # whoever waited as told must pass, whatever was rounded
            return (1 - self._left) / self._rate
        self._left -= 1
        return 0.0

    def hold(self, seconds: float) -> None:
        """No call for this long: the other side has said that none is left."""
        self._held_until = self._clock() + seconds

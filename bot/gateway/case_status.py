"""The number of an application in, what the office says of it out: asked at the office's own system, never stored, never guessed.

A provider is one small adapter to one system; `StatusDesk` stands before it with a time limit and two locks: the provider rests
after failures in a row, and who tries number after number has to wait.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

TIMEOUT = 3.0
"""Seconds for one look-up; a citizen waits for it."""
FAILURES, REST = 5, 60.0
"""Failures in a row after which the provider is left alone, and for how many seconds."""
MISSES, LOCKED = 5, 900.0
"""Unknown numbers in one conversation after which it has to wait, and for how many seconds: nobody shall find numbers by trying."""
CLIENT_MISSES = 20
"""The same of one client address, for who leaves out his conversation each time. A whole office or a village behind one address
mistypes fewer in a quarter of an hour; 20 let nobody go through more than 1,920 numbers a day."""
MAX_KNOWN = 10_000
"""Conversations, and clients, whose misses are remembered; the longest without one go first."""


class CaseState(StrEnum):
    """A closed list; what a system says beyond it is not passed on."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    NEEDS_MORE = "needs_more"
    READY = "ready"
    RETURNED = "returned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """What the office's system says. due: the day the result was promised for; as_of: the day the system was last updated."""

    state: CaseState
    office: str | None = None
    received: date | None = None
    due: date | None = None
    as_of: date | None = None


class StatusProvider(Protocol):
    """An office's system."""

    async def look_up(self, number: str) -> CaseStatus | None:
        """None when it knows no such application. Raises StatusUnavailable when it cannot be asked now."""


class StatusUnavailable(RuntimeError):
    """The office's system did not answer, or not in a way that can be read. Never carries the number."""


class StatusLocked(RuntimeError):
    """Too many unknown numbers in this conversation or from this client. seconds: until the next try."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"locked for {seconds:.0f} s")
        self.seconds = seconds


class _Misses:
    """When unknown numbers were asked for, by whom, in memory alone: an address is written nowhere. clock: monotonic seconds."""

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._most, self._clock = most, clock
        self._at: OrderedDict[str, list[float]] = OrderedDict()

    def check(self, who: str) -> None:
        """Raises StatusLocked while LOCKED seconds since the last of `most` misses are not over; then all are forgotten."""
        misses = self._at.get(who, [])
        if len(misses) < self._most:
            return
        if (left := misses[-1] + LOCKED - self._clock()) > 0:
            raise StatusLocked(left)
        del self._at[who]

    def add(self, who: str) -> None:
        now = self._clock()
        self._at[who] = [*(at for at in self._at.pop(who, []) if at > now - LOCKED), now]
        if len(self._at) > MAX_KNOWN:
            self._at.popitem(last=False)


class StatusDesk:
    """clock: monotonic seconds."""

    def __init__(self, provider: StatusProvider, *, timeout: float = TIMEOUT, clock: Callable[[], float] = time.monotonic) -> None:
        self._provider, self._timeout, self._clock = provider, timeout, clock
        self._failures, self._rests_until = 0, 0.0
        self._conversations, self._clients = _Misses(MISSES, clock), _Misses(CLIENT_MISSES, clock)

    async def look_up(self, number: str, conversation: str, client: str = "") -> CaseStatus | None:
        """None when there is no such application. client: whom the channel counts (limits.client_of), "" where a conversation cannot
        be left out, as on messengers. Raises StatusUnavailable, StatusLocked."""
        self._conversations.check(conversation)
        if client:
            self._clients.check(client)
        if self._clock() < self._rests_until:
            raise StatusUnavailable("resting after failures")
        try:
            async with asyncio.timeout(self._timeout):
                found = await self._provider.look_up(number)
        except (TimeoutError, StatusUnavailable) as error:
            self._failed()
            raise StatusUnavailable(type(error).__name__) from None  # whatever it said may hold the number
        self._failures = 0
        if found is None:
            self._conversations.add(conversation)
            if client:
                self._clients.add(client)
        return found

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._failures, self._rests_until = 0, self._clock() + REST

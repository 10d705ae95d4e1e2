"""The inbox's rows in, answers in the outbox out: an asyncio task that takes, answers, tries again and knows when to stop.

No database call runs in the event loop's thread. A cancelled worker finishes what it holds.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.messenger_event import Kind
from bot.gateway import inbox_queue as queue
from bot.gateway.inbox import SETTLE_SECONDS
from bot.gateway.inbox_metrics import InboxMetrics
from bot.gateway.inbox_queue import Outcome, Taken

log = logging.getLogger("bot.gateway.inbox_worker")
T = TypeVar("T")
SETTLE_PAUSES = (0.0, 0.2, 1.0, 4.0)
"""Seconds before each try to write down what became of an event."""


class Desk(Protocol):
    """Knows what to answer."""

    async def answer(self, taken: Taken) -> Outcome:
        """May raise anything: then it is tried again."""

    def apology(self, taken: Taken) -> Outcome:
        """When it was tried often enough."""


@dataclass(frozen=True, slots=True)
class InboxLimits:
    """Seconds, except at_once and tries. pauses: before each further try. lease: longer than an answer may take; after a crash
    its events wait that long. poll: how often other processes' events are looked for. grace: for what is held when it stops."""

    at_once: int = 4
    tries: int = 5
    pauses: tuple[float, ...] = (1.0, 4.0, 15.0, 60.0)
    longest_pause: float = 900.0
    lease: float = 60.0
    poll: float = 2.0
    count_every: float = 15.0
    grace: float = 15.0


class InboxWorker:
    """channels: those it answers. on_answer: called in the event loop when something was put into the outbox.

    clock: seconds since 1970.
    """

    def __init__(
        self,
        engine: Engine,
        desk: Desk,
        channels: Collection[str],
        *,
        limits: InboxLimits | None = None,
        metrics: InboxMetrics | None = None,
        on_answer: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._engine, self._desk, self._channels = engine, desk, tuple(channels)
        self._limits = limits or InboxLimits()
        self._metrics = metrics or InboxMetrics()
        self._on_answer, self._clock = on_answer, clock
        self._woken = asyncio.Event()
        self._counted = 0.0

    def wake(self, after: float = SETTLE_SECONDS) -> None:
        """Look for events in `after` seconds: a new one may not be taken earlier. From the event loop's thread."""
        asyncio.get_running_loop().call_later(after, self._woken.set)

    async def run(self) -> None:
        """Until cancelled; then up to `grace` seconds for what is being answered."""
        held: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._woken.clear()
                free = self._limits.at_once - len(held)
                for taken in await self._take_or_return(free) if free else ():
                    task = asyncio.create_task(self._handle(taken))
                    held.add(task)
                    task.add_done_callback(lambda done: (held.discard(done), self._woken.set()))
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._limits.poll):  # wait_for of 3.11 can swallow a cancel
                        await self._woken.wait()
        finally:
            if held:
                await asyncio.wait(set(held), timeout=self._limits.grace)

    async def _take_or_return(self, most: int) -> list[Taken]:
        """What is taken in the moment of being cancelled goes back untried, so that the next process need not wait for the lease."""
        taking = asyncio.create_task(self._take(most))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            for taken in await taking:
                await self._settle(taken, _put_back(taken, 0.0, failed=False))
            raise

    async def _take(self, most: int) -> list[Taken]:
        now = self._clock()
        count = now - self._counted >= self._limits.count_every

        def work(connection: Connection) -> tuple[list[Taken], int, Any]:
            lost = queue.recover(connection, now)
            counted = (queue.counts(connection), queue.oldest(connection)) if count else None
            return queue.take(connection, self._channels, most, self._limits.lease, now), lost, counted

        try:
            taken, lost, counted = await self._transact(work)
        except Exception as error:  # noqa: BLE001 - whatever one row holds, the others are answered again soon
            log.error("inbox_unreadable", extra={"error": type(error).__name__}, exc_info=not isinstance(error, SQLAlchemyError))
            return []
        if lost:
            log.warning("events_recovered", extra={"count": lost})
        if counted:
            self._counted = now
            self._show(*counted, now)
        return taken

    def _show(self, rows: dict[tuple[str, str], int], oldest: float | None, now: float) -> None:
        for channel in self._channels:
            for state in ("waiting", "taken", "dead"):
                self._metrics.rows.labels(channel, state).set(rows.get((channel, state), 0))
        self._metrics.oldest.set(0 if oldest is None else max(0.0, now - oldest))

    async def _handle(self, taken: Taken) -> None:
        """Never raises. An event that took the process down with it as often as one may try is not tried again."""
        outcome = None
        if taken.attempts <= self._limits.tries or not _may_die(taken):
            try:
                async with asyncio.timeout(self._limits.lease / 2):
                    outcome = await self._desk.answer(taken)
            except Exception as error:  # noqa: BLE001 - whatever it was, someone waits for an answer
                log.warning("event_failed", extra={"channel": taken.channel, "error": type(error).__name__, "count": taken.attempts})
        if outcome:
            await self._finish(taken, outcome, "done")
        elif taken.attempts >= self._limits.tries and _may_die(taken):
            log.error("event_dead", extra={"channel": taken.channel, "count": taken.attempts})
            await self._finish(taken, self._desk.apology(taken), "dead")
        else:
            await self._again(taken)

    async def _finish(self, taken: Taken, outcome: Outcome, state: str) -> None:
        def work(connection: Connection) -> bool:
            return queue.finish(connection, taken, outcome, self._clock(), state)

        held = await self._settle(taken, work)
        self._metrics.handled.labels(taken.channel, state if held else "lost").inc()
        if held and outcome.messages:
            self._on_answer()

    async def _again(self, taken: Taken) -> None:
        self._metrics.handled.labels(taken.channel, "retry").inc()
        pauses = self._limits.pauses
        pause = pauses[taken.attempts - 1] if taken.attempts <= len(pauses) else self._limits.longest_pause
        await self._settle(taken, _put_back(taken, self._clock() + pause, failed=True))
        self.wake(pause)

    async def _settle(self, taken: Taken, work: Callable[[Connection], T]) -> T | None:
        """Write down what happened. When that fails for good, the event's lease runs out and it is answered anew."""
        for wait in SETTLE_PAUSES:
            await asyncio.sleep(wait)
            try:
                return await self._transact(work)
            except SQLAlchemyError as error:
                log.error("inbox_unwritable", extra={"channel": taken.channel, "error": type(error).__name__})
        return None

    async def _transact(self, work: Callable[[Connection], T]) -> T:
        def run() -> T:
            with self._engine.begin() as connection:
                return work(connection)

        return await asyncio.to_thread(run)


def _put_back(taken: Taken, not_before: float, *, failed: bool) -> Callable[[Connection], None]:
    return lambda connection: queue.put_back(connection, taken, not_before, failed=failed)


def _may_die(taken: Taken) -> bool:
    """A consent that was taken back has to be followed, however long that takes."""
    return taken.kind is not Kind.WITHDRAW

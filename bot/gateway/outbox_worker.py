"""The outbox's rows in, messages at the messengers out: an asyncio task that sends, waits, tries again and knows when to stop.

No database call runs in the event loop's thread. A cancelled worker finishes what it holds.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.sending import Sender, SendError, Sent, Trouble
from bot.gateway import outbox_queue as queue
from bot.gateway.outbox_desk import counts
from bot.gateway.outbox_metrics import OutboxMetrics
from bot.gateway.outbox_queue import Taken
from bot.gateway.outbox_verdict import Fate, OutboxLimits, Rests, fate, pause

log = logging.getLogger("bot.gateway.outbox_worker")
NOTHING_LEFT = "nội dung tin đã hết hạn lưu"
TOO_LATE = "quá {hours} giờ kể từ lần nhắn cuối của người dùng"
LAST_REPLY = "hết lượt trả lời, chờ người dùng nhắn lại"
SETTLE_PAUSES = (0.0, 0.2, 1.0, 4.0)
"""Seconds before each try to write down what became of a message."""


class OutboxWorker:
    """senders: by channel. clock: seconds since 1970. jitter: () → [0, 1), so that retries of many do not come together."""

    def __init__(
        self,
        engine: Engine,
        senders: Mapping[str, Sender],
        *,
        limits: OutboxLimits | None = None,
        metrics: OutboxMetrics | None = None,
        clock: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._engine, self._senders = engine, senders
        self._limits = limits or OutboxLimits()
        self._metrics = metrics or OutboxMetrics()
        self._clock, self._jitter = clock, jitter
        self._woken = asyncio.Event()
        self._rests = Rests(self._limits)
        self._counted = 0.0
        self._counts: dict[tuple[str, str], int] = {}

    def wake(self) -> None:
        """Rows were put: look now. From the event loop's thread; forgetting it costs `poll` seconds."""
        self._woken.set()

    def status(self) -> dict[str, Any]:
        """For /readyz, without a look at the database: which channels rest and why; rows at the last count."""
        now = self._clock()
        resting = {channel: trouble.value for channel in self._senders if (trouble := self._rests.resting(channel, now))}
        rows = {f"{channel}_{state}": n for (channel, state), n in sorted(self._counts.items()) if state in ("waiting", "dead")}
        return {"ready": not resting, "resting": resting, "rows": rows}

    async def run(self) -> None:
        """Until cancelled; then up to `grace` seconds for what is being sent."""
        flying: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._woken.clear()
                free = self._limits.at_once - len(flying)
                for taken in await self._take_or_return(free) if free else ():
                    task = asyncio.create_task(self._handle(taken))
                    flying.add(task)
                    task.add_done_callback(lambda done: (flying.discard(done), self._woken.set()))
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._limits.poll):  # wait_for of 3.11 can swallow a cancel
                        await self._woken.wait()
        finally:
            if flying:
                await asyncio.wait(set(flying), timeout=self._limits.grace)

    async def _take_or_return(self, most: int) -> list[Taken]:
        """What is taken in the moment of being cancelled goes back: it was surely not sent, nobody needs to wait for its echo."""
        taking = asyncio.create_task(self._take(most))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            for taken in await taking:
                await self._settle(taken, None, lambda connection: queue.put_back(connection, taken, 0.0, None, failed=False))  # noqa: B023
            raise

    async def _take(self, most: int) -> list[Taken]:
        now = self._clock()
        awake = [channel for channel in self._senders if not self._rests.resting(channel, now)]
        count = now - self._counted >= self._limits.count_every

        def work(connection: Connection) -> list[Taken]:
            queue.recover(connection, self._limits.echo_wait, now)
            if count:
                self._counts, self._counted = counts(connection), now
            return queue.take(connection, awake, most, self._limits.lease, now) if awake else []

        try:
            taken = await self._transact(work)
        except SQLAlchemyError as error:
            log.error("outbox_unreadable", extra={"error": type(error).__name__})
            return []
        if count:
            self._metrics.rows.clear()
            for (channel, state), n in self._counts.items():
                self._metrics.rows.labels(channel, state).set(n)
        return taken

    async def _handle(self, taken: Taken) -> None:
        """One message, to its end or back into the queue."""
        now = self._clock()
        reason = self._refusal(taken, now)
        if reason:
            await self._settle(taken, "expired", lambda connection: queue.give_up(connection, taken, "dropped", reason))
            return
        try:
            # Shorter than the lease: nobody else may take the row while this one still sends.
            async with asyncio.timeout(self._limits.lease * 0.8):
                sent = await self._senders[taken.channel].send(taken.user, taken.message)
        except TimeoutError:
            await self._failed(taken, SendError(Trouble.UNSURE, "quá thời gian gửi"))
        except SendError as error:
            await self._failed(taken, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours in a sender must not stop the others' messages
            log.error("send_fault", extra={"channel": taken.channel, "error": type(error).__name__}, exc_info=True)
            await self._failed(taken, SendError(Trouble.UNKNOWN, "lỗi của chương trình"))
        else:
            await self._sent(taken, sent)

    def _refusal(self, taken: Taken, now: float) -> str | None:
        """Why this must not be sent at all."""
        window = self._senders[taken.channel].reply_window
        if not taken.message.text:
            return NOTHING_LEFT
        if taken.unreachable:
            return taken.unreachable
        if window is not None and now - taken.last_seen > window:
            return TOO_LATE.format(hours=round(window / 3600))
        return None

    async def _sent(self, taken: Taken, sent: Sent) -> None:
        now = self._clock()
        self._rests.over(taken.channel)

        def work(connection: Connection) -> None:
            queue.mark_sent(connection, taken.id, sent.message_id, now)
            if sent.last:
                queue.mark_user(connection, taken.channel, taken.user, LAST_REPLY, now)

        await self._settle(taken, "sent", work)

    async def _failed(self, taken: Taken, error: SendError) -> None:
        now, limits, words = self._clock(), self._limits, str(error)
        log.warning("send_failed", extra={"channel": taken.channel, "reason": error.trouble.value, "code": error.code})
        what = fate(error, taken.attempts, limits)
        if what is Fate.REST:
            later, new = self._rests.begin(taken.channel, error, now, self._jitter())
            if new and error.trouble is not Trouble.RATE:
                log.error("channel_stopped", extra={"channel": taken.channel, "reason": error.trouble.value, "code": error.code})
        else:
            later = now + (error.wait or pause(taken.attempts, limits.first_pause, limits.longest_pause, self._jitter()))

        def work(connection: Connection) -> None:
            if what is Fate.LISTEN:
                queue.mark_unsure(connection, taken, limits.echo_wait, now)
            elif what in (Fate.AGAIN, Fate.REST):
                queue.put_back(connection, taken, later, words, failed=what is Fate.AGAIN)
            else:
                queue.give_up(connection, taken, "dead" if what is Fate.DIE else "dropped", words)
            if what is Fate.DROP:
                queue.mark_user(connection, taken.channel, taken.user, words, now)

        await self._settle(taken, error.trouble.value, work)

    async def _settle(self, taken: Taken, result: str | None, work: Callable[[Connection], None]) -> None:
        """Write down what happened. When that fails for good, the row's lease runs out and it counts as unsure."""
        if result:
            self._metrics.sends.labels(taken.channel, result).inc()
        for wait in SETTLE_PAUSES:
            await asyncio.sleep(wait)
            try:
                await self._transact(work)
                return
            except SQLAlchemyError as error:
                log.error("outbox_unwritable", extra={"channel": taken.channel, "error": type(error).__name__})

    async def _transact(self, work: Callable[[Connection], Any]) -> Any:
        def run() -> Any:
            with self._engine.begin() as connection:
                return work(connection)

        return await asyncio.to_thread(run)

"""The access token that is valid now, for all processes of the service: refreshed by one of them, stored before it is used.

A refresh token can be used once. So the row of the table carries a lease that outlives the call's time-out, the new pair is
committed before anybody gets it, and an answer without a pair never touches the stored one.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels import token_rows as rows
from bot.channels.token_rows import Kept
from bot.channels.zalo_oauth import Failure, OAuthError, Pair, Refresher
from bot.gateway.outbox_metrics import OutboxMetrics
from bot.gateway.seal import Seal, SealError

log = logging.getLogger("bot.channels.zalo_tokens")
REMEDY = "lấy cặp mã mới ở trang quản lý của Zalo rồi chạy: python -m bot.zalo bootstrap"
NO_PAIR = f"chưa có mã truy cập: {REMEDY}"
BUSY = "một tiến trình khác đang đổi mã"
UNREADABLE = "không mở được mã đã lưu (khóa MOT_CUA_DATA_KEY đã đổi?)"
NO_DATABASE = "không đọc hoặc ghi được cơ sở dữ liệu"


class TokenError(RuntimeError):
    """No token that may be used. One line, Vietnamese, for staff."""


@dataclass(frozen=True, slots=True)
class TokenLimits:
    """Seconds. lease: longer than a refresh with its time-outs and the writing. again: after a call that surely spent nothing, and
    after the first lost answer; rest: after a refusal or a second lost answer. store: pauses before each try to write a pair."""

    lease: float = 90.0
    again: float = 30.0
    rest: float = 900.0
    busy: float = 30.0
    poll: float = 0.2
    look_every: float = 60.0
    store: tuple[float, ...] = (0.0, 0.2, 1.0, 4.0, 10.0)


class Tokens:
    """One provider's pair. clock: seconds since 1970."""

    def __init__(
        self,
        engine: Engine,
        seal: Seal,
        refresher: Refresher,
        *,
        provider: str = "zalo",
        limits: TokenLimits | None = None,
        metrics: OutboxMetrics | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._engine, self._seal, self._refresher, self._provider = engine, seal, refresher, provider
        self._limits, self._metrics, self._clock = limits or TokenLimits(), metrics or OutboxMetrics(), clock
        self._turn = asyncio.Lock()
        self._unsaved: tuple[Pair, int] | None = None
        self._running: asyncio.Task[str] | None = None
        self._seen: Kept | None = None

    async def access(self) -> str:
        """A token that has not expired. Raises TokenError."""
        kept = await self._read()
        return kept.pair.access if self._clock() < kept.expires_at else await self.renew(kept.pair.access)

    async def renew(self, stale: str | None = None) -> str:
        """A token other than `stale`, which Zalo refused; None: refresh when it is time. Raises TokenError."""
        async with self._turn:
            # A stop of the service must not cut a refresh: the old token is spent, the new pair would be lost.
            self._running = asyncio.create_task(self._renew(stale))
            return await asyncio.shield(self._running)

    async def keep(self) -> None:
        """Refresh in time, until cancelled. Troubles are counted and kept in the row, where `bot.zalo status` shows them."""
        while True:
            try:
                kept = await self._read()
                self._seen = kept
                self._metrics.token_age.labels(self._provider).set(self._clock() - kept.refreshed_at)
                if kept.due(self._clock()) and self._clock() >= kept.retry_at:
                    await self.renew()
            except TokenError as error:
                log.debug("tokens_not_kept", extra={"error": type(error).__name__})
            await asyncio.sleep(self._limits.look_every)

    def status(self) -> dict[str, Any]:
        """For /readyz, as `keep` last saw it; seconds, rounded. No token, no words of a trouble."""
        if self._seen is None:
            return {"ready": False}
        now, kept = self._clock(), self._seen
        return {
            "ready": now < kept.expires_at and kept.trouble is None,
            "age": round(now - kept.refreshed_at),
            "expires_in": round(kept.expires_at - now),
            "refresh_expires_in": round(kept.refresh_expires_at - now),
        }

    async def close(self) -> None:
        """Wait for a refresh that is under way."""
        if self._running and not self._running.done():
            await asyncio.wait([self._running], timeout=self._limits.lease)

    async def _renew(self, stale: str | None) -> str:
        if self._unsaved:
            return await self._store(*self._unsaved)
        loop = asyncio.get_running_loop()
        limit, lease = loop.time() + self._limits.busy, secrets.token_urlsafe(16)
        while True:
            kept = await self._transact(lambda connection: self._claim(connection, stale, lease))
            if kept is not None and kept.lease != lease:
                return kept.pair.access
            if kept is not None:
                return await self._refresh(kept)
            if loop.time() >= limit:
                raise TokenError(BUSY)
            await asyncio.sleep(self._limits.poll)

    def _claim(self, connection: Connection, stale: str | None, lease: str) -> Kept | None:
        """The row with our lease on it: refresh it. With another lease or none: its pair is the new one. None: somebody is at it."""
        now = self._clock()
        kept = rows.read(connection, self._provider, self._seal, lock=True)
        if kept is None:
            raise TokenError(NO_PAIR)
        if kept.pair.access != stale if stale is not None else not kept.due(now):
            return kept
        if kept.held(now):
            return None
        if now < kept.retry_at:
            raise TokenError(kept.trouble or BUSY)
        if kept.lease is not None:
            # Its holder died between asking and storing: as if the answer had been lost.
            words = _words(Failure.LOST, "tiến trình dừng giữa chừng", kept.lost)
            rows.note_trouble(connection, self._provider, kept.version, kept.lost + 1, 0.0, words)
        rows.take_lease(connection, self._provider, lease, now + self._limits.lease)
        return rows.read(connection, self._provider, self._seal)

    async def _refresh(self, kept: Kept) -> str:
        try:
            pair = await self._refresher.refresh(kept.pair.refresh)
        except OAuthError as error:
            await self._note(kept, error)
            raise TokenError(_words(error.failure, str(error), kept.lost)) from None
        return await self._store(pair, kept.version)

    async def _store(self, pair: Pair, version: int) -> str:
        """Committed before it is used. What cannot be written is kept in memory and written at the next chance."""
        self._unsaved = (pair, version)
        for pause in self._limits.store:
            await asyncio.sleep(pause)
            try:
                ours = await self._transact(
                    lambda connection: rows.write(connection, self._provider, self._seal, pair, self._clock(), version)
                )
            except TokenError:
                log.error("tokens_not_stored", extra={"channel": self._provider})
                continue
            self._unsaved = None
            log.info("tokens_refreshed", extra={"channel": self._provider})
            return pair.access if ours else (await self._read()).pair.access
        self._metrics.token_failures.labels(self._provider, "not_stored").inc()
        raise TokenError(NO_DATABASE)

    async def _note(self, kept: Kept, error: OAuthError) -> None:
        self._metrics.token_failures.labels(self._provider, error.failure.value).inc()
        lost = kept.lost + (error.failure is Failure.LOST)
        hopeful = error.failure is Failure.UNSENT or (error.failure is Failure.LOST and lost == 1)
        log.error("token_refresh_failed", extra={"channel": self._provider, "reason": error.failure.value, "count": lost})
        retry_at = self._clock() + (self._limits.again if hopeful else self._limits.rest)
        words = _words(error.failure, str(error), kept.lost)
        await self._transact(lambda connection: rows.note_trouble(connection, self._provider, kept.version, lost, retry_at, words))

    async def _read(self) -> Kept:
        kept = await self._transact(lambda connection: rows.read(connection, self._provider, self._seal))
        if kept is None:
            raise TokenError(NO_PAIR)
        return kept

    async def _transact(self, work: Callable[[Connection], Any]) -> Any:
        def run() -> Any:
            with self._engine.begin() as connection:
                return work(connection)

        try:
            return await asyncio.to_thread(run)
        except SealError:
            raise TokenError(UNREADABLE) from None
        except SQLAlchemyError:
            raise TokenError(NO_DATABASE) from None


def _words(failure: Failure, told: str, lost_before: int) -> str:
    """What staff read, with what to do about it."""
    if failure is Failure.UNSENT:
        return f"chưa đổi được mã: {told}"
    if failure is Failure.LOST and not lost_before:
        return f"mất trả lời khi đổi mã, có thể mã cũ đã dùng rồi; đang thử lại một lần: {told}"
    return f"không đổi được mã: {told}; {REMEDY}"

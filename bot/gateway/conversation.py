"""A citizen's message in, answers out, whatever is broken behind: guard → mask → state → engine, else search → state kept.

Every channel goes through `Conversations.reply`. What the engines see is masked; what is stored holds no text.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

from actions.answer import Answer, AnswerStatus
from bot.gateway import texts
from bot.gateway.case_status import StatusDesk
from bot.gateway.engine_process import WARM_UP, EngineError
from bot.gateway.limits import RateLimit
from bot.gateway.masking import APPLICATION_GONE, masked, without_placeholders
from bot.gateway.metrics import Metrics
from bot.gateway.own_case import with_status
from bot.gateway.sessions import ConversationLocks, Sessions, TooFast
from bot.gateway.store import Conversation, ConversationStore, StoreError
from bot.gateway.switches import Switches, bot_off
from bot.gateway.text_guard import Unreadable, clean

log = logging.getLogger("bot.gateway.conversation")
VIETNAM = timezone(timedelta(hours=7))
FALLBACK_SHARE = 0.25
MOST_FALLBACK_SECONDS = 2.0
"""Of a message's time, kept back for search in case the engine does not answer."""
FALLBACK_THREADS = 2

Fallback = Callable[[str, Mapping[str, Any] | None, datetime], Answer]


class Engines(Protocol):
    """The part of EnginePool that a conversation needs."""

    async def ask(
        self,
        sender: str,
        message: str,
        state: Mapping[str, Any] | None,
        now: str | None,
        limit: float,
    ) -> list[Answer]:
        """At least one Answer within `limit` seconds, or EngineError."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what was answered, for those who count and keep. question: masked; "" when it could not be read.

    at: seconds since 1970, the real clock even when an answer was asked for another day.
    """

    id: str
    conversation: str
    channel: str
    at: float
    question: str
    answers: tuple[Answer, ...]


class Recorder(Protocol):
    """Keeps turns. Called in the event loop after each answer: returns at once and never raises."""

    def record(self, turn: Turn) -> None:
        """Take note."""


class NoRecorder:
    """Keeps nothing."""

    def record(self, turn: Turn) -> None:
        """See Recorder."""


class NothingAnswers(RuntimeError):
    """Neither an engine nor search answered in time."""


@dataclass(frozen=True, slots=True)
class Reply:
    """conversation: signed token for the client. turn: names this question and its answers. first: nothing was said in this
    conversation before. passing: it holds what an office's system said, to be shown and not kept."""

    conversation: str
    turn: str
    first: bool
    answers: tuple[Answer, ...]
    passing: bool = False


class Conversations:
    """timeout: seconds from arrival to answer, waiting for one's turn included. locks: shared with who erases (erasure.py)."""

    def __init__(
        self,
        *,
        sessions: Sessions,
        store: ConversationStore,
        engines: Engines,
        fallback: Fallback,
        metrics: Metrics,
        timeout: float,
        pace: RateLimit | None = None,
        recorder: Recorder | None = None,
        status: StatusDesk | None = None,
        locks: ConversationLocks | None = None,
        switches: Switches | None = None,
    ) -> None:
        self._switches = switches or Switches()
        self._recorder: Recorder = recorder or NoRecorder()
        self._pace = RateLimit(0) if pace is None else pace  # of conversations whose clients hold a token
        self._status = status
        self._sessions, self._store, self._engines = sessions, store, engines
        self._fallback, self._metrics, self._timeout = fallback, metrics, timeout
        self._locks = ConversationLocks() if locks is None else locks
        self._threads = ThreadPoolExecutor(FALLBACK_THREADS, thread_name_prefix="search")

    async def reply(
        self, message: object, token: str | None, channel: str, now: datetime | None = None, client: str = ""
    ) -> Reply:
        """For channels whose clients hold a token. now: the moment to answer for, None = the present. client: whom the channel counts.

        Raises: text_guard.MessageError (not Unreadable: that is answered), TooManyWaiting (also as TooFast), NothingAnswers.
        """
        deadline = asyncio.get_running_loop().time() + self._timeout
        with self._metrics.in_flight.track_inprogress(), self._metrics.timed("total"):
            heard = self._read(message)
            claimed = self._sessions.verify(token)
            if claimed and (seconds := self._pace.wait(claimed)):
                self._metrics.rate_limited.labels(channel).inc()
                raise TooFast(seconds)
            known = await self._recall(claimed)
            return await self._reply(heard, known.id if known else self._sessions.new_id(), known is not None, channel, now, deadline, client)

    async def reply_to(
        self, message: object, conversation: str, channel: str, now: datetime | None = None, numbers: tuple[str, ...] = ()
    ) -> Reply:
        """For channels that know for sure who writes: `conversation` is their own id (22 characters), never a client's word.

        numbers: of applications, that a channel masked in the message before it was kept. Raises: as reply.
        """
        deadline = asyncio.get_running_loop().time() + self._timeout
        with self._metrics.in_flight.track_inprogress(), self._metrics.timed("total"):
            heard = self._read(message)
            heard = replace(heard, numbers=heard.numbers or numbers)
            known = await self._recall(conversation)
            return await self._reply(heard, conversation, known is not None, channel, now, deadline)

    def _read(self, message: object) -> Heard:
        with self._metrics.timed("mask"):
            return _heard(message)

    async def _reply(
        self, heard: Heard, conversation: str, known: bool, channel: str, now: datetime | None, deadline: float, client: str = ""
    ) -> Reply:
        text, today = heard.text, (now or datetime.now(VIETNAM)).astimezone(VIETNAM).date()
        try:
            async with asyncio.timeout_at(deadline), self._locks.hold(conversation):
                # Read inside the lock: the message before this one may just have changed the state.
                kept = await self._recall(conversation) if known else None
                off = self._switches.bot()
                answers = [bot_off(off)] if off else self._switches.answers(
                    await self._answer(text, conversation, kept.state if kept else None, now, deadline)
                )
                if not off:
                    await self._remember(conversation, answers)
                lost = heard.numbered and not heard.numbers
                shown = await with_status(answers, text or "", heard.numbers, conversation, self._status, today, lost, client)
        except TimeoutError:
            raise NothingAnswers("time-out") from None
        for answer in shown:
            self._metrics.messages.labels(channel, answer.status.value).inc()
        log.info("answered", extra={"channel": channel, "status": shown[0].status.value})
        # What the office's system said of an application is shown, not kept: the recorder gets the answer of before.
        turn = Turn(self._sessions.new_id(), conversation, channel, time.time(), text or "", tuple(answers))
        self._recorder.record(turn)
        return Reply(self._sessions.token(conversation), turn.id, kept is None, shown, passing=shown != tuple(answers))

    async def warm_up(self) -> None:
        """Let search open what it needs; failing is no harm yet."""
        with suppress(NothingAnswers):
            await self._search(WARM_UP, None, datetime.now(VIETNAM))

    def close(self) -> None:
        """Take no more work; a search that is still running ends with the process."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _answer(
        self,
        text: str | None,
        conversation: str,
        state: Mapping[str, Any] | None,
        now: datetime | None,
        deadline: float,
    ) -> list[Answer]:
        if text is None:
            return [Answer(AnswerStatus.UNCLEAR_QUESTION, texts.UNREADABLE)]
        kept_back = min(MOST_FALLBACK_SECONDS, FALLBACK_SHARE * self._timeout)
        limit = deadline - kept_back - asyncio.get_running_loop().time()
        try:
            with self._metrics.timed("engine"):
                if limit <= 0:
                    raise EngineError("overloaded")
                return await self._engines.ask(conversation, text, state, now.isoformat() if now else None, limit)
        except EngineError as error:
            log.warning("engine_failed", extra={"reason": error.reason})
            reason = error.reason
        except Exception as error:  # noqa: BLE001 - a fault of ours on the way to the engine: search still answers
            log.error("engine_failed", extra={"reason": "fault", "error": type(error).__name__}, exc_info=True)
            reason = "fault"
        with self._metrics.timed("fallback"):
            answer = await self._search(text, state, now or datetime.now(VIETNAM))
        self._metrics.fallbacks.labels(reason).inc()
        return [answer]

    async def _search(self, text: str, state: Mapping[str, Any] | None, now: datetime) -> Answer:
        """In a thread: search computes. The caller's time-out bounds the wait, not the thread."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._fallback, text, state, now)
        except Exception as error:  # noqa: BLE001 - the last line of defence: whatever search raises, someone waits for words
            log.error("fallback_failed", extra={"error": type(error).__name__}, exc_info=True)
            raise NothingAnswers(type(error).__name__) from error

    async def _recall(self, conversation: str | None) -> Conversation | None:
        """A store that fails makes the bot forgetful, not silent."""
        return await self._guarded(self._store.get(conversation)) if conversation else None

    async def _remember(self, conversation: str, answers: list[Answer]) -> None:
        state = next((answer.state for answer in reversed(answers) if answer.state is not None), None)
        await self._guarded(self._store.save_turn(conversation, state))

    @staticmethod
    async def _guarded(call: Awaitable[Any]) -> Any:
        try:
            return await call
        except StoreError as error:
            log.error("store_failed", extra={"error": type(error).__name__}, exc_info=True)
            return None


@dataclass(frozen=True, slots=True)
class Heard:
    """What was sent, as the rest of the gateway may know it. text: cleaned and masked, None when it cannot be read.
    numbers: of applications, as sent; for the look-up of a status and nothing else. numbered: there is, or was, such a number."""

    text: str | None
    numbers: tuple[str, ...] = ()
    numbered: bool = False


def _heard(message: object) -> Heard:
    try:
        cleaned = clean(message)
    except Unreadable:
        return Heard(None)
    text, numbers = masked(cleaned)
    return Heard(without_placeholders(text), numbers, APPLICATION_GONE in text)

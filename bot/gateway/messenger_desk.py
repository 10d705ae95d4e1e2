"""An event of a messenger's user in, what follows from it out: an answer, a greeting, an erasure, or silence."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.channels.messenger_choice import picked
from bot.channels.messenger_event import Kind
from bot.channels.messenger_id import messenger_conversation
from bot.channels.messenger_view import messenger_view, offered
from bot.channels.outgoing import Outgoing
from bot.gateway import texts
from bot.gateway.conversation import Conversations
from bot.gateway.inbox_queue import Forget, Outcome, Taken
from bot.gateway.limits import RateLimit
from bot.gateway.passing import Passing

GREET_EVERY = 24 * 3600.0
"""Seconds after which a user is told again that a machine answers."""
LATE_AFTER = 2 * 3600.0
"""Seconds since the question was sent, after which the answer begins with an apology."""
PER_MINUTE = 20
"""Questions of one user."""
_FIXED = {
    Kind.NEEDS_TEXT: texts.MESSENGER_NEEDS_TEXT,
    Kind.TOO_LONG: texts.TOO_LONG,
    Kind.UNREADABLE: texts.UNREADABLE,
    Kind.FORM: texts.MESSENGER_FORM,
}

Erase = Callable[[str], Awaitable[object]]


class MessengerDesk:
    """erase: conversation id → nothing is kept of it any more; it may raise, then it is asked again. secret: the server's own.

    public_url, keep_days: as in Settings. clock: seconds since 1970. Rates are counted in this process alone. passing: numbers of
    applications, by event.
    """

    def __init__(
        self,
        conversations: Conversations,
        erase: Erase,
        secret: bytes,
        public_url: str,
        keep_days: int,
        clock: Callable[[], float] = time.time,
        passing: Passing | None = None,
    ) -> None:
        self._passing = passing or Passing()
        self._conversations, self._erase, self._secret = conversations, erase, secret
        self._public_url, self._clock = public_url, clock
        self._notice = texts.messenger_notice(keep_days, f"{public_url}/quyen-rieng-tu" if public_url else "")
        self._questions, self._told = RateLimit(PER_MINUTE), RateLimit(1)

    async def answer(self, taken: Taken) -> Outcome:
        """Raises what Conversations.reply_to and `erase` raise."""
        conversation = messenger_conversation(self._secret, taken.channel, taken.user)
        if taken.kind in (Kind.ERASE, Kind.WITHDRAW):  # also while a person of the office talks: it is the citizen's right
            await self._erase(conversation)
            if taken.kind is Kind.WITHDRAW:
                return Outcome(forget=Forget.ALL)
            return Outcome((Outgoing(texts.MESSENGER_ERASED),), forget=Forget.TALK, unless_paused=False)
        if taken.paused_until is not None and taken.paused_until > self._clock():
            return Outcome()
        if taken.kind is Kind.GREET:
            return Outcome((Outgoing(self._notice), Outgoing(texts.MESSENGER_GREETING)), greeted=True) if self._greets(taken) else Outcome()
        if taken.kind in _FIXED:
            return self._once_a_minute(taken, _FIXED[taken.kind])
        # A further try of the same question was counted before.
        if taken.attempts == 1 and self._questions.wait(conversation):
            return self._once_a_minute(taken, texts.MESSENGER_TOO_FAST)
        return await self._question(taken, conversation)

    def apology(self, taken: Taken) -> Outcome:
        """For an event that could not be answered after all tries."""
        if taken.kind is Kind.ERASE:
            return Outcome((Outgoing(texts.MESSENGER_NOT_ERASED),), unless_paused=False)
        return Outcome((Outgoing(texts.BUSY),)) if taken.kind is Kind.QUESTION else Outcome()

    async def _question(self, taken: Taken, conversation: str) -> Outcome:
        asked = picked(taken.text, taken.choices) or taken.text
        numbers = self._passing.of(taken.channel, taken.key)
        reply = await self._conversations.reply_to(asked, conversation, taken.channel, numbers=numbers)
        self._passing.drop(taken.channel, taken.key)
        late = self._clock() - taken.sent_ms / 1000 > LATE_AFTER
        greets = self._greets(taken)
        messages = messenger_view(
            reply.answers, self._notice if greets else None, self._public_url, texts.MESSENGER_LATE if late else None
        )
        if reply.passing:
            messages = [replace(message, passing=True) for message in messages]
        return Outcome(tuple(messages), greets, tuple(choice.message for choice in offered(reply.answers)))

    def _greets(self, taken: Taken) -> bool:
        return taken.greeted_at is None or self._clock() - taken.greeted_at >= GREET_EVERY

    def _once_a_minute(self, taken: Taken, text: str) -> Outcome:
        """Ten photos in a row get one sentence."""
        waits = self._told.wait(f"{taken.channel}:{taken.user}:{text}")
        return Outcome() if waits else Outcome((Outgoing(text),))

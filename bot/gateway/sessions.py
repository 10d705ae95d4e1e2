"""Conversation ids that only this server can make, and one lock a conversation so that it is served in order.

What a client sends as `conversation` is never trusted: an id that was guessed, changed or signed elsewhere is as good as none.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

ID_BYTES = 16
TOKEN_LENGTH = 22 + 1 + 43
"""Characters of a token: id, dot, HMAC-SHA256, both URL-safe base64 without padding."""


class Sessions:
    """Signs and reads conversation tokens."""

    def __init__(self, secret: bytes) -> None:
        # An own key for this purpose, so that the same secret may sign other things elsewhere.
        self._key = hmac.digest(secret, b"mot-cua conversation id", hashlib.sha256)

    def new_id(self) -> str:
        """A random 128-bit id, 22 URL-safe characters."""
        return _encode(secrets.token_bytes(ID_BYTES))

    def token(self, conversation: str) -> str:
        """The id as the client sees it."""
        return f"{conversation}.{_encode(self._mac(conversation))}"

    def verify(self, token: str | None) -> str | None:
        """The id inside a token of ours, None for anything else."""
        if not token or len(token) != TOKEN_LENGTH or not token.isascii():
            return None
        conversation, _, mac = token.partition(".")
        try:
            given = base64.b64decode(f"{mac}=", b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        # The mac is compared in its one canonical spelling: base64 leaves spare bits that would give an id twins.
        genuine = hmac.compare_digest(given, self._mac(conversation)) and mac == _encode(given)
        return conversation if genuine else None

    def _mac(self, conversation: str) -> bytes:
        return hmac.digest(self._key, conversation.encode(), hashlib.sha256)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class TooManyWaiting(RuntimeError):
    """A conversation sends faster than it is answered. seconds: after which it may send again."""

    def __init__(self, seconds: float = 1.0) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class TooFast(TooManyWaiting):
    """A conversation sends more in a minute than a person can."""


class ConversationLocks:
    """First come, first served within a conversation; others run meanwhile. Holds nothing for a silent conversation."""

    def __init__(self, max_waiting: int = 8) -> None:
        self._max_waiting = max_waiting
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        """Raises TooManyWaiting when max_waiting messages of this conversation already wait or run."""
        lock, users = self._locks.get(conversation) or (asyncio.Lock(), 0)
        if users >= self._max_waiting:
            raise TooManyWaiting
        self._locks[conversation] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[conversation]
            if users == 1:
                del self._locks[conversation]
            else:
                self._locks[conversation] = (lock, users - 1)

    def __len__(self) -> int:
        return len(self._locks)

"""The conversation store on a database that several gateways share: the contract of store.py, each call in a thread."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.store import IDLE_SECONDS, Conversation, StoreError, state_text
from bot.gateway.tables import CONVERSATIONS
from bot.gateway.upsert import put

T = TypeVar("T")
THREADS = 4
PATIENCE = 1.5
"""Seconds for one call; a message makes three and its citizen waits."""
REST = 5.0
"""Seconds for which the database is left alone after a failure, so that an outage is waited for once, not at every message."""


class SqlStore:
    """engine: stays the caller's, who disposes of it. clock: seconds since 1970."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time, *, patience: float = PATIENCE) -> None:
        self._engine, self._clock, self._patience = engine, clock, patience
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="store")
        self._rests_until = 0.0

    async def get(self, conversation: str) -> Conversation | None:
        """See ConversationStore."""
        asked = sa.select(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation, CONVERSATIONS.c.last_seen >= self._oldest())
        row = await self._run(lambda connection: connection.execute(asked).one_or_none())
        if row is None:
            return None
        return Conversation(row.id, row.created, row.last_seen, row.turns, json.loads(row.state) if row.state else None)

    async def save_turn(self, conversation: str, state: Mapping[str, Any] | None) -> None:
        """See ConversationStore."""
        now, text = self._clock(), state_text(state)
        row = {"id": conversation, "created": now, "last_seen": now, "turns": 1, "state": text}
        change = {"last_seen": "excluded", "turns": "+excluded", **({} if text is None else {"state": "excluded"})}
        await self._run(lambda connection: put(connection, CONVERSATIONS, [row], ["id"], change))

    async def delete(self, conversation: str) -> None:
        """See ConversationStore."""
        await self._run(lambda connection: connection.execute(CONVERSATIONS.delete().where(CONVERSATIONS.c.id == conversation)))

    async def evict(self) -> int:
        """See ConversationStore."""
        idle = CONVERSATIONS.delete().where(CONVERSATIONS.c.last_seen < self._oldest())
        return await self._run(lambda connection: connection.execute(idle).rowcount)

    def close(self) -> None:
        """See ConversationStore."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _oldest(self) -> float:
        return self._clock() - IDLE_SECONDS

    async def _run(self, work: Callable[[Connection], T]) -> T:
        if time.monotonic() < self._rests_until:
            raise StoreError("the database failed a moment ago; it is left alone for a few seconds")

        def in_thread() -> T:
            with self._engine.begin() as connection:
                return work(connection)

        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.get_running_loop().run_in_executor(self._threads, in_thread)
        except (sa.exc.SQLAlchemyError, TimeoutError, RuntimeError) as error:  # RuntimeError: closed
            self._rests_until = time.monotonic() + REST
            raise StoreError(f"{type(error).__name__}; is the database of DATABASE_URL up?") from error

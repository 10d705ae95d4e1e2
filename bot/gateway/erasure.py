"""A conversation's id, or the code its citizen holds, in; nothing of it left in the database or in memory out."""

from __future__ import annotations

import asyncio
import logging

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.database import truncate_log
from bot.gateway.erasure_code import ErasureCodes, read_code
from bot.gateway.recorder import SqlRecorder
from bot.gateway.sessions import ConversationLocks
from bot.gateway.store import ConversationStore
from bot.gateway.tables import CODES, CONTACTS, FEEDBACK, RATINGS, TURNS
from bot.staff.figures.forget_days import day_of, forget_days, hold

log = logging.getLogger("bot.gateway.erasure")

LINKED = (TURNS, FEEDBACK, RATINGS, CODES)
"""Every table with a column `conversation`. COUNTS has none: a count belongs to nobody."""


def forget_clusters(connection: Connection) -> None:
    """The staff's work queue lets go of questions that are gone, and of titles made of them."""
    from bot.staff.queue.clusters import forget  # numpy comes with it; the gateway starts without

    forget(connection)


class Erasure:
    """recorder: its queue is emptied as well. locks: those of Conversations, so that an answer under way is waited for and not
    written afterwards; None for a process that answers nobody (bot/privacy.py)."""

    def __init__(
        self,
        engine: Engine,
        store: ConversationStore,
        secret: bytes,
        recorder: SqlRecorder | None = None,
        locks: ConversationLocks | None = None,
    ) -> None:
        self._engine, self._store, self._recorder = engine, store, recorder
        self._codes = ErasureCodes(secret)
        self._locks = ConversationLocks() if locks is None else locks  # one that holds nobody is falsy

    def code_of(self, conversation: str) -> str:
        """What the citizen notes down to erase later."""
        return self._codes.of("conversation", conversation)

    async def erase_conversation(self, conversation: str) -> None:
        """No error when nothing is kept of it. Raises StoreError, SQLAlchemyError, TooManyWaiting: then ask again."""
        async with self._locks.hold(conversation):
            await self._store.delete(conversation)
            await asyncio.to_thread(self._erase, conversation)
        log.info("erased")

    async def erase_by_code(self, code: str) -> bool:
        """The conversation or the contact with this code. False when there is none. Raises as erase_conversation."""
        shown = read_code(code)
        if shown is None:
            return False
        hashed = self._codes.hash_of(shown)
        conversations = await asyncio.to_thread(self._conversations, hashed)
        for conversation in conversations:
            await self.erase_conversation(conversation)
        return bool(conversations) | await asyncio.to_thread(self._erase_contact, hashed)

    def _conversations(self, hashed: str) -> list[str]:
        """The recorder is asked to write first: a code may be used in the very second of the first answer."""
        if self._recorder:
            self._recorder.flush()
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(CODES.c.conversation).where(CODES.c.code_hash == hashed)).scalars())

    def _erase(self, conversation: str) -> None:
        if self._recorder:
            self._recorder.forget(conversation)
        with self._engine.begin() as connection:
            hold(connection, alone=False)  # before the days are looked up: none may be counted up in between
            moments = connection.execute(sa.select(TURNS.c.at).where(TURNS.c.conversation == conversation)).scalars()
            forget_days(connection, set(map(day_of, moments)))
            for table in LINKED:
                connection.execute(table.delete().where(table.c.conversation == conversation))
            forget_clusters(connection)
        self._leave_no_bytes()

    def _erase_contact(self, hashed: str) -> bool:
        with self._engine.begin() as connection:
            found = connection.execute(CONTACTS.delete().where(CONTACTS.c.code_hash == hashed)).rowcount > 0
        if found:
            self._leave_no_bytes()
        return found

    def _leave_no_bytes(self) -> None:
        if not truncate_log(self._engine):
            log.warning("log_not_truncated")

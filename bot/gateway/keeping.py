"""The service's database in, everything that keeps and erases out: recorder, records, contacts, erasure, and the daily round."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy.engine import Engine

from bot.gateway.contacts import Contacts
from bot.gateway.erasure import Erasure
from bot.gateway.erasure_code import ErasureCodes
from bot.gateway.health import current_release
from bot.gateway.metrics import Metrics
from bot.gateway.recorder import SqlRecorder
from bot.gateway.records import Records
from bot.gateway.retention_job import keep_periods
from bot.gateway.sessions import ConversationLocks
from bot.gateway.settings import Settings
from bot.gateway.sql_store import SqlStore
from bot.gateway.store import ConversationStore, SqliteStore


class Keeping:
    """locks: those that Conversations uses, too. clock: seconds since 1970."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        store: ConversationStore,
        metrics: Metrics,
        locks: ConversationLocks,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._engine, self._keep_days, self._clock = engine, settings.keep_days, clock
        self.recorder = SqlRecorder(engine, ErasureCodes(settings.secret), metrics, lambda: current_release(settings.var))
        self.records = Records(engine, self.recorder, clock)
        self.contacts = Contacts(engine, settings.data_key, settings.secret, clock)
        self.erasure = Erasure(engine, store, settings.secret, self.recorder, locks)

    async def run(self) -> None:
        """The daily round, until cancelled."""
        await keep_periods(self._engine, self._keep_days, self._clock)

    def close(self) -> None:
        """Write what waits, let go of the database."""
        self.recorder.close()
        self._engine.dispose()


def open_store(settings: Settings, engine: Engine) -> ConversationStore:
    """Where the dialogue state lives: in the shared database when there is one, else in a file of its own. Raises StoreError."""
    return SqlStore(engine) if settings.database_url else SqliteStore(settings.var / "gateway.sqlite3")

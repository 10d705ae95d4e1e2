"""What the gateway remembers of a conversation: id, times, number of turns, the dialogue state. Never a message's text."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

IDLE_SECONDS = 24 * 3600
MAX_STATE = 32 * 1024
"""Characters of JSON; a larger state is not kept (the conversation then starts afresh, it does not fail)."""


class StoreError(RuntimeError):
    """The store cannot read or write now."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One row. created, last_seen: seconds since 1970. state: what the engine handed over with its last answer."""

    id: str
    created: float
    last_seen: float
    turns: int
    state: Mapping[str, Any] | None


class ConversationStore(Protocol):
    """Async, so that a networked database fits the same place; every method may raise StoreError."""

    async def get(self, conversation: str) -> Conversation | None:
        """None when unknown or idle for more than IDLE_SECONDS."""

    async def save_turn(self, conversation: str, state: Mapping[str, Any] | None) -> None:
        """Count one turn; a state of None keeps the former one."""

    async def delete(self, conversation: str) -> None:
        """Forget this conversation now; one that is not known is no error."""

    async def evict(self) -> int:
        """Forget what has been idle for more than IDLE_SECONDS; how many were forgotten."""

    def close(self) -> None:
        """Release files and connections."""


def state_text(state: Mapping[str, Any] | None) -> str | None:
    """As it is stored: JSON, "{}" for one beyond MAX_STATE, None for none."""
    text = None if state is None else json.dumps(state, separators=(",", ":"), default=str)
    return "{}" if text is not None and len(text) > MAX_STATE else text


class SqliteStore:
    """One file, used from the event loop's thread: a call costs about 0.05 ms, less than a hop to another thread."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
            # WAL + NORMAL: no fsync a message. A power cut may cost the last turns, never the file.
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute("PRAGMA secure_delete=ON")
            self._db.executescript(
                "CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, created REAL NOT NULL,"
                " last_seen REAL NOT NULL, turns INTEGER NOT NULL, state TEXT) WITHOUT ROWID;"
                "CREATE INDEX IF NOT EXISTS conversations_last_seen ON conversations (last_seen);"
            )
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path}: {error}; expected a SQLite file that can be written") from error

    async def get(self, conversation: str) -> Conversation | None:
        """See ConversationStore."""
        rows = self._run("SELECT created, last_seen, turns, state FROM conversations WHERE id = ?", conversation).fetchall()
        if not rows or rows[0][1] < self._clock() - IDLE_SECONDS:
            return None
        created, last_seen, turns, state = rows[0]
        return Conversation(conversation, created, last_seen, turns, json.loads(state) if state else None)

    async def save_turn(self, conversation: str, state: Mapping[str, Any] | None) -> None:
        """See ConversationStore."""
        text, now = state_text(state), self._clock()
        self._run(
            "INSERT INTO conversations VALUES (?, ?, ?, 1, ?) ON CONFLICT (id) DO UPDATE SET"
            " last_seen = excluded.last_seen, turns = turns + 1, state = coalesce(excluded.state, state)",
            conversation,
            now,
            now,
            text,
        )

    async def delete(self, conversation: str) -> None:
        """See ConversationStore."""
        self._run("DELETE FROM conversations WHERE id = ?", conversation)
        self._run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # nothing of it stays in the -wal file

    async def evict(self) -> int:
        """See ConversationStore."""
        return self._run("DELETE FROM conversations WHERE last_seen < ?", self._clock() - IDLE_SECONDS).rowcount

    def close(self) -> None:
        """See ConversationStore."""
        self._db.close()

    def _run(self, sql: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._db.execute(sql, values)
        except sqlite3.Error as error:
            raise StoreError(str(error)) from error

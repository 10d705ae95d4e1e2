from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest

from bot.gateway.store import IDLE_SECONDS, MAX_STATE, SqliteStore, StoreError


def test_turns_and_state(tmp_path: Path) -> None:
    async def run() -> None:
        store = SqliteStore(tmp_path / "new" / "db.sqlite3")
        assert await store.get("a") is None
        await store.save_turn("a", {"procedure": "1.001193", "tên": "thử"})
        await store.save_turn("a", None)
        known = await store.get("a")
        assert known and known.turns == 2 and known.state == {"procedure": "1.001193", "tên": "thử"}
        await store.save_turn("a", {"x": "y" * MAX_STATE})
        assert (await store.get("a")).state == {}
        await store.save_turn("b", None)
        assert (await store.get("b")).state is None
        store.close()
        again = SqliteStore(tmp_path / "new" / "db.sqlite3")
        assert (await again.get("a")).turns == 3
        again.close()

    asyncio.run(run())


def test_idle_conversations_are_forgotten(tmp_path: Path) -> None:
    async def run() -> None:
        now = [1000.0]
        store = SqliteStore(tmp_path / "db", clock=lambda: now[0])
        await store.save_turn("old", {})
        now[0] += IDLE_SECONDS - 1
        await store.save_turn("new", {})
        assert await store.get("old")
        now[0] += 2
        assert await store.get("old") is None
        assert await store.evict() == 1 and await store.get("new")

    asyncio.run(run())


def test_no_column_for_text(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "db").close()
    columns = [row[1] for row in sqlite3.connect(tmp_path / "db").execute("PRAGMA table_info(conversations)")]
    assert columns == ["id", "created", "last_seen", "turns", "state"]


def test_a_store_that_cannot_work_says_so(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("no database" * 100)
    with pytest.raises(StoreError, match="db"):
        SqliteStore(tmp_path / "db")
    store = SqliteStore(tmp_path / "good")
    store.close()
    with pytest.raises(StoreError):
        asyncio.run(store.get("a"))


def test_a_turn_is_quick(tmp_path: Path) -> None:
    async def run() -> float:
        store = SqliteStore(tmp_path / "db")
        began = time.perf_counter()
        for n in range(300):
            await store.get(str(n))
            await store.save_turn(str(n), {"procedure": "1.001193", "options": ["a"] * 20})
        return (time.perf_counter() - began) / 300

    assert asyncio.run(run()) < 0.002

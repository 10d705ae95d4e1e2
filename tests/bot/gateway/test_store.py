"""The conversation store: one contract, kept by the file of SQLite and by the shared database."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway import sql_store
from bot.gateway.database import open_database
from bot.gateway.keeping import open_store
from bot.gateway.settings import read_settings
from bot.gateway.sql_store import SqlStore
from bot.gateway.store import IDLE_SECONDS, MAX_STATE, ConversationStore, SqliteStore, StoreError

Open = Callable[..., ConversationStore]


@pytest.fixture(params=["file", "sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same store each time."""
    if request.param == "file":
        yield lambda **options: SqliteStore(tmp_path / "new" / "db.sqlite3", **options)
        return
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else f"sqlite:///{tmp_path / 'service.sqlite3'}"
    engine = open_database(tmp_path, url)
    yield lambda **options: SqlStore(engine, patience=20, **options)
    engine.dispose()


def test_turns_and_state(opened: Open) -> None:
    async def run() -> None:
        store = opened()
        assert await store.get("a") is None
        await store.save_turn("a", {"procedure": "1.001193", "tên": "thử"})
        await store.save_turn("a", None)
        known = await store.get("a")
        assert known and known.turns == 2 and known.state == {"procedure": "1.001193", "tên": "thử"}
        assert known.created <= known.last_seen <= time.time()
        await store.save_turn("a", {"x": "y" * MAX_STATE})
        assert (await store.get("a")).state == {}
        await store.save_turn("b", None)
        assert (await store.get("b")).state is None
        store.close()
        again = opened()
        assert (await again.get("a")).turns == 3
        again.close()

    asyncio.run(run())


def test_idle_conversations_are_forgotten(opened: Open) -> None:
    async def run() -> None:
        now = [1000.0]
        store = opened(clock=lambda: now[0])
        await store.save_turn("old", {})
        now[0] += IDLE_SECONDS - 1
        await store.save_turn("new", {})
        assert await store.get("old")
        now[0] += 2
        assert await store.get("old") is None
        assert await store.evict() == 1 and await store.get("new")
        store.close()

    asyncio.run(run())


def test_a_conversation_is_deleted_and_an_unknown_one_is_no_error(opened: Open) -> None:
    async def run() -> None:
        store = opened()
        await store.save_turn("a", {"procedure": "1.001193"})
        await store.save_turn("b", {})
        for _ in range(2):
            await store.delete("a")
        assert await store.get("a") is None and await store.get("b")
        await store.save_turn("a", None)
        again = await store.get("a")
        assert again and again.turns == 1 and again.state is None
        store.close()

    asyncio.run(run())


def test_conversations_at_the_same_time(opened: Open) -> None:
    async def run() -> None:
        store = opened()
        await asyncio.gather(*(store.save_turn(str(n % 5), {"n": n}) for n in range(50)))
        assert [(await store.get(str(n))).turns for n in range(5)] == [10] * 5
        store.close()

    asyncio.run(run())


def test_a_closed_store_says_so(opened: Open) -> None:
    async def run() -> None:
        store = opened()
        store.close()
        for call in (store.get("a"), store.save_turn("a", None), store.delete("a"), store.evict()):
            with pytest.raises(StoreError):
                await call

    asyncio.run(run())


def test_no_column_for_text(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "db").close()
    columns = [row[1] for row in sqlite3.connect(tmp_path / "db").execute("PRAGMA table_info(conversations)")]
    assert columns == ["id", "created", "last_seen", "turns", "state"] == [column.name for column in sql_store.CONVERSATIONS.columns]


def test_a_store_that_cannot_work_says_so(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("no database" * 100)
    with pytest.raises(StoreError, match="db"):
        SqliteStore(tmp_path / "db")


def test_a_shared_database_that_hangs_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_store, "REST", 3600)
    engine = open_database(tmp_path)
    with engine.connect() as blocker:
        blocker.exec_driver_sql("BEGIN EXCLUSIVE")

        async def run() -> None:
            store = SqlStore(engine, patience=0.2)
            with pytest.raises(StoreError, match="TimeoutError"):
                await store.get("a")
            with pytest.raises(StoreError, match="left alone"):
                await store.save_turn("a", None)
            store.close()

        asyncio.run(run())
        blocker.exec_driver_sql("ROLLBACK")
    engine.dispose()


def test_a_shared_database_that_is_gone_is_a_store_error(tmp_path: Path) -> None:
    async def run() -> None:
        store = SqlStore(sa.create_engine("postgresql://nobody@127.0.0.1:1/none"), patience=20)
        with pytest.raises(StoreError, match="DATABASE_URL"):
            await store.get("a")
        store.close()

    asyncio.run(run())


@pytest.mark.parametrize(("url", "kind"), [(None, SqliteStore), ("sqlite:///{}/x.sqlite3", SqlStore)])
def test_the_settings_decide(tmp_path: Path, url: str | None, kind: type) -> None:
    settings = read_settings({"MOT_CUA_VAR": str(tmp_path), **({"DATABASE_URL": url.format(tmp_path)} if url else {})})
    engine: Engine = open_database(settings.var, settings.database_url)
    store = open_store(settings, engine)
    assert type(store) is kind
    store.close()
    engine.dispose()


def test_a_turn_is_quick(tmp_path: Path) -> None:
    async def run() -> float:
        store = SqliteStore(tmp_path / "db")
        began = time.perf_counter()
        for n in range(300):
            await store.get(str(n))
            await store.save_turn(str(n), {"procedure": "1.001193", "options": ["a"] * 20})
        return (time.perf_counter() - began) / 300

    assert asyncio.run(run()) < 0.002

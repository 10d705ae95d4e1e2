"""Erasing: rows, memory, the queue, and every byte in SQLite's files."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway.contact_form import Contact
from bot.gateway.contacts import Contacts
from bot.gateway.database import open_database
from bot.gateway.erasure import LINKED, Erasure
from bot.gateway.erasure_code import ErasureCodes
from bot.gateway.metrics import Metrics
from bot.gateway.recorder import SqlRecorder
from bot.gateway.records import Records, UnknownTurn
from bot.gateway.sessions import ConversationLocks
from bot.gateway.store import SqliteStore
from bot.gateway.tables import CODES, CONTACTS, COUNTS, FEEDBACK, RATINGS, TABLES, TURNS

from .turns import NOW, answered, everything, rows, turn

SECRET = b"a secret for tests only"
A, B = "A" * 22, "B" * 22


class World:
    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.store = engine, SqliteStore(folder / "gateway.sqlite3")
        self.recorder = SqlRecorder(engine, ErasureCodes(SECRET), Metrics(), every=60)
        self.records = Records(engine, self.recorder, lambda: NOW)
        self.locks = ConversationLocks()
        self.erasure = Erasure(engine, self.store, SECRET, self.recorder, self.locks)
        self.contacts = Contacts(engine, b"key of the data, long", SECRET, lambda: NOW)

    def close(self) -> None:
        self.recorder.close()
        self.store.close()


@pytest.fixture
def world(service: Engine, tmp_path: Path) -> Iterator[World]:
    one = World(service, tmp_path)
    yield one
    one.close()


async def talk(world: World, conversation: str, word: str) -> None:
    """A turn with feedback, a rating and a state, each holding `word`."""
    one = turn(conversation, answered("fees", text=f"Dạ, {word}."), question=f"{word}?")
    world.recorder.record(one)
    world.records.judge(conversation, one.id, "down", f"sai {word}")
    world.records.rate(conversation, 2, f"chán {word}")
    await world.store.save_turn(conversation, {"procedure": word})


def test_a_conversation_goes_from_every_table_and_the_store_and_no_other_does(world: World) -> None:
    async def run() -> None:
        await talk(world, A, "kangaroo")
        await talk(world, B, "wombat")
        await world.erasure.erase_conversation(A)
        assert await world.store.get(A) is None and await world.store.get(B)
        await world.erasure.erase_conversation(A)

    asyncio.run(run())
    left = everything(world.engine, TABLES)
    assert "kangaroo" not in left and A not in left and left.count("wombat") == 4
    assert [len(rows(world.engine, table)) for table in LINKED] == [1, 1, 1, 1]
    assert rows(world.engine, COUNTS)[0]["n"] == 2, "a count belongs to nobody"


def test_every_table_with_a_conversation_is_erased() -> None:
    assert {table for table in TABLES.sorted_tables if "conversation" in table.columns} == set(LINKED)


def test_a_turn_that_still_waits_is_never_written(world: World) -> None:
    world.recorder.record(turn(A, question="kangaroo"))
    asyncio.run(world.erasure.erase_conversation(A))
    world.recorder.flush()
    assert rows(world.engine, TURNS) == []


def test_an_answer_under_way_is_waited_for(world: World) -> None:
    async def run() -> None:
        async with world.locks.hold(A):
            erasing = asyncio.create_task(world.erasure.erase_conversation(A))
            await asyncio.sleep(0)
            assert not erasing.done()
            world.recorder.record(turn(A))
            await world.store.save_turn(A, {})
        await erasing
        assert await world.store.get(A) is None

    asyncio.run(run())
    world.recorder.flush()
    assert rows(world.engine, TURNS) == []


def test_by_code(world: World) -> None:
    async def run() -> None:
        await talk(world, A, "kangaroo")
        await talk(world, B, "wombat")
        code = world.erasure.code_of(A)
        assert await world.erasure.erase_by_code(f" {code.lower().replace('-', ' ')} ")
        assert not await world.erasure.erase_by_code(code), "nothing is left to find"
        assert not await world.erasure.erase_by_code("không phải mã")

    asyncio.run(run())
    assert "kangaroo" not in everything(world.engine, TABLES) and rows(world.engine, TURNS)[0]["conversation"] == B


def test_by_code_in_the_second_of_the_first_answer(world: World) -> None:
    world.recorder.record(turn(A))
    assert asyncio.run(world.erasure.erase_by_code(world.erasure.code_of(A)))
    assert rows(world.engine, TURNS) == []


def test_a_contact_goes_by_its_code_alone(world: World) -> None:
    kept = world.contacts.add(Contact("Trần Thị B", "0912345678", "hỏi", None))
    gone = world.contacts.add(Contact("Nguyễn Văn A", "0987654321", "hỏi", None))
    assert asyncio.run(world.erasure.erase_by_code(gone)) and kept != gone
    assert [one.contact.name for one in world.contacts.open_ones() if one.contact] == ["Trần Thị B"]
    assert len(rows(world.engine, CONTACTS)) == 1


def test_the_table_of_codes_erases_nothing_by_itself(world: World) -> None:
    world.recorder.record(turn(A))
    world.recorder.flush()
    code, other = world.erasure.code_of(A), ErasureCodes(b"the secret of another server")
    kept = rows(world.engine, CODES)[0]["code_hash"]
    assert code not in everything(world.engine, TABLES) and kept != other.hash_of(code) and len(kept) == 64


def test_after_an_erasure_nothing_comes_back(world: World) -> None:
    one = turn(A)
    world.recorder.record(one)
    asyncio.run(world.erasure.erase_conversation(A))
    for call in (lambda: world.records.judge(A, one.id, "up", None), lambda: world.records.rate(A, 5, None)):
        with pytest.raises(UnknownTurn):
            call()
    assert rows(world.engine, FEEDBACK) == rows(world.engine, RATINGS) == []


def test_no_byte_stays_in_the_files_of_sqlite(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    world = World(engine, tmp_path)
    files = lambda: {path.name: path.read_bytes() for path in tmp_path.iterdir() if "sqlite3" in path.name}

    async def run() -> None:
        for n in range(50):  # pages that are split, filled and freed
            await talk(world, f"{n:022d}", "wombat" * 300)
            await talk(world, A, "kangaroo" * 300)
        world.recorder.flush()
        assert any(b"kangaroo" in content for content in files().values())
        await world.erasure.erase_conversation(A)

    asyncio.run(run())
    found = files()
    assert {"service.sqlite3", "gateway.sqlite3"} <= set(found)
    assert [name for name, content in found.items() if b"kangaroo" in content or A.encode() in content] == []
    assert b"wombat" in found["service.sqlite3"]
    assert found.get("service.sqlite3-wal", b"") == b"" == found.get("gateway.sqlite3-wal", b"")
    world.close()
    engine.dispose()


def test_an_erasure_that_fails_says_so(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    world = World(engine, tmp_path)
    with engine.begin() as connection:
        connection.execute(sa.text("drop table turns"))
    with pytest.raises(sa.exc.SQLAlchemyError):
        asyncio.run(world.erasure.erase_conversation(A))
    world.close()
    engine.dispose()

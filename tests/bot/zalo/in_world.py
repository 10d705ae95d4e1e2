"""What the tests of receiving stand on: both databases, events as Zalo documents them, signed calls, a worker that runs until something is true."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import socket
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.messenger_event import Event, Kind
from bot.channels.outgoing import Outgoing
from bot.gateway.inbox import Inbox
from bot.gateway.inbox_queue import Outcome, Taken
from bot.gateway.inbox_worker import InboxLimits, InboxWorker
from bot.gateway.tables import CHANNEL_USERS, INBOX, OUTBOX

SERVER = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
PATIENCE = 30.0
"""Seconds until a condition must have come true on a busy machine."""
BEGIN = 1_790_000_000.0
APP, OA, KEY = "360846524940903967", "388613280878808645", "oa-secret-of-the-tests"
USER = "246845883529197922"
ENV = {"ZALO_APP_ID": APP, "ZALO_OA_ID": OA, "ZALO_APP_SECRET": "app-secret-of-the-tests", "ZALO_OA_SECRET_KEY": KEY}
BOT_ENV = {"ZALO_BOT_TOKEN": "1234:token-of-the-tests", "ZALO_BOT_SECRET": "bot-secret-of-the-tests"}
QUICK = InboxLimits(pauses=(0.01, 0.01, 0.01, 0.01), poll=0.01, count_every=0.0, grace=10.0)


@contextmanager
def address(kind: str, tmp_path: Path) -> Iterator[str]:
    """Of an empty database; PostgreSQL in a schema of its own that is dropped again."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'service.sqlite3'}"
        return
    try:
        socket.create_connection(("127.0.0.1", 5432), timeout=1).close()
        admin = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT")
        schema = f"mot_cua_test_{uuid.uuid4().hex[:12]}"
        with admin.connect() as connection:
            connection.execute(sa.text(f"create schema {schema}"))
    except (OSError, sa.exc.OperationalError) as error:
        pytest.skip(f"no PostgreSQL on 127.0.0.1:5432 ({type(error).__name__})")
    try:
        yield f"{SERVER}?options=-csearch_path%3D{schema}"
    finally:
        with admin.connect() as connection:
            connection.execute(sa.text(f"drop schema {schema} cascade"))
        admin.dispose()


def body(name: str = "user_send_text", text: object = "lệ phí khai sinh?", msg_id: object = "96d3cdf3af150460909", user: str = USER, **more: Any) -> dict[str, Any]:
    """The official sample's envelope."""
    message = {key: value for key, value in (("text", text), ("msg_id", msg_id)) if value is not None}
    return {
        "app_id": APP, "sender": {"id": user}, "user_id_by_app": "552177279717587730", "recipient": {"id": OA}, "event_name": name,
        "message": message, "timestamp": str(int(time.time() * 1000)), **more,
    }


def echo(msg_id: str, text: str | None = "Chào anh", admin: str | None = None, user: str = USER, **more: Any) -> dict[str, Any]:
    sender = {"id": OA, **({"admin_id": admin} if admin else {})}
    return {**body("oa_send_text", text, msg_id), "sender": sender, "recipient": {"id": user}, **more}


def raw_of(event: Mapping[str, Any]) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode("utf-8", "backslashreplace")


def sign(raw: bytes, timestamp: str, first: str = APP, key: str = KEY) -> str:
    return hashlib.sha256(first.encode() + raw + timestamp.encode() + key.encode()).hexdigest()


def deliver(http: httpx.Client, event: Mapping[str, Any], raw: bytes | None = None, **headers: str) -> httpx.Response:
    """As Zalo would."""
    raw = raw_of(event) if raw is None else raw
    signed = {"Content-Type": "application/json", "X-ZEvent-Signature": f"mac={sign(raw, str(event['timestamp']))}"}
    return http.post("/zalo/webhook", content=raw, headers={**signed, **headers})


def event(text: str = "lệ phí?", key: str = "a", user: str = "u", at: float = BEGIN, kind: Kind = Kind.QUESTION, channel: str = "zalo", **more: Any) -> Event:
    return Event(channel, user, key, int(at * 1000), kind, text, **more)


def keep(engine: Engine, *events: Event, now: float | None = None, settle: float = 0.0) -> list[bool]:
    with engine.begin() as connection:
        return [Inbox.put(connection, one, now or one.sent_ms / 1000, settle) for one in events]


def rows(engine: Engine, table: sa.Table = INBOX) -> list[Any]:
    with engine.begin() as connection:
        return connection.execute(sa.select(table).order_by(table.c.id)).all()


def sent(engine: Engine, user: str | None = None) -> list[str]:
    """Texts in the outbox, in order."""
    with engine.begin() as connection:
        found = connection.execute(sa.select(OUTBOX).order_by(OUTBOX.c.id)).all()
    return [json.loads(row.payload)["text"] for row in found if user in (None, row.user)]


def user_row(engine: Engine, user: str = "u") -> Any:
    with engine.begin() as connection:
        return connection.execute(sa.select(CHANNEL_USERS).where(CHANNEL_USERS.c.user == user)).first()


class Clock:
    """Seconds since 1970, as told."""

    def __init__(self, now: float = BEGIN) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class EchoDesk:
    """Answers with the text; `faults` of a text are raised first. Notes who was worked on at the same time."""

    def __init__(self, faults: dict[str, int] | None = None) -> None:
        self.faults, self.seen, self.gates = faults or {}, [], {}
        self.busy: list[str] = []
        self.twice = False

    async def answer(self, taken: Taken) -> Outcome:
        self.seen.append(taken.text)
        self.twice = self.twice or taken.user in self.busy
        self.busy.append(taken.user)
        try:
            if gate := self.gates.get(taken.text):
                await gate.wait()
            if self.faults.get(taken.text, 0) > 0:
                self.faults[taken.text] -= 1
                raise RuntimeError("secret words of the citizen")
            await asyncio.sleep(0)
            return Outcome((Outgoing(f"về {taken.text}"),))
        finally:
            self.busy.remove(taken.user)

    def apology(self, taken: Taken) -> Outcome:
        return Outcome((Outgoing("xin lỗi"),))


async def until(true: Callable[[], Any], patience: float = PATIENCE) -> None:
    """Wait in the event loop until `true()` is; fails after `patience` seconds."""
    limit = time.monotonic() + patience
    while not await asyncio.to_thread(true):
        assert time.monotonic() < limit, "did not come true in time"
        await asyncio.sleep(0.01)


def work(engine: Engine, desk: Any, true: Callable[[], Any], *, workers: int = 1, limits: InboxLimits = QUICK, clock: Callable[[], float] = time.time) -> None:
    """Run workers until something is true, then stop them gracefully."""

    async def run() -> None:
        tasks = [asyncio.create_task(InboxWorker(engine, desk, ("zalo", "zalo_bot"), limits=limits, clock=clock).run()) for _ in range(workers)]
        try:
            await until(true)
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task

    asyncio.run(run())

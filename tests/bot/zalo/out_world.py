"""What the tests of sending stand on: both databases, a clock that is told, a worker that runs until something is true."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels import token_rows
from bot.channels.outgoing import Outgoing
from bot.channels.sending import Sender
from bot.channels.zalo_http import ZaloHttp
from bot.channels.zalo_oauth import Pair, ZaloOAuth
from bot.channels.zalo_sender import ZaloSender
from bot.channels.zalo_tokens import TokenLimits, Tokens
from bot.gateway.outbox import Outbox
from bot.gateway.outbox_verdict import OutboxLimits
from bot.gateway.outbox_worker import OutboxWorker
from bot.gateway.tables import CHANNEL_USERS, OUTBOX

from ...postgres import empty_schema
from .fake_zalo import FakeZalo
from .out_child import SEAL

PATIENCE = 30.0
"""Seconds until a condition must have come true on a busy machine."""
BEGIN = 1_790_000_000.0
QUICK = OutboxLimits(poll=0.01, count_every=0.0, grace=5.0)
QUICK_TOKENS = TokenLimits(store=(0.0,), poll=0.01, look_every=0.01)
DATABASES = ("sqlite", "postgresql")


@contextmanager
def database(kind: str, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; PostgreSQL in a schema of its own that is dropped again."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'service.sqlite3'}"
        return
    with empty_schema() as address:
        yield address


class Clock:
    """Seconds since 1970, as told."""

    def __init__(self, now: float = BEGIN) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def put(engine: Engine, user: str, *texts: str | Outgoing, channel: str = "zalo", inbox_id: int | None = None, now: float = BEGIN) -> None:
    messages = [one if isinstance(one, Outgoing) else Outgoing(one) for one in texts]
    with engine.begin() as connection:
        Outbox.put(connection, channel, user, messages, inbox_id, now)


def interact(engine: Engine, user: str, at: float = BEGIN, channel: str = "zalo", **columns: Any) -> None:
    """The user wrote."""
    with engine.begin() as connection:
        connection.execute(CHANNEL_USERS.delete().where(CHANNEL_USERS.c.channel == channel, CHANNEL_USERS.c.user == user))
        values = {"channel": channel, "user": user, "last_seen_ms": int(at * 1000), **columns}
        if "greeted" in CHANNEL_USERS.c:
            values["greeted"] = True
        connection.execute(CHANNEL_USERS.insert().values(**values))


def rows(engine: Engine, user: str | None = None) -> list[Any]:
    with engine.begin() as connection:
        query = sa.select(OUTBOX).order_by(OUTBOX.c.id)
        return connection.execute(query if user is None else query.where(OUTBOX.c.user == user)).all()


def states(engine: Engine, user: str | None = None) -> list[str]:
    return [row.state for row in rows(engine, user)]


def user_row(engine: Engine, user: str) -> Any:
    with engine.begin() as connection:
        return connection.execute(sa.select(CHANNEL_USERS).where(CHANNEL_USERS.c.user == user)).first()


async def until(true: Callable[[], Any], patience: float = PATIENCE) -> None:
    """Wait in the event loop until `true()` is; fails after `patience` seconds."""
    limit = time.monotonic() + patience
    while not await asyncio.to_thread(true):
        assert time.monotonic() < limit, "did not come true in time"
        await asyncio.sleep(0.01)


class ToldRefresher:
    """A refresher that does what each test says; counts its calls."""

    def __init__(self, *answers: Pair | Exception) -> None:
        self.answers, self.asked = list(answers), []

    async def refresh(self, refresh_token: str) -> Pair:
        self.asked.append(refresh_token)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def tokens_of(engine: Engine, zalo: FakeZalo, http: ZaloHttp, clock: Callable[[], float]) -> Tokens:
    oauth = ZaloOAuth(http, zalo.url, zalo.app_id, zalo.app_secret)
    return Tokens(engine, SEAL, oauth, limits=QUICK_TOKENS, clock=clock)


def bootstrap(engine: Engine, now: float, access: str = "access-0", refresh: str = "refresh-0", life: float = 90_000.0) -> None:
    with engine.begin() as connection:
        token_rows.write(connection, "zalo", SEAL, Pair(access, refresh, life), now, None)


def work(
    engine: Engine,
    senders: Callable[[ZaloHttp], Mapping[str, Sender]],
    story: Callable[[OutboxWorker], Awaitable[None]],
    clock: Callable[[], float],
    **limits: Any,
) -> OutboxWorker:
    """Run a worker while `story` happens, then stop it as the app does."""

    async def run() -> OutboxWorker:
        http = ZaloHttp(connect=2.0, read=limits.pop("read", 5.0))
        worker = OutboxWorker(engine, senders(http), limits=replace(QUICK, **limits), clock=clock, jitter=lambda: 0.0)
        task = asyncio.create_task(worker.run())
        try:
            await story(worker)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await http.close()
        return worker

    return asyncio.run(run())


def zalo_senders(
    engine: Engine, zalo: FakeZalo, clock: Callable[[], float], **options: Any
) -> Callable[[ZaloHttp], Mapping[str, Sender]]:
    return lambda http: {"zalo": ZaloSender(http, tokens_of(engine, zalo, http, clock), zalo.url, **options)}


def all_settled(engine: Engine, user: str | None = None) -> Callable[[], bool]:
    return lambda: not set(states(engine, user)) & {"waiting", "sending"}

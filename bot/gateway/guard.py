"""The outer shells of the gateway: security headers on every answer, and words instead of a fault."""

from __future__ import annotations

import logging

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions.answer import AnswerStatus
from bot.channels.web_view import error_payload
from bot.gateway import texts
from bot.gateway.headers import Headers, security_headers

log = logging.getLogger("bot.gateway.guard")


class Guard:
    """Adds `headers` to every answer, refusals included. What an answer says itself stays: the widget is meant for other sites."""

    def __init__(self, app: ASGIApp, headers: Headers | None = None) -> None:
        self._app, self._headers = app, security_headers() if headers is None else headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                names = {name.lower() for name, _ in own}
                message = {**message, "headers": own + [(name, value) for name, value in self._headers.items() if name not in names]}
            await send(message)

        await self._app(scope, receive, send_guarded)


class Apology:
    """Innermost: an unknown fault becomes an apology, never a stack trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except ClientDisconnect:
            return  # nobody is there to read an answer
        except Exception as error:  # noqa: BLE001 - the last place where a fault can become words
            log.error("request_failed", extra={"error": type(error).__name__}, exc_info=True)
            if not begun:
                await JSONResponse(error_payload(texts.FAILED, AnswerStatus.ERROR_ENGINE), 500)(scope, receive, send)

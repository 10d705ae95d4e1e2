"""A request that is answered before its body has come: the rest is heard out for a moment, then the connection ends.

Otherwise a client that never stops sending would be listened to for ever; and a connection that is cut while something is
still on its way takes the answer with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1024 * 1024
MOST_SECONDS = 2.0


class Unread:
    """Outermost, so that it sees every answer. seconds, size: what is heard out of a rest, at the most."""

    def __init__(self, app: ASGIApp, seconds: float = MOST_SECONDS, size: int = MOST_BYTES) -> None:
        self._app, self._seconds, self._size = app, seconds, size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not has_body(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        unread, early = True, False

        async def receive_noted() -> Message:
            nonlocal unread
            message = await receive()
            unread = message["type"] == "http.request" and message.get("more_body", False)
            return message

        async def send_noted(message: Message) -> None:
            nonlocal early
            if message["type"] == "http.response.start" and unread:
                early = True
                message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
            ends = message["type"] == "http.response.body" and not message.get("more_body", False)
            if not (early and ends):
                await send(message)
                return
            await send({**message, "more_body": True})  # the whole answer is out; only its end is held back
            await self._hear_out(receive_noted, lambda: unread)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        await self._app(scope, receive_noted, send_noted)

    async def _hear_out(self, receive: Receive, unread: Callable[[], bool]) -> None:
        heard = 0
        try:
            async with asyncio.timeout(self._seconds):
                while unread() and heard < self._size:
                    heard += len((await receive()).get("body", b""))
        except TimeoutError:
            return


def has_body(headers: Headers) -> bool:
    """Does the request say that a body follows?"""
    return "transfer-encoding" in headers or headers.get("content-length", "0").strip() != "0"

"""A POST or GET of JSON to a messenger in, its JSON out; what fails is told apart: surely not sent, or nobody knows.

Addresses and headers hold tokens: neither is ever logged or part of an error.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import aiohttp

from bot.channels.sending import SendError, Trouble

MAX_ANSWER = 64 * 1024
"""Bytes; an answer is a few hundred."""
SLOW_DOWN = (429, 503)


@dataclass(frozen=True, slots=True)
class Answer:
    """body: a JSON object. remaining: calls left in this minute, None when not told."""

    body: Mapping[str, Any]
    remaining: int | None


@dataclass(slots=True)
class _Trace:
    """begun: the head of the request may have left this machine."""

    begun: bool = False


class ZaloHttp:
    """connect, read: seconds. TLS is verified, redirects are not followed (they would carry the token elsewhere), no proxies."""

    def __init__(self, connect: float = 5.0, read: float = 15.0) -> None:
        self._timeout = aiohttp.ClientTimeout(total=connect + read, connect=connect, sock_connect=connect, sock_read=read)
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, *, refusals: bool = False, **content: Any
    ) -> Answer:
        """content: `json`, `data` (a form) or `params`. refusals: a status of 400 to 499 with a JSON object is an answer, too.

        Raises SendError: RETRY, UNSURE, RATE, OFFICE or PERMANENT.
        """
        trace = _Trace()
        session = self._open()
        try:
            async with session.request(
                method, url, headers=headers, allow_redirects=False, trace_request_ctx=trace, **content
            ) as response:
                raw = await response.content.read(MAX_ANSWER + 1)
                while not response.content.at_eof() and len(raw) <= MAX_ANSWER:
                    raw += await response.content.read(MAX_ANSWER + 1 - len(raw))
                status, told = response.status, response.headers
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            trouble, words = _network(trace.begun)
            raise SendError(trouble, f"{words}: {type(error).__name__}") from None
        if status != 200 and not (refusals and 400 <= status < 500 and _is_object(raw)):
            raise _http_error(status, _seconds(told.get("Retry-After")))
        return Answer(_object(raw), _whole(told.get("X-RateLimit-Remain")))

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:  # opened in the event loop that uses it
            tracing = aiohttp.TraceConfig()
            tracing.on_request_headers_sent.append(_mark_begun)
            self._session = aiohttp.ClientSession(
                timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar(), trace_configs=[tracing], trust_env=False,
                # An idle connection that the other side has closed looks like a lost answer: do not keep one for long.
                connector=aiohttp.TCPConnector(limit=32, keepalive_timeout=5.0),
            )
        return self._session


async def _mark_begun(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.begun = True


def _network(begun: bool) -> tuple[Trouble, str]:
    return (Trouble.UNSURE, "mất kết nối trước khi có trả lời") if begun else (Trouble.RETRY, "không kết nối được")


def _http_error(status: int, wait: float | None) -> SendError:
    words = "máy chủ trả về HTTP"
    if status in SLOW_DOWN:
        return SendError(Trouble.RATE if status == 429 else Trouble.RETRY, words, status, wait)
    if status == 504:
        return SendError(Trouble.UNSURE, words, status)
    if status >= 500:
        return SendError(Trouble.RETRY, words, status)
    # A refused door or a wrong address is the office's matter and no message's fault.
    return SendError(Trouble.PERMANENT if status in (400, 413, 422) else Trouble.OFFICE, words, status)


def _object(raw: bytes) -> Mapping[str, Any]:
    """Something answered, with 200, but nobody can tell what: the message may have been taken."""
    if not _is_object(raw):
        raise SendError(Trouble.UNSURE, "không đọc được trả lời")
    return json.loads(raw)


def _is_object(raw: bytes) -> bool:
    try:
        return len(raw) <= MAX_ANSWER and isinstance(json.loads(raw), Mapping)
    except (ValueError, RecursionError):
        return False


def _seconds(text: str | None) -> float | None:
    whole = _whole(text)
    return None if whole is None else float(min(whole, 3600))


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None

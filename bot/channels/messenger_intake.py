"""A webhook call in: its body read within limits; an event in: kept in the inbox within a second and a half, or an honest failure."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.messenger_event import Event
from bot.channels.web_view import error_payload
from bot.gateway import texts
from bot.gateway.inbox import Inbox
from bot.gateway.inbox_metrics import InboxMetrics
from bot.gateway.limits import BodyTooLarge, read_body
from bot.gateway.passing import Passing

log = logging.getLogger("bot.channels.messenger_intake")
MAX_BODY = 256 * 1024
READ_SECONDS, KEEP_SECONDS = 0.4, 1.5
"""Together below the 2 seconds after which the messenger takes a call for failed."""
STALE_SECONDS = 8 * 86_400.0
"""A messenger repeats an event for days, its key is known as long. What is older is a replay by somebody."""
THREADS = 8


class Refused(Exception):
    """A call that is answered with an HTTP status. args: the status and a Vietnamese sentence."""

    def response(self) -> Response:
        """JSON as everywhere else."""
        code, sentence = self.args
        return JSONResponse(error_payload(sentence), code)


class Intake:
    """Has threads of its own: however busy search is, an event is kept at once. on_event: called in the event loop for a new one.
    passing: where numbers of applications wait for the answer."""

    def __init__(
        self,
        engine: Engine,
        metrics: InboxMetrics,
        on_event: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
        keep_seconds: float = KEEP_SECONDS,
        passing: Passing | None = None,
    ) -> None:
        self._passing = passing or Passing()
        self._engine, self.metrics, self._on_event, self.clock = engine, metrics, on_event, clock
        self._keep_seconds = keep_seconds
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="inbox")

    async def keep(self, event: Event) -> Response:
        """200 when the event is in the inbox (or was already), 500 when that failed: the messenger then calls again."""
        if event.sent_ms / 1000 < self.clock() - STALE_SECONDS:
            return self.accepted(event.channel, "stale")
        self._passing.keep(event.channel, event.key, event.numbers)
        try:
            async with asyncio.timeout(self._keep_seconds):
                new = await asyncio.get_running_loop().run_in_executor(self._threads, self._put, event)
        except (SQLAlchemyError, TimeoutError, RuntimeError) as error:  # RuntimeError: closed
            log.error("event_not_kept", extra={"channel": event.channel, "error": type(error).__name__})
            self.metrics.events.labels(event.channel, "not_kept").inc()
            return Refused(500, texts.FAILED).response()
        if new:
            self._on_event()
        return self.accepted(event.channel, "kept" if new else "repeated")

    def accepted(self, channel: str, result: str) -> Response:
        """200 with an empty object, counted. result: a fixed word."""
        self.metrics.events.labels(channel, result).inc()
        return JSONResponse({})

    def refused(self, channel: str, refusal: Refused) -> Response:
        """The refusal, counted by its status."""
        self.metrics.events.labels(channel, f"refused_{refusal.args[0]}").inc()
        return refusal.response()

    def close(self) -> None:
        """Take no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _put(self, event: Event) -> bool:
        with self._engine.begin() as connection:
            return Inbox.put(connection, event, self.clock())


async def read_call(request: Request) -> tuple[bytes, dict[str, Any]]:
    """The body's bytes and the JSON object in them; an empty body is an empty object (a probe). Raises Refused."""
    try:
        async with asyncio.timeout(READ_SECONDS):
            raw = await read_body(request, MAX_BODY)
    except BodyTooLarge:
        raise Refused(413, texts.TOO_BIG) from None
    except TimeoutError:
        raise Refused(408, texts.BAD_JSON) from None
    if not raw:
        return raw, {}
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, texts.BAD_TYPE)
    try:
        body = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise Refused(400, texts.BAD_ENCODING) from None
    except (ValueError, RecursionError):
        raise Refused(400, texts.BAD_JSON) from None
    if not isinstance(body, dict):
        raise Refused(400, texts.BAD_JSON)
    return raw, body

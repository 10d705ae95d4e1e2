"""The public chat API over HTTP: POST /api/chat, GET /api/procedures, GET /api/procedures/<code>.

Every refusal is an ApiError, drawn in one place (app.py) as {"error": {status, message}} with a Vietnamese sentence.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from actions.answer import AnswerStatus
from actions.in_force import out_of_force
from actions.texts import OFFICE
from bot.channels import web_view
from bot.gateway import texts
from bot.gateway.catalogue import PAGE_SIZE, Catalogue, CatalogueError
from bot.gateway.conversation import VIETNAM, Conversations, NothingAnswers
from bot.gateway.limits import BodyTooLarge, RateLimit, client_of, read_body
from bot.gateway.metrics import Metrics
from bot.gateway.sessions import TooManyWaiting
from bot.gateway.text_guard import BlankMessage, MessageError, NotText, TooLong, Unreadable, clean

CHANNEL = "web"
MAX_PAGE = 10_000
MAX_QUERY = 200
"""Characters of ?query= that are used."""
SENTENCES: dict[type[MessageError], str] = {
    NotText: texts.NO_MESSAGE,
    BlankMessage: texts.BLANK,
    TooLong: texts.TOO_LONG,
}


class ApiError(Exception):
    """code: HTTP status. sentence: what the citizen reads. retry_after: seconds, None = no header.
    field: of a form, where the fault is."""

    def __init__(
        self,
        code: int,
        sentence: str,
        status: AnswerStatus = AnswerStatus.ERROR_BAD_INPUT,
        retry_after: int | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.sentence, self.status, self.retry_after, self.field = code, sentence, status, retry_after, field


class WebChannel:
    """test_clock: the request field `now` is honoured (never in production). today: the day for which records are served.
    notice: said first in each conversation."""

    def __init__(
        self,
        conversations: Conversations,
        catalogue: Catalogue,
        metrics: Metrics,
        rate_limit: int,
        test_clock: bool,
        today: Callable[[], date] = lambda: datetime.now(VIETNAM).date(),
        notice: str = texts.NOTICE,
    ) -> None:
        self._conversations, self._catalogue, self._metrics, self._today = conversations, catalogue, metrics, today
        self._notice = notice
        self._messages, self._searches = RateLimit(rate_limit), RateLimit(rate_limit)
        self._test_clock = test_clock

    def mount(self, *more: BaseRoute) -> Mount:
        """A mount of its own, so that a wrong method or path below /api never falls through to the static files.

        more: further routes below /api, such as /deadline; a second mount of the same path would never be reached.
        """
        return Mount(
            "/api",
            routes=[
                Route("/chat", self.chat, methods=["POST"]),
                Route("/procedures", self.procedures, methods=["GET"]),
                Route("/procedures/{code}", self.procedure, methods=["GET"]),
                *more,
            ],
        )

    async def chat(self, request: Request) -> Response:
        """One message in, the messages to show out."""
        self._pass(self._messages, request)
        body = await json_body(request)
        token = body.get("conversation")
        if not isinstance(token, str | None):
            raise ApiError(400, texts.BAD_CONVERSATION)
        now = parse_now(body.get("now")) if self._test_clock else None
        try:
            reply = await self._conversations.reply(body.get("message"), token, CHANNEL, now, client_of(request))
        except MessageError as error:
            raise ApiError(400, SENTENCES.get(type(error), texts.BAD_JSON)) from None
        except TooManyWaiting as error:
            wait = math.ceil(error.seconds)
            raise ApiError(429, texts.TOO_FAST.format(seconds=wait), retry_after=wait) from None
        except NothingAnswers:
            raise ApiError(503, texts.BUSY, AnswerStatus.ERROR_ENGINE, retry_after=5) from None
        payload = web_view.reply_payload(reply.conversation, reply.turn, reply.answers, self._notice if reply.first else None)
        return JSONResponse(payload, headers={"Cache-Control": "no-store"})

    async def procedures(self, request: Request) -> Response:
        """A page of the records whose names hold the words of ?query=."""
        page = request.query_params.get("page", "1")
        if not (page.isascii() and page.isdigit() and len(page) <= 5 and 1 <= int(page) <= MAX_PAGE):
            raise ApiError(400, texts.BAD_PAGE)
        query = request.query_params.get("query", "")[:MAX_QUERY]
        if query:
            self._pass(self._searches, request)
        try:
            query = clean(query)
        except (BlankMessage, Unreadable):
            query = ""
        try:
            found, total = await run_in_threadpool(self._catalogue.search, query, int(page))
        except CatalogueError:
            raise ApiError(503, texts.NO_RECORDS, AnswerStatus.ERROR_NO_INDEX, retry_after=30) from None
        return JSONResponse(web_view.page_payload(found, total, int(page), PAGE_SIZE, self._today()))

    async def procedure(self, request: Request) -> Response:
        """One record, by short or long code; 410 with whom to ask for one that is not in force today."""
        code = web_view.short_code(request.path_params["code"])
        try:
            found = await run_in_threadpool(self._catalogue.get, code) if code else None
        except CatalogueError:
            raise ApiError(503, texts.NO_RECORDS, AnswerStatus.ERROR_NO_INDEX, retry_after=30) from None
        if found is None:
            raise ApiError(404, texts.NOT_FOUND)
        ended = out_of_force(found, self._today(), OFFICE)
        if ended:
            raise ApiError(410, ended, AnswerStatus.NOT_IN_RECORD)
        return JSONResponse(web_view.procedure_payload(found))

    def _pass(self, limit: RateLimit, request: Request) -> None:
        check_rate(limit, request, self._metrics)


def check_rate(limit: RateLimit, request: Request, metrics: Metrics) -> None:
    """Raises ApiError 429, counted, when the client must wait."""
    if seconds := limit.wait(client_of(request)):
        metrics.rate_limited.labels(CHANNEL).inc()
        wait = math.ceil(seconds)
        raise ApiError(429, texts.TOO_FAST.format(seconds=wait), retry_after=wait)


async def json_body(request: Request) -> dict[str, Any]:
    """The object in a request's body. Raises ApiError 400, 413, 415."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ApiError(415, texts.BAD_TYPE)
    try:
        return parse_body(await read_body(request))
    except BodyTooLarge:
        raise ApiError(413, texts.TOO_BIG) from None


def parse_body(raw: bytes) -> dict[str, Any]:
    """Strict UTF-8 JSON object. Raises ApiError 400."""
    try:
        body = json.loads(raw.decode("utf-8"))  # json.loads(bytes) would guess UTF-16 and 32 as well
    except UnicodeDecodeError:
        raise ApiError(400, texts.BAD_ENCODING) from None
    except (ValueError, RecursionError):
        raise ApiError(400, texts.BAD_JSON) from None
    if not isinstance(body, dict):
        raise ApiError(400, texts.BAD_JSON)
    return body


def parse_now(value: object) -> datetime | None:
    """ISO 8601; without an offset it is Vietnam's time. Raises ApiError 400."""
    if value is None:
        return None
    try:
        now = datetime.fromisoformat(value)  # type: ignore[arg-type] - a wrong type is a TypeError, refused below
        return now if now.tzinfo else now.replace(tzinfo=VIETNAM)
    except (TypeError, ValueError):
        raise ApiError(400, texts.BAD_NOW) from None

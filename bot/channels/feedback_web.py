"""POST /api/feedback, POST /api/rating, DELETE /api/conversation, GET /api/conversation/code, POST /api/erase over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from actions.answer import AnswerStatus
from bot.channels.web import ApiError, check_rate, json_body
from bot.gateway import texts
from bot.gateway.erasure_code import read_code
from bot.gateway.keeping import Keeping
from bot.gateway.limits import RateLimit
from bot.gateway.metrics import Metrics
from bot.gateway.records import UnknownTurn, kept_words
from bot.gateway.sessions import Sessions, TooManyWaiting
from bot.gateway.store import StoreError
from bot.gateway.text_guard import MessageError

T = TypeVar("T")
TRIES_A_MINUTE = 5
"""Codes one client may try; 23 ** 8 of them cannot be gone through."""
RETRY_AFTER = 30
NO_STORE = {"Cache-Control": "no-store"}


class FeedbackApi:
    """keeping: None = nothing is kept, every route answers 503. rate_limit: requests a minute a client, 0 = no limits at all."""

    def __init__(self, keeping: Keeping | None, sessions: Sessions, metrics: Metrics, rate_limit: int) -> None:
        self._keeping, self._sessions, self._metrics = keeping, sessions, metrics
        self._limit = RateLimit(rate_limit)
        self.tries = RateLimit(TRIES_A_MINUTE if rate_limit else 0)

    def routes(self) -> list[BaseRoute]:
        """To be mounted below /api."""
        return [
            Route("/feedback", self.feedback, methods=["POST"]),
            Route("/rating", self.rating, methods=["POST"]),
            Route("/conversation", self.erase_conversation, methods=["DELETE"]),
            Route("/conversation/code", self.code, methods=["GET"]),
            Route("/erase", self.erase, methods=["POST"]),
        ]

    async def feedback(self, request: Request) -> Response:
        """{conversation, turn, value: "up" | "down" | null, reason?} → 204."""
        keeping, body = await self._asked(request)
        conversation, turn, value = self._conversation(body), body.get("turn"), body.get("value")
        if not isinstance(turn, str) or len(turn) > 64:
            raise ApiError(404, texts.NO_TURN)
        if value not in ("up", "down", None):
            raise ApiError(400, texts.BAD_VALUE)
        await _kept(run_in_threadpool(keeping.records.judge, conversation, turn, value, _words(body, "reason")))
        return Response(status_code=204)

    async def rating(self, request: Request) -> Response:
        """{conversation, stars: 1..5, comment?} → 204."""
        keeping, body = await self._asked(request)
        conversation, stars = self._conversation(body), body.get("stars")
        if type(stars) is not int or not 1 <= stars <= 5:  # True is an int, too
            raise ApiError(400, texts.BAD_STARS)
        await _kept(run_in_threadpool(keeping.records.rate, conversation, stars, _words(body, "comment")))
        return Response(status_code=204)

    async def erase_conversation(self, request: Request) -> Response:
        """{conversation} → 200, also when nothing was there: whoever asks learns nothing, and a second press does no harm."""
        keeping, body = await self._asked(request)
        token = body.get("conversation")
        conversation = self._sessions.verify(token) if isinstance(token, str) else None
        if conversation:
            await erased(keeping.erasure.erase_conversation(conversation))
        return JSONResponse({"erased": True}, headers=NO_STORE)

    async def code(self, request: Request) -> Response:
        """Header `Conversation` → the code with which its citizen can erase later, without this browser."""
        check_rate(self._limit, request, self._metrics)
        conversation = self._conversation({"conversation": request.headers.get("conversation")})
        return JSONResponse({"code": self._required().erasure.code_of(conversation)}, headers=NO_STORE)

    async def erase(self, request: Request) -> Response:
        """{code} → the same sentence whether something was found or not."""
        check_rate(self.tries, request, self._metrics)
        keeping, body = await self._asked(request)
        code = body.get("code")
        shown = read_code(code) if isinstance(code, str) else None
        if shown is None:
            raise ApiError(400, texts.BAD_CODE, field="code")
        await erased(keeping.erasure.erase_by_code(shown))
        return JSONResponse({"message": texts.ERASED_BY_CODE}, headers=NO_STORE)

    async def _asked(self, request: Request) -> tuple[Keeping, dict[str, Any]]:
        check_rate(self._limit, request, self._metrics)
        return self._required(), await json_body(request)

    def _required(self) -> Keeping:
        if self._keeping is None:
            raise ApiError(503, texts.NOT_KEPT, AnswerStatus.ERROR_ENGINE, retry_after=RETRY_AFTER)
        return self._keeping

    def _conversation(self, body: Mapping[str, Any]) -> str:
        token = body.get("conversation")
        conversation = self._sessions.verify(token) if isinstance(token, str) else None
        if conversation is None:
            raise ApiError(400, texts.NO_CONVERSATION)
        return conversation


async def _kept(call: Awaitable[T]) -> T:
    try:
        return await call
    except UnknownTurn:
        raise ApiError(404, texts.NO_TURN) from None
    except SQLAlchemyError:
        raise ApiError(503, texts.NOT_KEPT, AnswerStatus.ERROR_ENGINE, retry_after=RETRY_AFTER) from None


async def erased(call: Awaitable[T]) -> T:
    """Raises ApiError 503: an erasure that failed must never look like one that worked."""
    try:
        return await call
    except (SQLAlchemyError, StoreError, TooManyWaiting):
        raise ApiError(503, texts.NOT_ERASED, AnswerStatus.ERROR_ENGINE, retry_after=RETRY_AFTER) from None


def _words(body: Mapping[str, Any], name: str) -> str | None:
    given = body.get(name)
    if given is not None and not isinstance(given, str):
        raise ApiError(400, texts.BAD_JSON)
    try:
        return kept_words(given)
    except MessageError:
        raise ApiError(400, texts.WORDS_TOO_LONG, field=name) from None

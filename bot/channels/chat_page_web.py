"""GET and POST /chat, and the same at /, over HTTP: the chat page; without script a form sends the question and gets the page back."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.chat_page import Exchange, answered_page, empty_page, erased_page, noticed, refused_page
from bot.channels.feedback_web import erased
from bot.channels.form import TYPE, BadForm, read_form
from bot.channels.web import SENTENCES, ApiError, check_rate
from bot.gateway import texts
from bot.gateway.conversation import Conversations, NothingAnswers
from bot.gateway.keeping import Keeping
from bot.gateway.limits import BodyTooLarge, RateLimit, client_of
from bot.gateway.metrics import Metrics
from bot.gateway.origins import OPEN_FORMS, Origins
from bot.gateway.sessions import TOKEN_LENGTH, Sessions, TooManyWaiting
from bot.gateway.text_guard import MessageError

CHANNEL = "web_plain"
_TOKEN = re.compile(rf"[\w.-]{{{TOKEN_LENGTH}}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """message: as typed. token: of the conversation it belongs to, None = a new one. erase: nothing is asked, that one is to go."""

    message: str = ""
    token: str | None = None
    erase: bool = False


class ChatPages:
    """template: index.html, read at each visit. notice: said before the first question and first in each conversation. rate_limit:
    messages a minute, 0 = off. keeping: None = nothing is kept, so there is nothing to erase."""

    def __init__(
        self,
        conversations: Conversations,
        origins: Origins,
        metrics: Metrics,
        rate_limit: int,
        template: Path,
        notice: str = texts.NOTICE,
        keeping: Keeping | None = None,
        sessions: Sessions | None = None,
    ) -> None:
        self._keeping, self._sessions = keeping, sessions
        self._conversations, self._origins, self._metrics = conversations, origins, metrics
        self._limit, self._template, self._notice = RateLimit(rate_limit), template, notice

    def routes(self) -> list[BaseRoute]:
        """To be mounted before the static files."""
        return [route for path in OPEN_FORMS for route in (Route(path, self.page, methods=["GET"]), Route(path, self.post, methods=["POST"]))]

    async def page(self, request: Request) -> Response:
        """The page with nothing said."""
        return HTMLResponse(empty_page(noticed(await self._read(), self._notice)), headers={"Cache-Control": "no-cache"})

    async def post(self, request: Request) -> Response:
        """The page with question and answers; when the question is not taken, with the reason and what was typed."""
        template, asked = await self._read(), Asked()
        try:
            asked = await self._asked(request)
            check_rate(self._limit, request, self._metrics)
            if asked.erase:
                await self._erase(asked.token)
                return _page(erased_page(template, texts.ERASED_HERE))
            exchange, token = await self._answer(asked, client_of(request))
        except ApiError as error:
            self._metrics.refused.labels(CHANNEL, str(error.code)).inc()
            headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
            return _page(refused_page(template, error.sentence, asked.token or "", asked.message), error.code, headers)
        return _page(answered_page(template, exchange, token))

    async def _asked(self, request: Request) -> Asked:
        """Read before the rate is looked at, so that a refusal gives back what was typed. Raises ApiError 400, 408, 413, 415."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != TYPE:
            raise ApiError(415, texts.BAD_FORM)
        try:
            fields = await read_form(request)
        except BadForm:
            raise ApiError(400, texts.BAD_FORM) from None
        except BodyTooLarge:
            raise ApiError(413, texts.TOO_BIG) from None
        except HTTPException as error:  # too slow
            raise ApiError(error.status_code, texts.TOO_SLOW) from None
        # A page of another site may send a question, never into a conversation: it would be one that it can read on in.
        given = "" if self._origins.foreign(request.method, request.headers) else fields.get("conversation", "")
        return Asked(fields.get("message", ""), given if _TOKEN.fullmatch(given) else None, "erase" in fields)

    def _known(self, token: str | None) -> str | None:
        return self._sessions.verify(token) if self._sessions and token else None

    async def _erase(self, token: str | None) -> None:
        """Says the same whether something was kept or not. Raises ApiError 503 when it could not be done."""
        conversation = self._known(token)
        if conversation and self._keeping:
            await erased(self._keeping.erasure.erase_conversation(conversation))

    async def _answer(self, asked: Asked, client: str) -> tuple[Exchange, str]:
        """What to show, and the token of the conversation. Raises ApiError 400, 429, 503."""
        try:
            reply = await self._conversations.reply(asked.message, asked.token, CHANNEL, client=client)
        except MessageError as error:
            raise ApiError(400, SENTENCES.get(type(error), texts.BAD_FORM)) from None
        except TooManyWaiting as error:
            wait = math.ceil(error.seconds)
            raise ApiError(429, texts.TOO_FAST.format(seconds=wait), retry_after=wait) from None
        except NothingAnswers:
            raise ApiError(503, texts.BUSY, retry_after=5) from None
        conversation = self._known(reply.conversation) if self._keeping else None
        code = self._keeping.erasure.code_of(conversation) if self._keeping and conversation else None
        return Exchange(asked.message, reply.answers, self._notice if reply.first else None, code), reply.conversation

    async def _read(self) -> str:
        try:
            return await run_in_threadpool(self._template.read_text, "utf-8")
        except FileNotFoundError:
            raise HTTPException(404) from None


def _page(text: str, code: int = 200, headers: dict[str, str] | None = None) -> Response:
    return HTMLResponse(text, code, {"Cache-Control": "no-store", **(headers or {})})

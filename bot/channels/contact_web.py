"""GET and POST /lien-he, POST /api/contact over HTTP: a citizen who wants to be called back, by page or by the widget."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from actions.answer import AnswerStatus
from actions.texts import OFFICE
from bot.channels.contact_page import PATH, TRAP, contact_page, thanks_page
from bot.channels.feedback_web import RETRY_AFTER
from bot.channels.form import BadForm, read_form
from bot.channels.web import ApiError, check_rate, json_body
from bot.gateway import texts
from bot.gateway.contact_form import FIELDS, Contact, read_contact
from bot.gateway.keeping import Keeping
from bot.gateway.limits import BodyTooLarge, RateLimit, client_of
from bot.gateway.metrics import Metrics

AN_HOUR = 3
"""Messages one client may leave; counted once they are complete, so that a slip of the finger costs none."""
HEADERS = {"Cache-Control": "no-store"}


class ContactPages:
    """keeping: None = no message can be left. contacts: () → key → row of province/*.yml. rate_limit: 0 = no limits at all."""

    def __init__(
        self, keeping: Keeping | None, metrics: Metrics, contacts: Callable[[], Mapping[str, Any]], rate_limit: int
    ) -> None:
        self._keeping, self._metrics, self._contacts = keeping, metrics, contacts
        self._requests = RateLimit(rate_limit)
        self._taken = RateLimit(AN_HOUR if rate_limit else 0, seconds=3600)

    def routes(self) -> list[BaseRoute]:
        """To be mounted before the static files."""
        return [Route(PATH, self.page, methods=["GET"]), Route(PATH, self.post, methods=["POST"])]

    def api_routes(self) -> list[BaseRoute]:
        """To be mounted below /api."""
        return [Route("/contact", self.api, methods=["POST"])]

    async def page(self, request: Request) -> Response:
        """The empty form."""
        return await self._form({}, {}, 200)

    async def post(self, request: Request) -> Response:
        """The page of thanks, or the form with what was typed and what is wrong."""
        try:
            check_rate(self._requests, request, self._metrics)
            values = await read_form(request)
        except ApiError as error:
            return await self._form({}, {}, error.code, error.sentence, error.retry_after)
        except (BadForm, BodyTooLarge):
            return await self._form({}, {}, 400, texts.BAD_JSON)
        contact, errors = read_contact({**values, "consent": values.get("consent") == "1"})
        if values.get(TRAP):
            errors = {**errors, TRAP: texts.CONTACT_TRAP}
        if errors or contact is None:
            shown = {name: error for name, error in errors.items() if name != TRAP}
            return await self._form(values, shown, 400, errors.get(TRAP))
        try:
            return HTMLResponse(thanks_page(await self._take(contact, request)), 201, HEADERS)
        except ApiError as error:
            return await self._form(values, {}, error.code, error.sentence, error.retry_after)

    async def api(self, request: Request) -> Response:
        """{name, phone, question, commune?, consent: true} → 201 {code, message}."""
        check_rate(self._requests, request, self._metrics)
        contact, errors = read_contact(await json_body(request))
        if contact is None:
            name = next(name for name in FIELDS if name in errors)
            raise ApiError(400, errors[name], field=name)
        code = await self._take(contact, request)
        return JSONResponse({"code": code, "message": texts.CONTACT_THANKS.format(code=code)}, 201, HEADERS)

    async def _take(self, contact: Contact, request: Request) -> str:
        if self._keeping is None:
            raise ApiError(503, texts.NOT_KEPT, AnswerStatus.ERROR_ENGINE, retry_after=RETRY_AFTER)
        if seconds := self._taken.wait(client_of(request)):
            self._metrics.rate_limited.labels("contact").inc()
            raise ApiError(429, texts.CONTACT_TOO_OFTEN.format(minutes=math.ceil(seconds / 60)), retry_after=math.ceil(seconds))
        try:
            return await run_in_threadpool(self._keeping.contacts.add, contact)
        except SQLAlchemyError:
            raise ApiError(503, texts.NOT_KEPT, AnswerStatus.ERROR_ENGINE, retry_after=RETRY_AFTER) from None

    async def _form(
        self,
        values: Mapping[str, str],
        errors: Mapping[str, str],
        code: int,
        trouble: str | None = None,
        retry_after: int | None = None,
    ) -> Response:
        if code >= 400:
            self._metrics.refused.labels("contact", str(code)).inc()
        office = (await run_in_threadpool(self._contacts)).get("commune") or {"name": OFFICE}
        headers = HEADERS if retry_after is None else {**HEADERS, "Retry-After": str(retry_after)}
        return HTMLResponse(contact_page(values, errors, office["name"], trouble), code, headers)

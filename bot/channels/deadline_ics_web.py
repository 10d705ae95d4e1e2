"""GET /api/deadline.ics?code=&received=&row=&channel= over HTTP: the due day of a procedure as a calendar file for a phone.

row: index of the time limit in the record, from 0; received: as in GET /api/deadline. 400 and 404 with a Vietnamese sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from actions import words
from actions.address import page_of
from actions.answer import AnswerStatus
from actions.calendar import CalendarError, OfficeCalendar
from actions.deadline import due
from actions.due_count import uncounted
from actions.ics import due_event
from actions.texts import OFFICE
from bot.channels.deadline_web import RETRY_AFTER
from bot.channels.web import ApiError, check_rate
from bot.channels.web_view import short_code
from bot.gateway import texts
from bot.gateway.catalogue import Catalogue, CatalogueError
from bot.gateway.conversation import VIETNAM
from bot.gateway.limits import RateLimit
from bot.gateway.metrics import Metrics
from index.procedure import Procedure

MAX_DIGITS = 2


class DeadlineFile:
    """calendar: () → the one in force; contacts: () → key → row of province/*.yml; both asked for at every request."""

    def __init__(
        self,
        catalogue: Catalogue,
        calendar: Callable[[], OfficeCalendar],
        contacts: Callable[[], Mapping[str, Any]],
        metrics: Metrics,
        rate_limit: int,
    ) -> None:
        self._catalogue, self._calendar, self._contacts = catalogue, calendar, contacts
        self._metrics, self._limit = metrics, RateLimit(rate_limit)

    def routes(self) -> list[BaseRoute]:
        """To be mounted below /api."""
        return [Route("/deadline.ics", self.file, methods=["GET"])]

    async def file(self, request: Request) -> Response:
        """Without channel it is direct, without row the first time limit."""
        check_rate(self._limit, request, self._metrics)
        asked = request.query_params
        try:
            content = await run_in_threadpool(self._content, asked)
        except CatalogueError:
            raise ApiError(503, texts.NO_RECORDS, AnswerStatus.ERROR_NO_INDEX, retry_after=RETRY_AFTER) from None
        except CalendarError:
            raise ApiError(503, texts.NO_CALENDAR, AnswerStatus.ERROR_NO_INDEX, retry_after=RETRY_AFTER) from None
        headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="ngay-tra-ket-qua.ics"'}
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)

    def _content(self, asked: Mapping[str, str]) -> bytes:
        code = short_code(asked.get("code", ""))
        procedure = self._catalogue.get(code) if code else None
        if procedure is None:
            raise ApiError(404, texts.NOT_FOUND)
        n = _row(asked.get("row", "0"), procedure)
        row = procedure.duration[n]
        received = asked.get("received", "").strip()
        if not received:
            raise ApiError(400, texts.NO_RECEIVED)
        if reason := uncounted(procedure, row):
            raise ApiError(400, words.sentence(reason))
        found = due(received, row.amount, row.unit, asked.get("channel") or "direct", calendar=self._calendar())
        if found.error is not None:
            raise ApiError(400, found.error)
        if found.due is None:
            raise ApiError(400, found.warnings[-1])
        office = (self._contacts().get(procedure.contact) or {"name": OFFICE})["name"]
        page = page_of(procedure)
        url = page if page.startswith("http") else None
        return due_event(procedure.name, procedure.code, found.due, n, office, url, datetime.now(VIETNAM))


def _row(text: str, procedure: Procedure) -> int:
    """Raises ApiError 400, or 404 when the record has no such time limit."""
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS):
        raise ApiError(400, texts.BAD_ROW)
    if int(text) >= len(procedure.duration):
        raise ApiError(404, texts.NO_ROW)
    return int(text)

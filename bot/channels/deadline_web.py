"""GET /api/deadline?received=&amount=&unit=&channel= over HTTP: when a result is due, with the count day by day.

200 {"due": "2026-06-08" | "2026-06-08T10:00" | null, "outcome": "due" | "no_firm_date",
     "count": [{"day": "2026-06-04", "number": 1, "note": "thứ Năm"}], "warnings": ["…"]}
count: number 0 is the day of receipt, null a day that does not count. 400 with a Vietnamese sentence for bad input.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from actions.answer import AnswerStatus
from actions.calendar import CalendarError, OfficeCalendar
from actions.deadline import Deadline, due
from bot.channels.web import ApiError, check_rate
from bot.gateway import texts
from bot.gateway.limits import RateLimit
from bot.gateway.metrics import Metrics

RETRY_AFTER = 300
"""Seconds: a person has to mend the file."""


class DeadlineApi:
    """calendar: () → the one in force, asked for at every request. rate_limit: requests a minute a client, 0 = off."""

    def __init__(self, calendar: Callable[[], OfficeCalendar], metrics: Metrics, rate_limit: int) -> None:
        self._calendar, self._metrics, self._limit = calendar, metrics, RateLimit(rate_limit)

    def routes(self) -> list[BaseRoute]:
        """To be mounted below /api."""
        return [Route("/deadline", self.deadline, methods=["GET"])]

    async def deadline(self, request: Request) -> Response:
        """Without channel it is direct; amount may be left out for same_day."""
        check_rate(self._limit, request, self._metrics)
        asked = request.query_params
        received = asked.get("received", "").strip()
        if not received:
            raise ApiError(400, texts.NO_RECEIVED)
        if "T" in received:
            received = received.replace(" ", "+")  # an offset's plus that was not escaped
        try:
            calendar = await run_in_threadpool(self._calendar)
        except CalendarError:
            raise ApiError(503, texts.NO_CALENDAR, AnswerStatus.ERROR_NO_INDEX, retry_after=RETRY_AFTER) from None
        found = due(received, asked.get("amount"), asked.get("unit"), asked.get("channel") or "direct", calendar=calendar)
        if found.error is not None:
            raise ApiError(400, found.error)
        # A day off may be added to the calendar at any time.
        return JSONResponse(deadline_payload(found), headers={"Cache-Control": "no-store"})


def deadline_payload(found: Deadline) -> dict[str, Any]:
    """The body of a 200."""
    return {
        "due": _iso(found.due),
        "outcome": found.outcome,
        "count": [{"day": step.day.isoformat(), "number": step.number, "note": step.note} for step in found.steps],
        "warnings": list(found.warnings),
    }


def _iso(due: date | datetime | None) -> str | None:
    """ "2026-06-08", or "2026-06-08T10:00" when it is exact to the minute."""
    if isinstance(due, datetime):
        return due.isoformat("T", "minutes")
    return None if due is None else due.isoformat()

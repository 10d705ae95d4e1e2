"""GET /thu-tuc/<code> over HTTP: the readable page of one record, or a page that says in Vietnamese why there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from actions.texts import OFFICE
from bot.channels.page_html import message_page
from bot.channels.procedure_page import procedure_page
from bot.channels.web_view import short_code
from bot.gateway import texts
from bot.gateway.catalogue import Catalogue, CatalogueError
from bot.gateway.conversation import VIETNAM
from bot.gateway.metrics import Metrics
from bot.gateway.switches import SwitchedOff
from index.procedure import Procedure

CHANNEL = "page"
PATH = "/thu-tuc"
RETRY_AFTER = 30
"""Seconds."""


Draw = Callable[[Procedure, date, Mapping[str, Any]], Response]
"""(record, today, whom to ask) -> the answer to a request; called in a thread."""


class ProcedurePages:
    """contacts: () → key → row of province/*.yml, asked for at every page; today: the day for which fees are shown."""

    def __init__(
        self,
        catalogue: Catalogue,
        metrics: Metrics,
        contacts: Callable[[], Mapping[str, Any]],
        today: Callable[[], date] = lambda: datetime.now(VIETNAM).date(),
        off: SwitchedOff = lambda code: None,
    ) -> None:
        self._off = off
        self._catalogue, self._metrics, self._contacts, self._today = catalogue, metrics, contacts, today

    def routes(self) -> list[BaseRoute]:
        """To be mounted before the static files. A mount of its own, so that a wrong method never falls through to them."""
        return [
            Route(PATH, self.page, methods=["GET"]),
            Mount(PATH, routes=[Route("/{code:path}", self.page, methods=["GET"])]),
        ]

    async def page(self, request: Request) -> Response:
        """A long code, or one with stray commas or blanks, leads to the short one: one address a procedure."""
        asked = request.path_params.get("code", "")
        code = short_code(asked.strip("/"))
        if code is not None and asked != code:
            return RedirectResponse(f"{PATH}/{code}", 308)
        return await self.answer(code, lambda procedure, day, contact: page_response(procedure_page(procedure, day, contact)))

    async def answer(self, code: str | None, draw: Draw) -> Response:
        """What `draw` makes of the record with this short code, in a thread, or the page that says why there is none."""
        if code and (text := self._off(code)):
            return refusal(self._metrics, 503, "Đang kiểm tra lại thủ tục này", text)
        try:
            drawn = await run_in_threadpool(self._drawn, code, draw) if code else None
        except CatalogueError:
            return no_records(self._metrics)
        return drawn or self.refuse(404, "Không tìm thấy thủ tục này", texts.NOT_FOUND)

    def refuse(self, code: int, title: str, sentence: str) -> Response:
        """A page that says why there is none; counted."""
        return refusal(self._metrics, code, title, sentence)

    def _drawn(self, code: str, draw: Draw) -> Response | None:
        procedure = self._catalogue.get(code)
        if procedure is None:
            return None
        return draw(procedure, self._today(), self._contacts().get(procedure.contact) or {"name": OFFICE})


def refusal(metrics: Metrics, code: int, title: str, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page that says why there is none; counted."""
    metrics.refused.labels(CHANNEL, str(code)).inc()
    return HTMLResponse(message_page(title, sentence), code, {"Cache-Control": "no-store", **(headers or {})})


def no_records(metrics: Metrics) -> Response:
    """The refusal while no release can be read."""
    return refusal(metrics, 503, "Chưa mở được trang này", texts.NO_RECORDS, {"Retry-After": str(RETRY_AFTER)})


def page_response(content: str) -> Response:
    """A page that is asked for anew each time: a fee may end at midnight, and a release may have replaced the record."""
    return HTMLResponse(content, headers={"Cache-Control": "no-cache"})


def release_contacts(var: Path) -> Callable[[], Mapping[str, Any]]:
    """Reads the contacts that the current release carries; none when it cannot be read, so that the page names the nearest office."""

    return lambda: _province(var).get("contacts") or {}


def release_province(var: Path) -> Callable[[], str]:
    """The name of the province that the current release serves, "" when it cannot be read."""
    return lambda: _province(var).get("name") or ""


def _province(var: Path) -> Mapping[str, Any]:
    try:
        found = json.loads((var / "releases" / "current" / "contacts.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}

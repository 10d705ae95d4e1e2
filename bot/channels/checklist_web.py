"""GET /thu-tuc/<code>/checklist?case=&channel= and GET /m/<letters> over HTTP: the papers to tick off, and the way back to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from actions.address import CHECKLIST
from actions.checklist import checklist
from actions.reopen_code import marked_case, read_reopen_code
from bot.channels.checklist_page import REOPEN, checklist_page, query
from bot.channels.procedure_web import ProcedurePages, page_response
from bot.channels.web_view import short_code
from bot.gateway import texts
from index.procedure import CHANNELS, Procedure


class ChecklistPages:
    """pages: whose records, day, contacts and refusals are used."""

    def __init__(self, pages: ProcedurePages) -> None:
        self._pages = pages

    def routes(self) -> list[BaseRoute]:
        """To be mounted before the pages of procedures, whose mount takes every path below /thu-tuc."""
        return [
            Route(CHECKLIST, self.page, methods=["GET"]),
            Route(f"{CHECKLIST}/", self.page, methods=["GET"]),
            Route(REOPEN, self.reopen, methods=["GET"]),
            Mount(REOPEN, routes=[Route("/{letters:path}", self.reopen, methods=["GET"])]),
        ]

    async def page(self, request: Request) -> Response:
        """Other forms of a code lead to the short one, with what was asked. A case that the record does not have is told to be
        gone; a channel that does not exist is as good as none, since every row then says for which it is."""
        code, asked = short_code(request.path_params["code"]), request.query_params
        if code is not None and request.url.path != CHECKLIST.format(code=code):
            return RedirectResponse(str(request.url.replace(scheme="", netloc="", path=CHECKLIST.format(code=code))), 308)

        def draw(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Response:
            wanted = asked.get("case") or None
            case = wanted if procedure.case_name(wanted) is not None else None
            channel = asked["channel"] if asked.get("channel") in CHANNELS else None
            one = checklist(procedure, case, day, contact, channel)
            return page_response(checklist_page(one, case_gone=wanted != case))

        return await self._pages.answer(code, draw)

    async def reopen(self, request: Request) -> Response:
        """To the checklist that the letters name; not for ever, as the record may lose the case. A mark without its case is
        passed on as it is: the page then says that the case is gone."""
        found = read_reopen_code(request.path_params.get("letters", ""))
        if found is None:
            return self._pages.refuse(404, "Không có mã này", texts.NO_REOPEN_CODE)
        code, mark = found

        def draw(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Response:
            case = marked_case((case.id for case in procedure.cases), mark) or mark
            return RedirectResponse(CHECKLIST.format(code=code) + query(case), 302, {"Cache-Control": "no-cache"})

        return await self._pages.answer(code, draw)

"""GET and POST /quyen-rieng-tu over HTTP: the notice in full, and erasing by code without any script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from actions.answer import AnswerStatus
from actions.texts import OFFICE
from bot.channels.feedback_web import RETRY_AFTER, erased
from bot.channels.form import BadForm, read_form
from bot.channels.privacy_page import PATH, privacy_page
from bot.channels.web import ApiError, check_rate
from bot.gateway import texts
from bot.gateway.erasure_code import read_code
from bot.gateway.keeping import Keeping
from bot.gateway.limits import BodyTooLarge, RateLimit
from bot.gateway.metrics import Metrics


class PrivacyPages:
    """tries: the limit of codes, shared with POST /api/erase. contacts: () → key → row of province/*.yml."""

    def __init__(
        self, keeping: Keeping | None, metrics: Metrics, contacts: Callable[[], Mapping[str, Any]], keep_days: int, tries: RateLimit
    ) -> None:
        self._keeping, self._metrics, self._contacts, self._days, self._tries = keeping, metrics, contacts, keep_days, tries

    def routes(self) -> list[BaseRoute]:
        """To be mounted before the static files."""
        return [Route(PATH, self.page, methods=["GET"]), Route(PATH, self.post, methods=["POST"])]

    async def page(self, request: Request) -> Response:
        """The notice."""
        return await self._draw(200)

    async def post(self, request: Request) -> Response:
        """The notice with what became of the code."""
        typed = ""
        try:
            check_rate(self._tries, request, self._metrics)
            typed = (await read_form(request)).get("code", "")
            await self._erase(read_code(typed))
        except ApiError as error:
            headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
            return await self._draw(error.code, headers, error=error.sentence, typed=typed)
        except (BadForm, BodyTooLarge):
            return await self._draw(400, error=texts.BAD_CODE)
        return await self._draw(200, outcome=texts.ERASED_BY_CODE)

    async def _erase(self, code: str | None) -> None:
        if code is None:
            raise ApiError(400, texts.BAD_CODE)
        if self._keeping is None:
            raise ApiError(503, texts.NOT_ERASED, AnswerStatus.ERROR_ENGINE, retry_after=RETRY_AFTER)
        await erased(self._keeping.erasure.erase_by_code(code))

    async def _draw(self, code: int, headers: Mapping[str, str] | None = None, **told: Any) -> Response:
        if code >= 400:
            self._metrics.refused.labels("privacy", str(code)).inc()
        rows = await run_in_threadpool(self._contacts)
        contact = rows.get("province_centre") or rows.get("commune") or {"name": OFFICE}
        return HTMLResponse(privacy_page(self._days, contact, **told), code, {"Cache-Control": "no-store", **(headers or {})})

"""GET /api/widget over HTTP: what the widget shows before the first message, and the most asked procedures to begin with."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from actions.texts import OFFICE
from bot.channels.privacy_page import PATH as PRIVACY
from bot.gateway import texts
from bot.gateway.catalogue import Catalogue, CatalogueError
from bot.gateway.conversation import VIETNAM
from bot.gateway.keeping import Keeping
from bot.gateway.text_guard import MAX_LENGTH
from index.text import fold

TITLE = "Một Cửa"
NOTICE_VERSION = "1"
"""Raised with the text, so that who has read the former one reads it again."""
SUGGESTIONS = 6
LONGEST_TITLE = 60
"""Characters; some names of procedures have 500 and are no suggestion."""
CACHE_SECONDS = 300
USUAL = (
    ("Đăng ký khai sinh", "Làm giấy khai sinh cho con cần giấy tờ gì?"),
    ("Đăng ký kết hôn", "Đăng ký kết hôn thì nộp hồ sơ ở đâu?"),
    ("Cấp lại thẻ căn cước", "Bị mất thẻ căn cước thì làm lại thế nào?"),
    ("Đăng ký tạm trú", "Đăng ký tạm trú qua mạng được không?"),
    ("Đổi giấy phép lái xe", "Đổi giấy phép lái xe tốn bao nhiêu tiền?"),
    ("Sang tên sổ đỏ", "Sang tên sổ đỏ mất bao lâu?"),
)
"""(title, message) until enough has been asked."""


class WidgetApi:
    """contacts: () → key → row of province/*.yml. province: () → its name. clock: monotonic seconds, for the cache."""

    def __init__(
        self,
        keeping: Keeping | None,
        catalogue: Catalogue,
        contacts: Callable[[], Mapping[str, Any]],
        province: Callable[[], str],
        keep_days: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keeping, self._catalogue, self._contacts = keeping, catalogue, contacts
        self._province, self._days, self._clock = province, keep_days, clock
        self._kept: tuple[float, dict[str, Any]] | None = None

    def routes(self) -> list[BaseRoute]:
        """To be mounted below /api."""
        return [Route("/widget", self.widget, methods=["GET"])]

    async def widget(self, request: Request) -> Response:
        """Always 200: without database or release it says what it can."""
        now = self._clock()
        if self._kept is None or self._kept[0] <= now - CACHE_SECONDS:
            self._kept = (now, await run_in_threadpool(self._payload))
        return JSONResponse(self._kept[1], headers={"Cache-Control": f"public, max-age={CACHE_SECONDS}"})

    def _payload(self) -> dict[str, Any]:
        office = self._contacts().get("commune") or {"name": OFFICE}
        return {
            "title": TITLE,
            "province": self._province(),
            "notice": {"version": NOTICE_VERSION, "text": texts.notice(self._days), "privacy": PRIVACY},
            "suggestions": suggestions(self._popular()),
            "office": {"text": f"Cần gặp người hướng dẫn, anh/chị đến {office['name']}."},
            "keep_days": self._days,
            "max_length": MAX_LENGTH,
        }

    def _popular(self) -> list[str]:
        """Names of the most asked procedures that hold today; none while the database or the release cannot be read."""
        if self._keeping is None:
            return []
        today = datetime.now(VIETNAM).date()
        try:
            found = [self._catalogue.get(code) for code in self._keeping.records.most_asked(today)]
        except (SQLAlchemyError, CatalogueError):
            return []
        return [one.name for one in found if one and one.valid_on(today) and len(one.name) <= LONGEST_TITLE]


def suggestions(popular: Sequence[str]) -> list[dict[str, str]]:
    """SUGGESTIONS in all: names of procedures first, then the usual ones that none of them says already."""
    first = [{"title": name, "message": f"{name} cần giấy tờ gì?"} for name in popular[:SUGGESTIONS]]
    said = fold(" | ".join(popular[:SUGGESTIONS])).lower()
    rest = [{"title": title, "message": message} for title, message in USUAL if fold(title).lower() not in said]
    return [*first, *rest][:SUGGESTIONS]

"""GET /viec and /viec/<id> over HTTP: all life events, and all that one of them needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.channels.life_event_page import life_event_page, life_events_page
from bot.channels.procedure_web import no_records, refusal
from bot.gateway import texts
from bot.gateway.catalogue import Catalogue, CatalogueError
from bot.gateway.conversation import VIETNAM
from bot.gateway.metrics import Metrics
from index.life_events import LifeEvent, LifeEvents, open_life_events
from index.procedure import Procedure

PATH = "/viec"


class LifeEventPages:
    """contacts, events: asked for at every page, so that a new release is seen; today: the day for which records must be in force.
    Both may raise CatalogueError."""

    def __init__(
        self,
        catalogue: Catalogue,
        metrics: Metrics,
        contacts: Callable[[], Mapping[str, Any]],
        events: Callable[[], LifeEvents],
        today: Callable[[], date] = lambda: datetime.now(VIETNAM).date(),
    ) -> None:
        self._catalogue, self._metrics, self._contacts = catalogue, metrics, contacts
        self._events, self._today = events, today

    def routes(self) -> list[BaseRoute]:
        """To be mounted before the static files. A mount of its own, so that a wrong method never falls through to them."""
        return [
            Route(PATH, self.page, methods=["GET"]),
            Mount(PATH, routes=[Route("/{event:path}", self.page, methods=["GET"])]),
        ]

    async def page(self, request: Request) -> Response:
        """The list without an id; a Vietnamese page that there is none for an unknown one."""
        try:
            content = await run_in_threadpool(self._content, request.path_params.get("event", ""))
        except CatalogueError:
            return no_records(self._metrics)
        if content is None:
            return refusal(self._metrics, 404, "Không tìm thấy việc này", texts.NOT_FOUND)
        return HTMLResponse(content, headers={"Cache-Control": "no-cache"})

    def _content(self, asked: str) -> str | None:
        events = self._events()
        if not asked:
            return life_events_page(events.events, self._records(*events.events))
        event = events.get(asked)
        return event and life_event_page(event, self._records(event), self._today(), self._contacts())

    def _records(self, *events: LifeEvent) -> dict[str, Procedure]:
        """Raises CatalogueError when a record is missing: the release has been replaced between two looks."""
        found = {code: self._catalogue.get(code) for event in events for code in event.codes}
        missing = [code for code, record in found.items() if record is None]
        if missing:
            raise CatalogueError(f"{', '.join(missing)}: named by a life event, not in the release")
        return {code: record for code, record in found.items() if record}


def release_life_events(var: Path) -> Callable[[], LifeEvents]:
    """Reads the events that the current release carries. The function raises CatalogueError when there is none to be read."""

    def read() -> LifeEvents:
        try:
            return open_life_events(var / "releases" / "current")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CatalogueError(f"{type(error).__name__}: {error}") from error

    return read

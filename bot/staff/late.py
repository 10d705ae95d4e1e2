"""The staff app as the gateway mounts it: opened in a thread, after the gateway serves, so that citizens never wait for its imports."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.gateway.settings import Settings

if TYPE_CHECKING:
    from bot.staff.desk import Desk

log = logging.getLogger("bot.staff.late")
ROOT = "/can-bo"
TAKE_UP_EVERY = 60.0
WARM_EVERY = 60.0
OPEN_AFTER = 10.0
"""Seconds after the gateway's start, when engines and search are up; a request before opens the app at once."""


async def take_up_questions(desk: Desk, every: float = TAKE_UP_EVERY) -> None:
    """What was asked goes into the work queue, a batch at a time, and days that are over are counted up; until cancelled."""
    from bot.staff.figures.days import count_up
    from bot.staff.queue.pages import take_up

    while True:
        await asyncio.sleep(every)
        try:
            await asyncio.to_thread(take_up, desk)
        except (SQLAlchemyError, OSError) as error:
            log.error("questions_not_taken_up", extra={"error": type(error).__name__}, exc_info=True)
        try:
            await asyncio.to_thread(count_up, desk.engine, desk.clock())
        except SQLAlchemyError as error:
            log.error("days_not_counted_up", extra={"error": type(error).__name__}, exc_info=True)


async def keep_warm(desk: Desk, every: float = WARM_EVERY) -> None:
    """The list of procedures is read before somebody asks for it, and anew after an import or a save; until cancelled."""
    from bot.staff.procedures.editor import day_of
    from bot.staff.procedures.listing import warm

    while True:
        try:
            await asyncio.to_thread(warm, desk.content, desk.engine, desk.settings.var, day_of(desk))
        except Exception as error:  # noqa: BLE001 - whoever opens the list is told what is wrong; the other chores go on
            log.error("procedures_not_read", extra={"error": type(error).__name__}, exc_info=True)
        await asyncio.sleep(every)


class LateStaffApp:
    """database: the service's own; stays the caller's. data: see opening.py."""

    def __init__(self, database: Engine, settings: Settings, data: Path | None = None) -> None:
        self._database, self._settings, self._data = database, settings, data
        self._opening = asyncio.Lock()
        self._app: ASGIApp | None = None
        self._desk: Desk | None = None

    def mount(self) -> Mount:
        """To be mounted before the citizens' static files."""
        return Mount(ROOT, app=self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            app = await self._opened()
        except Exception as error:  # noqa: BLE001 - the chat goes on; who works here is told
            log.error("staff_app_not_opened", extra={"error": type(error).__name__}, exc_info=True)
            app = PlainTextResponse("Chưa mở được trang cán bộ. Anh/chị thử lại sau ít phút.", 503)
        await app(scope, receive, send)

    async def run(self, after: float = OPEN_AFTER) -> None:
        """Fills the content once, and goes on with what a killed publication left; until cancelled."""
        await asyncio.sleep(after)
        try:
            await self._opened()
        except Exception as error:  # noqa: BLE001 - as above
            log.error("staff_app_not_opened", extra={"error": type(error).__name__}, exc_info=True)
            return
        from bot.staff.opening import fill_content
        from bot.staff.publish.start import keep_going

        assert self._desk is not None
        await fill_content(self._desk)
        await asyncio.gather(keep_going(self._desk), take_up_questions(self._desk), keep_warm(self._desk))

    async def _opened(self) -> ASGIApp:
        async with self._opening:
            if self._app is None:
                self._desk, self._app = await asyncio.to_thread(_open, self._database, self._settings, self._data)
            return self._app


def _open(database: Engine, settings: Settings, data: Path | None) -> tuple[Desk, ASGIApp]:
    from bot.staff.app import staff_router
    from bot.staff.opening import DATA, open_desk
    from bot.staff.sections import all_entries

    desk = open_desk(database, settings, data=data or DATA)
    return desk, staff_router(desk, all_entries(desk))

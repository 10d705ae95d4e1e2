"""The service's database and settings in, the desk that the app works at out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.settings import ROOT, Settings
from bot.staff.content.store import Content
from bot.staff.desk import Desk
from bot.staff.people.audit import Audit
from bot.staff.people.kept import Kept
from bot.staff.people.oidc_settings import read_oidc_settings
from bot.staff.people.sessions import Sessions
from bot.staff.person import SYSTEM
from bot.staff.publish.live import Live

if TYPE_CHECKING:
    from index.search import ProcedureSearch

log = logging.getLogger("bot.staff.opening")
DATA = ROOT / "data"


def open_desk(engine: Engine, settings: Settings, clock: Callable[[], float] = time.time, data: Path = DATA) -> Desk:
    """Nothing is read or written yet. data: what the content is filled from when there is none (fill_content)."""
    return Desk(
        engine=engine,
        settings=settings,
        clock=clock,
        sessions=Sessions(engine, clock),
        audit=Audit(engine, clock),
        kept=Kept(engine, clock),
        content=Content(engine, clock),
        search=lambda: serving(settings.var),
        data_dir=data,
        extra={"oidc": read_oidc_settings(), "live_snapshot": Live(engine, settings.var, clock).snapshot},
    )


def serving(var: Path) -> ProcedureSearch | None:
    """The search that answers citizens while no engine does; None while there is no release."""
    from actions.resources import resources
    from index.release import ReleaseError

    try:
        return resources(var).library().search
    except ReleaseError:
        return None


async def fill_content(desk: Desk) -> None:
    """The content of the program, once, so that staff find what citizens are answered from."""
    try:
        added = await asyncio.to_thread(desk.content.seed, desk.data_dir, SYSTEM)
    except (SQLAlchemyError, OSError) as error:
        log.error("content_not_filled", extra={"error": type(error).__name__}, exc_info=True)
        return
    if added:
        log.warning("content_filled", extra={"files": len(added)})

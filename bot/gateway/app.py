"""The pieces in, one Starlette application out: routes, shells around them, errors in Vietnamese, life from start to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from actions.answer import Answer
from actions.kept_calendar import KeptCalendar, kept_calendar
from bot.channels.chat_page_web import ChatPages
from bot.channels.checklist_web import ChecklistPages
from bot.channels.contact_web import ContactPages
from bot.channels.deadline_ics_web import DeadlineFile
from bot.channels.deadline_web import DeadlineApi
from bot.channels.embed_web import EmbedPages, Pinned
from bot.channels.feedback_web import FeedbackApi
from bot.channels.life_event_web import LifeEventPages, release_life_events
from bot.channels.privacy_web import PrivacyPages
from bot.channels.procedure_web import ProcedurePages, release_contacts, release_province
from bot.channels.web import ApiError, WebChannel
from bot.channels.web_view import error_payload
from bot.channels.widget_files import WidgetFiles, widget_script
from bot.channels.widget_web import WidgetApi
from bot.channels.zalo_sending import ZaloSending
from bot.channels.zalo_settings import ZaloSettings
from bot.gateway import texts
from bot.gateway.case_status import StatusDesk
from bot.gateway.case_status_http import HttpStatusProvider
from bot.gateway.catalogue import Catalogue, SwitchedCatalogue
from bot.gateway.conversation import Conversations, Fallback
from bot.gateway.cors import Cors
from bot.gateway.engine import EnginePool
from bot.gateway.guard import Apology, Guard
from bot.gateway.headers import security_headers
from bot.gateway.health import Health, current_release
from bot.gateway.keeping import Keeping
from bot.gateway.limits import A_CONVERSATION, RateLimit
from bot.gateway.messengers import Messengers
from bot.gateway.metrics import Metrics
from bot.gateway.models import ModelWatch, read_pointer
from bot.gateway.origins import Origins
from bot.gateway.outbox_metrics import OutboxMetrics
from bot.gateway.proxies import ClientAddress
from bot.gateway.sessions import ConversationLocks, Sessions
from bot.gateway.settings import ROOT, Settings
from bot.gateway.store import ConversationStore, StoreError
from bot.gateway.switches import Switches
from bot.gateway.unread import Unread
from bot.staff.late import LateStaffApp

log = logging.getLogger("bot.gateway.app")
WIDGET = ROOT / "bot" / "widget"
EVICT_EVERY = 600.0
"""Seconds between two rounds of forgetting idle conversations."""
WARM_AFTER = 30.0
"""Seconds after which search is opened even though no engine is ready."""
_SENTENCES = {404: texts.NOT_FOUND, 405: texts.NOT_ALLOWED, 408: texts.TOO_SLOW}


def default_fallback(message: str, state: Mapping[str, Any] | None, now: datetime) -> Answer:
    """Search without an engine. Imported in the search thread, after the engines had the start's CPU to themselves."""
    from actions.offline import reply_without_engine

    return reply_without_engine(message, state, now)


def create_app(
    settings: Settings,
    pool: EnginePool,
    store: ConversationStore,
    fallback: Fallback,
    catalogue: Catalogue,
    *,
    metrics: Metrics | None = None,
    widget: Path = WIDGET,
    holidays: Path | None = None,
    poll_seconds: float = 2.0,
    database: Engine | None = None,
    zalo: ZaloSettings | None = None,
) -> Starlette:
    """The app starts and stops the pool and closes the store and the database. app.state: watch (ModelWatch), pool, metrics.

    metrics: the one the pool's on_restart counts in; poll_seconds: how often var/models/current is looked at.
    holidays: the calendar's file, None = of the content that serves. database: the service's own (open_database), None = nothing is kept of what is
    asked, and no messenger. zalo: None = no messenger.
    """
    metrics = metrics or Metrics()
    sessions, locks = Sessions(settings.secret), ConversationLocks()
    switches = Switches(database)
    catalogue = SwitchedCatalogue(catalogue, switches.of)
    keeping = Keeping(database, settings, store, metrics, locks) if database is not None else None
    origins, notice, script = Origins(settings.origins, settings.public_url), texts.notice(settings.keep_days), widget_script()
    provider = HttpStatusProvider(settings.status_url, settings.status_token) if settings.status_url else None
    conversations = Conversations(
        sessions=sessions,
        store=store,
        engines=pool,
        fallback=fallback,
        metrics=metrics,
        timeout=settings.engine_timeout,
        recorder=keeping.recorder if keeping else None,
        pace=RateLimit(A_CONVERSATION if settings.rate_limit else 0),
        status=StatusDesk(provider) if provider else None,
        locks=locks,
        switches=switches,
    )
    web = WebChannel(conversations, catalogue, metrics, settings.rate_limit, settings.test_clock, notice=notice)
    sending = messengers = None
    if zalo and keeping and database is not None:
        sending = ZaloSending(zalo, database, settings.data_key, OutboxMetrics(metrics.registry))
        erase, wake = keeping.erasure.erase_conversation, sending.worker.wake
        messengers = Messengers(zalo, settings, database, conversations, erase, metrics.registry, wake)
    calendar, contacts = (KeptCalendar(holidays) if holidays else kept_calendar(settings.var)).now, release_contacts(settings.var)
    deadlines = DeadlineApi(calendar, metrics, settings.rate_limit)
    files = DeadlineFile(catalogue, calendar, contacts, metrics, settings.rate_limit)
    pages = ProcedurePages(catalogue, metrics, contacts, off=switches.of)
    checklists = ChecklistPages(pages)
    events = LifeEventPages(catalogue, metrics, contacts, release_life_events(settings.var))
    feedback = FeedbackApi(keeping, sessions, metrics, settings.rate_limit)
    callbacks = ContactPages(keeping, metrics, contacts, settings.rate_limit)
    privacy = PrivacyPages(keeping, metrics, contacts, settings.keep_days, feedback.tries)
    start = WidgetApi(keeping, catalogue, contacts, release_province(settings.var), settings.keep_days)
    staff = LateStaffApp(database, settings) if database is not None and settings.staff else None
    health = Health(pool, metrics, lambda: current_release(settings.var), {"zalo": sending.status} if sending else None)
    plain = ChatPages(conversations, origins, metrics, settings.rate_limit, widget / "index.html", notice, keeping, sessions)
    embedding = EmbedPages(settings, Pinned(script.path, script.integrity))

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        pointer = read_pointer(settings.var)
        app.state.watch = ModelWatch(settings.var, pool.swap, pointer, poll_seconds, lambda: current_release(settings.var))
        more = [part.run() for part in (keeping, sending, messengers) if part]
        chores = [app.state.watch.run(), _evict(store), _warm(pool, conversations), switches.run(), *([staff.run()] if staff else ()), *more]
        tasks = [asyncio.create_task(chore) for chore in chores]
        try:
            if pointer:
                await pool.start(pointer.model)
            else:
                log.error("no_model", extra={"at": str(settings.var / "models" / "current")})
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if sending:
                await sending.close()
            await pool.stop()
            conversations.close()
            if messengers:
                messengers.close()
            if provider:
                await provider.close()
            store.close()
            if keeping:
                await asyncio.to_thread(keeping.close)

    async def on_api_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, ApiError)
        metrics.refused.labels("web", str(error.code)).inc()
        headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
        return JSONResponse(error_payload(error.sentence, error.status, error.field), error.code, headers)

    async def on_http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        sentence = _SENTENCES.get(error.status_code, texts.BAD_JSON)
        return JSONResponse(error_payload(sentence), error.status_code, error.headers)

    app = Starlette(
        routes=[
            web.mount(*deadlines.routes(), *files.routes(), *feedback.routes(), *callbacks.api_routes(), *start.routes()),
            *checklists.routes(),
            *pages.routes(),
            *events.routes(),
            *callbacks.routes(),
            *privacy.routes(),
            *_open_data(settings, database),
            *plain.routes(),
            *embedding.routes(),
            *health.routes(),
            *(messengers.routes() if messengers else ()),
            *([staff.mount()] if staff else ()),
            *WidgetFiles().routes(),
            Mount("/", Page(directory=widget, html=True, check_dir=False)),
        ],
        middleware=_shells(settings, origins, metrics),
        exception_handlers={ApiError: on_api_error, HTTPException: on_http_error},
        lifespan=life,
    )
    app.state.pool, app.state.metrics, app.state.health = pool, metrics, health
    return app


def _shells(settings: Settings, origins: Origins, metrics: Metrics) -> list[Middleware]:
    """What lies around the routes, the outermost first."""
    return [
        Middleware(Unread),
        Middleware(Guard, headers=security_headers(settings.origins, https=settings.public_url.startswith("https://"))),
        Middleware(ClientAddress, trusted=settings.proxies),
        Middleware(Cors, origins=origins, metrics=metrics),
        Middleware(Apology),
    ]


def _open_data(settings: Settings, database: Engine | None) -> list[BaseRoute]:
    """Daily counts for everybody, where the office has switched them on. Imported only there: most gateways never need it."""
    if database is None or not settings.open_data:
        return []
    from bot.staff.figures.open_data_web import OpenDataPages

    return [*OpenDataPages(database, time.time, settings.open_data_licence).routes()]


async def _evict(store: ConversationStore) -> None:
    while True:
        with suppress(StoreError):
            await store.evict()
        await asyncio.sleep(EVICT_EVERY)


async def _warm(pool: EnginePool, conversations: Conversations) -> None:
    """Open search once the engines are up, so that the first message of a bad moment does not wait for it."""
    loop = asyncio.get_running_loop()
    limit = loop.time() + WARM_AFTER
    while not pool.ready and loop.time() < limit:
        await asyncio.sleep(0.2)
    await conversations.warm_up()


class Page(StaticFiles):
    """The chat page's files."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """A NUL in the path is a file that does not exist, not a fault (StaticFiles lets os raise ValueError)."""
        return ("", None) if "\0" in path else super().lookup_path(path)

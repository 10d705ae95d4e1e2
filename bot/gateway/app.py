"""The pieces in, one Starlette application out: routes, security headers, errors in Vietnamese, life from start to stop."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions.answer import Answer, AnswerStatus
from actions.kept_calendar import HOLIDAYS, KeptCalendar
from bot.channels.checklist_web import ChecklistPages
from bot.channels.contact_web import ContactPages
from bot.channels.deadline_ics_web import DeadlineFile
from bot.channels.deadline_web import DeadlineApi
from bot.channels.feedback_web import FeedbackApi
from bot.channels.life_event_web import LifeEventPages, release_life_events
from bot.channels.privacy_web import PrivacyPages
from bot.channels.procedure_web import ProcedurePages, release_contacts, release_province
from bot.channels.web import ApiError, WebChannel
from bot.channels.web_view import error_payload
from bot.channels.widget_files import WidgetFiles
from bot.channels.widget_web import WidgetApi
from bot.channels.zalo_sending import ZaloSending
from bot.channels.zalo_settings import ZaloSettings
from bot.gateway import texts
from bot.gateway.case_status import StatusDesk
from bot.gateway.case_status_http import HttpStatusProvider
from bot.gateway.catalogue import Catalogue
from bot.gateway.conversation import Conversations, Fallback
from bot.gateway.engine import EnginePool
from bot.gateway.health import Health, current_release
from bot.gateway.keeping import Keeping
from bot.gateway.messengers import Messengers
from bot.gateway.metrics import Metrics
from bot.gateway.models import ModelWatch, read_pointer
from bot.gateway.outbox_metrics import OutboxMetrics
from bot.gateway.sessions import ConversationLocks, Sessions
from bot.gateway.settings import ROOT, Settings
from bot.gateway.store import ConversationStore, StoreError

log = logging.getLogger("bot.gateway.app")
WIDGET = ROOT / "bot" / "widget"
EVICT_EVERY = 600.0
"""Seconds between two rounds of forgetting idle conversations."""
WARM_AFTER = 30.0
"""Seconds after which search is opened even though no engine is ready."""
HEADERS = {
    # No inline script or style anywhere: what a citizen typed can never become code on the page.
    b"content-security-policy": b"default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    b"frame-ancestors 'self'; object-src 'none'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"SAMEORIGIN",
    b"permissions-policy": b"geolocation=(), camera=(), microphone=()",
}
_SENTENCES = {404: texts.NOT_FOUND, 405: texts.NOT_ALLOWED}


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
    holidays: Path = HOLIDAYS,
    poll_seconds: float = 2.0,
    database: Engine | None = None,
    zalo: ZaloSettings | None = None,
) -> Starlette:
    """The app starts and stops the pool and closes the store and the database. app.state: watch (ModelWatch), pool, metrics.

    metrics: the one the pool's on_restart counts in; poll_seconds: how often var/models/current is looked at.
    holidays: the calendar's file. database: the service's own (open_database), None = nothing is kept of what is
    asked, and no messenger. zalo: None = no messenger.
    """
    metrics = metrics or Metrics()
    sessions, locks = Sessions(settings.secret), ConversationLocks()
    keeping = Keeping(database, settings, store, metrics, locks) if database is not None else None
    provider = HttpStatusProvider(settings.status_url, settings.status_token) if settings.status_url else None
    conversations = Conversations(
        sessions=sessions,
        store=store,
        engines=pool,
        fallback=fallback,
        metrics=metrics,
        timeout=settings.engine_timeout,
        recorder=keeping.recorder if keeping else None,
        status=StatusDesk(provider) if provider else None,
        locks=locks,
    )
    web = WebChannel(
        conversations, catalogue, metrics, settings.rate_limit, settings.test_clock, notice=texts.notice(settings.keep_days)
    )
    sending = messengers = None
    if zalo and keeping and database is not None:
        sending = ZaloSending(zalo, database, settings.data_key, OutboxMetrics(metrics.registry))
        erase, wake = keeping.erasure.erase_conversation, sending.worker.wake
        messengers = Messengers(zalo, settings, database, conversations, erase, metrics.registry, wake)
    calendar, contacts = KeptCalendar(holidays).now, release_contacts(settings.var)
    deadlines = DeadlineApi(calendar, metrics, settings.rate_limit)
    files = DeadlineFile(catalogue, calendar, contacts, metrics, settings.rate_limit)
    pages = ProcedurePages(catalogue, metrics, contacts)
    checklists = ChecklistPages(pages)
    events = LifeEventPages(catalogue, metrics, contacts, release_life_events(settings.var))
    feedback = FeedbackApi(keeping, sessions, metrics, settings.rate_limit)
    callbacks = ContactPages(keeping, metrics, contacts, settings.rate_limit)
    privacy = PrivacyPages(keeping, metrics, contacts, settings.keep_days, feedback.tries)
    start = WidgetApi(keeping, catalogue, contacts, release_province(settings.var), settings.keep_days)
    health = Health(pool, metrics, lambda: current_release(settings.var), {"zalo": sending.status} if sending else None)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        pointer = read_pointer(settings.var)
        app.state.watch = ModelWatch(settings.var, pool.swap, pointer, poll_seconds)
        more = [part.run() for part in (keeping, sending, messengers) if part]
        chores = [app.state.watch.run(), _evict(store), _warm(pool, conversations), *more]
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
            *health.routes(),
            *(messengers.routes() if messengers else ()),
            *WidgetFiles().routes(),
            Mount("/", Page(directory=widget, html=True, check_dir=False)),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={ApiError: on_api_error, HTTPException: on_http_error},
        lifespan=life,
    )
    app.state.pool, app.state.metrics, app.state.health = pool, metrics, health
    return app


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


class Guard:
    """Outermost: security headers on every answer; an unknown fault becomes an apology, never a stack trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), *HEADERS.items()]
            await send(message)

        try:
            await self._app(scope, receive, send_guarded)
        except ClientDisconnect:
            return  # nobody is there to read an answer
        except Exception as error:  # noqa: BLE001 - the last place where a fault can become words
            log.error("request_failed", extra={"error": type(error).__name__}, exc_info=True)
            if not begun:
                apology = JSONResponse(error_payload(texts.FAILED, AnswerStatus.ERROR_ENGINE), 500)
                await apology(scope, receive, send_guarded)

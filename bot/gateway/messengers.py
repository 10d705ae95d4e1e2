"""Settings of Zalo in, everything that receives and answers its messages out: webhooks, inbox, worker."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry
from sqlalchemy.engine import Engine
from starlette.routing import BaseRoute

from bot.channels import zalo_bot_events, zalo_events
from bot.channels.messenger_intake import Intake
from bot.channels.zalo_bot_web import ZaloBotWebhook
from bot.channels.zalo_settings import ZaloSettings
from bot.channels.zalo_web import ZaloWebhook
from bot.gateway.conversation import Conversations
from bot.gateway.inbox_metrics import InboxMetrics
from bot.gateway.inbox_worker import InboxLimits, InboxWorker
from bot.gateway.messenger_desk import Erase, MessengerDesk
from bot.gateway.passing import Passing
from bot.gateway.settings import Settings


class Messengers:
    """on_answer: called in the event loop when something waits to be sent. erase: see MessengerDesk."""

    def __init__(
        self,
        zalo: ZaloSettings,
        settings: Settings,
        engine: Engine,
        conversations: Conversations,
        erase: Erase,
        registry: CollectorRegistry,
        on_answer: Callable[[], None] = lambda: None,
    ) -> None:
        metrics = InboxMetrics(registry)
        # Longer than an answer may take, with the wait for one's turn.
        limits = InboxLimits(lease=max(InboxLimits().lease, 3 * settings.engine_timeout))
        passing = Passing()
        desk = MessengerDesk(conversations, erase, settings.secret, settings.public_url, settings.keep_days, passing=passing)
        channels = [*([zalo_events.CHANNEL] if zalo.app_id else []), *([zalo_bot_events.CHANNEL] if zalo.bot_secret else [])]
        self.worker = InboxWorker(engine, desk, channels, limits=limits, metrics=metrics, on_answer=on_answer)
        self._intake = Intake(engine, metrics, self.worker.wake, passing=passing)
        self._webhooks = [
            *([ZaloWebhook(zalo, self._intake)] if zalo.app_id else []),
            *([ZaloBotWebhook(zalo.bot_secret, self._intake)] if zalo.bot_secret else []),
        ]

    def routes(self) -> list[BaseRoute]:
        """To be mounted at the root."""
        return [route for webhook in self._webhooks for route in webhook.routes()]

    async def run(self) -> None:
        """Answer events until cancelled; what is held then is finished."""
        await self.worker.run()

    def close(self) -> None:
        """Take in no more events."""
        self._intake.close()

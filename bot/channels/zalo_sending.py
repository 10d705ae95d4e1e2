"""Settings in, everything that sends to Zalo out: senders, tokens and worker as one thing the app starts, asks and closes."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy.engine import Engine

from bot.channels.sending import Sender
from bot.channels.zalo_bot_sender import ZaloBotSender
from bot.channels.zalo_http import ZaloHttp
from bot.channels.zalo_oauth import ZaloOAuth
from bot.channels.zalo_sender import ZaloSender
from bot.channels.zalo_settings import ZaloSettings
from bot.channels.zalo_tokens import Tokens
from bot.gateway.outbox_metrics import OutboxMetrics
from bot.gateway.outbox_verdict import OutboxLimits
from bot.gateway.outbox_worker import OutboxWorker
from bot.gateway.seal import Seal

PURPOSE = "tokens"
"""Of the seal: `bot.zalo` and the service open the same texts."""


class ZaloSending:
    """metrics: registered in the gateway's own registry, so that /metrics shows them."""

    def __init__(
        self,
        zalo: ZaloSettings,
        engine: Engine,
        data_key: bytes,
        metrics: OutboxMetrics | None = None,
        limits: OutboxLimits | None = None,
    ) -> None:
        self._http = ZaloHttp()
        senders: dict[str, Sender] = {}
        self.tokens: Tokens | None = None
        self.oa: ZaloSender | None = None
        metrics = metrics or OutboxMetrics()
        if zalo.app_id:
            oauth = ZaloOAuth(self._http, zalo.oauth_url, zalo.app_id, zalo.app_secret)
            self.tokens = Tokens(engine, Seal(data_key, PURPOSE), oauth, metrics=metrics)
            self.oa = ZaloSender(self._http, self.tokens, zalo.api_url, buttons=zalo.buttons, paid=zalo.paid)
            senders["zalo"] = self.oa
        if zalo.bot_token:
            senders["zalo_bot"] = ZaloBotSender(self._http, zalo.bot_api_url, zalo.bot_token)
        self.worker = OutboxWorker(engine, senders, limits=limits, metrics=metrics)

    async def run(self) -> None:
        """Until cancelled: send, and keep the tokens fresh."""
        await asyncio.gather(self.worker.run(), *([self.tokens.keep()] if self.tokens else []))

    def status(self) -> dict[str, Any]:
        """The part "zalo" of /readyz; it does not decide whether the service is ready."""
        return self.worker.status() | ({"token": self.tokens.status()} if self.tokens else {})

    async def close(self) -> None:
        """After `run` was cancelled: let a refresh end, give back the connections."""
        if self.tokens:
            await self.tokens.close()
        await self._http.close()

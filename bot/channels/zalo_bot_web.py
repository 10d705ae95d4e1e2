"""POST /zalo-bot/webhook: a call of Zalo's Bot Platform in, its event in the inbox, 200 out."""

from __future__ import annotations

import hmac

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.channels.messenger_intake import Intake, Refused, read_call
from bot.channels.zalo_bot_events import CHANNEL, zalo_bot_event
from bot.channels.zalo_events import Ignored
from bot.gateway import texts

HEADER = "x-bot-api-secret-token"


class ZaloBotWebhook:
    """secret: what setWebhook was told as secret_token."""

    def __init__(self, secret: str, intake: Intake) -> None:
        self._secret, self._intake = secret.encode(), intake

    def routes(self) -> list[BaseRoute]:
        """To be mounted at the root."""
        return [Route("/zalo-bot/webhook", self.webhook, methods=["POST"])]

    async def webhook(self, request: Request) -> Response:
        """200 `{}` for what is kept, known or ignored; 401 without the secret; else a status with a sentence."""
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), self._secret):
            return self._intake.refused(CHANNEL, Refused(401, texts.MESSENGER_UNSIGNED))
        try:
            raw, body = await read_call(request)
            event = zalo_bot_event(body, raw, self._intake.clock())
        except Refused as refusal:
            return self._intake.refused(CHANNEL, refusal)
        except Ignored as why:
            return self._intake.accepted(CHANNEL, f"ignored_{why}")
        return await self._intake.keep(event)

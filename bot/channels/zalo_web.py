"""POST /zalo/webhook: a call of a Zalo Official Account in, its event in the inbox, 200 out; and the file that proves the domain.

Nothing but the signature and one transaction happens before the answer: Zalo waits for two seconds.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.messenger_intake import Intake, Refused, read_call
from bot.channels.zalo_events import CHANNEL, Ignored, zalo_event
from bot.channels.zalo_settings import ZaloSettings
from bot.channels.zalo_signature import zalo_mac_fits
from bot.gateway import texts

log = logging.getLogger("bot.channels.zalo_web")
HEADER = "x-zevent-signature"
_VERIFIER = '<!doctype html><html lang="vi"><head><meta name="zalo-platform-site-verification" content="{code}"><title>Zalo</title></head></html>'


class ZaloWebhook:
    """settings: with an OA."""

    def __init__(self, settings: ZaloSettings, intake: Intake) -> None:
        self._settings, self._intake = settings, intake

    def routes(self) -> list[BaseRoute]:
        """To be mounted at the root."""
        file = Route(f"/zalo_verifier{self._settings.verifier}.html", self.verifier, methods=["GET"])
        return [Route("/zalo/webhook", self.webhook, methods=["POST"]), *([file] if self._settings.verifier else [])]

    async def verifier(self, request: Request) -> Response:
        """What Zalo looks for to see whose the domain is."""
        return HTMLResponse(_VERIFIER.format(code=self._settings.verifier))

    async def webhook(self, request: Request) -> Response:
        """200 `{}` for what is kept, known or ignored; else a status with a sentence."""
        try:
            raw, body = await read_call(request)
        except Refused as refusal:
            return self._intake.refused(CHANNEL, refusal)
        doubt = self._doubt(raw, body, request.headers.get(HEADER, ""))
        if doubt and self._settings.unsigned == "refuse":
            return self._intake.refused(CHANNEL, Refused(401, texts.MESSENGER_UNSIGNED))
        if doubt:  # saving the address in Zalo's console sends a probe that must be answered with 200
            return self._intake.accepted(CHANNEL, doubt)
        try:
            event = zalo_event(body, raw, self._settings.oa_id, self._intake.clock())
        except Ignored as why:
            return self._intake.accepted(CHANNEL, f"ignored_{why}")
        return await self._intake.keep(event)

    def _doubt(self, raw: bytes, body: Mapping[str, Any], header: str) -> str | None:
        """Why this may not be Zalo's call to our app, as a word for the metrics; None when it surely is."""
        settings, timestamp = self._settings, str(body.get("timestamp", ""))
        if not header:
            return "unsigned"
        if not _is_utf8(timestamp) or not zalo_mac_fits(raw, header, settings.app_id, settings.oa_secret_key, timestamp):
            # Some describe the OA's id as the first term. Not accepted; the log tells if it is so.
            if _is_utf8(timestamp) and zalo_mac_fits(raw, header, settings.oa_id, settings.oa_secret_key, timestamp):
                log.error("signed_with_oa_id", extra={"channel": CHANNEL})
            return "wrong_signature"
        return None if str(body.get("app_id", "")) == settings.app_id else "wrong_app"


def _is_utf8(text: str) -> bool:
    """JSON may hold lone surrogates, which no bytes stand for."""
    return not any("\ud800" <= char <= "\udfff" for char in text)

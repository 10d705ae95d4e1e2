"""One Outgoing in, one consultation message of a Zalo Official Account out; buttons when they work, the text always."""

from __future__ import annotations

import asyncio
import logging
import time
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from bot.channels.outgoing import Button, Outgoing
from bot.channels.pace import Pace
from bot.channels.sending import SendError, Sent, Trouble
from bot.channels.zalo_errors import REFUSES_BUTTONS, error_of
from bot.channels.zalo_http import Answer, ZaloHttp
from bot.channels.zalo_tokens import TokenError, Tokens

log = logging.getLogger("bot.channels.zalo_sender")
FREE_WINDOW = 48 * 3600.0
PAID_WINDOW = 7 * 24 * 3600.0
"""Seconds after a user's last interaction: answered without a fee, answered at all."""
PER_MINUTE = 4000
MOST_BUTTONS, MOST_TITLE, MOST_PAYLOAD = 5, 100, 1000
NO_BUTTONS_FOR = 3600.0
NO_CALLS_FOR = 10.0
"""Seconds without calls once Zalo says that none is left in this minute; it does not say how long."""
SHORT_WAIT = 2.0


class ZaloSender:
    """url: of the OA API, without a path. paid: also answer where Zalo charges. clock: seconds that only rise."""

    def __init__(
        self,
        http: ZaloHttp,
        tokens: Tokens,
        url: str,
        *,
        buttons: bool = False,
        paid: bool = False,
        per_minute: int = PER_MINUTE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.reply_window: float | None = PAID_WINDOW if paid else FREE_WINDOW
        self._http, self._tokens, self._url = http, tokens, url
        self._buttons, self._clock, self._no_buttons_until = buttons, clock, 0.0
        self._pace = Pace(per_minute, clock=clock)

    async def send(self, user: str, message: Outgoing) -> Sent:
        """See Sender."""
        buttons = _buttons(message.buttons) if self._buttons and self._clock() >= self._no_buttons_until else []
        text = unicodedata.normalize("NFC", message.text)
        try:
            return await self._deliver(_body(user, text, buttons))
        except SendError as error:
            if not buttons or error.code not in REFUSES_BUTTONS:
                raise
            refused = error
        sent = await self._deliver(_body(user, text, []))
        # The same text passed, so it was the buttons: do not offer them to everybody else in vain.
        self._no_buttons_until = self._clock() + NO_BUTTONS_FOR
        log.warning("zalo_buttons_refused", extra={"channel": "zalo", "code": refused.code})
        return sent

    async def account(self) -> Mapping[str, Any]:
        """What Zalo says of the Official Account: name, is_verified, package_name … Raises SendError."""
        return (await self._with_token("GET", "/v2.0/oa/getoa")).get("data") or {}

    async def _deliver(self, body: Mapping[str, Any]) -> Sent:
        data = (await self._with_token("POST", "/v3.0/oa/message/cs", json=body)).get("data")
        data = data if isinstance(data, Mapping) else {}
        return Sent(str(data.get("message_id") or ""), _used_up(data.get("quota")))

    async def _with_token(self, method: str, path: str, **content: Any) -> Mapping[str, Any]:
        """A token that Zalo refuses is renewed once and the call made once more."""
        try:
            token = await self._tokens.access()
            try:
                return await self._call(token, method, path, content)
            except SendError as error:
                if error.trouble is not Trouble.TOKEN:
                    raise
            return await self._call(await self._tokens.renew(token), method, path, content)
        except TokenError as error:
            raise SendError(Trouble.TOKEN, str(error)) from None

    async def _call(self, token: str, method: str, path: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
        while wait := self._pace.wait():
            if wait > SHORT_WAIT:
                raise SendError(Trouble.RATE, "hết lượt gọi Zalo trong phút này", wait=wait)
            await asyncio.sleep(wait)
        answer = await self._http.call(method, self._url + path, {"access_token": token}, **content)
        if answer.remaining == 0:
            self._pace.hold(NO_CALLS_FOR)
        return _judged(answer)


def _judged(answer: Answer) -> Mapping[str, Any]:
    """Faults come with HTTP 200 and `error` other than 0. Without `error` nobody knows what became of the message."""
    error = answer.body.get("error")
    if isinstance(error, bool) or not isinstance(error, int):
        raise SendError(Trouble.UNSURE, "trả lời của Zalo không đúng dạng")
    if error:
        raise error_of(error)
    return answer.body


def _used_up(quota: object) -> bool:
    """The last of a counted number of replies. A total of 0 is what "not counted" might look like, so it stops nothing."""
    if not isinstance(quota, Mapping):
        return False
    try:
        return int(quota.get("remain", 1)) == 0 and int(quota.get("total", 0)) > 0
    except (TypeError, ValueError):
        return False


def _body(user: str, text: str, buttons: list[dict[str, Any]]) -> dict[str, Any]:
    message: dict[str, Any] = {"text": text}
    if buttons:
        message["attachment"] = {"type": "template", "payload": {"buttons": buttons}}
    return {"recipient": {"user_id": user}, "message": message}


def _buttons(wanted: tuple[Button, ...]) -> list[dict[str, Any]]:
    """Those that Zalo takes. One left out is no loss: the text holds the choice."""
    drawn: list[dict[str, Any]] = []
    for button in wanted:
        title = unicodedata.normalize("NFC", button.title)
        if not title or len(title) > MOST_TITLE:
            continue
        if button.url:
            drawn.append({"title": title, "type": "oa.open.url", "payload": {"url": button.url}})
        elif button.payload and len(button.payload) <= MOST_PAYLOAD:
            drawn.append({"title": title, "type": "oa.query.hide", "payload": button.payload})
    return drawn[:MOST_BUTTONS]

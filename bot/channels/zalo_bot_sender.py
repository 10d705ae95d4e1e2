"""One Outgoing in, one message of a bot of Zalo's Bot Platform out. It has no buttons; the text holds the choices."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from bot.channels.outgoing import Outgoing
from bot.channels.sending import SendError, Sent, Trouble
from bot.channels.zalo_http import ZaloHttp

_TROUBLES = {
    400: (Trouble.PERMANENT, "nội dung gửi không hợp lệ"),
    401: (Trouble.OFFICE, "mã của bot không đúng"),
    403: (Trouble.UNREACHABLE, "người dùng không nhận tin của bot"),
    404: (Trouble.OFFICE, "không có bot này"),
    408: (Trouble.UNSURE, "Zalo xử lý quá lâu"),
    429: (Trouble.RATE, "gửi quá nhanh so với mức Zalo cho phép"),
}


class ZaloBotSender:
    """url: of the Bot API, without a path. token: part of every address, which is therefore told nowhere."""

    reply_window: float | None = None

    def __init__(self, http: ZaloHttp, url: str, token: str) -> None:
        self._http, self._address = http, f"{url}/bot{token}/sendMessage"

    async def send(self, user: str, message: Outgoing) -> Sent:
        """See Sender. user: the id of the private chat."""
        content = {"chat_id": user, "text": unicodedata.normalize("NFC", message.text)}
        return _judged((await self._http.call("POST", self._address, refusals=True, json=content)).body)


def _judged(body: Mapping[str, Any]) -> Sent:
    if body.get("ok") is True:
        result = body.get("result")
        return Sent(str(result.get("message_id") or "") if isinstance(result, Mapping) else "")
    code = body.get("error_code")
    if body.get("ok") is not False or not isinstance(code, int):
        raise SendError(Trouble.UNSURE, "trả lời của Zalo không đúng dạng")
    trouble, words = _TROUBLES.get(code, (Trouble.RETRY, "máy chủ Zalo lỗi") if code >= 500 else (Trouble.UNKNOWN, "mã lỗi chưa rõ nghĩa"))
    raise SendError(trouble, words, code)

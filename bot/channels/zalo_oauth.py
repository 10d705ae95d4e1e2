"""A refresh token in, a new pair of tokens out, or why not: the one call to Zalo's OAuth server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from bot.channels.sending import SendError, Trouble
from bot.channels.zalo_http import ZaloHttp

LIFE = 25 * 3600.0
"""Seconds an access token lives when the answer does not say."""
REFRESH_LIFE = 90 * 24 * 3600.0
"""Seconds a refresh token lives: three months, told in no answer."""


@dataclass(frozen=True, slots=True)
class Pair:
    """life: seconds of the access token. The refresh token can be used once."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    life: float = LIFE


class Failure(StrEnum):
    """UNSENT: the refresh token is untouched. LOST: it may be spent. REFUSED: it is not accepted."""

    UNSENT = "unsent"
    LOST = "lost"
    REFUSED = "refused"


class OAuthError(RuntimeError):
    """No new pair. words: Vietnamese, without any token."""

    def __init__(self, failure: Failure, words: str) -> None:
        super().__init__(words)
        self.failure = failure


class Refresher(Protocol):
    """Asks for a new pair."""

    async def refresh(self, refresh_token: str) -> Pair:
        """Raises OAuthError only."""


class ZaloOAuth:
    """url: of the OAuth server, without a path. secret: of the application (not the key of the webhook)."""

    def __init__(self, http: ZaloHttp, url: str, app_id: str, secret: str) -> None:
        self._http, self._url, self._app_id, self._secret = http, f"{url}/v4/oa/access_token", app_id, secret

    async def refresh(self, refresh_token: str) -> Pair:
        """See Refresher."""
        form = {"refresh_token": refresh_token, "app_id": self._app_id, "grant_type": "refresh_token"}
        try:
            answer = await self._http.call("POST", self._url, {"secret_key": self._secret}, data=form)
        except SendError as error:
            raise OAuthError(_failure(error), str(error)) from None
        return read_pair(answer.body)


def read_pair(body: Mapping[str, Any]) -> Pair:
    """Raises OAuthError(REFUSED) for whatever holds no two tokens: Zalo tells faults with HTTP 200 and sometimes without a number."""
    access, refresh = body.get("access_token"), body.get("refresh_token")
    if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh):
        # Only a code and a name made of letters may be shown; a description could repeat what was sent.
        code = body.get("error")
        name = str(body.get("error_name") or "")[:60]
        shown = " ".join([str(code)] * isinstance(code, int) + [name] * name.replace(" ", "").replace("_", "").isalpha())
        raise OAuthError(Failure.REFUSED, f"Zalo không cấp mã mới ({shown or 'không rõ lý do'})")
    return Pair(access, refresh, _life(body.get("expires_in")))


def _life(told: object) -> float:
    """Zalo tells seconds as a string."""
    try:
        seconds = float(told)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return LIFE
    return seconds if 0 < seconds < REFRESH_LIFE else LIFE


def _failure(error: SendError) -> Failure:
    """A server that answers with an error page may have spent the token before it failed."""
    if error.trouble is Trouble.RATE or (error.trouble is Trouble.RETRY and error.code in (None, 503)):
        return Failure.UNSENT
    return Failure.LOST if error.trouble in (Trouble.UNSURE, Trouble.RETRY) else Failure.REFUSED

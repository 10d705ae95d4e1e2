"""A StatusProvider over HTTP: GET <url>/<number> -> one JSON object. An office puts an adapter of its system behind that address.

{"state": "received|in_progress|needs_more|ready|returned|refused", "office"?: "…", "received"?, "due"?, "as_of"?: "2026-11-25"};
404 = no such application. Anything else is "cannot be asked now".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.gateway.case_status import CaseState, CaseStatus, StatusUnavailable

MAX_ANSWER = 16 * 1024
"""Bytes; a status is a few hundred."""
MAX_OFFICE = 120
"""Characters of an office's name that are passed on."""


class HttpStatusProvider:
    """url: without the number and without a slash at the end. token: sent as a bearer token; None = none."""

    def __init__(self, url: str, token: str | None = None, timeout: float = 3.0) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._http: aiohttp.ClientSession | None = None

    async def look_up(self, number: str) -> CaseStatus | None:
        """See StatusProvider. The number goes into the path only, and into no message of an error."""
        if self._http is None:  # opened in the event loop that uses it
            self._http = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers, cookie_jar=aiohttp.DummyCookieJar())
        try:
            async with self._http.get(f"{self._url}/{quote(number, safe='')}", allow_redirects=False) as response:
                if response.status == 404:
                    return None
                if response.status != 200:
                    raise StatusUnavailable(f"status {response.status}")
                raw = await response.content.read(MAX_ANSWER + 1)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise StatusUnavailable(type(error).__name__) from None
        if len(raw) > MAX_ANSWER:
            raise StatusUnavailable("too long")
        return read_status(raw)

    async def close(self) -> None:
        """Give back the connections."""
        if self._http is not None:
            await self._http.close()


def read_status(raw: bytes) -> CaseStatus:
    """Raises StatusUnavailable for anything that is not as the module says: half a status would be a guess."""
    try:
        row = json.loads(raw)
        if not isinstance(row, Mapping):
            raise TypeError
        office = row.get("office")
        if office is not None and (not isinstance(office, str) or len(office) > MAX_OFFICE):
            raise TypeError
        return CaseStatus(CaseState(row["state"]), office or None, *(_day(row, key) for key in ("received", "due", "as_of")))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise StatusUnavailable("unreadable") from None


def _day(row: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(row[key]) if row.get(key) is not None else None

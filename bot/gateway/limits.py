"""How much one client may send: messages a minute, bytes a body, seconds for a body."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.gateway.proxies import read_address

MAX_BODY = 64 * 1024
"""Bytes. 2,000 decomposed Vietnamese characters, every code point escaped as \\uXXXX, are 36 kB."""
BODY_SECONDS = 10.0
"""A phone on the edge of a network sends 64 kB in less."""
A_CONVERSATION = 20
"""Messages a minute of one conversation: whoever changes his address keeps his conversation."""
MAX_CLIENTS = 10_000


class BodyTooLarge(ValueError):
    """More than MAX_BODY bytes."""


class RateLimit:
    """A token bucket a client: a full minute's messages at once, then one every seconds/per_minute seconds.

    seconds: how long the "minute" is.

    Remembers the MAX_CLIENTS clients seen last; one forgotten starts with a full bucket.
    """

    def __init__(
        self,
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
        max_clients: int = MAX_CLIENTS,
        seconds: float = 60.0,
    ) -> None:
        self._capacity, self._seconds = float(per_minute), seconds
        self._clock = clock
        self._max_clients = max_clients
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take one message from the client's bucket; 0 when it may pass, else seconds until the next one may."""
        if not self._capacity:
            return 0.0
        now, rate = self._clock(), self._capacity / self._seconds
        tokens, seen = self._buckets.pop(client, (self._capacity, now))
        tokens = min(self._capacity, tokens + (now - seen) * rate)
        allowed = tokens >= 1
        self._buckets[client] = (tokens - allowed, now)
        if len(self._buckets) > self._max_clients:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / rate

    def __len__(self) -> int:
        return len(self._buckets)


def client_of(request: Request) -> str:
    """Whom to count: the IPv4 address, or the /64 network of an IPv6 one (a household holds a whole /64)."""
    host = request.client.host if request.client else ""
    address = read_address(host.partition("%")[0]) if ":" in host else None
    if address is None:
        return host
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


async def read_body(request: Request, limit: int = MAX_BODY, seconds: float = BODY_SECONDS) -> bytes:
    """The whole body. Raises BodyTooLarge as soon as that is known, before the rest is read; HTTPException 408 when it does not
    come within `seconds`."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and len(declared) < 19 and int(declared) > limit:
        raise BodyTooLarge(declared)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                body += part
                if len(body) > limit:
                    raise BodyTooLarge(str(len(body)))
    except TimeoutError:
        raise HTTPException(408) from None
    return bytes(body)

"""The address of a connection and X-Forwarded-For in, the citizen's own address out; believed only of proxies we were told of."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_networks(text: str) -> tuple[Network, ...]:
    """ "127.0.0.1, 10.2.0.0/16" → both. Raises ValueError naming the part that is none."""
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())


def read_address(text: str) -> Address | None:
    """An IP address as it stands in the header, perhaps with a port, or None. IPv4 in the clothes of IPv6 is IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def real_client(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """The right-most address that is no proxy of ours: what stands left of it, the client may have written itself.

    peer: who holds the connection. forwarded: the header's entries, from left to right. What cannot be read ends the search.
    """
    client = read_address(peer)
    if client is None:
        return peer
    for entry in reversed(forwarded):
        if not _within(client, trusted) or (before := read_address(entry)) is None:
            break
        client = before
    return str(client)


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


class ClientAddress:
    """Puts the citizen's address where the rest of the gateway looks for it. trusted: empty = the header is never read."""

    def __init__(self, app: ASGIApp, trusted: Sequence[Network] = ()) -> None:
        self._app, self._trusted = app, tuple(trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._trusted and scope["type"] == "http" and scope.get("client"):
            entries = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
            scope = {**scope, "client": (real_client(scope["client"][0], entries, self._trusted), 0)}
        await self._app(scope, receive, send)

"""A webhook call's raw bytes and its signature in, whether Zalo made it out.

Source: Zalo's documentation of OA webhooks: mac = sha256(app id + body as sent + timestamp + OA secret key); a plain hash, no HMAC.
"""

from __future__ import annotations

import hashlib
import hmac


def zalo_mac(raw: bytes, first: str, secret_key: str, timestamp: str) -> str:
    """64 hex digits. first: the app's id. timestamp: as it stands in the body."""
    return hashlib.sha256(first.encode() + raw + timestamp.encode() + secret_key.encode()).hexdigest()


def zalo_mac_fits(raw: bytes, header: str, first: str, secret_key: str, timestamp: str) -> bool:
    """header: "mac=<hex>", the prefix optional, in any case. Takes as long for a wrong mac as for a right one."""
    given = header.strip().lower().removeprefix("mac").lstrip(" =").strip()
    return hmac.compare_digest(given.encode(), zalo_mac(raw, first, secret_key, timestamp).encode())

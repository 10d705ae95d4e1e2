"""A messenger's user in, the id of their conversation out: always the same one, and nobody else's to make."""

from __future__ import annotations

import base64
import hashlib
import hmac

LENGTH = 22


def messenger_conversation(secret: bytes, channel: str, user: str) -> str:
    """22 URL-safe characters. secret: the server's own, so that who knows a user's id does not know the conversation's."""
    mac = hmac.digest(secret, f"{channel}:{user}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mac)[:LENGTH].decode()

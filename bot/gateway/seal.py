"""Plain data in, a sealed text out, and back: for the few things at rest that name a person or open a door.

Fernet (AES-128-CBC with HMAC-SHA256, the recipe of the `cryptography` library): whoever reads only the database learns nothing,
and a changed text is refused.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken


class SealError(ValueError):
    """A text that this key did not seal, or that was changed."""


class Seal:
    """secret: the server's own, at least 16 bytes. purpose: parts that must not read each other's texts name different ones."""

    def __init__(self, secret: bytes, purpose: str) -> None:
        key = hashlib.blake2b(secret, digest_size=32, person=purpose.encode()[:16]).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, value: Mapping[str, Any]) -> str:
        """JSON data → ASCII text; two seals of one value differ."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()

    def open(self, sealed: str) -> dict[str, Any]:
        """Raises SealError."""
        try:
            return json.loads(self._fernet.decrypt(sealed.encode()))
        except (InvalidToken, ValueError) as error:
            raise SealError("a sealed text does not fit this server's key; was MOT_CUA_DATA_KEY changed?") from error

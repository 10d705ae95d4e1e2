"""Names for new rows."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """22 characters that are safe in an address; 128 bits of chance."""
    return secrets.token_urlsafe(16)

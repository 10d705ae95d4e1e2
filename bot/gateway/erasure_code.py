"""(secret, what is kept) <-> the code with which its citizen can erase it: "7K2P-9GRT-4". Derived, never stored.

Eight letters of a keyed hash and one that checks them, from the alphabet of the papers' codes (actions/reopen_code.py): nothing
that looks alike, nothing that a Vietnamese input method changes, easy to say over a telephone. 23 ** 8 = 78 thousand million.
"""

from __future__ import annotations

import hashlib
import hmac

from actions.reopen_code import ALPHABET, BASE, check_letter, letters_of
from index.text import clean, fold

LETTERS = 8


class ErasureCodes:
    """secret: the server's own. Another secret makes other codes, so those given out before find nothing."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.digest(secret, b"mot-cua erasure code", hashlib.sha256)

    def of(self, kind: str, name: str) -> str:
        """kind: "conversation" or "contact"; name: its id. Always the same code, so that it can be shown again."""
        digest = hmac.digest(self._key, f"{kind}:{name}".encode(), hashlib.sha256)
        letters = letters_of(int.from_bytes(digest) % BASE**LETTERS, LETTERS)
        return _shown(letters + check_letter(letters))

    def hash_of(self, code: str) -> str:
        """64 hex digits. Keyed: a plain hash of so few letters is undone in minutes by whoever copied the table."""
        return hmac.digest(self._key, b"hash:" + code.encode(), hashlib.sha256).hex()


def read_code(text: str) -> str | None:
    """What somebody typed, in any case, with blanks or dashes anywhere -> the code as shown; None when it cannot be one."""
    letters = "".join(char for char in fold(clean(text[:200])).upper() if char.isalnum())
    if len(letters) != LETTERS + 1 or not set(letters) <= set(ALPHABET) or letters[-1] != check_letter(letters[:-1]):
        return None
    return _shown(letters)


def _shown(letters: str) -> str:
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"

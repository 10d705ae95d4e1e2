"""A password in; whether it may be one, its argon2id hash, and whether it fits a hash, out."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.staff.people.common_passwords import COMMON, ROWS
from index.text import fold

SHORTEST, LONGEST = 12, 200
"""Characters."""
FEW = 5
"""Fewer different characters than this are no password of twelve."""
LEFT = 6
"""What must be left of a password when the login and the name are taken out."""
AT_ONCE = 4
"""Hashes a process works on at the same time: each holds 32 MiB."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Passwords:
    """hasher: with the parameters of now; hashes of weaker ones are made again at the next sign-in."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        # RFC 9106's second choice is 64 MiB; half of it with the same three passes is still above OWASP's minimum of 19 MiB.
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """About 100 characters."""
        with self._turns:
            return self._hasher.hash(_as_bytes(password))

    def fits(self, password: str, hashed: str | None) -> bool:
        """hashed: None costs the same work and fits nothing, so that nobody learns from the time who has an account."""
        nobody = self._nobody
        with self._turns:
            try:
                self._hasher.verify(hashed or nobody, _as_bytes(password))
            except (VerificationError, InvalidHashError):
                return False
        return hashed is not None

    def is_weak(self, hashed: str) -> bool:
        """Was it made with other parameters than those of now?"""
        return self._hasher.check_needs_rehash(hashed)


def trouble(password: str, login: str, name: str) -> str | None:
    """What is wrong with a new password, as a sentence for its field; None when nothing is. No rule about kinds of characters."""
    if len(password) < SHORTEST:
        return f"Mật khẩu có {len(password)} ký tự; cần ít nhất {SHORTEST}. Một câu ngắn dễ nhớ là tốt nhất."
    if len(password) > LONGEST:
        return f"Mật khẩu có {len(password)} ký tự; nhiều nhất {LONGEST}."
    plain = _letters(password)
    if len(set(password)) < FEW or _runs(plain):
        return "Mật khẩu này quá dễ đoán (ký tự lặp lại hoặc liền nhau trên bàn phím). Anh/chị chọn mật khẩu khác."
    left = plain
    for own in sorted({_letters(login), _letters(name), *(_letters(word) for word in name.split())}, key=len, reverse=True):
        left = left.replace(own, "") if len(own) >= 3 else left
    if len(left) < min(LEFT, len(plain)) and left != plain:
        return "Mật khẩu này gần giống tên hoặc tên đăng nhập. Anh/chị chọn mật khẩu khác."
    if plain in COMMON or re.sub(r"[^a-z]+", "", plain) in COMMON or re.sub(r"^[^a-z]+|[^a-z]+$", "", plain) in COMMON:
        return "Mật khẩu này nhiều người dùng nên dễ đoán. Anh/chị chọn mật khẩu khác."
    return None


def made_up() -> str:
    """A password for one use, to be told by telephone: "k7mw-x2qp-9dtr-hv4e", 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _letters(text: str) -> str:
    """Folded, letters and digits only: "Mật khẩu 123!" -> "matkhau123"."""
    return re.sub(r"[^a-z0-9]+", "", fold(text).lower())


def _runs(plain: str) -> bool:
    """"123456789012", "qwertyuiop12", "abcabcabcabc": a piece of up to four characters again and again, or mostly a keyboard's row."""
    if plain and any(plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, 5)):
        return True
    return len(plain) >= SHORTEST and any(plain[at : at + len(plain) - 3] in row for row in ROWS for at in range(4))


def _as_bytes(password: str) -> bytes:
    """One spelling, whatever keyboard wrote the marks."""
    return unicodedata.normalize("NFKC", password[:LONGEST]).encode("utf-8", "replace")

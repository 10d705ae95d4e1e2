"""A text in, spellings of it of equal length out, so that a place found in one is the same place in all.

What is already known to be personal is blanked, with a sign that tells which family it is of: a later finder then neither
reads it again nor reads across it, and a text masked before looks like one whose items were just found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from index.text import TOKEN

NUMBER_GONE, NAME_GONE, ADDRESS_GONE = "\x00", "\x01", "\x02"
"""Signs of what was blanked. text_guard lets no control character through, so none comes from a citizen."""


@dataclass(frozen=True, slots=True)
class Masked:
    """One personal item. kind: a key of masking.PLACEHOLDER_OF; text[start:end] is value, as the citizen wrote it."""

    kind: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Word:
    """low: lower case with the diacritics it came with; folded: without. big: begins with a capital; loud: is all capitals.
    gap: what stands between the word before and this one."""

    start: int
    end: int
    low: str
    folded: str
    big: bool
    loud: bool
    gap: str


@dataclass(frozen=True)
class View:
    """text: as it came. plain: ASCII digits and signs. folded: plain in lower case without diacritics. All of one length."""

    text: str
    plain: str
    folded: str

    @classmethod
    def of(cls, text: str) -> View:
        """text: NFC. A letter o, l or I inside a number counts as the digit that it looks like."""
        plain = text if text.isascii() else text.translate(_plain)
        plain = _LETTERS_IN_NUMBER.sub(lambda found: found[0].translate(_LOOKS_LIKE), plain)
        return cls(text, plain, plain.lower() if plain.isascii() else plain.translate(_folded))

    def item(self, kind: str, start: int, end: int) -> Masked:
        """What stands from start to end."""
        return Masked(kind, start, end, self.text[start:end])

    def without(self, spans: Iterable[tuple[int, int]], sign: str) -> View:
        """The same with these places blanked in plain and folded."""
        plain, folded = self.plain, self.folded
        for start, end in spans:
            blank = sign * (end - start)
            plain, folded = plain[:start] + blank + plain[end:], folded[:start] + blank + folded[end:]
        return View(self.text, plain, folded)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Runs of letters and digits, in order."""
        found, before = [], 0
        for match in TOKEN.finditer(self.folded):
            start, end = match.span()
            shown = self.plain[start:end]
            found.append(Word(start, end, shown.lower(), match[0], shown[0].isupper(), shown.isupper(), self.folded[before:start]))
            before = end
        return tuple(found)


def spellings(*words: str) -> frozenset[str]:
    """Words as a citizen may type them: with their diacritics or with none at all, never with others."""
    lists = [entry.split() if "|" not in entry else entry.split("|") for entry in words]
    exact = {word for entries in lists for word in entries if word}
    return frozenset(exact | {word.translate(_folded) for word in exact})


_LETTERS_IN_NUMBER = re.compile(r"(?<![^\W_])[oO]?\d(?:[\doO]|[lI](?=[\doO])){2,}(?![^\W_])|(?<![^\W_])[oO](?=(?:[ .]\d){8})")
_LOOKS_LIKE = str.maketrans("oOlI", "0011")
_DASHES = "‐‑‒–—−﹣－"


class _Plain(dict[int, str]):
    """Character → one character: decimal digits, full-width forms and dashes in ASCII. Filled as characters are met."""

    LIMIT = 20_000  # entries; a client that sends every character there is must not fill the memory

    def __missing__(self, code: int) -> str:
        if len(self) > self.LIMIT:
            self.clear()
        self[code] = result = self._judge(chr(code))
        return result

    @staticmethod
    def _judge(char: str) -> str:
        if char in _DASHES:
            return "-"
        if char.isspace():
            return " "
        digit = unicodedata.digit(char, None)
        if digit is not None:
            return str(digit)
        simple = unicodedata.normalize("NFKC", char)
        return simple if len(simple) == 1 and "!" <= simple <= "~" else char


class _Folded(_Plain):
    """Character → one character: lower case, without diacritics."""

    @staticmethod
    def _judge(char: str) -> str:
        base = unicodedata.normalize("NFD", char)[0].lower()
        return "d" if base == "đ" else base if len(base) == 1 else char


_plain, _folded = _Plain(), _Folded()

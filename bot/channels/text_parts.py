"""A long text in, parts that each fit a messenger's limit out: cut where a reader would pause."""

from __future__ import annotations

import re
import unicodedata

LIMIT = 2_000
"""Characters of one Zalo message, after NFC."""
_PAUSES = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…:;])\s+"), re.compile(r"\s+"))
"""Between paragraphs, lines, sentences, words: the best first."""
_EARLIEST = 0.5
"""A better pause is taken only when the part is then at least this full."""


def parts(text: str, limit: int = LIMIT) -> list[str]:
    """In order, each NFC, 1 to `limit` characters; all words are there, in order. [] for a text without any.

    A word longer than the limit is cut within, never between a letter and its marks. Raises ValueError when limit < 8.
    """
    if limit < 8:
        raise ValueError(f"limit is {limit}; expected 8 characters or more")
    rest, found = unicodedata.normalize("NFC", text).strip(), []
    while len(rest) > limit:
        end, start = _cut(rest, limit)
        found.append(rest[:end].rstrip())
        rest = rest[start:].lstrip()
    return [*found, rest] if rest else found


def _cut(text: str, limit: int) -> tuple[int, int]:
    """Where the first part ends and the next begins."""
    window = text[: limit + 1]
    for share in (_EARLIEST, 0.0):
        for pause in _PAUSES:
            last = None
            for last in pause.finditer(window, 1):  # noqa: B007 - the last one counts
                pass
            if last and last.start() <= limit and last.start() > limit * share:
                return last.start(), last.end()
    end = limit
    while end > 1 and unicodedata.category(text[end])[0] == "M":
        end -= 1
    return end, end

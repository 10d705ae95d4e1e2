"""A written-out message -> the expressions of a day in it, each with its kind (when_words.DAYS). Pure."""

from __future__ import annotations

import re

from actions.when_day import SHIFTS
from actions.when_words import DAYS
from index.text import fold, tokens

Named = tuple[str, re.Match[str]]
NAMING = frozenset({"la", "nham", "dung", "ngay", "trung"})
"""Folded words between a day and its name: "bữa nay nhằm rằm"."""


def named_days(text: str) -> list[Named]:
    """The days of a text of when_words.written_out, in order, without the weekdays and lunar days that only say more of a day
    beside them: "thứ 6 ngày 20/11", "20/11 (thứ 6)", "bữa nay là rằm"."""
    days = _days(text)
    whole = [(kind, match) for kind, match in days if kind in SHIFTS or kind in ("full", "bare")]
    gaps = (
        (one, text[min(one.end(), day.end()) : max(one.start(), day.start())])
        for kind, one in days
        for by, day in whole
        if one is not day and (kind == "weekday" or (kind == "lunar" and by in SHIFTS))
    )
    beside = {one.span() for one, gap in gaps if not set(tokens(fold(gap))) - NAMING}
    return [(kind, match) for kind, match in days if match.span() not in beside]


def without_days(text: str) -> str:
    """A text of when_words.written_out with a comma for each of its days."""
    for _, match in reversed(_days(text)):
        text = f"{text[: match.start()]},{text[match.end() :]}"
    return text


def _days(text: str) -> list[Named]:
    """Every day of the message, in order; of those that overlap the first, of those that begin together the longest."""
    matches = [(kind, match) for kind, pattern in DAYS for match in pattern.finditer(text)]
    matches.sort(key=lambda one: (one[1].start(), -len(one[1].group().strip())))
    found: list[Named] = []
    for kind, match in matches:
        if not found or match.start() >= found[-1][1].end():
            found.append((kind, match))
    return found

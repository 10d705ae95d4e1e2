"""Two procedures asked for in one message: "làm khai sinh cho con với nhập khẩu luôn thì cần gì"."""

from __future__ import annotations

import re

from index.asking import content_words
from index.search import Found, ProcedureSearch
from index.text import normalise

SPLIT = re.compile(r"[.?!;,\n]+|\s(?:với lại|và|với|rồi|còn|xong|đồng thời|va|voi|roi|con)\s")
SURE_PART = 0.7
"""Probability from which a part of a message names its procedure by itself."""
SURE_WHOLE = 0.9
"""Probability of one procedure for the whole message from which it is not taken apart: a long story asks one thing."""
MAX_PARTS = 8
"""Parts of a message that are looked at; only those which name something cost a search."""
SHARE_OF_WHOLE = 0.1
"""Probability that each of the two must have for the whole message: a part alone may mislead."""


def two_procedures(message: str, whole: Found, search: ProcedureSearch) -> tuple[str, str] | None:
    """The codes of the two procedures, in the order asked; None when the message asks for one, or for more than two."""
    if whole.clear and whole.hits[0].score >= SURE_WHOLE:
        return None
    near = [hit.code for hit in whole.hits if hit.score >= SHARE_OF_WHOLE]
    if len(near) < 2 or whole.unlikely:
        return None  # before any part is searched: each costs an embedding
    named: list[str] = []
    for part in SPLIT.split(normalise(message))[:MAX_PARTS]:
        if len(search.topic_words(part)) < 2:
            continue
        found = search.search(part)
        if found.clear and found.hits[0].score >= SURE_PART:
            named.append(found.hits[0].code)
    both = list(dict.fromkeys(named))
    if len(both) == 2 and _alike(*(search.procedures[code].name for code in both)):
        return None  # "khai sinh" and "khai sinh kết hợp nhận cha, mẹ, con": one thing, named twice
    return (both[0], both[1]) if len(both) == 2 and set(both) <= set(near) else None


def _alike(one: str, other: str) -> bool:
    """True when half of the words of the shorter name stand in the longer one."""
    a, b = (set(content_words(name)) for name in (one, other))
    return len(a & b) * 2 >= max(min(len(a), len(b)), 1)

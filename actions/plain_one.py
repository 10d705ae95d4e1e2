"""Of variants of one thing the plain one is meant, unless the message says what makes the other one special.

"Khai sinh cho bé" is "Đăng ký khai sinh", not "Đăng ký khai sinh kết hợp nhận cha, mẹ, con", however alike their questions are.
"""

from __future__ import annotations

import re

from actions.vague import SPECIAL
from index.asking import content_words
from index.procedure import LEVELS
from index.search import Found, ProcedureSearch
from index.text import fold, normalise, tokens

NOTABLE = 0.08
"""Probability from which a procedure competes."""
TOGETHER = 0.45
"""Probability that the variants must have together."""


MOST_NONE = 0.45
"""Probability of "none" up to which one of them is taken: a little more than for a single one, they share what is theirs."""
LONGEST = 20
"""Words of a message that is looked at."""
_BRACKETS = re.compile(r"\([^)]*\)")
HIGHER = re.compile(r"\b(?:tinh|so|bo|trung uong|cuc|ha noi)\b")
"""Words of who wants the higher office."""


def plain_one(message: str, found: Found, search: ProcedureSearch) -> str | None:
    """The code whose name stands in the names of all that compete with it, when the message has none of the words that those
    names have beyond it; None when there is no such procedure, or nothing competes."""
    if len(message.split()) > LONGEST:
        return None  # a story names things that it does not ask for
    rivals = [hit for hit in found.hits if hit.score >= NOTABLE]
    if len(rivals) < 2 or found.none > MOST_NONE or sum(hit.score for hit in rivals) < TOGETHER:
        return None
    said = set(content_words(message))
    names: dict[str, list[str]] = {}
    for hit in sorted(rivals, key=lambda hit: (LEVELS.index(search.procedures[hit.code].level), hit.code)):
        name = tokens(fold(normalise(_BRACKETS.sub(" ", search.procedures[hit.code].name))))
        alike = [code for code, other in names.items() if other == name]
        same = any(search.procedures[code].name == search.procedures[hit.code].name for code in alike)
        if same or (alike and HIGHER.search(fold(normalise(message)))):
            return None
        if not alike:  # of "(tại Công an xã)" and "(tại Công an tỉnh)" the nearer office
            names[hit.code] = name
    base = min(names, key=lambda code: (len(names[code]), code))
    for code, name in names.items():
        if code == base:
            continue
        extra = set(content_words(" ".join(name))) - set(names[base])
        if not set(names[base]) <= set(name) or extra & said:
            return None
        # "… cho người đã có hồ sơ, giấy tờ cá nhân" has no telling word beyond the plain name: the likelier one is meant, unless
        # the rest is a deed of its own ("gia hạn").
        rest = " ".join(word for word in name if word not in names[base])
        if not extra and (base != rivals[0].code or not rest or SPECIAL.search(rest)):
            return None
    return base

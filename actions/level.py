"""One thing is done at several levels, and the message says at which: "hộ chiếu tại cục ở Hà Nội"."""

from __future__ import annotations

import re

from index.search import ProcedureSearch
from index.text import expand, fold, normalise

_SAID = {
    "commune": re.compile(r"\b(?:cong an|cap|o|ra|len|tai|ben|tren) (?:xa|phuong)\b"),
    "province": re.compile(r"\b(?:cong an|cap|o|ra|len|tai|ben|tren) tinh\b|\blen so\b"),
    "ministry": re.compile(r"\btrung uong\b|\bcuc (?:quan ly|o|tai|ngoai)\b|\b(?:o|tai|ngoai|len) (?:ha noi|cuc|bo)\b|\bcap bo\b"),
}


def at_level(code: str, message: str, search: ProcedureSearch) -> str:
    """The twin of `code` at the one level that the message names; `code` itself when it names none or several, or there is no
    such twin of the same province."""
    twins = search.twins(code)
    if len(twins) < 2:
        return code
    folded = fold(expand(normalise(message)))
    said = [level for level, pattern in _SAID.items() if pattern.search(folded)]
    own = search.procedures[code]
    if len(said) != 1 or own.level == said[0]:
        return code
    there = [twin for twin in twins if search.procedures[twin].level == said[0] and search.procedures[twin].province == own.province]
    return there[0] if there else code

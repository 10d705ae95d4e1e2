"""A message that calls a procedure by its name, or as people call it, and asks for nothing else: that procedure.

"Lệ phí đăng ký kết hôn là bao nhiêu?" needs no question back, however many kinds of marriage there are to register. Aliases were
written by people who compared the record, so calling one exactly counts for more than likeness.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.vague import SPECIAL
from index import settings
from index.asking import content_words
from index.search import Found, ProcedureSearch
from index.shelf import Shelf
from index.text import expand, fold, normalise, tokens

NEAR = 3
"""The called procedure must be among so many of the best, and likely enough to be offered as a choice: a name that search sees nothing
in is another thing's."""
_BRACKETS = re.compile(r"\([^)]*\)")
_TAKES = re.compile(r"\bmat (?=bao|may|nhieu|khoang|tam|mot|vai|phi|le phi|tien|thoi gian)")
"""Folded: "mất bao lâu" speaks of time and money, not of a loss."""
SHORTEST = 3
"""Words of a name that tells: "hộ khẩu" and "sang tên" are said of many things."""
LONGEST = 16
"""Words of a message that is looked at: a story names things that it does not ask for."""


def called(message: str, found: Found, search: ProcedureSearch) -> str | None:
    """The code that goes by just the telling words of the message; None when none does, or several do, or the message has a word
    of again, lost, changed, prolonged that the name has not."""
    if len(message.split()) > LONGEST:
        return None
    said = frozenset(content_words(message))
    text = f" {' '.join(tokens(fold(expand(normalise(message)))))} "
    names = [(name, code) for name, code in _names(search).get(said, ()) if f" {name} " in text] if said else []
    codes = {code for _, code in names}
    if len(codes) != 1 or names[0][1] not in [hit.code for hit in found.hits[:NEAR] if hit.score >= settings.MIN_CHOICE]:
        return None
    special = {match[0] for match in SPECIAL.finditer(_TAKES.sub("", text))}
    return None if any(special - set(name.split()) for name, _ in names) else names[0][1]


def is_name(message: str, search: ProcedureSearch) -> bool:
    """True when the message is the name of a procedure, or what people call it, and nothing else: no sentence that a classifier of
    sentences could judge ("mất sổ đỏ" sounds to it like an insult)."""
    text = " ".join(tokens(fold(expand(normalise(message)))))
    kept: frozenset[str] | None = getattr(search, "_name_texts", None)
    if kept is None:
        heads = search.procedures.heads if isinstance(search.procedures, Shelf) else search.procedures
        kept = frozenset(" ".join(tokens(fold(expand(normalise(name))))) for head in heads.values() for name in (head.name, *head.aliases))
        search._name_texts = kept
    return text in kept


def _names(search: ProcedureSearch) -> Mapping[frozenset[str], tuple[tuple[str, str], ...]]:
    """Telling words -> (folded name or alias that has just these, code to answer from). Made once a release."""
    kept = getattr(search, "_called", None)
    if kept is not None:
        return kept
    heads = search.procedures.heads if isinstance(search.procedures, Shelf) else search.procedures
    found: dict[frozenset[str], list[tuple[str, str]]] = {}
    place = getattr(search, "place", {})
    for code in sorted(heads):
        answers = search.codes[place[code]] if code in place else code  # of twins one answers for all
        for name in dict.fromkeys((heads[code].name, _BRACKETS.sub(" ", heads[code].name), *heads[code].aliases)):
            words, text = frozenset(content_words(name)), tokens(fold(expand(normalise(name))))
            if words and len(text) >= SHORTEST:
                found.setdefault(words, []).append((" ".join(text), answers))
    kept = {words: tuple(names) for words, names in found.items()}
    search._called = kept
    return kept

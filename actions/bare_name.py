"""A message that says no more than what several everyday procedures are called: which of them?

"Xóa đăng ký" is the whole name of one record, about sea-going ships, that nobody has compared; it is also how those for a permanent
home, a temporary one and a fishing boat begin. Whoever writes just that has not told.
"""

from __future__ import annotations

from index import settings
from index.asking import content_words
from index.search import Found, ProcedureSearch
from index.shelf import Shelf

LONGEST = 3
"""Telling words of a message that says no more than the beginning of a name."""
FEWEST = 2
"""Everyday procedures that must be called so: a single one may be another thing altogether."""


def begun(message: str, code: str, found: Found, search: ProcedureSearch) -> tuple[str, ...]:
    """What to choose from, at most MAX_CHOICES: reviewed procedures whose names hold all telling words of the message, likeliest
    first, and `code` behind them; () when `code` is reviewed itself, or fewer than FEWEST others are called so."""
    heads = search.procedures.heads if isinstance(search.procedures, Shelf) else search.procedures
    said = set(content_words(message))
    if heads[code].reviewed or not 0 < len(said) <= LONGEST:
        return ()
    called = [other for other, name in _reviewed(search).items() if said <= name]
    if len(called) < FEWEST:
        return ()
    likely = {hit.code: hit.score for hit in found.hits}
    return (*sorted(called, key=lambda other: -likely.get(other, 0.0))[: settings.MAX_CHOICES - 1], code)


def _reviewed(search: ProcedureSearch) -> dict[str, frozenset[str]]:
    """Code -> telling words of its name, of the reviewed ones in code order. Made once a release."""
    kept = getattr(search, "_bare_names", None)
    if kept is None:
        heads = search.procedures.heads if isinstance(search.procedures, Shelf) else search.procedures
        kept = {code: frozenset(content_words(heads[code].name)) for code in sorted(heads) if heads[code].reviewed}
        search._bare_names = kept
    return kept

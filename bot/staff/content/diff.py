"""Two texts in, what went and what came out: by words for people, by fields for records.

Words are runs of non-blanks, so a Vietnamese syllable is never cut between a letter and its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Kind = Literal["same", "gone", "new"]
MOST_WORDS = 4000
"""Changed words that are compared one by one; SequenceMatcher's time grows with the square. Beyond, whole lines are shown."""
_WORD = re.compile(r"\s+|[^\s,.;:!?()\[\]{}\"'…]+|.", re.S)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text as it stands, blanks included."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """field: "fees[0].amount_vnd". before, after: as YAML reads them; ABSENT where there is none."""

    field: str
    before: Any
    after: Any


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT = _Absent()


def word_diff(before: str, after: str) -> list[Piece]:
    """same + gone in order is `before`, same + new is `after`; where both stand, gone comes first. Neighbours differ in kind."""
    found: list[Piece] = []
    for kind, old, new in _lines(before, after):
        if kind == "same" or not old or not new or len(old) + len(new) > 8 * MOST_WORDS:
            _add(found, "same" if kind == "same" else "gone", old)
            _add(found, "new", "" if kind == "same" else new)
            continue
        first, second = _WORD.findall(old), _WORD.findall(new)
        if len(first) + len(second) > MOST_WORDS:
            _add(found, "gone", old)
            _add(found, "new", new)
            continue
        for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
            _add(found, "same" if tag == "equal" else "gone", "".join(first[a:b]))
            _add(found, "new", "" if tag == "equal" else "".join(second[c:d]))
    return found


def near(pieces: list[Piece], lines: int = 2) -> list[Piece]:
    """As word_diff, but of unchanged stretches only `lines` lines beside each change; "\\n…\\n" stands for the rest."""
    found = []
    for n, piece in enumerate(pieces):
        rows = piece.text.split("\n")
        if piece.kind != "same" or len(rows) <= 2 * lines + 3:
            found.append(piece)
            continue
        head = "\n".join(rows[: lines + 1]) if n else ""
        tail = "\n".join(rows[-lines - 1 :]) if n < len(pieces) - 1 else ""
        found.append(Piece("same", f"{head}\n…\n{tail}" if head else f"…\n{tail}" if tail else "…"))
    return found


def fields(before: Any, after: Any, where: str = "") -> Iterator[FieldChange]:
    """Two YAML values, field by field in the order of `after`, then what is gone. Lists are matched by their rows, so one row more
    at the head is one change and not all of them."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*after, *(key for key in before if key not in after)]:
            yield from fields(before.get(key, ABSENT), after.get(key, ABSENT), f"{where}.{key}".lstrip("."))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _rows(before, after, where)
    elif before is ABSENT or after is ABSENT or before != after or type(before) is not type(after):
        yield FieldChange(where, before, after)


def _rows(before: list, after: list, where: str) -> Iterator[FieldChange]:
    for tag, a, b, c, d in SequenceMatcher(None, list(map(repr, before)), list(map(repr, after)), autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(b - a, d - c)
        for n in range(pairs):
            yield from fields(before[a + n], after[c + n], f"{where}[{c + n}]")
        yield from (FieldChange(f"{where}[{n}]", ABSENT, after[n]) for n in range(c + pairs, d))
        yield from (FieldChange(f"{where}[{n}]", before[n], ABSENT) for n in range(a + pairs, b))


def _lines(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """Runs of equal and of unequal lines."""
    first, second = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        yield ("same" if tag == "equal" else "other"), "".join(first[a:b]), "".join(second[c:d])


def _add(found: list[Piece], kind: Kind, text: str) -> None:
    if not text:
        return
    if found and found[-1].kind == kind:
        found[-1] = Piece(kind, found[-1].text + text)
    else:
        found.append(Piece(kind, text))

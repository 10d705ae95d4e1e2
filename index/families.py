"""Requests that fit several procedures alike, and what tells them apart: data/families.yml, curated by staff.

"Mở công ty" is five procedures; the words "một thành viên" decide. Search alone would take the one whose questions sound
most like it, which is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.catalogue import DataError, read_yaml
from index.text import expand, fold, normalise, tokens


@dataclass(frozen=True, slots=True)
class Family:
    """members: code -> its deciding words. heads: what shows that a message is about this family. All folded, as phrases."""

    id: str
    ask: str
    members: Mapping[str, tuple[str, ...]]
    heads: tuple[str, ...]

    def speaks(self, message: str) -> bool:
        """True when a folded message holds one of the heads."""
        return any(_holds(message, head) for head in self.heads)

    def told(self, message: str) -> list[str]:
        """Members that a folded message decides for, in the family's order. Where one deciding phrase holds another
        ("hai thành viên" in "hai thành viên trở lên"), each counts."""
        return [code for code, words in self.members.items() if any(_holds(message, word) for word in words)]


def folded(message: str) -> str:
    """A message as Family reads it: folded words with one space around each."""
    return f" {' '.join(tokens(fold(expand(normalise(message)))))} "


def _holds(message: str, phrase: str) -> bool:
    return f" {phrase} " in message


def read_families(path: Path) -> list[Family]:
    """In file order; [] without the file. Raises DataError for a shape that is none of ours."""
    if not path.exists():
        return []
    found = []
    for n, row in enumerate(read_yaml(path) or []):
        where = f"{path}: [{n}]"
        if not isinstance(row, dict) or set(row) != {"id", "ask", "members", "heads"}:
            raise DataError(f"{where}: expected id, ask, members, heads")
        if not isinstance(row["members"], dict) or len(row["members"]) < 2 or not re.fullmatch(r"[a-z0-9-]+", str(row["id"])):
            raise DataError(f"{where}: id {row['id']!r}: expected a plain ASCII id and at least two members")
        found.append(
            Family(
                str(row["id"]),
                str(row["ask"]),
                {str(code): _phrases(words, where) for code, words in row["members"].items()},
                _phrases(row["heads"], where),
            )
        )
        if found[-1].id in (family.id for family in found[:-1]):
            raise DataError(f"{where}: id {row['id']!r} stands twice")
    return found


def _phrases(words: Iterable[object], where: str) -> tuple[str, ...]:
    if not isinstance(words, list) or not words:
        raise DataError(f"{where}: is {words!r}; expected a list of words")
    return tuple(dict.fromkeys(folded(str(word)).strip() for word in words))

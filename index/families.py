"""Requests that fit several procedures alike, and what tells them apart: data/families.yml, curated by staff.

"Mở công ty" is five procedures; the words "một thành viên" decide. Search alone would take the one whose questions sound
most like it, which is a guess. So a family has questions of its own, as vague as people ask them, and stands in the search
beside its members: what is most like those is asked back (docs/decisions/0013).
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
    """members: code -> its deciding words. heads: what shows that a message is about this family. Both folded, as phrases.
    asked: whole messages that name the need but not the member, as people write them. usual: the member that is meant when
    nothing special is said ("làm thẻ thường trú": the first one); None where that would be a guess."""

    id: str
    ask: str
    members: Mapping[str, tuple[str, ...]]
    heads: tuple[str, ...]
    asked: tuple[str, ...] = ()
    usual: str | None = None

    @property
    def code(self) -> str:
        """Its name among the candidates of a search: no procedure's code, and behind all of them in order."""
        return f"~{self.id}"

    def speaks(self, message: str) -> bool:
        """True when a folded message holds one of the heads."""
        return any(_holds(message, head) for head in self.heads)

    def told(self, message: str) -> list[str]:
        """Members that a folded message decides for, in the family's order. A deciding phrase that stands only inside a longer
        one of another member ("14 tuổi" in "dưới 14 tuổi") decides nothing."""
        said = {code: [word for word in words if _holds(message, word)] for code, words in self.members.items()}
        longer = [f" {word} " for words in said.values() for word in words]

        def own(word: str) -> bool:
            inside = [other for other in longer if f" {word} " in other and other != f" {word} "]
            rest = message
            for other in inside:
                rest = rest.replace(other, " | ")
            return _holds(rest, word)

        return [code for code, words in said.items() if any(own(word) for word in words)]


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
        if not isinstance(row, dict) or set(row) - {"usual"} != {"id", "ask", "members", "heads", "asked"}:
            raise DataError(f"{where}: expected id, ask, members, heads, asked and maybe usual")
        if not isinstance(row["members"], dict) or len(row["members"]) < 2 or not re.fullmatch(r"[a-z0-9-]+", str(row["id"])):
            raise DataError(f"{where}: id {row['id']!r}: expected a plain ASCII id and at least two members")
        found.append(
            Family(
                str(row["id"]),
                str(row["ask"]),
                {str(code): _phrases(words, where) for code, words in row["members"].items()},
                _phrases(row["heads"], where),
                _messages(row["asked"], where),
                row.get("usual"),
            )
        )
        if found[-1].usual not in (None, *found[-1].members):
            raise DataError(f"{where}: usual: is {found[-1].usual!r}; expected one of its members")
        if found[-1].id in (family.id for family in found[:-1]):
            raise DataError(f"{where}: id {row['id']!r} stands twice")
    return found


def _messages(asked: object, where: str) -> tuple[str, ...]:
    if not isinstance(asked, list) or not asked or not all(isinstance(text, str) and text.strip() for text in asked):
        raise DataError(f"{where}: asked: is {asked!r}; expected a list of messages")
    return tuple(dict.fromkeys(asked))


def _phrases(words: Iterable[object], where: str) -> tuple[str, ...]:
    if not isinstance(words, list) or not words:
        raise DataError(f"{where}: is {words!r}; expected a list of words")
    return tuple(dict.fromkeys(folded(str(word)).strip() for word in words))

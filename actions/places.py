"""Units that are no more, found in a message: text in, what each old name means out. Pure; the names come from the release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.old_names import KINDS, OldNames, OldUnit
from index.text import fold, normalise, tokens

_TYPES = {"xa": (), "phuong": ("p",), "thi tran": ("tt",), "huyen": (), "thi xa": ("tx",), "thanh pho": ("tp",), "tinh": ()}
"""What a unit is called before its name, folded → how else it is written."""
_SHUT = {word for name in _TYPES for word in name.split()} | {"p", "tt", "tx", "tp", "quan", "ap", "khom", "duong", "cau", "truong", "vien", "ngu"}
"""A bare name behind one of these is the name of something else: đường Hòa Bình, phường Bạc Liêu."""
NAMESAKE = "ca mau"
"""The city that was called as the province still is: alone it names the province, beside a ward the city."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An old name as spoken: tokens from start to end (excluded) of the folded text; units: what it may mean, more than one
    when the message does not tell, larger ones first."""

    start: int
    end: int
    units: tuple[OldUnit, ...]


class Places:
    """The old names, looked up by what people call them: with the type of unit or without, with diacritics or without."""

    def __init__(self, names: OldNames) -> None:
        self.names = names
        self.today = frozenset(now for unit in names.units if unit.kind == "commune" for now in unit.now)
        self._full: dict[str, list[OldUnit]] = {}
        self._bare: dict[str, list[OldUnit]] = {}
        for unit in names.units:
            kind, bare = split_type(unit.name) if unit.kind != "province" else ("tinh", fold(spelt(unit.name)))
            for written in (kind, *_TYPES[kind]):
                self._full.setdefault(f"{written} {bare}", []).append(unit)
            if bare.isdigit():
                self._full.setdefault(f"p{bare}", []).append(unit)
            if " " in bare and bare != NAMESAKE:  # "5" alone is a number
                self._bare.setdefault(bare, []).append(unit)
        self._longest = max(key.count(" ") + 1 for key in self._full) if self._full else 0

    def find(self, said: Sequence[str]) -> Iterator[Mention]:
        """From left to right, the longest name at each place. said: tokens with the diacritics they came with."""
        folded, n = [fold(token) for token in said], 0
        while n < len(said):
            size = next((size for size in range(min(self._longest, len(said) - n), 0, -1) if self._at(said, folded, n, size)), 0)
            if size:
                yield Mention(n, n + size, self._at(said, folded, n, size))
            n += size or 1

    def _at(self, said: Sequence[str], folded: Sequence[str], n: int, size: int) -> tuple[OldUnit, ...]:
        key = " ".join(folded[n : n + size])
        units = self._full.get(key, [])
        if not units and (n == 0 or folded[n - 1] not in _SHUT):
            units = self._bare.get(key, [])
        return _largest([unit for unit in units if _sounds(said[n : n + size], unit)])


def today_name(text: str, places: Places) -> tuple[Mention, ...]:
    """The old names in `text`, in order. A ward of two cities, a commune that two districts had, is settled by the district or
    city named beside it; a district beside its commune only says which one and is no mention of its own."""
    said = spoken(text)
    found = list(places.find(said))
    beside = {unit.name for mention in found for unit in mention.units if unit.kind != "commune"}
    if NAMESAKE in fold(" ".join(said)):
        beside.add("Thành phố Cà Mau")
    narrowed = [_narrowed(mention, beside) for mention in found]
    holders = {name for mention in narrowed for unit in mention.units if unit.kind != "province" for name in unit.within}
    return tuple(
        mention for mention in narrowed if not any(unit.name in holders and unit.kind != "commune" for unit in mention.units)
    )


def spoken(text: str) -> list[str]:
    """Its words. Not `expand`ed: written without diacritics, "Hồng Dân" would become "không dân"."""
    return tokens(normalise(text))


def split_type(name: str) -> tuple[str, str]:
    """ "Thị trấn U Minh" → ("thi tran", "u minh")."""
    folded = fold(spelt(name))
    kind = next(kind for kind in _TYPES if folded.startswith(f"{kind} "))
    return kind, folded[len(kind) + 1 :]


def spelt(name: str) -> str:
    """As `Places.find` compares it: "Bà Rịa - Vũng Tàu" → "bà rịa vũng tàu"."""
    return " ".join(tokens(normalise(name)))


def _sounds(said: Sequence[str], unit: OldUnit) -> bool:
    """Whether each word of the name itself is said with its diacritics or with none; numbers need no comparing ("p5")."""
    name = spelt(unit.name).split()
    own = name if unit.kind == "province" else name[-len(split_type(unit.name)[1].split()) :]
    return own[-1].isdigit() or all(token in (word, fold(word)) for token, word in zip(said[-len(own) :], own, strict=True))


def _narrowed(mention: Mention, beside: set[str]) -> Mention:
    fitting = tuple(unit for unit in mention.units if beside.intersection(unit.within))
    return Mention(mention.start, mention.end, fitting or mention.units) if len(mention.units) > 1 else mention


def _largest(units: Sequence[OldUnit]) -> tuple[OldUnit, ...]:
    """Without those that lie in another of them ("U Minh" is the district before its town), those that have become the same
    once, larger ones first."""
    names = {unit.name for unit in units}
    outer = [unit for unit in units if not names.intersection(unit.within)]
    once = {unit.now if unit.kind == "commune" else unit.path: unit for unit in reversed(outer)}
    return tuple(sorted(once.values(), key=lambda unit: (KINDS.index(unit.kind), unit.path)))

"""A search that finds what it is told to find, and libraries over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.reply import Library
from index.asking import content_words
from index.families import Family, folded
from index.procedure import Procedure
from index.retriever import Hit
from index.search import CODE, Found

from ..small import CARD, CONTACTS, RAW, REGISTER, RENEW, procedure

NOTHING: Mapping[str, float] = {}


class FakeSearch:
    """Follows actions.reply.Searching. finds: words of a question -> code of a procedure or of a family -> probability; the first
    words that stand in it count."""

    def __init__(self, finds: Mapping[str, Mapping[str, float]], **changes: Mapping[str, object]) -> None:
        self.procedures: dict[str, Procedure] = {raw["code"]: procedure(raw, **changes.get(f"c{raw['code'].replace('.', '_')}", {})) for raw in RAW}
        self._finds = finds
        self.asked: list[tuple[str, str | None]] = []

    def search(self, question: str, k: int = 10, favour: str | None = None, near: str | None = None) -> Found:
        self.asked.append((question, favour))
        chances = next((found for words, found in self._finds.items() if words in question.lower()), NOTHING)
        hits = sorted((Hit(code, chances.get(code, 0.0)) for code in self.procedures), key=lambda hit: -hit.score)[:k]
        vague = sorted((Hit(code, chances[code]) for code in self.families if code in chances), key=lambda hit: -hit.score)
        return Found(tuple(hits), max(0.0, 1 - sum(chances.values())), tuple(vague))

    def code_in(self, question: str) -> str | None:
        codes = (f"{match[1]}.{match[2]}{match[3]}" for match in CODE.finditer(question))
        return next((code for code in codes if code in self.procedures), None)

    twin_codes: tuple[str, ...] = ()

    def twins(self, code: str) -> tuple[str, ...]:
        return self.twin_codes if code in self.twin_codes else (code,)

    def topic_words(self, question: str) -> list[str]:
        return [*content_words(question), *(words for words in self._finds if words in question.lower())]

    families: Mapping[str, Family] = {}

    def family(self, question: str, code: str) -> tuple[Family, list[str]] | None:
        spoken = (family for family in self.families.values() if code in family.members and family.speaks(folded(question)))
        return next(((family, family.told(folded(question))) for family in spoken), None)

    def family_of(self, codes: Sequence[str]) -> Family | None:
        return next((family for family in self.families.values() if codes and set(codes) <= set(family.members)), None)


FINDS = {
    "thẻ": {CARD: 0.97, REGISTER: 0.01},
    "gia hạn": {RENEW: 0.95, REGISTER: 0.03},
    "ong": {REGISTER: 0.5, RENEW: 0.45},
    "mật": {REGISTER: 0.96, RENEW: 0.02},
    "karaoke": {},
}


def library(finds: Mapping[str, Mapping[str, float]] = FINDS, **changes: Mapping[str, object]) -> Library:
    return Library(FakeSearch(finds, **changes), CONTACTS)

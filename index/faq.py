"""Questions that no single record answers, with their answers: data/faq/*.yml, curated by staff.

An answer is given only to a near paraphrase of one of `asked`. Two witnesses must agree: the words (no word that these questions
do not have, and most of the words of one of them) and the vectors. The threshold and what it costs: docs/decisions/0022-faq.md.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from index.catalogue import CODE, DataError, read_yaml
from index.text import expand, fold, normalise, tokens

FILE, VECTORS = "faq.json", "faq.npy"
"""Names in a release."""
COSINE = 0.92
OVERLAP = 0.6
"""Of the words of the message and of an asked question together, how many they share. Both: docs/decisions/0022-faq.md."""
MIN_WORDS = 3
"""Words below which a question says too little to be told from any other."""
LONGEST = 1_500
"""Characters of an answer: what a messenger shows in one bubble."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NEEDED = {"question", "asked", "answer", "procedure", "owner", "source", "checked_on"}
_DAYS = {"effective_from", "effective_to"}
FILLER = frozenset(
    """a ad ai ak anh ba bac bay ban bot cac chau chi cho chua co con cua cung da dang dau dc de di do duoc em gi gio ha hay hem
    hen hong hoi k khong ko la lam luon ma minh mot nao nay nen nha nhe nhi nhu nhung nua o oi ong qua roi sao se su ta tai the thi
    thoi toi tui u va vay ve vi voi xin y""".split()
)
"""Folded words of asking and politeness, which may be there or not."""


@dataclass(frozen=True, slots=True)
class Faq:
    """slug: the file's name. asked: whole questions as people write them. procedure: the code it is nearest to, None for none.
    owner: who answers for it. title, url: where it was read. checked_on: the day a person compared it with that."""

    slug: str
    question: str
    asked: tuple[str, ...]
    answer: str
    procedure: str | None
    owner: str
    title: str
    url: str | None
    checked_on: date
    effective_from: date | None = None
    effective_to: date | None = None

    @property
    def field(self) -> str:
        """The path of its answer as a fact."""
        return f"faq.{self.slug}.answer"

    @property
    def version(self) -> str:
        """12 hex digits over all of it."""
        return hashlib.sha256(json.dumps(dataclasses.astuple(self), default=str).encode()).hexdigest()[:12]

    @property
    def questions(self) -> tuple[str, ...]:
        """What it is known by: the question itself first."""
        return (self.question, *self.asked)

    def valid_on(self, day: date) -> bool:
        """False before effective_from and after effective_to."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)


class Faqs:
    """vectors: float32 (n questions of all entries in their order, dim), unit length. embed: a message -> its vector; asked only
    when the words agree, which is rare."""

    def __init__(self, entries: Sequence[Faq] = (), vectors: np.ndarray | None = None, embed: Callable[[str], np.ndarray] | None = None) -> None:
        self.entries = tuple(entries)
        self._rows = [(faq, marks(text)) for faq in self.entries for text in faq.questions]
        self._words = {faq.slug: frozenset().union(*map(marks, faq.questions)) for faq in self.entries}
        self._vectors, self._embed = vectors, embed

    def alike(self, message: str) -> list[int]:
        """Rows of `vectors` whose words agree with a message."""
        said = marks(message)
        if len(said) < MIN_WORDS:
            return []
        return [n for n, (faq, words) in enumerate(self._rows) if said <= self._words[faq.slug] and overlap(said, words) >= OVERLAP]

    def find(self, message: str, day: date) -> Faq | None:
        """The entry in force on `day` of which a message is a near paraphrase; the nearest one, of equals the first."""
        rows = [n for n in self.alike(message) if self._rows[n][0].valid_on(day)]
        if not rows or self._vectors is None or self._embed is None:
            return None
        near = self._vectors[rows] @ self._embed(message)
        best = int(np.argmax(near))
        return self._rows[rows[best]][0] if near[best] >= COSINE else None

    def get(self, slug: str) -> Faq | None:
        """By slug; None when there is none."""
        return next((faq for faq in self.entries if faq.slug == slug), None)


def marks(text: str) -> frozenset[str]:
    """Folded words of a message without those of asking and politeness."""
    return frozenset(tokens(fold(expand(normalise(text))))) - FILLER


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Shared words / all words of two sets; 0 for two empty ones."""
    together = {*one, *other}
    return len(set(one) & set(other)) / len(together) if together else 0.0


def to_rows(entries: Iterable[Faq]) -> list[dict[str, Any]]:
    """Plain data for FILE; days as ISO text."""
    return [{key: value.isoformat() if isinstance(value, date) else value for key, value in dataclasses.asdict(faq).items()} for faq in entries]


def open_faqs(release: Path, embed: Callable[[str], np.ndarray]) -> Faqs:
    """The entries that a release carries. Raises OSError, ValueError, KeyError or TypeError when they cannot be read."""
    entries = [
        Faq(**{**row, "asked": tuple(row["asked"]), **{key: _iso(row[key]) for key in ("checked_on", *_DAYS)}})
        for row in json.loads((release / FILE).read_text("utf-8"))
    ]
    return Faqs(entries, np.load(release / VECTORS), embed)


def read_faqs(folder: Path, codes: Collection[str], phrasings: Iterable[str] = ()) -> tuple[Faq, ...]:
    """Every entry below `folder` in the order of slugs, none without the folder. codes: of the reviewed records; phrasings: questions
    about one procedure each. Raises DataError naming file and field: what is there; what is expected."""
    taken = {_key(text): "data/phrasings" for text in phrasings}
    found = []
    for path in sorted(folder.glob("*.yml")):
        faq = _parse(path)
        if faq.procedure is not None and faq.procedure not in codes:
            raise DataError(f"{path}: procedure: {faq.procedure} has no reviewed record; expected a code of data/procedures, or null")
        for n, text in enumerate(faq.asked):
            owner = taken.setdefault(_key(text), path.name)
            if owner != path.name or _key(text) in map(_key, faq.asked[:n]):
                raise DataError(f"{path}: asked[{n}]: {text!r} stands in {owner} too; expected a question of this entry alone")
        found.append(faq)
    return tuple(found)


def _key(text: str) -> str:
    """The same for two messages that differ in case, diacritics or punctuation."""
    return " ".join(tokens(fold(text.lower())))


def _parse(path: Path) -> Faq:
    raw = read_yaml(path)
    if not _SLUG.fullmatch(path.stem):
        raise DataError(f"{path}: is named {path.stem!r}; expected small letters, digits and hyphens")
    if not isinstance(raw, dict) or set(raw) - _DAYS != _NEEDED:
        raise DataError(f"{path}: expected {', '.join(sorted(_NEEDED))}, maybe effective_from and effective_to; nothing else")
    for key in ("question", "answer", "owner"):
        if not isinstance(raw[key], str) or not raw[key].strip():
            raise DataError(f"{path}: {key}: is {raw[key]!r}; expected text")
    answer = raw["answer"].strip()
    if len(answer) > LONGEST:
        raise DataError(f"{path}: answer: {len(answer)} characters; expected at most {LONGEST}")
    if not isinstance(raw["asked"], list) or not raw["asked"] or not all(isinstance(text, str) for text in raw["asked"]):
        raise DataError(f"{path}: asked: is {raw['asked']!r}; expected a list of questions")
    for where, text in [("question", raw["question"]), *((f"asked[{n}]", text) for n, text in enumerate(raw["asked"]))]:
        if len(marks(text)) < MIN_WORDS:
            raise DataError(f"{path}: {where}: {text!r} has {len(marks(text))} telling words; expected at least {MIN_WORDS}, else it fits too much")
    source, procedure = raw["source"], raw["procedure"]
    if not isinstance(source, dict) or set(source) != {"title", "url"} or not isinstance(source["title"], str) or not source["title"].strip():
        raise DataError(f"{path}: source: is {source!r}; expected {{title: text, url: an address or null}}")
    if source["url"] is not None and not str(source["url"]).startswith(("https://", "http://")):
        raise DataError(f"{path}: source.url: is {source['url']!r}; expected an address that begins with https://, or null")
    if procedure is not None and not (isinstance(procedure, str) and CODE.fullmatch(procedure)):
        raise DataError(f'{path}: procedure: is {procedure!r}; expected a code in quotes such as "1.001193", or null')
    days = {key: _day(path, key, raw.get(key), needed=key == "checked_on") for key in ("checked_on", *sorted(_DAYS))}
    if days["effective_from"] and days["effective_to"] and days["effective_from"] > days["effective_to"]:
        raise DataError(f"{path}: effective_to: is {days['effective_to']}; expected a day not before effective_from, {days['effective_from']}")
    return Faq(
        path.stem, raw["question"].strip(), tuple(raw["asked"]), answer, procedure, raw["owner"].strip(), source["title"], source["url"], **days  # type: ignore[arg-type]
    )


def _day(path: Path, key: str, value: Any, needed: bool) -> date | None:
    try:
        return date.fromisoformat(value) if value is not None or needed else None
    except (TypeError, ValueError):
        raise DataError(f'{path}: {key}: is {value!r}; expected a day in quotes such as "2026-11-22"') from None


def _iso(value: Any) -> date | None:
    if value is None:
        return None
    return date.fromisoformat(value)

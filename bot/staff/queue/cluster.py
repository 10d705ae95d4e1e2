"""Questions as vectors and words in, clusters by meaning out: pure, incremental, the same for the same order of questions.

A question joins the nearest cluster when its cosine with the cluster's centre and its words agree (FROM_COSINE, FROM_WORDS);
else it opens a new one. Leader clustering (Hartigan 1975, ch. 3): one pass, nothing that was grouped before moves again, so a
person's split or merge stays. Figures: docs/decisions/0023-queue.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from index.asking import content_words

FROM_COSINE = 0.85
"""Cosine with the centre. Source: tests/bot/staff/queue/questions.txt with the bundled encoder (docs/decisions/0023-queue.md)."""
FROM_WORDS = 0.10
"""Share of content words in common: questions without a common word are never put together, for nobody could see why they were.
It costs one point of recall."""
LOOKED_AT = 5
"""Nearest clusters whose words are compared."""


class Vectors(Protocol):
    """ProcedureSearch.query(question).vector, or a test's own."""

    def __call__(self, question: str) -> np.ndarray:
        """-> float32 (dim,), unit length."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """One question. words: folded content words, without order."""

    id: str
    vector: np.ndarray
    words: frozenset[str]


@dataclass(slots=True)
class Group:
    """total: sum of the members' vectors. words: word -> members that have it."""

    id: str
    total: np.ndarray
    words: Counter[str] = field(default_factory=Counter)
    n: int = 0

    def add(self, item: Item) -> None:
        self.total = self.total + item.vector
        self.words.update(item.words)
        self.n += 1

    @property
    def core(self) -> frozenset[str]:
        """Words of at least half of the members."""
        return frozenset(word for word, n in self.words.items() if 2 * n >= self.n)


def words_of(question: str) -> frozenset[str]:
    """What of a question names its matter; masked items name nothing."""
    return frozenset(content_words(question.replace("[", " ").replace("]", " ")))


def agreement(a: frozenset[str], b: frozenset[str]) -> float:
    """Common words by the mean length (Dice), 0 to 1; 1 when neither has any, so that "bao nhiêu tiền" finds its like."""
    if not a or not b:
        return float(a == b)
    return 2 * len(a & b) / (len(a) + len(b))


class Groups:
    """Clusters of now; `join` adds to them. The centres stand in one matrix that grows by doubling."""

    def __init__(self, groups: Sequence[Group], dim: int) -> None:
        self.all = list(groups)
        self._centres = np.zeros((max(64, 2 * len(self.all)), dim), np.float32)
        for n in range(len(self.all)):
            self._centre(n)

    def nearest(self, item: Item) -> Group | None:
        """The cluster to join; None when there is none. Of equal cosines the older cluster (the earlier in `all`)."""
        cosines = self._centres[: len(self.all)] @ item.vector
        order = np.flatnonzero(cosines >= FROM_COSINE)
        order = order[np.argsort(-cosines[order], kind="stable")][:LOOKED_AT]
        return next((self.all[n] for n in order if agreement(item.words, self.all[n].core) >= FROM_WORDS), None)

    def join(self, item: Item, new_id: Callable[[], str]) -> Group:
        """-> the cluster that the item is in now, a new one or the nearest."""
        group = self.nearest(item)
        if group is None:
            group = Group(new_id(), np.zeros_like(item.vector, dtype=np.float32))
            self.all.append(group)
        group.add(item)
        place = len(self.all) - 1 if group.n == 1 else next(n for n, one in enumerate(self.all) if one is group)
        self._centre(place)
        return group

    def _centre(self, n: int) -> None:
        if n >= len(self._centres):
            self._centres = np.concatenate([self._centres, np.zeros_like(self._centres)])
        total = self.all[n].total
        self._centres[n] = total / (np.linalg.norm(total) or 1.0)


def most_central(vectors: np.ndarray) -> int:
    """float32 (n, dim) -> row nearest to the sum of all; the first of equals."""
    return int(np.argmax(np.round(vectors.astype(np.float32) @ vectors.astype(np.float32).sum(axis=0), 5)))

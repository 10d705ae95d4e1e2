"""What flows through retrieval: a Query in, Hits out; Retriever is the Protocol that every search method follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True, slots=True)
class Query:
    """One question as searched.

    text: normalised, abbreviations written out. accented: the same with diacritics restored where the writer left them
    out. folded: accented-free words of `text` plus the record words for southern ones. vector: float32 (dim,), unit length.
    """

    text: str
    accented: str
    folded: str
    vector: np.ndarray


@dataclass(frozen=True, slots=True)
class Hit:
    """One procedure found. score: higher is better; its scale belongs to the retriever."""

    code: str
    score: float


class Retriever(Protocol):
    """Contract (tests/index/test_retriever.py runs it on every implementation): at most k Hits, best first, each code
    once, scores finite and falling, equal scores in code order; no match gives an empty list or low scores, never an error."""

    def search(self, query: Query, k: int) -> list[Hit]: ...


def ranked(scores: np.ndarray, codes: list[str], k: int) -> list[Hit]:
    """Scores, one a code (codes sorted), -> the best k Hits; minus infinity means no match."""
    order = np.argsort(-scores, kind="stable")
    return [Hit(codes[n], float(scores[n])) for n in order if np.isfinite(scores[n])][:k]

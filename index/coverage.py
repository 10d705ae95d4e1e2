"""How much of a question a procedure's own words cover: the other side of "is there a match", namely "is anything left over"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from index.lexical import STOP
from index.postings import postings
from index.retriever import Hit, Query, ranked
from index.text import tokens


class Coverage:
    """score: share of the question's words, weighed by rarity, that stand anywhere in the procedure's passages; 0 to 1.

    A word that no passage has is the rarest of all: "karaoke" in a question tells that its procedure may not be here.
    """

    def __init__(self, words: Sequence[str], has: sparse.csc_matrix, codes: Sequence[str]) -> None:
        self.words, self.has = list(words), has
        self._codes = list(codes)
        self._at = {word: n for n, word in enumerate(self.words)}
        owners = np.asarray(has.sum(axis=0)).ravel()
        self._idf = np.log(1 + len(self._codes) / (owners + 0.5))
        self._unknown = float(np.log(1 + len(self._codes) / 0.5))

    @classmethod
    def build(cls, texts: Sequence[str], owners: Sequence[int], codes: Sequence[str]) -> Coverage:
        """texts: folded passages; owners: position in `codes` (sorted) of each."""
        pairs = sorted(
            {(owner, word) for text, owner in zip(texts, owners, strict=True) for word in tokens(text) if word not in STOP}
        )
        words = sorted({word for _, word in pairs})
        at = {word: n for n, word in enumerate(words)}
        rows, columns = [owner for owner, _ in pairs], [at[word] for _, word in pairs]
        return cls(
            words, sparse.csc_matrix((np.ones(len(pairs), np.float32), (rows, columns)), shape=(len(codes), len(words))), codes
        )

    def scores(self, query: Query) -> np.ndarray:
        """float32 (n_codes,); all 0 for a question without content words."""
        asked = [word for word in dict.fromkeys(tokens(query.folded)) if word not in STOP]
        columns = [self._at[word] for word in asked if word in self._at]
        total = float(self._idf[columns].sum()) + self._unknown * (len(asked) - len(columns))
        if not columns:
            return np.zeros(len(self._codes), np.float32)
        return (postings(self.has, columns, self._idf[columns]) / total).astype(np.float32)

    def search(self, query: Query, k: int) -> list[Hit]:
        scores = self.scores(query)
        return ranked(np.where(scores > 0, scores, -np.inf), self._codes, k)

"""Meaning: the question's vector against the vectors of all passages (FAISS, exact inner product)."""

from __future__ import annotations

from collections.abc import Sequence

import faiss
import numpy as np

from index.retriever import Hit, Query, ranked

TOP_PASSAGES = 200
"""Passages read a question: enough that every procedure near the question shows its best three."""


class DenseRetriever:
    """score: mean cosine of a procedure's best three passages, in [-1, 1]; in practice 0.8 to 0.98 with e5."""

    def __init__(self, index: faiss.Index, owners: np.ndarray, codes: Sequence[str]) -> None:
        self._index, self._owners, self._codes = index, owners, list(codes)

    @classmethod
    def build(cls, vectors: np.ndarray, owners: Sequence[int], codes: Sequence[str]) -> DenseRetriever:
        """vectors: float32 (n_passages, dim), unit length; owners[i]: position in `codes` (sorted) of passage i."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index, np.asarray(owners, np.int32), codes)

    @property
    def index(self) -> faiss.Index:
        """For the release to write."""
        return self._index

    def scores(self, query: Query) -> np.ndarray:
        """float32 (n_codes, 2): best cosine and mean of the best three; minus infinity where no passage was near."""
        cosines, rows = self._index.search(query.vector[None, :].astype(np.float32), min(TOP_PASSAGES, self._index.ntotal))
        best = np.full((len(self._codes), 3), -np.inf, np.float32)
        filled = np.zeros(len(self._codes), np.int32)
        for cosine, row in zip(cosines[0], rows[0], strict=True):  # falling cosines: the first three a code are its best
            owner = self._owners[row]
            if filled[owner] < 3:
                best[owner, filled[owner] :] = cosine
                filled[owner] += 1
        # A code with fewer than three passages in reach counts the last one found again, less what the reach ended at.
        floor = cosines[0][-1] if cosines.shape[1] else 0.0
        for n in np.nonzero((filled > 0) & (filled < 3))[0]:
            best[n, filled[n] :] = min(floor, best[n, filled[n] - 1])
        return np.stack([best[:, 0], best.mean(axis=1)], axis=1)

    def search(self, query: Query, k: int) -> list[Hit]:
        return ranked(self.scores(query)[:, 1], self._codes, k)

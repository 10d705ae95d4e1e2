"""Meaning: the question's vector against the vectors of all passages (FAISS, every one of them, in half precision).

First on their 128 directions of most weight, then the nearest of those on all: on 32,161 passages and 400 questions the same first
50 and 99.9 % of the first 300, in half the time (docs/decisions/0008).
"""

from __future__ import annotations

from collections.abc import Sequence

import faiss
import numpy as np

from index.retriever import Hit, Query, ranked

TOP_PASSAGES = 300
"""Passages read a question: enough that every procedure near the question shows its best three."""
DIRECTIONS, TAKEN = 128, 3
"""Of the first look; how many times as many passages it hands on."""


class DenseRetriever:
    """score: mean cosine of a procedure's best three passages, in [-1, 1]; in practice 0.8 to 0.98 with e5."""

    def __init__(self, index: faiss.Index, owners: np.ndarray, codes: Sequence[str]) -> None:
        self._index, self._owners, self._codes = index, owners, list(codes)

    @classmethod
    def build(cls, vectors: np.ndarray, owners: Sequence[int], codes: Sequence[str]) -> DenseRetriever:
        """vectors: float32 (n_passages, dim), unit length; owners[i]: position in `codes` (sorted) of passage i. Kept in 16 bits:
        half the memory and half the time, no cosine moves by more than 0.0001 (docs/decisions/0008)."""
        index = _halves(vectors.shape[1])
        if vectors.shape[1] > DIRECTIONS:
            index = faiss.IndexRefine(faiss.IndexPreTransform(_heaviest(vectors), _halves(DIRECTIONS)), index)
            index.k_factor, index.is_trained = TAKEN, True
        index.add(vectors)
        return cls(index, np.asarray(owners, np.int32), codes)

    @property
    def index(self) -> faiss.Index:
        """For the release to write."""
        return self._index

    def scores(self, query: Query) -> np.ndarray:
        """float32 (n_codes, 2): best cosine and mean of the best three; minus infinity where no passage was near."""
        cosines, rows = self._index.search(query.vector[None, :].astype(np.float32), min(TOP_PASSAGES, self._index.ntotal))
        result = np.full((len(self._codes), 2), -np.inf, np.float32)
        found = rows[0] >= 0
        if not found.any():
            return result
        cosines, owners = cosines[0][found], self._owners[rows[0][found]]
        order = np.argsort(owners, kind="stable")  # inside an owner the cosines still fall
        cosines, owners = cosines[order], owners[order]
        starts = np.nonzero(np.diff(owners, prepend=-1))[0]
        sizes = np.diff(np.append(starts, len(owners)))
        rank = np.arange(len(owners)) - np.repeat(starts, sizes)
        # A code with fewer than three passages in reach counts the last one found again, at most what the reach ended at.
        last = np.minimum(cosines.min(), cosines[starts + sizes - 1])
        three = np.add.reduceat(np.where(rank < 3, cosines, 0.0), starts) + np.maximum(3 - sizes, 0) * last
        result[owners[starts]] = np.stack([cosines[starts], three / 3], axis=1)
        return result

    def search(self, query: Query, k: int) -> list[Hit]:
        return ranked(self.scores(query)[:, 1], self._codes, k)


def _halves(width: int) -> faiss.Index:
    return faiss.IndexScalarQuantizer(width, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _heaviest(vectors: np.ndarray) -> faiss.LinearTransform:
    """On the DIRECTIONS that keep most of the inner products (Eckart & Young 1936): no mean is taken off, as a PCA would."""
    _, axes = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    transform = faiss.LinearTransform(vectors.shape[1], DIRECTIONS, False)
    faiss.copy_array_to_vector(np.ascontiguousarray(axes[:, : -DIRECTIONS - 1 : -1].T, np.float32).ravel(), transform.A)
    transform.is_trained = True
    return transform

"""Runs of characters: TF-IDF cosine of the best passage. Finds what is typed wrong, and words inside compounds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from index.lexical import char_terms
from index.retriever import Hit, Query, ranked

MAX_SHARE = 0.03
"""Runs in more than this share of the passages tell nothing and cost most: dropped."""


class RunsRetriever:
    """score: cosine of the most similar passage, 0 to 1."""

    def __init__(self, terms: Mapping[str, int], idf: np.ndarray, weights: sparse.csc_matrix, owners: np.ndarray, codes: Sequence[str]) -> None:
        self._terms, self._idf, self._weights = dict(terms), idf, weights
        self._codes = list(codes)
        self._filled, self._starts = np.unique(np.asarray(owners, np.int32), return_index=True)

    @classmethod
    def build(cls, texts: Sequence[str], owners: Sequence[int], codes: Sequence[str]) -> RunsRetriever:
        """texts: folded passages; owners: rising positions in `codes`, one a passage."""
        bags = [Counter(char_terms(text)) for text in texts]
        frequency = Counter(term for bag in bags for term in bag)
        most = max(MAX_SHARE * len(bags), 20)
        terms = {term: n for n, term in enumerate(sorted(term for term, count in frequency.items() if 1 < count <= most))}
        idf = np.array([math.log(len(bags) / frequency[term]) + 0.1 for term in terms], np.float32)
        rows, columns, values = [], [], []
        for row, bag in enumerate(bags):
            found = [(terms[term], (1 + math.log(count)) * float(idf[terms[term]])) for term, count in bag.items() if term in terms]
            length = math.sqrt(sum(value * value for _, value in found)) or 1.0
            rows += [row] * len(found)
            columns += [column for column, _ in found]
            values += [value / length for _, value in found]
        weights = sparse.csc_matrix((values, (rows, columns)), shape=(len(texts), len(terms)), dtype=np.float32)
        return cls(terms, idf, weights, np.asarray(owners), codes)

    def scores(self, query: Query) -> np.ndarray:
        """float32 (n_codes,); 0 without a common run."""
        found = [(self._terms[term], 1 + math.log(count)) for term, count in Counter(char_terms(query.folded)).items() if term in self._terms]
        result = np.zeros(len(self._codes), np.float32)
        if not found:
            return result
        columns = [column for column, _ in found]
        factors = np.array([count for _, count in found], np.float32) * self._idf[columns]
        factors /= np.linalg.norm(factors)
        passages = postings(self._weights, columns, factors)
        result[self._filled] = np.maximum.reduceat(passages, self._starts)
        return result

    def search(self, query: Query, k: int) -> list[Hit]:
        scores = self.scores(query)
        return ranked(np.where(scores > 0, scores, -np.inf), self._codes, k)

    def parts(self) -> tuple[list[str], np.ndarray, sparse.csc_matrix]:
        """Terms, idf, weights: for the release to write."""
        return list(self._terms), self._idf, self._weights


def postings(weights: sparse.csc_matrix, columns: Sequence[int], factors: np.ndarray) -> np.ndarray:
    """weights[:, columns] @ factors, float64 (n_rows,), touching nothing but these columns."""
    slices = [slice(weights.indptr[column], weights.indptr[column + 1]) for column in columns]
    values = [weights.data[part] * factor for part, factor in zip(slices, factors, strict=True)]
    return np.bincount(np.concatenate([weights.indices[part] for part in slices]), np.concatenate(values), weights.shape[0])

"""A procedure as the sum of all its passages: which words, taken together, are its own (Rocchio 1971, as a classifier).

Nearest passages ask "is there one like it?"; this asks "does everything known of it speak of such things?".
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from index.lexical import word_terms
from index.postings import postings
from index.retriever import Hit, Query, ranked


class CentroidRetriever:
    """score: cosine of the question's TF-IDF of words and pairs with the procedure's, 0 to 1."""

    def __init__(self, terms: Mapping[str, int], idf: np.ndarray, weights: sparse.csc_matrix, codes: Sequence[str]) -> None:
        self._terms, self._idf, self._weights = dict(terms), idf, weights
        self._codes = list(codes)

    @classmethod
    def build(cls, texts: Sequence[str], owners: Sequence[int], codes: Sequence[str]) -> CentroidRetriever:
        """texts: folded passages; owners: position in `codes` of each. A procedure's counts are means over its passages, so
        that the number of its questions does not matter."""
        bags: list[Counter[str]] = [Counter() for _ in codes]
        sizes = np.bincount(owners, minlength=len(codes))
        for text, owner in zip(texts, owners, strict=True):
            bags[owner].update(set(word_terms(text)))
        frequency = Counter(term for bag in bags for term in bag)
        terms = {term: n for n, term in enumerate(sorted(frequency))}
        idf = np.array([math.log((1 + len(codes)) / (0.5 + frequency[term])) for term in terms], np.float32)
        rows, columns, values = [], [], []
        for row, bag in enumerate(bags):
            found = [(terms[term], math.sqrt(count / sizes[row]) * float(idf[terms[term]])) for term, count in bag.items()]
            length = math.sqrt(sum(value * value for _, value in found)) or 1.0
            rows += [row] * len(found)
            columns += [column for column, _ in found]
            values += [value / length for _, value in found]
        weights = sparse.csc_matrix((values, (rows, columns)), shape=(len(codes), len(terms)), dtype=np.float32)
        return cls(terms, idf, weights, codes)

    def scores(self, query: Query) -> np.ndarray:
        """float32 (n_codes,); 0 without a common word. Unknown words count in the question's length."""
        asked = Counter(word_terms(query.folded))
        known = [term for term in asked if term in self._terms]
        if not known:
            return np.zeros(len(self._codes), np.float32)
        columns = [self._terms[term] for term in known]
        factors = self._idf[columns]
        rare = float(self._idf.max())
        length = math.sqrt(float((factors**2).sum()) + (len(asked) - len(known)) * rare * rare * 0.25)
        return postings(self._weights, columns, factors / length).astype(np.float32)

    def search(self, query: Query, k: int) -> list[Hit]:
        scores = self.scores(query)
        return ranked(np.where(scores > 0, scores, -np.inf), self._codes, k)

    def parts(self) -> tuple[list[str], np.ndarray, sparse.csc_matrix]:
        """Terms, idf, weights: for the release to write."""
        return list(self._terms), self._idf, self._weights

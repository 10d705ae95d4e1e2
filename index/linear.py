"""A learned ranking: ridge regression from a question's words, character runs and meaning to its procedure.

Nearest passages ask "is there one like it?"; this asks "which words of all its passages tell this procedure from its
neighbours?". Trained on the same passages in closed form (Hoerl & Kennard 1970; the dual of Saunders et al. 1998), so a
release builds in seconds and every build gives the same numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import linalg, sparse

from index.lexical import char_terms, word_terms
from index.retriever import Hit, Query, ranked

LEXICAL_SHARE = 0.6
"""Weight of the lexical kernel; the rest is meaning. Chosen in docs/decisions/0004."""
RIDGE = 0.2
"""Regularisation on kernels of unit diagonal. Chosen in docs/decisions/0004."""


def features(folded: str) -> Counter[str]:
    """Words, pairs and character runs of one folded text, marked by family so that they never mix."""
    return Counter({f"w:{term}": count for term, count in Counter(word_terms(folded)).items()}) + Counter(
        {f"c:{term}": count for term, count in Counter(char_terms(folded)).items()}
    )


class LinearRetriever:
    """score: ridge output, about 1 for a question just like a procedure's own, about 0 for one of another."""

    def __init__(
        self,
        terms: Mapping[str, int],
        idf: np.ndarray,
        lexical: np.ndarray,
        centre: np.ndarray,
        scale: float,
        dense: np.ndarray,
        codes: Sequence[str],
    ) -> None:
        self.terms, self.idf, self.lexical = dict(terms), idf, lexical
        self.centre, self.scale, self.dense = centre, scale, dense
        self._codes = list(codes)

    @classmethod
    def build(cls, texts: Sequence[str], vectors: np.ndarray, owners: Sequence[int], codes: Sequence[str]) -> LinearRetriever:
        """texts: folded passages; vectors: float32 (n, dim); owners: position in `codes` (sorted) of each passage."""
        bags = [features(text) for text in texts]
        frequency = Counter(term for bag in bags for term in bag)
        terms = {term: n for n, term in enumerate(sorted(term for term, count in frequency.items() if count > 1))}
        idf = np.array([np.log((1 + len(bags)) / (1 + frequency[term])) + 1 for term in terms], np.float32)
        matrix = _rows(bags, terms, idf)
        centre = vectors.mean(axis=0)
        centred = vectors - centre
        scale = float(np.sqrt((centred**2).sum(axis=1).mean())) or 1.0
        centred = centred / scale
        owners = np.asarray(owners)
        targets = np.zeros((len(texts), len(codes)), np.float64)
        targets[np.arange(len(texts)), owners] = 1.0
        kernel = LEXICAL_SHARE * (matrix @ matrix.T).toarray() + (1 - LEXICAL_SHARE) * (centred @ centred.T)
        # Each candidate weighs the same, however many phrasings it has.
        counts = np.bincount(owners, minlength=len(codes))
        noise = RIDGE * np.clip(counts[owners] / counts.mean(), 0.3, 3.0)
        alpha = linalg.solve(kernel + np.diag(noise), targets, assume_a="pos")
        lexical = (LEXICAL_SHARE * (matrix.T @ alpha)).astype(np.float32)
        dense = ((1 - LEXICAL_SHARE) * (centred.T @ alpha)).astype(np.float32)
        return cls(terms, idf, lexical, centre.astype(np.float32), scale, dense, codes)

    def scores(self, query: Query) -> np.ndarray:
        """float32 (n_codes,)."""
        row = _rows([features(query.folded)], self.terms, self.idf)
        return (row @ self.lexical).ravel() + (query.vector - self.centre) / self.scale @ self.dense

    def search(self, query: Query, k: int) -> list[Hit]:
        return ranked(self.scores(query), self._codes, k)


def _rows(bags: Sequence[Counter[str]], terms: Mapping[str, int], idf: np.ndarray) -> sparse.csr_matrix:
    """TF-IDF rows with logarithmic counts; words and character runs are each of length 1/sqrt(2)."""
    rows, columns, values = [], [], []
    for n, bag in enumerate(bags):
        for family in ("w:", "c:"):
            found = [
                (terms[t], (1 + np.log(count)) * idf[terms[t]]) for t, count in bag.items() if t.startswith(family) and t in terms
            ]
            length = np.sqrt(2 * sum(value**2 for _, value in found)) or 1.0
            rows += [n] * len(found)
            columns += [column for column, _ in found]
            values += [value / length for _, value in found]
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(bags), len(terms)), dtype=np.float32)

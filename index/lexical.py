"""Words: BM25 over folded words and word pairs of all passages; and the terms that centroids read too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from index.retriever import Hit, Query, ranked
from index.text import tokens

MAX_SHARE = 0.03
"""Terms in more than this share of the passages say next to nothing and cost most: left out, unless the question has no other."""
K1, B = 1.2, 0.5
"""BM25 (Robertson & Zaragoza 2009): saturation and length; B below the usual 0.75 because passages are short alike."""

# Words of asking and politeness: in every question about every procedure, so they say nothing of which one.
STOP = frozenset(
    "a anh chi em toi tui minh con chau co bac ong ba cho hoi xin a da vang thi la ma va voi nhu the nao gi sao khong duoc can phai lam muon o dau khi "
    "bao nhieu lau may ngay tien nay do kia vay roi nua nhe nha giup dum gium cua cac nhung mot hay hoac den di ve ra vao len xuong bi da dang se chua "
    "thu tuc giay to ho so nop".split()
) - {"con", "ba", "ong", "bi", "ho", "so"}


def word_terms(folded: str) -> list[str]:
    """Folded words without STOP, and pairs of neighbouring words (STOP kept inside pairs with one content word)."""
    words = tokens(folded)
    content = [word for word in words if word not in STOP]
    pairs = [f"{a}_{b}" for a, b in zip(words, words[1:], strict=False) if a not in STOP or b not in STOP]
    return content + pairs


def best_three(scores: np.ndarray, owners: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """float32 (n_owners, 2): of each owner its best score and the mean of its best three passages, or of fewer when it has
    fewer; a passage that is not among `scores` counts 0. scores: above 0; owners: rising; sizes: passages of each owner."""
    result = np.zeros((len(sizes), 2), np.float32)
    if not len(owners):
        return result
    starts = np.nonzero(np.diff(owners, prepend=-1))[0]
    counts = np.diff(np.append(starts, len(owners)))
    found = owners[starts]
    # Three rounds of "the best of each, then without it" cost a fifth of sorting. The slope makes equal scores differ.
    left = scores - np.arange(len(scores)) * 1e-12
    total = np.zeros(len(found))
    for place in range(3):
        best = np.maximum.reduceat(left, starts)
        if place == 0:
            result[found, 0] = best
        total += np.maximum(best, 0.0)
        left = np.where(left == np.repeat(best, counts), -1.0, left)
    result[found, 1] = total / np.minimum(sizes[found], 3)
    return result


class LexicalRetriever:
    """score: BM25 of the best passages of a procedure, divided by what a passage equal to the question would get:
    0 to about 1 whatever the length of the question."""

    def __init__(
        self, terms: Mapping[str, int], idf: np.ndarray, weights: sparse.csc_matrix, owners: np.ndarray, codes: Sequence[str]
    ) -> None:
        self._terms, self._idf, self._weights = dict(terms), idf, weights
        self._owners, self._codes = np.asarray(owners, np.int32), list(codes)
        self._sizes = np.bincount(self._owners, minlength=len(self._codes))
        self._common = max(MAX_SHARE * len(self._owners), 20)

    @classmethod
    def build(cls, texts: Sequence[str], owners: Sequence[int], codes: Sequence[str]) -> LexicalRetriever:
        """texts: folded passages; owners: rising positions in `codes` (sorted), one a passage. A code without a passage is never found."""
        bags = [Counter(word_terms(text)) for text in texts]
        terms = {term: n for n, term in enumerate(sorted({term for bag in bags for term in bag}))}
        lengths = np.array([sum(bag.values()) for bag in bags], np.float64)
        frequency = np.zeros(len(terms))
        # How many procedures (not passages) use a term: a word in all phrasings of one procedure is still rare.
        for term, _ in {(term, owner) for bag, owner in zip(bags, owners, strict=True) for term in bag}:
            frequency[terms[term]] += 1
        idf = np.log(1 + (len(codes) - frequency + 0.5) / (frequency + 0.5))
        rows, columns, values = [], [], []
        for row, bag in enumerate(bags):
            norm = K1 * (1 - B + B * lengths[row] / max(lengths.mean(), 1e-9))
            for term, count in bag.items():
                rows.append(row)
                columns.append(terms[term])
                values.append(idf[terms[term]] * count * (K1 + 1) / (count + norm))
        weights = sparse.csc_matrix((values, (rows, columns)), shape=(len(texts), len(terms)), dtype=np.float32)
        return cls(terms, idf, weights, np.asarray(owners), codes)

    def scores(self, query: Query) -> np.ndarray:
        """float32 (n_codes, 2): best passage and mean of the best three, scaled to the question; 0 = no common term."""
        found = Counter(word_terms(query.folded))
        known = [(self._terms[term], 1.0) for term in found if term in self._terms]
        if not known:
            return np.zeros((len(self._codes), 2), np.float32)
        columns = [column for column, _ in known]
        # Unknown terms count with the highest idf: a question of mostly foreign words must not look well matched.
        full = float(self._idf[columns].sum()) + (len(found) - len(known)) * float(self._idf.max()) * 0.5
        slices = [slice(self._weights.indptr[column], self._weights.indptr[column + 1]) for column in columns]
        slices = [part for part in slices if part.stop - part.start <= self._common] or slices
        rows = np.concatenate([self._weights.indices[part] for part in slices])
        passages = np.bincount(rows, np.concatenate([self._weights.data[part] for part in slices]), len(self._owners))
        hit = np.nonzero(passages)[0]
        return best_three(passages[hit], self._owners[hit], self._sizes) / np.float32(max(full, 1e-6))

    def search(self, query: Query, k: int) -> list[Hit]:
        scores = self.scores(query)[:, 1]
        return ranked(np.where(scores > 0, scores, -np.inf), self._codes, k)

    def parts(self) -> tuple[list[str], np.ndarray, sparse.csc_matrix]:
        """Terms, idf, weights: for the release to write."""
        return list(self._terms), self._idf, self._weights

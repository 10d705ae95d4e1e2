"""Scores of all retrievers in, one probability a procedure out, and one for "none of them"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.abroad import Abroad
from index.centroid import CentroidRetriever
from index.coverage import Coverage
from index.dense import DenseRetriever
from index.lexical import LexicalRetriever
from index.modifiers import Modifiers
from index.retriever import Query
from index.subjects import Subjects


@dataclass(frozen=True, slots=True)
class Retrievers:
    """Everything that scores a question against every candidate, all over the same sorted codes."""

    dense: DenseRetriever
    words: LexicalRetriever
    centroid: CentroidRetriever
    coverage: Coverage
    modifiers: Modifiers
    subjects: Subjects
    abroad: Abroad
    standing: np.ndarray
    """float32 (n_candidates, 2): use, 0 to 1; -1 for another province's own, else 0. The same for every question."""


def feature_matrix(query: Query, retrievers: Retrievers, words: bool = True) -> np.ndarray:
    """float64 (n_candidates, n_features), columns as settings.FEATURES. words: False leaves the columns of BM25 at 0, for who gives
    them no weight."""
    found = _cosines(query, retrievers.dense)
    return np.column_stack(
        [
            found,
            retrievers.words.scores(query) if words else np.zeros_like(found),
            retrievers.centroid.scores(query),
            retrievers.coverage.scores(query),
            retrievers.modifiers.scores(query.folded),
            retrievers.subjects.scores(query.folded),
            retrievers.standing,
            retrievers.abroad.scores(query.folded),
        ]
    ).astype(np.float64)


def _cosines(query: Query, dense: DenseRetriever) -> np.ndarray:
    """(n_candidates, 2): best cosine, mean of the best three. A candidate out of the dense reach gets the lowest cosine seen."""
    cosines = dense.scores(query).astype(np.float64)
    finite = cosines[np.isfinite(cosines)]
    cosines[~np.isfinite(cosines)] = finite.min() if finite.size else 0.0
    return cosines


def probabilities(
    features: np.ndarray, weights: Sequence[float], none_score: float, bonus: np.ndarray | float = 0.0
) -> np.ndarray:
    """Softmax over candidates and "none" (last): (n_candidates, n_features) -> (n_candidates + 1,), sums to 1.

    A conditional logit (McFadden 1974): one linear score a candidate, so scales of the retrievers need not agree.
    bonus: added to the scores of candidates, such as that of the procedure the talk is about.
    """
    scores = np.append(features @ np.asarray(weights, np.float64) + bonus, none_score)
    scores = np.exp(scores - scores.max())
    return scores / scores.sum()

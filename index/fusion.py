"""Scores of all retrievers in, one probability a procedure out, and one for "none of them"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.coverage import Coverage
from index.dense import DenseRetriever
from index.lexical import LexicalRetriever
from index.linear import LinearRetriever
from index.modifiers import Modifiers
from index.retriever import Query


@dataclass(frozen=True, slots=True)
class Retrievers:
    """Everything that scores a question against every candidate, all over the same sorted codes."""

    dense: DenseRetriever
    words: LexicalRetriever
    linear: LinearRetriever
    coverage: Coverage
    modifiers: Modifiers


def feature_matrix(query: Query, retrievers: Retrievers) -> np.ndarray:
    """float64 (n_candidates, n_features), columns as settings.FEATURES, the last row that of ELSEWHERE."""
    return np.column_stack(
        [
            retrievers.linear.scores(query),
            _cosines(query, retrievers.dense),
            retrievers.words.scores(query),
            retrievers.coverage.scores(query),
            retrievers.modifiers.scores(query.folded),
        ]
    )


def _cosines(query: Query, dense: DenseRetriever) -> np.ndarray:
    """(n_candidates, 2): best cosine, mean of the best three. A candidate out of the dense reach gets the lowest cosine seen."""
    cosines = dense.scores(query).astype(np.float64)
    finite = cosines[np.isfinite(cosines)]
    cosines[~np.isfinite(cosines)] = finite.min() if finite.size else 0.0
    return cosines


def probabilities(
    features: np.ndarray, weights: Sequence[float], none_score: float, elsewhere_bias: float, bonus: np.ndarray | float = 0.0
) -> np.ndarray:
    """Softmax over procedures and "none" (last): (n_codes + 1, n_features) -> (n_codes + 1,), sums to 1.

    A conditional logit (McFadden 1974): one linear score a candidate, so scales of the retrievers need not agree. "None" is
    two candidates in one: a fixed score (nothing here is like it) and ELSEWHERE (it is like something that is not loaded).
    bonus: added to the scores of candidates, such as that of the procedure the talk is about.
    """
    scores = features @ np.asarray(weights, np.float64) + bonus
    scores[-1] += elsewhere_bias
    scores = np.append(scores, none_score)
    scores = np.exp(scores - scores.max())
    scores /= scores.sum()
    return np.append(scores[:-2], scores[-2] + scores[-1])

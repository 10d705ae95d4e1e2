"""Scores of all retrievers in, one probability a procedure out, and one for "none of them"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.dense import DenseRetriever
from index.lexical import LexicalRetriever
from index.linear import LinearRetriever
from index.retriever import Query


def feature_matrix(query: Query, dense: DenseRetriever, words: LexicalRetriever, chars: LexicalRetriever, linear: LinearRetriever) -> np.ndarray:
    """float64 (n_codes, 7), columns as settings.FEATURES. A procedure out of the dense reach gets the lowest cosine seen."""
    meaning = dense.scores(query).astype(np.float64)
    finite = meaning[np.isfinite(meaning)]
    meaning[~np.isfinite(meaning)] = finite.min() if finite.size else 0.0
    return np.column_stack([linear.scores(query), meaning, words.scores(query), chars.scores(query)])


def probabilities(features: np.ndarray, weights: Sequence[float], none_score: float) -> np.ndarray:
    """Softmax over procedures and "none" (last): (n_codes, n_features) -> (n_codes + 1,), sums to 1.

    A conditional logit (McFadden 1974): one linear score a candidate, so scales of the retrievers need not agree.
    """
    scores = np.append(features @ np.asarray(weights, np.float64), none_score)
    scores = np.exp(scores - scores.max())
    return scores / scores.sum()

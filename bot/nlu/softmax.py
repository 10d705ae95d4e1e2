"""Logistic regression as plain arrays: fit with scikit-learn, calibrate, predict with one product."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Sequence

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

FOLDS = 3
TOLERANCE = 1e-2
"""Of the solver. A tenth of it takes 15 times as long and changes no held-out figure."""
TEMPERATURES = np.geomspace(0.3, 3.0, 28)
MAX_IMBALANCE = 6.0
"""A class weighs at most this many times the weight of the largest one: rare classes count more, but not without end."""


@dataclass(frozen=True)
class Softmax:
    """weights: float32 (n_terms, n_classes); bias: (n_classes,); the temperature is already in both."""

    weights: np.ndarray
    bias: np.ndarray
    classes: tuple[str, ...]

    def __post_init__(self) -> None:
        # scipy copies a matrix that does not lie row by row, at every product: 5 MB a message
        object.__setattr__(self, "weights", np.ascontiguousarray(self.weights, np.float32))

    def chances(self, rows: sparse.csr_matrix) -> np.ndarray:
        """(n, n_classes), rows sum to 1, columns as `classes`."""
        if rows.shape[0] == 1:  # one message: without scipy's checks of a whole product
            return softmax((rows.data @ self.weights[rows.indices] + self.bias)[None])
        return softmax(rows @ self.weights + self.bias)


def fit(rows: sparse.csr_matrix, labels: Sequence[str], c: float, importance: np.ndarray) -> Softmax:
    """Multinomial logistic regression. c: inverse L2 strength; importance: weight of each row."""
    totals: Counter[str] = Counter()
    for label, weight in zip(labels, importance):
        totals[label] += weight
    largest = max(totals.values())
    balance = {label: min(largest / total, MAX_IMBALANCE) for label, total in totals.items()}
    model = LogisticRegression(C=c, class_weight=balance, max_iter=150, tol=TOLERANCE).fit(
        rows, list(labels), sample_weight=importance
    )
    weights, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one column for two classes
        weights, bias = np.hstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return Softmax(weights.astype(np.float32), bias.astype(np.float32), tuple(str(name) for name in model.classes_))


def calibrate(
    rows: sparse.csr_matrix, labels: Sequence[str], groups: Sequence[int], c: float, importance: np.ndarray
) -> tuple[Softmax, dict[str, float]]:
    """fit, with a temperature from cross-validation that makes confidences mean what they say (Guo et al., ICML 2017).

    groups: an example and its copy without diacritics share one, so neither tells the other. -> model, out-of-fold report.
    """
    truth = np.asarray(labels)
    scored, known = [], []
    for train, test in GroupKFold(FOLDS).split(rows, truth, groups):
        model = fit(rows[train], truth[train], c, importance[train])
        position = {name: n for n, name in enumerate(model.classes)}
        keep = [n for n in test if truth[n] in position]
        scored.append(rows[keep] @ model.weights + model.bias)
        known.append(np.array([position[label] for label in truth[keep]]))
    logits, answers = np.vstack(scored), np.concatenate(known)
    losses = [-np.log(softmax(logits / t)[np.arange(len(answers)), answers] + 1e-12).mean() for t in TEMPERATURES]
    heat = float(TEMPERATURES[int(np.argmin(losses))])
    chances = softmax(logits / heat)
    whole = fit(rows, labels, c, importance)
    report = {
        "temperature": heat,
        "accuracy": float((chances.argmax(axis=1) == answers).mean()),
        "mean_confidence": float(chances.max(axis=1).mean()),
    }
    return Softmax(whole.weights / heat, whole.bias / heat, whole.classes), report


def softmax(scores: np.ndarray) -> np.ndarray:
    """Row by row; rows sum to 1."""
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)

"""`make calibrate`: search weights and the score of "none", by maximum likelihood on tests/retrieval, with 5-fold figures.

Prints what belongs into index/settings.py; writes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy import optimize

from index import settings
from index.encoder import BundledEncoder
from index.fusion import probabilities
from index.release import current, open_release
from tools.topics import Topic, read_topics

FOLDS = 5
L2 = 1e-4
"""Pull of the weights towards zero, a topic: keeps features that say the same from fighting each other."""


def load(var: Path) -> tuple[list[Topic], np.ndarray, np.ndarray, list[str]]:
    """-> topics, features (n_topics, n_codes + 1, n_features), relevance (n_topics, n_codes + 1) with "none" last, codes."""
    search, _, _ = open_release(current(var), BundledEncoder())
    topics = [topic for topic in read_topics() if not topic.ambiguous]
    features = np.stack([search.features(topic.question) for topic in topics])
    relevant = np.array([[code in topic.codes for code in search.codes] + [not topic.codes] for topic in topics])
    return topics, features, relevant, search.codes


def loss(parameters: np.ndarray, features: np.ndarray, relevant: np.ndarray) -> float:
    """Mean negative log probability of any right outcome, plus L2."""
    chances = outcome(parameters, features)
    return float(-np.log((chances * relevant).sum(axis=1) + 1e-9).mean() + L2 * (parameters[:-2] ** 2).mean())


def outcome(parameters: np.ndarray, features: np.ndarray) -> np.ndarray:
    """(n_topics, n_codes + 1) probabilities, "none" last; the last two parameters are its score and the bias of ELSEWHERE."""
    return np.stack([probabilities(row, parameters[:-2], parameters[-2], parameters[-1]) for row in features])


def fit(features: np.ndarray, relevant: np.ndarray) -> np.ndarray:
    """Weights not below zero: more of a match never speaks against a procedure."""
    start = np.array([*settings.WEIGHTS, settings.NONE_SCORE, settings.ELSEWHERE_BIAS])
    bounds = [(0.0, None)] * len(settings.WEIGHTS) + [(None, None)] * 2
    options = {"maxiter": 500, "maxfun": 50_000}
    first = optimize.minimize(loss, start, (features, relevant), method="L-BFGS-B", bounds=bounds, options=options).x
    # The fixed score of "none" lies in a flat valley while it is far below all candidates: start again from where it matters.
    outside = features[relevant[:, -1]] @ first[:-2]
    again = np.array([*first[:-2], np.median(outside.max(axis=1)), first[-1]])
    second = optimize.minimize(loss, again, (features, relevant), method="L-BFGS-B", bounds=bounds, options=options).x
    return min((first, second), key=lambda parameters: loss(parameters, features, relevant))


def out_of_fold(features: np.ndarray, relevant: np.ndarray) -> np.ndarray:
    """Probabilities of each topic from a fit that has not seen it."""
    folds = np.arange(len(features)) % FOLDS
    chances = np.zeros(relevant.shape)
    for fold in range(FOLDS):
        chances[folds == fold] = outcome(fit(features[folds != fold], relevant[folds != fold]), features[folds == fold])
    return chances


GROUPS = {
    "learnt ranking": ("linear",),
    "meaning": ("dense_best", "dense_top3"),
    "words": ("words_best", "words_top3"),
    "coverage": ("coverage",),
    "modifiers": ("modifiers",),
}


def ablate(topics: list[Topic], features: np.ndarray, relevant: np.ndarray) -> None:
    """What each part brings: everything without it, fitted anew, out of fold."""
    inside = np.array([bool(topic.codes) for topic in topics])
    print("\n| without | log loss | R@1 % | right at once % | wrong % | answered of outside % |\n|---|---|---|---|---|---|")
    for name, dropped in {"nothing": (), **GROUPS}.items():
        masked = features.copy()
        masked[:, :, [settings.FEATURES.index(feature) for feature in dropped]] = 0.0
        chances = out_of_fold(masked, relevant)
        best = chances[:, :-1].argmax(axis=1)
        right = relevant[np.arange(len(topics)), best]
        second = np.sort(chances[:, :-1], axis=1)[:, -2]
        top = chances[:, :-1].max(axis=1)
        clear = (top >= settings.ANSWER_FROM) & (top >= settings.LEAD * second) & (chances[:, -1] <= settings.NONE_UP_TO)
        row = (right[inside].mean(), (right & clear)[inside].mean(), (~right & clear)[inside].mean(), clear[~inside].mean())
        print(
            f"| {name} | {-np.log((chances * relevant).sum(axis=1) + 1e-9).mean():.3f} | "
            + " | ".join(f"{100 * value:.1f}" for value in row)
            + " |",
            flush=True,
        )


def main() -> int:
    topics, features, relevant, _ = load(Path(sys.argv[1] if len(sys.argv) > 1 else "var"))
    chances = out_of_fold(features, relevant)
    report(topics, chances, relevant)
    if "--ablate" in sys.argv:
        ablate(topics, features, relevant)
    parameters = fit(features, relevant)
    print(
        "\nWEIGHTS =",
        tuple(round(float(x), 2) for x in parameters[:-2]),
        "\nNONE_SCORE =",
        round(float(parameters[-2]), 2),
        "\nELSEWHERE_BIAS =",
        round(float(parameters[-1]), 2),
        "\nloss",
        round(loss(parameters, features, relevant), 4),
    )
    return 0


def report(topics: list[Topic], chances: np.ndarray, relevant: np.ndarray) -> None:
    """Out-of-fold: rank figures, then for each threshold how many are answered and how often that is wrong."""
    inside = np.array([bool(topic.codes) for topic in topics])
    best = chances[:, :-1].argmax(axis=1)
    right = relevant[np.arange(len(topics)), best]
    print(f"topics: {inside.sum()} in, {(~inside).sum()} out of the loaded procedures; out of fold:")
    for style in ["ALL", *sorted({topic.style for topic in topics})]:
        rows = inside & np.array([style in ("ALL", topic.style) for topic in topics])
        if rows.any():
            print(f"  {style:14} n {rows.sum():4} R@1 {right[rows].mean():.3f}")
    print("  threshold: answered of in / right of those / answered of out | asked of in with right among 4")
    top = chances[:, :-1].max(axis=1)
    four = np.argsort(-chances[:, :-1], axis=1)[:, :4]
    among = np.take_along_axis(relevant[:, :-1], four, axis=1).any(axis=1)
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        answered = top >= threshold
        print(
            f"  {threshold:.2f}  {answered[inside].mean():.3f} / {right[inside & answered].mean():.3f} / {answered[~inside].mean():.3f} | {among[inside & ~answered].mean():.3f}"
        )


if __name__ == "__main__":
    sys.exit(main())

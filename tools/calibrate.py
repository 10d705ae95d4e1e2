"""`make calibrate`: search weights and the score of "none", by maximum likelihood on tests/retrieval, with 5-fold figures.

Prints what belongs into index/settings.py, and the risk-coverage table that its thresholds were chosen from; writes nothing.

    python -m tools.calibrate var [--ablate] [--curve FILE.svg]
"""

from __future__ import annotations

import argparse
import copy
import sys
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import optimize

from index import settings
from index.encoder import BundledEncoder
from index.release import current, open_release
from index.search import ProcedureSearch
from index.text import fold
from tools.topics import Topic, read_topics

FOLDS = 5
L2 = 1e-4
"""Pull of the weights towards zero, a topic: keeps features that say the same from fighting each other."""
NEAR = 150
"""Candidates a topic that are fitted: those which the present weights put first. The others have next to no probability."""


@dataclass(frozen=True)
class Judged:
    """features: (n, NEAR, n_features); right: (n, NEAR + 1), "none" last; ours: (n, NEAR), False for what is not loaded; vague:
    (n, NEAR), True for families; offers: (n, NEAR), True for a family that a right procedure is a member of; gate: the release's.

    Right for a question that an officer would ask back is the family of two of its procedures; without one, its procedures."""

    topics: list[Topic]
    features: np.ndarray
    right: np.ndarray
    ours: np.ndarray
    vague: np.ndarray
    offers: np.ndarray
    gate: settings.Gate

    def part(self, rows: np.ndarray) -> Judged:
        """Some of the topics; rows: booleans."""
        kept = [topic for topic, row in zip(self.topics, rows, strict=True) if row]
        arrays = (self.features, self.right, self.ours, self.vague, self.offers)
        return Judged(kept, *(array[rows] for array in arrays), self.gate)

    @property
    def inside(self) -> np.ndarray:
        """(n,) True where a loaded procedure is right."""
        return ~self.right[:, -1]

    @property
    def ambiguous(self) -> np.ndarray:
        """(n,) True where an officer would ask back."""
        return np.array([topic.ambiguous for topic in self.topics], bool)


def load(search: ProcedureSearch, topics: list[Topic]) -> Judged:
    """Features of the nearest candidates of each topic; a right one that is not among them stays out, as it would."""
    features, right, ours, vague, offers = [], [], [], [], []
    for topic in topics:
        matrix = search.features(topic.question)
        near = np.argsort(-(matrix @ np.asarray(settings.WEIGHTS)), kind="stable")[:NEAR]
        codes = {code for code in topic.codes if code in search.place and search.loaded[search.place[code]]}
        families = [family for family in search.families.values() if topic.ambiguous and len(codes.intersection(family.members)) > 1]
        wanted = {search.place[code] for code in ([family.code for family in families] or codes)}
        features.append(matrix[near])
        right.append([*(place in wanted for place in near), not wanted])
        ours.append(search.loaded[near])
        vague.append([search.codes[place] in search.families for place in near])
        holding = {search.place[family.code] for family in search.families.values() if codes.intersection(family.members)}
        offers.append([place in holding for place in near])
    return Judged(topics, *(np.array(part) for part in (features, right, ours, vague, offers)), search.gate)


def outcome(parameters: np.ndarray, judged: Judged) -> np.ndarray:
    """(n, NEAR + 1) probabilities; "none" last, what is not loaded added to it and set to zero."""
    scores = judged.features @ parameters[:-1]
    scores = np.concatenate([scores, np.full((len(scores), 1), parameters[-1])], axis=1)
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    mine = chances[:, :-1] * judged.ours
    return np.concatenate([mine, 1 - mine.sum(axis=1, keepdims=True)], axis=1)


def loss(parameters: np.ndarray, judged: Judged) -> float:
    """Mean negative log probability of any right outcome, plus L2."""
    chances = outcome(parameters, judged)
    return float(-np.log((chances * judged.right).sum(axis=1) + 1e-6).mean() + L2 * (parameters[:-1] ** 2).mean())


def fit(judged: Judged, dropped: tuple[int, ...] = ()) -> np.ndarray:
    """Weights not below zero: more of a match never speaks against a procedure."""
    bounds = [(0.0, 0.0) if n in dropped else (0.0, None) for n in range(len(settings.WEIGHTS))] + [(None, None)]
    start = np.array([*settings.WEIGHTS, settings.NONE_SCORE])
    start[list(dropped)] = 0.0
    # The score of "none" lies in a flat valley while it is far below all candidates: begin where it matters.
    start[-1] = np.median((judged.features @ start[:-1]).max(axis=1)) - 1
    options = {"maxiter": 400, "maxfun": 40_000}
    return optimize.minimize(loss, start, (judged,), method="L-BFGS-B", bounds=bounds, options=options).x


def out_of_fold(judged: Judged, dropped: tuple[int, ...] = ()) -> np.ndarray:
    """Probabilities of each topic from a fit that has not seen it."""
    folds = np.arange(len(judged.topics)) % FOLDS
    chances = np.zeros(judged.right.shape)
    for part in range(FOLDS):
        chances[folds == part] = outcome(fit(judged.part(folds != part), dropped), judged.part(folds == part))
    return chances


GROUPS = {
    "nothing": (),
    "meaning": ("dense_best", "dense_top3"),
    "words": ("words_best", "words_top3"),
    "centroid": ("centroid",),
    "coverage": ("coverage",),
    "modifiers": ("modifiers",),
    "citizens first": ("subjects",),
    "use": ("use",),
    "province": ("foreign",),
    "at home first": ("abroad",),
}


def clear(judged: Judged, chances: np.ndarray, answer_from: float | None = None) -> np.ndarray:
    """(n,) True where index.search would answer at once."""
    best, second = np.sort(np.where(judged.vague, 0.0, chances[:, :-1]), axis=1)[:, [-1, -2]].T
    second = np.maximum(second, (chances[:, :-1] * judged.vague).max(axis=1))
    gate = judged.gate
    enough = best >= (gate.answer_from if answer_from is None else answer_from)
    return enough & (best >= gate.lead * second) & (chances[:, -1] <= gate.none_up_to)


def asked_back(judged: Judged, chances: np.ndarray) -> np.ndarray:
    """(n,) True where the family of the question would be asked about."""
    vague = (chances[:, :-1] * judged.vague).max(axis=1)
    known = chances[:, -1] <= judged.gate.none_up_to
    return known & (vague >= settings.VAGUE_FROM) & (vague >= np.where(judged.vague, 0.0, chances[:, :-1]).max(axis=1))


def figures(judged: Judged, chances: np.ndarray) -> str:
    """One row of a table: log loss, right first, right at once, right at once or among the choices, wrong, asked back about a
    family, answered of outside. "Right first" of what has to be asked back is its family."""
    inside, every = judged.inside, np.arange(len(chances))
    first = judged.right[every, chances[:, :-1].argmax(axis=1)]
    best = np.where(judged.vague, -1.0, chances[:, :-1]).argmax(axis=1)
    right, at_once, asked = judged.right[every, best], clear(judged, chances), asked_back(judged, chances)
    family = (chances[:, :-1] * judged.vague).argmax(axis=1)
    procedures = np.where(judged.vague, -1.0, chances[:, :-1])
    four = np.argsort(-procedures, axis=1)[:, : settings.MAX_CHOICES]
    offered = np.take_along_axis(procedures, four, axis=1)
    shown = (offered >= settings.MIN_CHOICE) & (offered.sum(axis=1, keepdims=True) >= settings.ASK_FROM)
    among = (np.take_along_axis(judged.right[:, :-1], four, axis=1) & shown).any(axis=1)
    helped = np.where(asked, judged.offers[every, family], np.where(at_once, right, among))
    values = (first[inside], (right & at_once)[inside], helped[inside], (~right & at_once)[inside], asked[inside], at_once[~inside])
    log_loss = -np.log((chances * judged.right).sum(axis=1) + 1e-6).mean()
    return f"{log_loss:.3f} | " + " | ".join(f"{100 * value.mean():.1f}" if len(value) else "-" for value in values)


def as_written(search: ProcedureSearch) -> ProcedureSearch:
    """The same search over questions as they are written: small letters in NFC, no abbreviation written out, no diacritics restored,
    no opening left out, no dialect. The encoder still does what it does by itself."""

    def spell(question: str) -> tuple[str, str, str]:
        text = unicodedata.normalize("NFC", question).lower()
        return text, text, fold(text)

    plain = copy.copy(search)
    plain._spell = spell  # type: ignore[method-assign]
    plain._queries = plain._prepare
    return plain


def never_asking(judged: Judged) -> Judged:
    """The same topics under a gate that answers whatever is not "none" with the likeliest procedure."""
    return replace(judged, gate=replace(judged.gate, answer_from=0.0, lead=0.0), vague=np.zeros_like(judged.vague))


HEAD = "log loss | R@1 % | right at once % | right ≤ 1 choice % | wrong % | family asked % | answered of outside %"


def report(judged: Judged, chances: np.ndarray) -> None:
    """Figures by style and by kind of topic."""
    print(f"{judged.inside.sum()} topics in, {(~judged.inside).sum()} out of the loaded procedures; out of fold")
    print(f"\n| topics | n | {HEAD} |\n|---|---|---|---|---|---|---|---|---|")
    groups = {"ALL": np.full(len(judged.topics), True)}
    for style in sorted({topic.style for topic in judged.topics}):
        groups[style] = np.array([topic.style == style for topic in judged.topics])
    for kind in sorted({topic.id[0] for topic in judged.topics}):
        groups[f"{kind}-…"] = np.array([topic.id[0] == kind for topic in judged.topics])
    for name, rows in groups.items():
        print(f"| {name} | {rows.sum()} | {figures(judged.part(rows), chances[rows])} |")


def risk_coverage(judged: Judged, chances: np.ndarray) -> list[tuple[float, float, float, float]]:
    """(threshold, answered of inside, wrong of answered inside, answered of outside) for thresholds of Gate.answer_from."""
    judged, chances = judged.part(~judged.ambiguous), chances[~judged.ambiguous]
    inside, best = judged.inside, np.where(judged.vague, -1.0, chances[:, :-1]).argmax(axis=1)
    right = judged.right[np.arange(len(best)), best]
    rows = []
    for threshold in np.arange(0.2, 0.96, 0.05):
        at_once = clear(judged, chances, float(threshold))
        wrong = (~right & at_once)[inside].sum() / max(at_once[inside].sum(), 1)
        rows.append((float(threshold), float(at_once[inside].mean()), float(wrong), float(at_once[~inside].mean())))
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("var", type=Path, nargs="?", default=Path("var"))
    parser.add_argument("--ablate", action="store_true", help="everything without each part, fitted anew")
    parser.add_argument("--curve", type=Path, help="the risk-coverage curve as a picture")
    args = parser.parse_args()
    search, _, _ = open_release(current(args.var), BundledEncoder())
    judged = load(search, read_topics())
    chances = out_of_fold(judged)
    report(judged, chances)
    if args.ablate:
        print(f"\n| without | {HEAD} |\n|---|---|---|---|---|---|---|---|")
        for name, features in GROUPS.items():
            dropped = tuple(settings.FEATURES.index(feature) for feature in features)
            print(f"| {name} | {figures(judged, out_of_fold(judged, dropped))} |", flush=True)
        written = load(as_written(search), judged.topics)
        print(f"| normaliser | {figures(written, out_of_fold(written))} |", flush=True)
        print(f"| asking back | {figures(never_asking(judged), chances)} |", flush=True)
    curve = risk_coverage(judged, chances)
    print("\n| answered from | answered of inside % | wrong of those % | answered of outside % |\n|---|---|---|---|")
    for row in curve:
        print(f"| {row[0]:.2f} | " + " | ".join(f"{100 * value:.1f}" for value in row[1:]) + " |")
    if args.curve:
        from tools.curve import draw

        args.curve.write_text(draw(curve), "utf-8")
    parameters = fit(judged)
    print("\nWEIGHTS =", tuple(round(float(x), 2) for x in parameters[:-1]), "\nNONE_SCORE =", round(float(parameters[-1]), 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())

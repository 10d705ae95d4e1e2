"""The weights of actions/gate.py, fitted on held-out messages: tests/retrieval, and limits.yml, held_out.yml and short.yml of tests/nlu.

    python -m tools.gate VAR [VAR ...]

Each folder holds a release and a model; the gate in force was fitted on one, the whole catalogue. A message counts once in each,
always in the same fold. Prints what was decided
before and what the gate decides, by 5-fold cross-validation, and the weights; writes nothing. Messages of two or more kinds that are
right (idle talk) count as no question.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from actions import gate
from actions.respond import asks_plainly
from index.asking import asked_in_words
from index.catalogue import read_yaml
from index.encoder import BundledEncoder
from index.release import current, open_release
from tools.topics import read_topics

NLU = Path("tests/nlu")
C = 0.3
"""Inverse strength of the pull towards zero; 0.03 to 0.3 differ by less than a point."""
OTHER_WEIGHT = 2.0
"""What a message that is no question counts: there are three times as many questions."""
FOLDS, REPEATS = 5, 3
IN_TALK = ("affirm", "deny", "correct", "react")
"""Kinds that mean nothing without a talk."""


@dataclass(frozen=True, slots=True)
class Told:
    """One message. source: the file it is from; question: it asks about a procedure."""

    text: str
    source: str
    question: bool


def messages() -> list[Told]:
    """All held-out messages, file by file."""
    told = [Told(topic.question, "topics", True) for topic in read_topics()]
    for name in ("limits", "short"):
        for block in read_yaml(NLU / f"{name}.yml").values():
            told += [Told(text, name, block["intents"] == [gate.QUESTION]) for group in ("named", "plain") for text in block[group]]
    for block in read_yaml(NLU / "held_out.yml")["nlu"]:
        if block["intent"] not in IN_TALK:
            told += [Told(line.strip()[2:], "held_out", gate.asks(block["intent"])) for line in block["examples"].splitlines() if line.strip()]
    return told


def weighed(told: Iterable[Told], var: Path) -> tuple[np.ndarray, np.ndarray]:
    """(n_messages, n_features) and (n_messages,) whether NLU took it for a question."""
    from rasa.core.agent import Agent  # seconds to import

    agent = Agent.load(str((var / "models" / "current").resolve()))
    search, _, _ = open_release(current(var), BundledEncoder())

    async def every() -> list[tuple[list[float], bool]]:
        rows = []
        for one in told:
            parsed = await agent.parse_message(one.text)
            heard = gate.kinds(parsed["intent_ranking"])
            found = search.search(one.text)
            row = gate.features(heard, found, bool(asked_in_words(one.text)), asks_plainly(one.text), bool(search.topic_words(one.text)))
            rows.append((row, gate.asks(parsed["intent"]["name"] or "")))
        return rows

    rows = asyncio.run(every())
    return np.array([row for row, _ in rows]), np.array([asks for _, asks in rows])


def fitted(values: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights of the features as they are, and the bias."""
    mean, spread = values.mean(0), values.std(0) + 1e-9
    model = LogisticRegression(C=C, max_iter=5000).fit((values - mean) / spread, truth, np.where(truth, 1.0, OTHER_WEIGHT))
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)


def crossed(values: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """(n_messages, n_folders) chances, each from a fit without the message; values (n_messages, n_folders, n_features)."""
    chances = np.zeros(values.shape[:2])
    for seed in range(REPEATS):
        for learn, ask in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(values, truth):
            weights, bias = fitted(values[learn].reshape(-1, values.shape[2]), np.repeat(truth[learn], values.shape[1]))
            chances[ask] += 1.0 / (1.0 + np.exp(-(values[ask] @ weights + bias))) / REPEATS
    return chances


def main() -> None:
    logging.disable(logging.WARNING)
    told = messages()
    truth, source = np.array([one.question for one in told]), np.array([one.source for one in told])
    found = [weighed(told, Path(var)) for var in sys.argv[1:]]
    values = np.stack([rows for rows, _ in found], 1)
    chances = crossed(values, truth)
    for n in range(len(found)):
        asks = found[n][1]
        print(f"\nrelease {n + 1}: share refused of questions | let through of the others")
        for name, taken in [("NLU alone", asks), *((f"from {low}, other below {high}", (asks & (chances[:, n] >= high)) | (chances[:, n] >= low))
                            for low, high in ((0.5, 0.5), (0.5, 0.2), (0.6, 0.2), (0.6, 0.3), (0.7, 0.2), (0.7, 0.1)))]:
            parts = [f"{file} {100 * np.mean(taken[(truth == kind) & (source == file)] != kind):.1f}" for kind in (True, False)
                     for file in ("topics", "limits", "held_out", "short") if ((truth == kind) & (source == file)).any()]
            print(f"{name:28} " + ", ".join(parts[:4]) + " | " + ", ".join(parts[4:]))
    weights, bias = fitted(values.reshape(-1, values.shape[2]), np.repeat(truth, values.shape[1]))
    print("\nWEIGHTS = {" + ", ".join(f'"{name}": {weight:.3f}' for name, weight in zip(gate.FEATURES, weights, strict=True)) + f"}}\nBIAS = {bias:.3f}")


if __name__ == "__main__":
    main()

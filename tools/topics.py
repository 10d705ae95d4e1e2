"""tests/retrieval in TREC form -> topics with their judged procedures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("tests/retrieval")
NONE = "NONE"
"""Stands in qrels for a question whose procedure is not loaded."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One question; codes: every loaded procedure that a careful officer would accept, empty when there is none."""

    id: str
    style: str
    aspects: tuple[str, ...]
    question: str
    codes: frozenset[str]

    @property
    def ambiguous(self) -> bool:
        """True when an officer would ask back."""
        return self.id.startswith("u-")


def read_topics(folder: Path = FOLDER) -> list[Topic]:
    """All topics in file order. Raises ValueError for a topic without a judgement or a malformed line."""
    judged: dict[str, set[str]] = {}
    for line in (folder / "qrels.txt").read_text("utf-8").splitlines():
        topic, _, code, relevant = line.split()
        if int(relevant) > 0:
            judged.setdefault(topic, set()).add(code)
    topics = []
    for line in (folder / "topics.tsv").read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("id\t"):
            continue
        topic, style, aspects, question = line.split("\t")
        if topic not in judged:
            raise ValueError(f"{folder}: topic {topic} has no judgement in qrels.txt")
        topics.append(Topic(topic, style, tuple(a for a in aspects.split(",") if a), question, frozenset(judged[topic] - {NONE})))
    return topics

"""A file of questions, one matter a paragraph, in; how well the clusters of the release in MOT_CUA_VAR meet the paragraphs, out.

    python -m bot.staff.queue.measure tests/bot/staff/queue/questions.txt [--grid]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import numpy as np

from bot.gateway.settings import read_settings
from bot.staff.opening import serving
from bot.staff.queue import cluster
from bot.staff.queue.cluster import Groups, Item, words_of


def read_questions(path: Path) -> list[tuple[int, str]]:
    """(paragraph from 0, question)."""
    paragraphs = [part.splitlines() for part in path.read_text("utf-8").split("\n\n")]
    return [(n, line.strip()) for n, lines in enumerate(paragraphs) for line in lines if line.strip() and not line.startswith("#")]


def clustered(items: Sequence[Item]) -> list[str]:
    """Items in their order -> the cluster of each."""
    numbers, groups = count(), Groups((), len(items[0].vector))
    return [groups.join(item, lambda: str(next(numbers))).id for item in items]


def pairs(labels: Sequence[int], found: Sequence[str]) -> tuple[float, float]:
    """Precision and recall over pairs of questions: of those put together, those that belong together; and the other way round."""

    def n(groups: Counter) -> int:
        return sum(size * (size - 1) // 2 for size in groups.values())

    both, put, belong = n(Counter(zip(labels, found, strict=True))), n(Counter(found)), n(Counter(labels))
    return both / max(1, put), both / max(1, belong)


def main(arguments: Sequence[str]) -> int:
    """Questions come in an order that is mixed, always the same: in the queue they come as people ask."""
    search = serving(read_settings().var)
    if search is None:
        print("no release: run make release")
        return 1
    questions = read_questions(Path(arguments[0]))
    order = np.random.default_rng(6).permutation(len(questions))
    items = [Item(questions[n][1], search.query(questions[n][1]).vector, words_of(questions[n][1])) for n in order]
    labels = [questions[n][0] for n in order]
    grid = [(c, w) for c in (0.80, 0.82, 0.83, 0.84, 0.85, 0.86, 0.88) for w in (0.0, 0.1, 0.15, 0.2, 0.3, 0.4)]
    for cosine, words in grid if "--grid" in arguments else [(cluster.FROM_COSINE, cluster.FROM_WORDS)]:
        cluster.FROM_COSINE, cluster.FROM_WORDS = cosine, words
        found = clustered(items)
        precision, recall = pairs(labels, found)
        print(f"cosine {cosine:.2f} words {words:.2f}: {len(set(found))} clusters, precision {precision:.3f}, recall {recall:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

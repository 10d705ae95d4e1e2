"""What data/phrasings brings to the search, field by field: two releases of the same records, with and without it.

    cp -r data COPY && rm COPY/phrasings/*.yml
    python -m index.importer FILE --var OTHER && python -m index.release build COPY OTHER
    python -m tools.phrasings var OTHER

Weights are fitted anew for each release and judged out of fold, on the topics of tests/retrieval that one procedure answers.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from index.encoder import BundledEncoder
from index.release import current, open_release
from index.search import ProcedureSearch
from tools.calibrate import Judged, clear, load, out_of_fold
from tools.topics import Topic, read_topics

FEWEST = 12
"""Topics from which a field has a row of its own."""


def outcomes(search: ProcedureSearch, topics: list[Topic]) -> tuple[np.ndarray, np.ndarray]:
    """(n,) True where a right procedure stands first; (n,) True where it would be answered at once."""
    judged: Judged = load(search, topics)
    chances = out_of_fold(judged)
    best = np.where(judged.vague, -1.0, chances[:, :-1]).argmax(axis=1)
    right = judged.right[np.arange(len(best)), best]
    return right, right & clear(judged, chances)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("with_phrasings", type=Path)
    parser.add_argument("without", type=Path)
    args = parser.parse_args()
    encoder = BundledEncoder()
    searches = [open_release(current(var), encoder)[0] for var in (args.with_phrasings, args.without)]
    topics = [topic for topic in read_topics() if topic.codes and not topic.ambiguous]
    topics = [topic for topic in topics if all(topic.codes & search.procedures.keys() for search in searches)]
    fields = [searches[0].procedures[min(topic.codes & searches[0].procedures.keys())].field for topic in topics]
    own = {field for field, count in Counter(fields).items() if count >= FEWEST}
    names = np.array([field if field in own else "các lĩnh vực khác" for field in fields])
    (first, once), (first_without, once_without) = (outcomes(search, topics) for search in searches)
    print("| field | topics | R@1 % without | with | right at once % without | with |\n|---|---|---|---|---|---|")
    for name in [*sorted(own, key=lambda field: -Counter(fields)[field]), "các lĩnh vực khác", "ALL"]:
        rows = np.full(len(topics), True) if name == "ALL" else names == name
        shares = (100 * part[rows].mean() for part in (first_without, first, once_without, once))
        print(f"| {name} | {rows.sum()} | " + " | ".join(f"{share:.0f}" for share in shares) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Learns the weights of bot/gateway/masking_tagger.py from sentences made by code; the same seeds give the same file.

python -m training.train_names [--data data] [--to bot/gateway/masking_tagger.npz] [--jobs 2]   (about seven minutes a learner)

Several learners read different sentences, and the mean of their weights is kept: a logarithmic opinion pool, as Smith, Cohn and Osborne
showed for conditional random fields (ACL 2005), errs less than any of its members.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pycrfsuite

from bot.gateway import masking, masking_tagger
from bot.gateway.masking_names import find_names
from bot.gateway.masking_tagger import PAIR_BITS, TAGS, Piece, features, pair_places, pieces
from bot.gateway.masking_view import ADDRESS_GONE, NAME_GONE, View
from index.text import clean, fold
from training import names_frames
from training.names_made import Sentence, make, phrasings, records

LEARNERS = ((20261123, False), (20261123, True), (20261124, False), (20261124, True))
"""Seed, and whether the frames of training/frames/ are learnt from as well: with them a learner is surer, and finds fewer names."""
SIZES = {"frames_of": 28_000, "plain_of": 36_000, "inserted_of": 13_000, "official_of": 5_000}
LEAST_PAIR = 2
"""A pair of words is known from so many phrasings on, not counting the one that is learnt from."""
LEAST_WEIGHT = 0.05
ROUNDS = 60


def view_of(sentence: Sentence, blank: bool) -> tuple[View, tuple[tuple[int, int], ...]]:
    """What the finder of names gets: numbers blanked; with blank, the first name too, and it is no longer to be found."""
    view = View.of(sentence.text)
    for finder in (masking.find_spelled, masking.find_emails, masking.find_codes):
        view = view.without([(item.start, item.end) for item in finder(view)], masking.NUMBER_GONE)
    names = sentence.names
    if blank and names:
        view = view.without(names[:1], NAME_GONE if len(sentence.text) % 3 else ADDRESS_GONE)
        names = names[1:]
    return view, names


def tags_of(read: Sequence[Piece], names: Iterable[tuple[int, int]]) -> list[str]:
    """B for the first word of a name, I for its others, O for the rest."""
    tags = ["O"] * len(read)
    for start, end in names:
        inside = [n for n, piece in enumerate(read) if piece.start >= start and piece.end <= end]
        for place, n in enumerate(inside):
            tags[n] = TAGS[1 if place == 0 else 2]
    return tags


def pairs_of(text: str) -> set[str]:
    """The pairs of neighbours in a phrasing, as typed and as they are without diacritics."""
    found: set[str] = set()
    for spelling in (text, fold(text)):
        read = pieces(View.of(spelling.lower()))
        found |= {f"{a.shown} {b.shown}" for a, b in pairwise(read) if b.gap == "_" and a.start >= 0 and b.start >= 0}
    return found


def count_pairs(asks: Sequence[str]) -> Counter[str]:
    """Pair → in how many phrasings."""
    return Counter(pair for ask in asks for pair in pairs_of(ask))


def learn(asks: Sequence[str], official: Sequence[str], counts: Counter[str], seed: int, more: bool, model: Path) -> Path:
    """Writes the learnt model. counts: of pairs. more: see LEARNERS; it changes the frames of this process for good."""
    if more:
        names_frames.WITH_NAME += names_frames.more("# WITH")
        names_frames.WITHOUT_NAME += names_frames.more("# WITHOUT")
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.4, "c2": 0.02, "max_iterations": ROUNDS, "feature.possible_transitions": False})
    own: dict[str, set[str]] = {}
    for n, sentence in enumerate(make(asks, seed, official=official, **SIZES)):
        view, names = view_of(sentence, blank=n % 7 == 0)
        read = pieces(view)
        if not read:
            continue
        mine = own.setdefault(sentence.base, pairs_of(sentence.base))
        trainer.append(features(read, lambda pair, mine=mine: counts[pair] - (pair in mine) >= LEAST_PAIR), tags_of(read, names))
    trainer.train(str(model))
    return model


def write(models: Sequence[Path], counts: Counter[str], to: Path) -> int:
    """The mean of the models as arrays; how many features it has."""
    rows: dict[str, list[float]] = {}
    moves = np.zeros((len(TAGS), len(TAGS)))
    for model in models:
        tagger = pycrfsuite.Tagger()
        tagger.open(str(model))
        info = tagger.info()
        for (name, tag), weight in info.state_features.items():
            rows.setdefault(name, [0.0, 0.0, 0.0])[TAGS.index(tag)] += weight / len(models)
        moves += np.array([[info.transitions.get((a, b), 0.0) for b in TAGS] for a in TAGS]) / len(models)
    names = sorted(name for name, row in rows.items() if max(map(abs, row)) >= LEAST_WEIGHT and "\n" not in name)
    values = np.array([rows[name] for name in names])
    bits = np.zeros(1 << PAIR_BITS - 3, np.uint8)
    for pair, count in counts.items():
        if count >= LEAST_PAIR:
            for place in pair_places(pair):
                bits[place >> 3] |= 1 << (place & 7)
    np.savez_compressed(
        to, features=np.frombuffer("\n".join(names).encode(), np.uint8), values=np.rint(values * 100).astype(np.int16),
        moves=np.rint(moves * 100).astype(np.int16), pairs=bits,
    )  # fmt: skip
    return len(names)


def main() -> None:
    """Make the sentences, learn, write, say how large it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--to", type=Path, default=masking_tagger.WEIGHTS)
    parser.add_argument("--jobs", type=int, default=2, help="learners side by side; the file is the same with any number")
    asked = parser.parse_args()
    asks = [ask for ask in map(clean, phrasings(asked.data)) if ask and not find_names(View.of(ask))]  # a few do hold a name
    counts, official = count_pairs(asks), records(asked.data)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(asked.jobs, max_tasks_per_child=1) as pool:
        tasks = [pool.submit(learn, asks, official, counts, seed, more, Path(folder) / f"{n}.crf") for n, (seed, more) in enumerate(LEARNERS)]
        count = write([task.result() for task in tasks], counts, asked.to)
    print(f"{asked.to}: {count} features, {asked.to.stat().st_size} bytes")


if __name__ == "__main__":
    main()

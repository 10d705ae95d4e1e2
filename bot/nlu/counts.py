"""Words and character runs of a message -> one sparse row. Plain Python and NumPy, shared by the classifiers.

Four families, each of unit length so that none drowns the others: words as spelt, folded syllables, pairs of folded
syllables, and folded character runs of 2 to 5 inside syllables' borders. TF-IDF with logarithmic counts.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import Dict, List, Sequence, Tuple

import numpy as np
from scipy import sparse

from index.text import fold, tokens

FAMILIES = ("word", "syllable", "pair", "run")


def bags(normalised: str, lemmas: Sequence[str]) -> Dict[str, Counter]:
    """family -> term counts of one message."""
    return {"word": Counter(lemmas), **_folded(normalised)}


@lru_cache(maxsize=16)  # the featurizer and the aspect classifier read the same message one after the other
def _folded(normalised: str) -> Dict[str, Counter]:
    """The families that need no words; not to be changed."""
    syllables = tokens(fold(normalised))
    framed = ["<", *syllables, ">"]
    text = " " + " ".join(syllables)[:600] + " "
    return {
        "syllable": Counter(syllables),
        "pair": Counter([f"{a} {b}" for a, b in zip(framed, framed[1:])] + [f"{a} _ {b}" for a, b in zip(syllables, syllables[2:])]),
        "run": Counter([text[n : n + size] for size in (2, 3, 4, 5) for n in range(len(text) - size + 1)]),
    }


class Vocabulary:
    """term -> column and its IDF; learnt once, stored as JSON."""

    def __init__(self, terms: Sequence[str], idf: Sequence[float]) -> None:
        self.terms, self.idf = list(terms), list(idf)
        # One dictionary a family: a message looks up 300 terms, and putting family and term together costs more than that.
        self._at: Dict[str, Dict[str, Tuple[int, float]]] = {family: {} for family in FAMILIES}
        for n, (name, weight) in enumerate(zip(self.terms, self.idf)):
            family, _, term = name.partition("\0")
            self._at[family][term] = (n, weight)

    @classmethod
    def learn(cls, messages: Sequence[Dict[str, Counter]], min_messages: int = 3) -> Vocabulary:
        """Terms that stand in at least `min_messages` messages, in sorted order."""
        frequency = Counter(f"{family}\0{term}" for message in messages for family in FAMILIES for term in message[family])
        terms = sorted(term for term, count in frequency.items() if count >= min_messages)
        return cls(terms, [float(np.log((1 + len(messages)) / (1 + frequency[term])) + 1) for term in terms])

    def rows(self, messages: Sequence[Dict[str, Counter]]) -> sparse.csr_matrix:
        """float32 (n_messages, n_terms); each family of a row has length 1 or 0."""
        starts, columns, values = [0], [], []
        for message in messages:
            found, weights = self.row(message)
            columns += found
            values += weights
            starts.append(len(columns))
        return sparse.csr_matrix((np.array(values, np.float32), columns, starts), shape=(len(messages), len(self.terms)))

    def row(self, message: Dict[str, Counter]) -> Tuple[List[int], List[float]]:
        """Columns and values of one message's row."""
        columns, values = [], []
        for family in FAMILIES:
            known = self._at[family]
            found = [(place, count) for term, count in message[family].items() if (place := known.get(term))]
            weights = [idf if count == 1 else (1 + math.log(count)) * idf for (_, idf), count in found]
            length = math.sqrt(sum([weight * weight for weight in weights])) or 1.0
            columns += [at for (at, _), _ in found]
            values += [weight / length for weight in weights]
        return columns, values

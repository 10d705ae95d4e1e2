"""A question typed without diacritics -> the same with diacritics, after the language of our own records and questions.

A bigram language model over words, decoded by Viterbi (Viterbi 1967); candidates of a bare word are the accented words
of the training text that fold to it. The encoder knows Vietnamese with diacritics: without them it finds next to nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from index.text import TOKEN, fold, has_diacritics, tokens

MAX_CANDIDATES = 8
BIGRAM_WEIGHT = 0.85
"""Share of the bigram in the mixture; the rest is the word alone. Not sensitive between 0.7 and 0.95."""


class Accents:
    """Restores diacritics. Counts only, so it is trained in a second and stored as plain JSON."""

    def __init__(self, words: Mapping[str, int], pairs: Mapping[str, int]) -> None:
        self._words = dict(words)
        self._pairs = dict(pairs)
        self._total = sum(words.values()) or 1
        by_fold: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words, key=lambda w: (-words[w], w)):
            by_fold[fold(word)].append(word)
        self._candidates = {bare: found[:MAX_CANDIDATES] for bare, found in by_fold.items()}

    @classmethod
    def train(cls, texts: Iterable[str]) -> Accents:
        """Counts words and pairs of normalised texts; texts that carry no diacritics are left out."""
        words: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for text in texts:
            if has_diacritics(text):
                line = tokens(text)
                words.update(line)
                pairs.update(f"{a} {b}" for a, b in zip(["<s>", *line], line, strict=False))
        return cls(words, pairs)

    def restore(self, text: str) -> str:
        """A normalised text with diacritics put back; returned as it is when the writer used them."""
        if has_diacritics(text):
            return text
        found = list(TOKEN.finditer(text))
        restored = self._decode([match.group() for match in found])
        parts, end = [], 0
        for match, word in zip(found, restored, strict=True):
            parts += [text[end : match.start()], word]
            end = match.end()
        return "".join(parts) + text[end:]

    def _decode(self, line: list[str]) -> list[str]:
        beams: dict[str, tuple[float, list[str]]] = {"<s>": (0.0, [])}
        for word in line:
            options = [word] if word != fold(word) else self._candidates.get(word, [word])
            beams = {
                option: max(
                    ((score + self._log(last, option), [*path, option]) for last, (score, path) in beams.items()),
                    key=lambda beam: beam[0],
                )
                for option in options
            }
        return max(beams.values(), key=lambda beam: beam[0])[1]

    def _log(self, last: str, word: str) -> float:
        alone = (self._words.get(word, 0) + 0.01) / self._total
        together = self._pairs.get(f"{last} {word}", 0) / (self._words.get(last, 0) or self._total / 50)
        return math.log((1 - BIGRAM_WEIGHT) * alone + BIGRAM_WEIGHT * together)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for the release."""
        return {"words": self._words, "pairs": self._pairs}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Accents:
        """The inverse of to_dict."""
        return cls(raw["words"], raw["pairs"])

"""A question typed without diacritics, or with some of them -> with diacritics, after the language of our own records and questions.

A bigram language model over words, decoded by Viterbi (Viterbi 1967), and a noise model: the share of diacritics that this
writer leaves out. Candidates of a bare word are itself and the words of the training text that fold to it; a word that has
diacritics stays, unless no text has it and it lacks only a hook or hat (giáy). The encoder knows Vietnamese with diacritics:
without them it finds next to nothing. Figures: docs/decisions/0011-spelling.md.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from index.text import TOKEN, fold, has_diacritics, tokens

MAX_CANDIDATES = 8
BIGRAM_WEIGHT = 0.85
"""Share of the bigram in the mixture; the rest is the word alone. Not sensitive between 0.7 and 0.95."""
RARELY_BARE = 0.01
"""A word that is bare in less than this share of its spellings tells, when it comes bare, that diacritics are left out."""
CARELESS, PRIOR = 1e-5, 3.0
"""Share of diacritics that a writer with diacritics leaves out before anything tells, and how many words that belief weighs."""
IMPROBABLE = 1 / 20
"""Share of a word's spellings below which a bare one is suspect when sentences for training are chosen."""


class Accents:
    """Restores diacritics. Counts only, so it is trained in seconds and stored as plain JSON."""

    def __init__(self, words: Mapping[str, int], pairs: Mapping[str, int]) -> None:
        self._words = dict(words)
        self._pairs = dict(pairs)
        self._total = sum(words.values()) or 1
        by_fold: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words, key=lambda w: (-words[w], w)):
            by_fold[fold(word)].append(word)
        self._candidates = {bare: found[:MAX_CANDIDATES] for bare, found in by_fold.items()}
        self._telling = {
            bare for bare, found in by_fold.items() if words.get(bare, 0) < RARELY_BARE * sum(words[word] for word in found)
        }

    @classmethod
    def train(cls, texts: Iterable[str]) -> Accents:
        """Counts words and pairs of normalised texts; texts that lack diacritics, wholly or here and there, are left out."""
        lines = [line for text in texts if has_diacritics(text) and (line := tokens(text))]
        spelt = Counter(word for line in lines for word in line)
        folded: Counter[str] = Counter()
        for word, count in spelt.items():
            folded[fold(word)] += count
        words: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for line in lines:
            suspect = sum(spelt[word] < IMPROBABLE * folded[word] for word in line)
            if 6 * suspect <= len(line) and 3 * sum(word != fold(word) for word in line) >= len(line):
                words.update(line)
                pairs.update(f"{a} {b}" for a, b in zip(["<s>", *line], line, strict=False))
        return cls(words, pairs)

    def restore(self, text: str) -> str:
        """A normalised text with diacritics put back, also where the writer left out only some; linear in its length."""
        found = list(TOKEN.finditer(text))
        restored = self._decode([match.group() for match in found])
        parts, end = [], 0
        for match, word in zip(found, restored, strict=True):
            parts += [text[end : match.start()], word]
            end = match.end()
        return "".join(parts) + text[end:]

    def _left_out(self, line: list[str]) -> float:
        """Share of diacritics that the writer leaves out, in (0, 1]; 1 when no word has any."""
        accented = sum(word != fold(word) for word in line)
        if not accented:
            return 1.0
        telling = sum(word in self._telling for word in line)
        return (telling + PRIOR * CARELESS) / (telling + accented + PRIOR)

    def _options(self, word: str) -> list[str]:
        bare = fold(word)
        found = self._candidates.get(bare)
        if found is None:
            return [word]
        if word == bare:
            return found if word in found else [*found, word]
        if word in self._words or any(mark in _HATS for mark in unicodedata.normalize("NFD", word)):
            return [word]
        return [word, *(other for other in found if other != bare and _tone(other) == _tone(word))]

    def _decode(self, line: list[str]) -> list[str]:
        cost = math.log(self._left_out(line))
        scores: dict[str, float] = {"<s>": 0.0}
        back: list[dict[str, str]] = []
        for word in line:
            came: dict[str, str] = {}
            now: dict[str, float] = {}
            options = self._options(word)
            if len(options) == len(scores) == 1:  # nothing to choose; what all paths have in common decides nothing
                back.append({options[0]: next(iter(scores))})
                scores = {options[0]: 0.0}
                continue
            for option in options:
                alone = (1 - BIGRAM_WEIGHT) * (self._words.get(option, 0) + 0.01) / self._total
                best, last = max((score + self._log(before, option, alone), before) for before, score in scores.items())
                now[option] = best + (cost if option != word else 0.0)
                came[option] = last
            scores = now
            back.append(came)
        at = max(scores, key=lambda option: scores[option])
        path = []
        for came in reversed(back):
            path.append(at)
            at = came[at]
        return path[::-1]

    def _log(self, last: str, word: str, alone: float) -> float:
        together = self._pairs.get(f"{last} {word}", 0) / (self._words.get(last, 0) or self._total / 50)
        return math.log(alone + BIGRAM_WEIGHT * together)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for the release."""
        return {"words": self._words, "pairs": self._pairs}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Accents:
        """The inverse of to_dict."""
        return cls(raw["words"], raw["pairs"])


_HATS = "\u0302\u0306\u031b"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _tone(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if c in _TONES)

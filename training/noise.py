"""How hurried fingers change a sentence: no diacritics, some of them, chat abbreviations, typing errors, Telex keys left over.

Made by code for training only, from a seeded generator: the same seed gives the same noise.
"""

from __future__ import annotations

import random
import unicodedata

from index.text import fold
from index.words import ABBREVIATIONS

KINDS = (("none", 0.34), ("bare", 0.30), ("partly", 0.10), ("chat", 0.13), ("typo", 0.08), ("telex", 0.05))
"""Kind and share; about what citizens send to a chat, with bare text somewhat more often because it is hardest."""

_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_VOWELS = {"\u0302": "", "\u0306": "w", "\u031b": "w"}
_SHORT: dict[str, list[str]] = {}
for _short, _long in ABBREVIATIONS.items():
    if " " not in _long or len(_short) > 1:
        _SHORT.setdefault(_long, []).append(_short)


def noisy(text: str, rng: random.Random) -> str:
    """One noisy version of a clean sentence; may be the sentence itself."""
    kind = rng.choices([name for name, _ in KINDS], [share for _, share in KINDS])[0]
    return {"none": _same, "bare": _bare, "partly": _partly, "chat": _chat, "typo": _typo, "telex": _telex}[kind](text, rng)


def _same(text: str, rng: random.Random) -> str:
    return text


def _bare(text: str, rng: random.Random) -> str:
    return fold(text)


def _partly(text: str, rng: random.Random) -> str:
    share = rng.uniform(0.3, 0.8)
    return " ".join(fold(word) if rng.random() < share else word for word in text.split())


def _chat(text: str, rng: random.Random) -> str:
    """Words and pairs that have an abbreviation get it two times out of three; half of such texts lose the diacritics too."""
    words, out, n = text.split(), [], 0
    while n < len(words):
        pair = " ".join(words[n : n + 2]).lower()
        found = pair if pair in _SHORT else words[n].lower()
        if found in _SHORT and rng.random() < 0.67:
            out.append(rng.choice(_SHORT[found]))
        else:
            out += words[n : n + len(found.split())]
        n += len(found.split())
    text = " ".join(out)
    return fold(text) if rng.random() < 0.5 else text


def _typo(text: str, rng: random.Random) -> str:
    """One or two letters lost, doubled or swapped with the next."""
    for _ in range(rng.randint(1, 2)):
        spots = [n for n, c in enumerate(text[:-1]) if c.isalpha() and text[n + 1].isalpha()]
        if not spots:
            return text
        at, kind = rng.choice(spots), rng.randrange(3)
        middle = ("", text[at] * 2, text[at + 1] + text[at])[kind]
        text = text[:at] + middle + text[at + (2 if kind == 2 else 1) :]
    return text


def _telex(text: str, rng: random.Random) -> str:
    return " ".join(_keys(word) if rng.random() < 0.3 else word for word in text.split())


def _keys(word: str) -> str:
    """The Telex keys of a word: "giấy" -> "giaays"."""
    out, tone = "", ""
    for c in unicodedata.normalize("NFD", word.replace("đ", "dd").replace("Đ", "Dd")):
        if c in _TONES:
            tone = _TONES[c]
        elif c in _VOWELS:
            out += _VOWELS[c] or out[-1:]
        else:
            out += c
    return out + tone

"""The pieces that Vietnamese needs: those which the project's own texts and the catalogue use, with and without diacritics,
and the common ones of Latin script for brands and foreign words: 28,000 of 250,000."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from index.e5_file import E5File
from index.encoder import readable
from index.text import fold, normalise
from index.unigram import Unigram

COMMON = 60_000
"""Rows of the vocabulary, most frequent first, of which every readable piece is kept."""


def unigram(file: E5File, rows: Iterable[int]) -> Unigram:
    """A tokenizer whose ids are places in `rows` (rising rows of the file)."""
    kept = list(rows)
    marks = {"bos": kept.index(file.bos), "eos": kept.index(file.eos), "unknown": kept.index(file.unknown)}
    words = [(n, row) for n, row in enumerate(kept) if row not in (file.bos, file.eos, file.pad, file.unknown)]
    scores = np.array([file.pieces[row][1] for _, row in words], np.float32)
    return Unigram([file.pieces[row][0] for _, row in words], np.array([n for n, _ in words], np.int32), scores, **marks)


def needed(file: E5File, texts: Iterable[str]) -> list[int]:
    """Rows used by the texts as written or bare, all single readable characters, and the marks; rising."""
    every = [n for n, (piece, _) in enumerate(file.pieces) if n in _marks(file) or readable(piece)]
    tokens = unigram(file, every)
    used: Counter[int] = Counter()
    for text in texts:
        for version in {normalise(text), fold(normalise(text))}:
            used.update(tokens.ids(f"query: {version} passage: {version}", 10**6))
    common = {row for row in every if row < COMMON or len(file.pieces[row][0].lstrip("▁")) <= 2}
    return sorted({every[n] for n in used} | common | set(_marks(file)))


def _marks(file: E5File) -> tuple[int, int, int, int]:
    return file.bos, file.eos, file.pad, file.unknown

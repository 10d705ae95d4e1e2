"""Passages -> vectors; what an earlier build has encoded is read from a cache by the hash of its text."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.chunk import Passage
from index.encoder import Encoder

QUESTION_LIKE = ("name", "alias", "phrasing")
"""Kinds encoded as questions: they look like what citizens type. The rest is encoded as passages (e5's own two prefixes)."""


def cached_vectors(
    passages: Sequence[Passage], spelt: Sequence[str], cache: Path, encoder: Encoder, log: Callable[[str], object]
) -> tuple[np.ndarray, int]:
    """Vectors of all passages; only texts that no earlier build has seen are encoded. spelt: their texts, normalised and expanded."""
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / f"vectors-{encoder.name.replace('/', '_')}.npz"
    known: dict[str, np.ndarray] = {}
    if path.exists():
        try:
            stored = np.load(path)
            known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            log(f"{path}: cannot be read ({error}); encoding everything again")
    keys = [
        hashlib.sha256(f"{passage.kind in QUESTION_LIKE}\0{text}".encode()).hexdigest()
        for passage, text in zip(passages, spelt, strict=True)
    ]
    todo = {key: (passage, text) for key, passage, text in zip(keys, passages, spelt, strict=True) if key not in known}
    for question_like in (True, False):
        part = [(key, text) for key, (passage, text) in todo.items() if (passage.kind in QUESTION_LIKE) is question_like]
        encode = encoder.queries if question_like else encoder.passages
        for start in range(0, len(part), 256):
            batch = part[start : start + 256]
            known.update(zip([key for key, _ in batch], encode([text for _, text in batch]), strict=True))
            if len(part) > 256:
                log(f"  encoded {start + len(batch)} of {len(part)}")
    if todo:
        temporary = path.with_suffix(f".{os.getpid()}.npz")
        np.savez(temporary, keys=np.array(keys), vectors=np.array([known[key] for key in keys], np.float32))
        temporary.replace(path)
    return np.array([known[key] for key in keys], np.float32), len(todo)

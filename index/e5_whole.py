"""Matrices in whole numbers: what a graph of MatMulIntegerToFloat needs of one place where activations are rounded. Pure.

Activations become uint8 with one scale a place, fixed beforehand, so that a text's vector does not hang on what stands beside it.
A few columns are far wider than the others and would take all of the scale; so each column is first divided by a weight of its own,
which the matrix gives back (SmoothQuant, Xiao et al. 2023). Weights are rounded to 7 bits a column: the instruction that older
processors have (VPMADDUBSW) adds two products in 16 bits, which 8 bits would overflow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SMOOTH = 0.7
"""How much of a column's width is moved into the matrix: 0.5 gives cosine 0.990 to the floats, 0.6 0.9959, 0.7 0.9967, 0.8 0.9956."""
TOP = 63
"""Largest weight, in whole numbers."""
MIDDLE, LOW = 128, 24
"""Zero among 0 … 255: in the middle; low after GELU, which gives nothing below -0.17."""


@dataclass(frozen=True, slots=True)
class Place:
    """divide: float32 (columns), each column is multiplied by it first; scale: of the whole number; zero: its zero point."""

    divide: np.ndarray
    scale: float
    zero: int


def read_ranges(path: Path) -> dict[str, np.ndarray]:
    """-> place ("l3.fo") -> float32 (2, columns): the lowest and the highest value that training/ranges.py met there."""
    with np.load(path) as file:
        return {f"l{n}.{kind}": rows for kind in file.files for n, rows in enumerate(file[kind].astype(np.float32))}


def place(name: str, ranges: Mapping[str, np.ndarray], matrices: Sequence[np.ndarray]) -> Place:
    """matrices: float32 (columns, …), all that read these activations."""
    low, high = ranges[name]
    widest = np.maximum(high, -low) + 1e-6
    heaviest = np.max([np.abs(matrix).max(axis=1) for matrix in matrices], axis=0) + 1e-8
    weight = widest**SMOOTH / heaviest ** (1 - SMOOTH)
    zero = LOW if name.endswith(".fo") else MIDDLE
    scale = max(float((high / weight).max()) / (255 - zero), float((-low / weight).max()) / zero, 1e-9)
    return Place((1 / weight).astype(np.float32), scale, zero)


def rounded(matrix: np.ndarray, at: Place) -> tuple[np.ndarray, np.ndarray]:
    """float32 (columns, rows) -> int8 of the same shape, and float32 (rows): what one step of the product is worth."""
    scaled = matrix * (at.scale / at.divide)[:, None]
    steps = np.abs(scaled).max(axis=0) / TOP
    steps[steps == 0] = 1
    return np.clip(np.round(scaled / steps), -TOP, TOP).astype(np.int8), steps.astype(np.float32)

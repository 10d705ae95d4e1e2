"""Rounding to whole numbers: what a column is divided by comes back in the matrix, and nothing overflows."""

from __future__ import annotations

import numpy as np
import pytest

from index.e5_whole import LOW, TOP, place, read_ranges, rounded
from index.encoder import RANGES, TUNED


def case(name: str, seed: int = 0) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Activations (64, 32) with one column far wider than the others, a matrix (32, 16), the ranges."""
    rng = np.random.default_rng(seed)
    activations = rng.standard_normal((64, 32)).astype(np.float32) * np.where(np.arange(32) == 5, 30, 1)
    if name.endswith("fo"):
        activations = np.maximum(activations, -0.17).astype(np.float32)
    matrix = rng.standard_normal((32, 16)).astype(np.float32)
    return activations, matrix, {name: np.stack([activations.min(axis=0), activations.max(axis=0)])}


@pytest.mark.parametrize("name", ["l0.x", "l0.fo"])
def test_the_product_in_whole_numbers_is_near_the_product(name: str) -> None:
    activations, matrix, ranges = case(name)
    at = place(name, ranges, [matrix])
    weights, steps = rounded(matrix, at)
    numbers = np.round(activations * at.divide / at.scale) + at.zero
    assert numbers.min() >= 0 and numbers.max() <= 255
    assert weights.dtype == np.int8 and np.abs(weights.astype(int)).max() <= TOP
    assert 2 * 255 * TOP < 2**15, "two products are added in 16 bits on older processors"
    product = (numbers - at.zero) @ weights.astype(np.float32) * steps
    exact = activations @ matrix
    assert np.linalg.norm(product - exact) < 0.03 * np.linalg.norm(exact)


def test_after_gelu_zero_stands_low() -> None:
    _, matrix, ranges = case("l0.fo")
    assert place("l0.fo", ranges, [matrix]).zero == LOW


def test_a_column_that_is_never_used_does_no_harm() -> None:
    ranges = {"l0.x": np.zeros((2, 8), np.float32)}
    at = place("l0.x", ranges, [np.zeros((8, 4), np.float32)])
    weights, steps = rounded(np.zeros((8, 4), np.float32), at)
    assert np.isfinite(at.divide).all() and at.scale > 0 and not weights.any() and (steps > 0).all()


def test_every_place_of_the_tuned_model_was_measured() -> None:
    ranges = read_ranges(TUNED.with_name(TUNED.stem + RANGES))
    assert set(ranges) == {f"l{n}.{kind}" for n in range(12) for kind in ("x", "ao", "fi", "fo")}
    assert all(rows.shape == (2, 1536 if name.endswith("fo") else 384) and (rows[0] <= rows[1]).all() for name, rows in ranges.items())

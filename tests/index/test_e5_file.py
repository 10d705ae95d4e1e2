"""Quantised weights come apart as ggml packs them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.e5_file import BLOCK, E5File, dequantise, unpack


def q4(whole: np.ndarray, scale: float) -> np.ndarray:
    """One block of 32 weights in -8..7: a float16 scale, then low nibbles 0..15 with high nibbles 16..31."""
    nibbles = (whole + 8).astype(np.uint8)
    return np.concatenate([np.frombuffer(np.float16(scale).tobytes(), np.uint8), nibbles[:16] | nibbles[16:] << 4])


def q8(whole: np.ndarray, scale: float) -> np.ndarray:
    return np.concatenate([np.frombuffer(np.float16(scale).tobytes(), np.uint8), whole.astype(np.int8).view(np.uint8)])


@pytest.mark.parametrize(("pack", "low", "high"), [(q4, -8, 8), (q8, -128, 128)], ids=["4 bits", "8 bits"])
def test_blocks_give_back_what_was_packed(pack, low: int, high: int) -> None:
    rng = np.random.default_rng(3)
    whole = rng.integers(low, high, (2, 3, BLOCK))
    scales = np.array([[0.5, 0.25, 2.0], [1.0, -0.125, 4.0]])
    blocks = np.array([[pack(whole[row, n], scales[row, n]) for n in range(3)] for row in range(2)])
    found, found_scales = unpack(blocks)
    assert found.dtype == np.int8 and np.array_equal(found, whole) and np.array_equal(found_scales, scales.astype(np.float32))
    assert np.array_equal(dequantise(blocks), (whole * scales[..., None]).reshape(2, -1).astype(np.float32))


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match="model.bin: starts with b'GGUF'; expected b'E5S1'"):
        E5File(path)

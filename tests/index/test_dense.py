"""Cosines of passages become two scores a procedure, as a slow count has them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import dense
from index.dense import DenseRetriever
from index.retriever import Query

DIM = 8


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def slow_scores(cosines: np.ndarray, owners: list[int], n_codes: int, reach: int) -> np.ndarray:
    """Best, and mean of the best three of the `reach` nearest passages; what is missing of three counts as the end of the reach."""
    near = sorted(range(len(owners)), key=lambda n: -cosines[n])[:reach]
    end = min(cosines[n] for n in near)
    result = np.full((n_codes, 2), -np.inf)
    for code in range(n_codes):
        mine = [cosines[n] for n in near if owners[n] == code]
        if mine:
            result[code] = mine[0], (sum(mine[:3]) + max(3 - len(mine), 0) * end) / 3
    return result


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 70))
def test_scores_are_what_a_slow_count_gives(seed: int, passages: int, reach: int) -> None:
    rng = np.random.default_rng(seed)
    owners = sorted(rng.integers(0, 6, passages).tolist())
    vectors, vector = unit(rng.normal(size=(passages, DIM))), unit(rng.normal(size=(1, DIM)))[0]
    built = DenseRetriever.build(vectors, owners, [f"1.{n:06d}" for n in range(6)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(dense, "TOP_PASSAGES", reach)
        fast = built.scores(Query("", "", "", vector))
    assert fast.shape == (6, 2) and fast.dtype == np.float32
    kept = vectors.astype(np.float16).astype(np.float32)
    assert fast == pytest.approx(slow_scores(kept @ vector, owners, 6, reach), abs=1e-5)
    assert np.abs(kept @ vector - vectors @ vector).max() < 2e-3  # with 3 numbers a row; with 384 it is 0.0001


def test_a_procedure_out_of_reach_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "TOP_PASSAGES", 2)
    vectors = unit(np.array([[1, 0], [1, 0.1], [0, 1]]))
    built = DenseRetriever.build(vectors, [0, 0, 1], ["1.000001", "1.000002"])
    assert [hit.code for hit in built.search(Query("", "", "", vectors[0]), 5)] == ["1.000001"]


def test_wide_vectors_are_first_looked_at_in_few_directions_and_nothing_near_is_lost() -> None:
    """Like sentence vectors: what tells them apart lies in some directions, the rest is small."""
    rng = np.random.default_rng(7)
    spread = np.concatenate([np.ones(60), np.full(140, 0.05)])
    vectors, questions = unit(rng.normal(size=(3000, 200)) * spread), unit(rng.normal(size=(20, 200)) * spread)
    built = DenseRetriever.build(vectors, range(3000), [f"{n:04d}" for n in range(3000)])
    assert built.index.ntotal == 3000
    for question in questions:
        nearest = np.argsort(-(vectors @ question))[:50]
        scores = built.scores(Query("", "", "", question))[:, 0]
        assert set(np.argsort(-scores)[:50]) == set(nearest)
        assert scores[nearest] == pytest.approx(vectors[nearest] @ question, abs=2e-3)

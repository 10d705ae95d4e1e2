"""Scores of all retrievers become one distribution."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index import settings
from index.fusion import feature_matrix, probabilities
from index.search import ProcedureSearch

N = len(settings.FEATURES)
ONES = [1.0] * N


def test_settings_have_one_weight_a_feature() -> None:
    assert len(settings.WEIGHTS) == N


@given(arrays.arrays(np.float64, (5, N), elements=st.floats(-5, 5)), st.floats(-50, 50), st.floats(-5, 5))
def test_probabilities_sum_to_one(features: np.ndarray, none: float, bonus: float) -> None:
    chances = probabilities(features, settings.WEIGHTS, none, bonus)
    assert chances.shape == (6,)
    assert (chances >= 0).all() and chances.sum() == pytest.approx(1.0)


def test_a_higher_feature_gives_a_higher_probability() -> None:
    features = np.zeros((3, N))
    features[1] = 1.0
    chances = probabilities(features, ONES, 0.0)
    assert chances[1] > chances[0]


def test_none_stands_last_beside_the_candidates() -> None:
    assert probabilities(np.zeros((3, N)), ONES, 0.0) == pytest.approx([0.25] * 4)
    assert probabilities(np.zeros((3, N)), ONES, 20.0)[-1] > 0.99


def test_a_bonus_lifts_one_candidate() -> None:
    features = np.zeros((3, N))
    plain = probabilities(features, ONES, 0.0)
    lifted = probabilities(features, ONES, 0.0, np.array([3.0, 0.0, 0.0]))
    assert lifted[0] > plain[0] and lifted[1] < plain[1]


def test_the_matrix_has_a_finite_row_for_every_candidate(search: ProcedureSearch) -> None:
    for question in ("nuôi ong", "", "zzz", "Tôi có trại ong nhỏ. Nay tôi cần đăng ký nuôi ong."):
        features = feature_matrix(search.query(question), search.retrievers)
        assert features.shape == (len(search.codes), N) and np.isfinite(features).all()


def test_a_candidate_out_of_the_dense_reach_gets_the_lowest_cosine(search: ProcedureSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    cosines = np.array([[0.9, 0.8], [-np.inf, -np.inf], [0.5, 0.4], [-np.inf, -np.inf]], np.float32)
    monkeypatch.setattr(search.retrievers.dense, "scores", lambda query: cosines)
    columns = feature_matrix(search.query("nuôi ong"), search.retrievers)[:, :2]
    assert columns == pytest.approx(np.array([[0.9, 0.8], [0.4, 0.4], [0.5, 0.4], [0.4, 0.4]]), abs=1e-6)


def test_use_and_province_are_the_same_for_every_question(search: ProcedureSearch) -> None:
    at = [settings.FEATURES.index(name) for name in ("use", "foreign")]
    one, other = (feature_matrix(search.query(question), search.retrievers)[:, at] for question in ("nuôi ong", "thẻ thư viện"))
    assert np.array_equal(one, other)

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
def test_probabilities_sum_to_one(features: np.ndarray, none: float, elsewhere: float) -> None:
    chances = probabilities(features, settings.WEIGHTS, none, elsewhere)
    assert chances.shape == (5,)
    assert (chances >= 0).all() and chances.sum() == pytest.approx(1.0)


def test_a_higher_feature_gives_a_higher_probability() -> None:
    features = np.zeros((3, N))
    features[1] = 1.0
    chances = probabilities(features, ONES, 0.0, 0.0)
    assert chances[1] > chances[0]


def test_none_takes_up_what_is_elsewhere() -> None:
    features = np.zeros((3, N))
    features[-1] = 5.0
    chances = probabilities(features, ONES, -100.0, 0.0)
    assert chances[-1] > 0.99


def test_a_bonus_lifts_one_candidate() -> None:
    features = np.zeros((3, N))
    plain = probabilities(features, ONES, 0.0, 0.0)
    lifted = probabilities(features, ONES, 0.0, 0.0, np.array([3.0, 0.0, 0.0]))
    assert lifted[0] > plain[0] and lifted[1] < plain[1]


def test_the_matrix_has_a_finite_row_for_every_candidate(search: ProcedureSearch) -> None:
    for question in ("nuôi ong", "", "zzz", "Tôi có trại ong nhỏ. Nay tôi cần đăng ký nuôi ong."):
        features = feature_matrix(search.query(question), search.retrievers)
        assert features.shape == (len(search.codes) + 1, N) and np.isfinite(features).all()

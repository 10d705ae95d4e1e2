"""Sums over asked columns are what the whole product gives."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from index.postings import postings


def test_postings_are_the_product_with_the_asked_columns() -> None:
    rng = np.random.default_rng(5)
    weights = sparse.random(40, 30, 0.2, "csc", np.float32, random_state=5)
    columns, factors = [3, 17, 29], rng.random(3)
    assert postings(weights, columns, factors) == pytest.approx(weights.toarray()[:, columns] @ factors, abs=1e-6)

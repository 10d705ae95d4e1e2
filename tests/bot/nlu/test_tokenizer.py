"""Vietnamese words with exact offsets into what was typed, in time linear in its length."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.constants import INTENT, TEXT

from bot.nlu.tokenizer import MAX_SYLLABLES, VietnameseTokenizer, words

from .toy import message


@pytest.mark.parametrize(("text", "found"), [
    ("đăng ký khai sinh", ["đăng ký", "khai sinh"]),
    ("Làm giấy khai sinh, tốn bao nhiêu?", ["Làm", "giấy", "khai sinh", ",", "tốn", "bao nhiêu", "?"]),
    ("a_b", ["a", "_", "b"]),
    ("😀 ok", ["😀", "ok"]),
    ("", []), ("   ", []), ("?!", ["?", "!"]),
])
def test_words_are_segmented(text: str, found: list[str]) -> None:
    assert [token.text for token in words(text)] == found


TEXTS = [
    "đăng ký khai sinh ở đâu", unicodedata.normalize("NFD", "đăng ký khai sinh ở đâu"), "👨‍👩‍👧 khai sinh 🏳️‍🌈", "xem https://dichvucong.gov.vn/p/home?a=1&b=2 nha", "a@b.vn, 0912-345-678",
    "  nhiều   khoảng\ttrắng \n", "ĐĂNG KÝ", "中文 العربية 한국어", "số 1.001193!!!", "\u0301abc", "a\u200bb",
]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_offsets_are_exact(text: str) -> None:
    end = 0
    for token in words(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= end and token.lemma
        end = token.end


@pytest.mark.parametrize(("text", "lemmas"), [
    ("Khai Sinh", ["khai_sinh"]), ("ko bik", ["không", "biết"]), (unicodedata.normalize("NFD", "tử"), ["tử"]), ("cccd", ["căn_cước_công_dân"]),
])
def test_lemmas_are_the_normalised_spelling(text: str, lemmas: list[str]) -> None:
    assert [token.lemma for token in words(text)] == lemmas


def test_composed_and_decomposed_text_have_the_same_words() -> None:
    text = "cấp lại giấy phép lái xe"
    assert [token.lemma for token in words(unicodedata.normalize("NFD", text))] == [token.lemma for token in words(text)]


def test_a_lone_surrogate_does_not_raise() -> None:
    assert words("khai sinh \ud800")


KILLERS = ["http://" + "!" * 40, "https://dichvucong.gov.vn/" + "." * 25, "a." * 16_000, "ﷺ" * 30, "x" * 100_000, "!" * 100_000, "\u0301" * 20_000, "ă" * 50_000, "a1 " * 10_000]


@pytest.mark.parametrize("text", KILLERS, ids=lambda text: ascii(text[:8]))
def test_killing_inputs_return_at_once(text: str) -> None:
    started = time.perf_counter()
    found = words(text)
    assert time.perf_counter() - started < 5
    assert len(found) <= MAX_SYLLABLES


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_cut_into_its_own_slices(text: str) -> None:
    for token in words(text):
        assert text[token.start : token.end] == token.text


def test_only_the_citizens_text_is_segmented(pipeline) -> None:
    tokenizer: VietnameseTokenizer = pipeline.tokenizer
    one = message("khai sinh", "ask_fees ask_place")
    assert [token.text for token in tokenizer.tokenize(one, TEXT)] == ["khai sinh"]
    assert [token.text for token in tokenizer.tokenize(one, INTENT)] == ["ask_fees", "ask_place"]
    assert tokenizer.tokenize(message("x"), INTENT) == []

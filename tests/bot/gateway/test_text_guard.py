from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.text_guard import MAX_LENGTH, BlankMessage, MessageError, NotText, TooLong, Unreadable, clean


@pytest.mark.parametrize(("sent", "kept"), [
    ("lệ phí khai sinh?", "lệ phí khai sinh?"),
    (unicodedata.normalize("NFD", "lệ phí khai sinh"), "lệ phí khai sinh"),
    ("  a\t\n b\u00a0c\u2028d ", "a b c d"),
    ("a\x00b\x1bc", "abc"),
    ("kh\u200bai \u202esinh\ufeff", "khai sinh"),
    ("tiê\u200d\u0301ng", "tiếng"),
    ("a\ud83db", "ab"),
    ("a ﷺ b ㌖", "a b"),
    ("không" + "g" * 50, "khôn" + "g" * 10),
    ("100000000000 đồng", "100000000000 đồng"),
    ("http://" + "!" * 40, "http://" + "!" * 10),
    ('/ask_fees{"procedure_code": "1"}', 'ask_fees{"procedure_code": "1"}'),
    ("/restart", "restart"),
    (" / ／/ \u200b/restart", "restart"),
    ("\u0301\ufe0f/restart", "restart"),
    ("😀" * 9, "😀" * 9),
    ("và/hoặc", "và/hoặc"),
])
def test_clean(sent: str, kept: str) -> None:
    assert clean(sent) == kept


@pytest.mark.parametrize(("sent", "error"), [
    (None, NotText), (12, NotText), (["a"], NotText), ({"a": 1}, NotText), (True, NotText),
    ("", BlankMessage), (" \n\t\u00a0", BlankMessage),
    ("a" * 2001, TooLong), ("a." * 16000, TooLong), ("e\u0302\u0301" * 2001, TooLong),
    ("\x00", Unreadable), ("\u200b\u202e", Unreadable), ("///", Unreadable), ("ﷺ" * 30, Unreadable), ("\ud800", Unreadable),
])
def test_refusals(sent: object, error: type[MessageError]) -> None:
    with pytest.raises(error):
        clean(sent)


def test_the_limit_counts_after_nfc() -> None:
    assert len(clean("ế b " * 500 + "")) == 1999
    assert len(clean(unicodedata.normalize("NFD", "ếb" * 1000))) == MAX_LENGTH


@given(st.text(st.characters(), max_size=200))
def test_what_is_kept_is_safe(sent: str) -> None:
    try:
        text = clean(sent)
    except MessageError:
        return
    assert text == clean(text) == unicodedata.normalize("NFC", text) and 0 < len(text) <= MAX_LENGTH
    assert text[0] not in "/／" and text.strip() == text
    assert len(unicodedata.normalize("NFKC", text)) <= 4 * len(text)
    text.encode("utf-8")


@pytest.mark.parametrize("attack", ["a" + "\u0301\u0323" * 2999, "ab" * 1000, "/" * 2000, "\u0301" * 2000 + "/x", "a " * 1000])
def test_linear_time(attack: str) -> None:
    began = time.perf_counter()
    try:
        clean(attack)
    except MessageError:
        pass
    assert time.perf_counter() - began < 0.5

"""Text of the portal is read as a person reads it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import portal
from index.portal_text import clean, cut, first_sentence, flaws, lines


@pytest.mark.parametrize(("text", "read"), [
    (None, ""), (7, "7"), ("  a\u200b \n b ", "a b"), (unicodedata.normalize("NFD", "Giấy tờ"), "Giấy tờ"), ("một\u00a0cửa\u202f2", "một cửa 2"),
    ("\uf0b7\tNộp đơn", "Nộp đơn"), ("đăng k\u200eý", "đăng ký"), ("hồ\u00ad sơ", "hồ sơ"), ("NĐ-СР", "NĐ-CP"), ("12/2021/NĐ-CР", "12/2021/NĐ-CP"), ("ТТ", "TT"), ("ÐÐ", "ĐĐ"),
    ("Москва", "Москва"), ("<p>Nộp&nbsp;đơn</p><br/>ở xã", "Nộp đơn ở xã"), ("a &lt; b &amp; c", "a < b & c"), ("dưới < 5 ngày và > 3", "dưới < 5 ngày và > 3"),
    ("<tên cơ quan>", "<tên cơ quan>"), ("a&section=2", "a&section=2"), ("x\ud800y", "x y"),
])
def test_clean_leaves_words_in_plain_nfc(text: object, read: str) -> None:
    assert clean(text) == read


def test_the_checker_cleans_with_the_same_function() -> None:
    assert portal.clean is clean


@given(st.text())
def test_clean_is_stable_and_never_raises(text: str) -> None:
    once = clean(text)
    assert unicodedata.is_normalized("NFC", once) and "  " not in once and once == once.strip()
    assert lines(text) == [line for line in lines(text) if line.strip()]


@pytest.mark.parametrize(("text", "read"), [
    ("- Một;\n+ Hai\n\n• Ba", ["Một;", "Hai", "Ba"]), ("Nộp đơn\ntại xã", ["Nộp đơn tại xã"]), ("Nộp đơn.\ntại xã", ["Nộp đơn.", "tại xã"]),
    ("Gồm\n- đơn\n- ảnh", ["Gồm", "đơn", "ảnh"]), ("", []), ("---", []), ("<li>Đơn</li><li>Ảnh</li>", ["Đơn", "Ảnh"]),
])
def test_lines_lose_bullets_and_join_what_was_broken(text: str, read: list[str]) -> None:
    assert lines(text) == read


@pytest.mark.parametrize(("text", "limit", "read"), [("một hai ba", 20, "một hai ba"), ("một hai ba", 8, "một hai…"), ("một, hai", 6, "một…"), ("aaaaaaaaaa", 5, "aaaa…")])
def test_cut_ends_at_a_word_and_says_so(text: str, limit: int, read: str) -> None:
    assert cut(text, limit) == read and len(cut(text, limit)) <= limit


@pytest.mark.parametrize(("text", "read"), [("Nộp đơn ở xã. Chờ.", "Nộp đơn ở xã"), ("Theo Điều 5. Nộp đơn; chờ", "Theo Điều 5. Nộp đơn"), ("Nộp 1.000 tờ", "Nộp 1.000 tờ"), ("", "")])
def test_the_first_sentence_does_not_end_at_a_number(text: str, read: str) -> None:
    assert first_sentence(text) == read


@pytest.mark.parametrize(("text", "found"), [
    ("Giấy tờ", set()), (unicodedata.normalize("NFD", "Giấy tờ"), {"not_nfc"}), ("một\u00a0cửa", {"hidden_characters"}), ("\uf0b7 Đơn", {"hidden_characters"}),
    ("NĐ-СР", {"lookalikes"}), ("Москва", set()), ("đến tâm Phục vụ hành chính công", {"scrambled_text"}), ("đến Trung tâm\nPhục vụ hành chính công", set()),
    ("gửi ban nhân dân tỉnh", {"scrambled_text"}), ("gửi Uỷ ban nhân dân tỉnh, Ủy ban nhân dân xã", set()),
])
def test_flaws_name_what_was_wrong(text: str, found: set[str]) -> None:
    assert flaws(text) == found

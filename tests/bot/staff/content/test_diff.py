"""Differences by words and by fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.staff.content.diff import ABSENT, fields, near, word_diff

WORDS = st.lists(st.sampled_from(["đăng", "ký", " ", "\n", "khai sinh", ",", "8.000", "Hoạ"]), max_size=30).map("".join)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in word_diff(before, after)]


def test_words_are_marked_whole() -> None:
    assert told("nộp 8000 đồng, tại xã", "nộp 9000 đồng, tại phường") == [
        ("same", "nộp "), ("gone", "8000"), ("new", "9000"), ("same", " đồng, tại "), ("gone", "xã"), ("new", "phường"),
    ]  # fmt: skip
    assert ("gone", "hoà") in told("hòa hoà", "hòa hòa")


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    assert all(one.kind != two.kind for one, two in zip(pieces, pieces[1:], strict=False))


def test_long_texts_are_compared_by_lines() -> None:
    before, after = " ".join(f"a{n}" for n in range(9000)), " ".join(f"b{n}" for n in range(9000))
    assert told(before, after) == [("gone", before), ("new", after)]


def test_far_lines_are_left_out() -> None:
    lines = [f"dòng {n}\n" for n in range(40)]
    pieces = near(word_diff("".join(lines), "".join([*lines[:20], "mới\n", *lines[20:]])))
    text = "".join(piece.text for piece in pieces)
    assert "mới" in text and "dòng 19" in text and "dòng 20" in text and "…" in text and "dòng 2\n" not in text


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": "1"}, [("a", 1, "1")]),
        ({"a": {"b": 1}}, {"a": {"b": 2}, "c": None}, [("a.b", 1, 2), ("c", ABSENT, None)]),
        ({"a": 1, "b": 2}, {"b": 2}, [("a", 1, ABSENT)]),
        ({"f": [{"n": 1}, {"n": 2}]}, {"f": [{"n": 0}, {"n": 1}, {"n": 2}]}, [("f[0]", ABSENT, {"n": 0})]),
        ({"f": [{"n": 1, "m": 1}]}, {"f": [{"n": 2, "m": 1}]}, [("f[0].n", 1, 2)]),
        ({"f": ["a", "b"]}, {"f": ["b"]}, [("f[0]", "a", ABSENT)]),
        ({"f": True}, {"f": 1}, [("f", True, 1)]),
    ],
)  # fmt: skip
def test_records_are_compared_by_fields(before, after, expected) -> None:
    assert [(row.field, row.before, row.after) for row in fields(before, after)] == expected

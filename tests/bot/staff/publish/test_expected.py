"""Files of expected answers: what is read, what is refused, and what is told when a reply does not fit."""

from __future__ import annotations

import pytest

from bot.staff.publish.expected import ExpectedError, misses, read_expected
from index.procedure import ASPECTS

FILE = """question: phí bao nhiêu
before: [nuôi ong cần gì]
expect: {status: answered, procedure: "1.010010", aspects: [fees], facts: ["50.000 đồng"]}
origin: bộ câu hỏi chuẩn
created: 2026-11-23
"""


def message(status="answered", code="1.010010", aspects=("fees",), text="Lệ phí: 50.000  Đồng/lần"):
    return {"text": text, "answer": {"status": status, "procedure": {"code": code, "name": "x"} if code else None, "aspects": list(aspects)}}


def test_codes_and_days_stay_texts() -> None:
    expected = read_expected(FILE.replace('"1.010010"', "1.010010"))
    assert (expected.procedure, expected.created, expected.before) == ("1.010010", "2026-11-23", ("nuôi ong cần gì",))


@pytest.mark.parametrize("old, new, told", [
    ("question: phí bao nhiêu", "question: ' '", "question"),
    ("status: answered", "status: fine", "fine"),
    ("aspects: [fees]", "aspects: [price]", "price"),
    ("procedure: \"1.010010\"", "procedure: abc", "abc"),
    ("created: 2026-11-23", "created: hôm nay", "hôm nay"),
    ("origin:", "origine:", "origine"),
    ("expect: {", "expect: [", "Không đọc được"),
    ("before: [nuôi ong cần gì]", "before: một câu", "before"),
])  # fmt: skip
def test_what_cannot_be_checked_is_refused_in_words(old, new, told) -> None:
    with pytest.raises(ExpectedError, match=told):
        read_expected(FILE.replace(old, new))


def test_a_reply_that_fits_misses_nothing() -> None:
    notice = {"text": "Đây là máy", "notice": True, "answer": None}
    assert misses(read_expected(FILE), [notice, message()]) == []


@pytest.mark.parametrize("reply, told", [
    ([], "không trả lời"),
    ([message(status="unclear_procedure")], "Cần: Trả lời. Bot: Hỏi lại thủ tục nào."),
    ([message(code="2.000815")], "2.000815"),
    ([message(code=None)], "không thủ tục nào"),
    ([message(aspects=("duration",))], "Cần trả lời về Phí, lệ phí; bot trả lời về Thời hạn"),
    ([message(text="50.00 đồng")], "50.000 đồng"),
])  # fmt: skip
def test_a_reply_that_does_not_fit_says_why(reply, told) -> None:
    assert told in " ".join(misses(read_expected(FILE), reply))


def test_of_two_answers_the_one_about_the_procedure_counts() -> None:
    other = message(status="unclear_case", code="2.000815", aspects=())
    assert misses(read_expected(FILE), [other, message()]) == []
    assert misses(read_expected(FILE), [message(status="unclear_case"), message(code="2.000815")])


def test_the_golden_questions_can_be_read_and_cover_every_aspect(root) -> None:
    expected = [read_expected(path.read_text("utf-8")) for path in sorted((root / "data" / "golden").glob("*.yml"))]
    assert len(expected) >= 60
    assert {aspect for one in expected for aspect in one.aspects} >= set(ASPECTS) - {"overview"}
    assert {one.status.split("_")[0] for one in expected} >= {"answered", "unclear", "unanswerable", "redirected", "smalltalk", "refused"}
    assert len({(one.question, one.before) for one in expected}) == len(expected) and sum(bool(one.before) for one in expected) >= 4

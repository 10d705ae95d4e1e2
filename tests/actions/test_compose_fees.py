"""Fees as of a day: until when, what comes after, what has ended; an amount that has ended is never told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import words
from actions.answer import Answer, AnswerStatus
from actions.compose import compose
from actions.compose_fees import SOON, ended_fees, next_fees
from actions.verify import verify
from index.procedure import Procedure

from ..small import CONTACTS, procedure

LAST = date(2026, 12, 31)
CUT = {"name": "Lệ phí", "amount_vnd": 25000, "effective_to": "2026-12-31"}
WHOLE = {"name": "Lệ phí", "amount_vnd": 50000, "effective_from": "2027-01-01"}
BASE = {"name": "Lệ phí", "amount_vnd": 40000}
ONLINE = {**CUT, "amount_vnd": 0, "channel": "online", "condition": "công dân số"}
ASK = "sau ngày đó mức phí có thể đổi, anh/chị hỏi lại"


def told(day: date, *fees: dict, aspect: str = "fees") -> Answer:
    record = procedure(fees=list(fees))
    return verify(compose(record, (aspect,), day, CONTACTS["commune"]), record)


@pytest.mark.parametrize(("day", "soon"), [(LAST - SOON, True), (LAST - SOON - timedelta(days=1), False), (LAST, True)], ids=str)
def test_what_comes_after_is_told_a_month_before_the_end(day: date, soon: bool) -> None:
    text = told(day, CUT, WHOLE).text
    assert "áp dụng đến hết ngày 31/12/2026): 25.000 đồng" in text
    assert ("sau ngày đó: 50.000 đồng." in text) is soon


@pytest.mark.parametrize(("fees", "after"), [
    ([CUT], ASK), ([CUT, BASE], "sau ngày đó: 40.000 đồng"), ([CUT, {**WHOLE, "amount_vnd": None}], ASK), ([CUT, {**WHOLE, "name": "Phí khác"}], ASK),
    ([{**CUT, "name": "Lệ phí cơ sở nhỏ"}, WHOLE], "sau ngày đó: 50.000 đồng"), ([ONLINE, {**BASE, "channel": "direct"}], ASK),
    ([ONLINE, {**BASE, "channel": "online"}, {**BASE, "amount_vnd": 90000}], "sau ngày đó: 40.000 đồng"), ([ONLINE, BASE], "sau ngày đó: 40.000 đồng"),
    ([CUT, {**BASE, "amount_vnd": 0, "condition": "hộ nghèo"}], ASK), ([CUT, {**WHOLE, "amount_vnd": 0}], "sau ngày đó: miễn phí"),
    ([{**CUT, "case": "di-chuyen"}, WHOLE], "sau ngày đó: 50.000 đồng"), ([CUT, {**WHOLE, "case": "di-chuyen"}], "sau ngày đó: 50.000 đồng (trại ong di chuyển theo mùa hoa)"),
    ([CUT, {**WHOLE, "effective_from": "2027-02-01"}], ASK),
])
def test_what_comes_after_is_the_same_fee_the_day_after_or_to_be_asked(fees: list[dict], after: str) -> None:
    (line,) = [line for line in told(LAST, *fees).text.splitlines() if "31/12/2026" in line]
    assert line.endswith(f"; {after}.")


def test_a_note_that_names_the_last_day_says_itself_what_holds_until_then() -> None:
    noted = {**CUT, "amount_vnd": 50000, "note": "áp dụng mức 25.000 đồng đến hết ngày 31/12/2026"}
    before, after = told(LAST, noted).text, told(LAST + timedelta(days=1), noted).text
    assert f"- Lệ phí: 50.000 đồng; áp dụng mức 25.000 đồng đến hết ngày 31/12/2026; {ASK}." in before
    assert "50.000" not in after and "25.000" not in after and "chưa có mức mới" in after
    assert "áp dụng đến hết ngày 31/12/2026): 25.000 đồng" in told(LAST, {**CUT, "note": "mỗi đàn, từ ngày 1/7/2025"}).text


def test_a_fee_that_has_ended_beside_one_in_force_is_an_answer_with_a_warning() -> None:
    one = told(date(2027, 1, 1), CUT, {"name": "Phí thẩm định", "amount_vnd": 70000})
    assert "- Lệ phí: mức đã ghi chỉ áp dụng đến hết ngày 31/12/2026, chưa có mức mới." in one.text
    assert one.status is AnswerStatus.ANSWERED_EXPIRED_WARNING
    assert "25.000" not in one.text and "Phần chưa rõ, anh/chị hỏi" in one.text


def test_an_overview_warns_too_and_a_question_about_something_else_does_not() -> None:
    fees = (CUT, {"name": "Phí thẩm định", "amount_vnd": 70000})
    assert told(date(2027, 1, 1), *fees, aspect="overview").status is AnswerStatus.ANSWERED_EXPIRED_WARNING
    assert told(date(2027, 1, 1), *fees, aspect="duration").status is AnswerStatus.ANSWERED


def test_a_fee_that_goes_on_has_not_ended() -> None:
    record = procedure(fees=[CUT, WHOLE, {**CUT, "name": "Lệ phí cơ sở nhỏ"}])
    assert ended_fees(record, date(2027, 1, 1)) == []


def test_of_a_fee_that_ended_twice_the_later_end_is_told() -> None:
    record = procedure(fees=[CUT, {**CUT, "effective_to": "2025-12-31"}])
    assert [fee.effective_to for _, fee in ended_fees(record, date(2027, 1, 1))] == [LAST]


def test_only_a_row_with_an_end_is_followed() -> None:
    assert next_fees(procedure(fees=[BASE]), procedure(fees=[BASE]).fees[0]) == []


@settings(max_examples=25, deadline=None)
@given(day=st.dates(date(2026, 11, 1), date(2027, 6, 1)))
def test_no_real_record_tells_an_amount_on_a_day_on_which_it_does_not_hold(real_procedures: list[Procedure], day: date) -> None:
    for record in (record for record in real_procedures if any(fee.effective_to for fee in record.fees)):
        one = verify(compose(record, ("fees",), day, {"name": "nơi nộp"}), record)
        following = {n for fee in record.fees if fee.valid_on(day) for n, _ in next_fees(record, fee)}
        for fact in one.facts:
            place = fact.field.removeprefix("fees[").removesuffix("]")
            assert not place.isdigit() or record.fees[int(place)].valid_on(day) or int(place) in following, (record.code, fact)


@pytest.mark.parametrize(("code", "before", "after"), [("1.014063", "25.000 đồng/thẻ", "50.000 đồng/thẻ"), ("1.014064", "35.000 đồng/thẻ", "70.000 đồng/thẻ")])
def test_the_identity_card_costs_whole_again_from_2027(real_procedures: list[Procedure], code: str, before: str, after: str) -> None:
    record = next(record for record in real_procedures if record.code == code)
    on = {day: compose(record, ("fees",), day, {"name": "nơi nộp"}).text for day in (date(2026, 11, 22), LAST, date(2027, 1, 1))}
    assert f"31/12/2026): {before}" in on[date(2026, 11, 22)] and "sau ngày đó" not in on[date(2026, 11, 22)]
    assert f"sau ngày đó: {after}" in on[LAST]
    assert after in on[date(2027, 1, 1)] and before not in on[date(2027, 1, 1)]


def test_cuts_of_law_name_their_condition_and_their_end(real_procedures: list[Procedure]) -> None:
    """NQ 66.22/2026 and TT 64/2025: whatever they cut ends when they do."""
    for record in real_procedures:
        for n, fee in enumerate(record.fees):
            if "66.22/2026" in (fee.source or ""):
                assert (fee.channel, fee.effective_from, fee.effective_to) == ("online", date(2026, 8, 15), date(2027, 2, 28)), (record.code, n)
                assert "công dân số" in (fee.condition or ""), (record.code, n)
            elif "64/2025" in (fee.source or ""):
                assert fee.effective_to == LAST, (record.code, n, words.amount(fee))

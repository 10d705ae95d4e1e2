"""How values of a record read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions import words
from index.procedure import ASPECTS, CHANNELS, LEVELS, UNITS, Duration, Fee


@pytest.mark.parametrize(("amount", "text"), [(0, "0 đồng"), (500, "500 đồng"), (8000, "8.000 đồng"), (1200000, "1.200.000 đồng"), (1234567890, "1.234.567.890 đồng")])
def test_money_has_points_between_thousands(amount: int, text: str) -> None:
    assert words.money(amount) == text


@pytest.mark.parametrize(("value", "text"), [(date(2026, 11, 22), "22/11/2026"), (date(2027, 1, 5), "05/01/2027")])
def test_days_are_day_month_year(value: date, text: str) -> None:
    assert words.day(value) == text


@pytest.mark.parametrize(("row", "text"), [
    (Duration(7, "working_days"), "7 ngày làm việc"), (Duration(15, "days"), "15 ngày"), (Duration(8, "working_hours"), "8 giờ làm việc"), (Duration(24, "hours"), "24 giờ"),
    (Duration(1, "months"), "1 tháng"), (Duration(None, "same_day"), "trong ngày"), (Duration(None, None, note="theo giấy hẹn"), "theo giấy hẹn"), (Duration(None, None), ""),
])
def test_time_limits_are_read_out(row: Duration, text: str) -> None:
    assert words.limit(row) == text


@pytest.mark.parametrize(("fee", "text"), [
    ({"amount_vnd": 0}, "miễn phí"),
    ({"amount_vnd": 0, "per": "bản"}, "miễn phí"),
    ({"amount_vnd": 50000}, "50.000 đồng"),
    ({"amount_vnd": 50000, "per": "thẻ"}, "50.000 đồng/thẻ"),
    ({"amount_vnd": 100000, "max_vnd": 300000}, "từ 100.000 đồng đến 300.000 đồng"),
    ({"amount_vnd": 0, "max_vnd": 300000}, "từ 0 đồng đến 300.000 đồng"),
    ({"amount_vnd": None, "max_vnd": 300000}, "tối đa 300.000 đồng"),
    ({"amount_vnd": None, "max_vnd": 300000, "per": "thửa"}, "tối đa 300.000 đồng/thửa"),
    ({"amount_vnd": None, "amount_usd": 10}, "10 USD"),
    ({"amount_vnd": None, "amount_usd": 1500, "per": "thẻ"}, "1.500 USD/thẻ"),
    ({"amount_vnd": None}, ""),
    ({"amount_vnd": None, "per": "bản"}, ""),
])
def test_amounts_are_read_out(fee: dict[str, Any], text: str) -> None:
    assert words.amount(Fee("Lệ phí", **fee)) == text


@pytest.mark.parametrize(("text", "sentence"), [("nộp tại xã", "Nộp tại xã."), ("Nộp ở đâu?", "Nộp ở đâu?"), (" được. ", "Được."), ("đủ", "Đủ."), ("", "")])
def test_a_sentence_begins_high_and_ends_once(text: str, sentence: str) -> None:
    assert words.sentence(text) == sentence


@pytest.mark.parametrize(("text", "lowered"), [("Bản chính", "bản chính"), ("UBND xã", "UBND xã"), ("Đơn", "đơn"), ("a", "a"), ("", "")])
def test_abbreviations_keep_their_capitals(text: str, lowered: str) -> None:
    assert words.lower_first(text) == lowered


def test_every_word_of_the_records_has_words() -> None:
    assert set(words.ASPECT_TITLES) == set(words.ASPECT_QUESTIONS) == set(ASPECTS)
    assert set(words.CHANNELS) == set(CHANNELS) and set(words.LEVELS) == set(LEVELS)
    assert set(words.UNITS) | {"same_day"} == set(UNITS)

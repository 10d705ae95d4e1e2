"""How long several procedures take one after the other: only from numbers of one kind, and not at all when one is missing."""

from __future__ import annotations

from typing import Any

import pytest

from actions.time_together import Limit, limit_of, together

from ..small import procedure

CASES = [{"id": "mua-hoa", "name": "Mùa hoa"}, {"id": "mua-mua", "name": "Mùa mưa"}]
WEEK, DAY, MONTHS = {"working_days": 7}, {"same_day": True}, {"months": 2}
IN_BLOOM = {"working_days": 5, "case": "mua-hoa"}


def limit(rows: list[dict[str, Any]], case: str | None = None) -> Limit:
    return limit_of(procedure(duration=rows, cases=CASES, documents=[{"name": "Sơ đồ"}], template=[]), case)


@pytest.mark.parametrize(("rows", "case", "text"), [
    ([WEEK], None, "7 ngày làm việc"),
    ([WEEK], "mua-hoa", "7 ngày làm việc"),
    ([DAY, IN_BLOOM], None, "trong ngày"),
    ([DAY, IN_BLOOM], "mua-hoa", "5 ngày làm việc"),
    ([IN_BLOOM, {"working_days": 7, "case": "mua-mua"}], None, "từ 5 đến 7 ngày làm việc"),
    ([IN_BLOOM, {"days": 7, "case": "mua-mua"}], None, ""),
    ([{"working_days": 18}, {"working_days": 4}], None, "từ 4 đến 18 ngày làm việc"),
    ([{"note": "trả theo giấy hẹn"}], None, ""),
])
def test_a_limit_is_that_of_its_case(rows: list[dict[str, Any]], case: str | None, text: str) -> None:
    found = limit(rows, case)
    assert found.text == text and bool(found.rows) is bool(text)


def test_an_unknown_limit_is_none() -> None:
    assert limit_of(procedure(duration=..., unknown={"duration": "nguồn không nói"}), None) == Limit()


@pytest.mark.parametrize(("durations", "text"), [
    ([[WEEK], [{"working_days": 3}]], "10 ngày làm việc"),
    ([[DAY], [WEEK], [{"working_days": 5}]], "12 đến 13 ngày làm việc"),
    ([[{"working_days": 5}, {"working_days": 7}], [WEEK]], "12 đến 14 ngày làm việc"),
    ([[{"days": 10}], [{"days": 20}]], "30 ngày"),
    ([[MONTHS], [MONTHS]], "4 tháng"),
    ([[{"days": 10}], [WEEK]], ""),
    ([[DAY], [{"days": 10}]], ""),
    ([[WEEK], [{"note": "theo giấy hẹn"}]], ""),
    ([], ""),
])
def test_limits_of_one_kind_add_up(durations: list[list[dict[str, Any]]], text: str) -> None:
    assert together([limit(rows) for rows in durations]) == text

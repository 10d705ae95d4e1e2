"""A record beside its entry in the national catalogue: what differs is told, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from index.compare import differences
from index.portal import facts_of

from ..small import procedure
from .test_portal import row


def found(record: dict[str, Any] | None = None, **detail: Any) -> list[tuple[str, str]]:
    return differences(procedure(**(record or {})), facts_of(row(**detail)))


def test_a_record_that_agrees_has_no_differences() -> None:
    assert found() == []


@pytest.mark.parametrize(("record", "difference"), [
    ({"duration": [{"working_days": 5}, {"working_days": 3}, {"working_days": 9}]}, ("duration", "ours 9 working_days")),
    ({"duration": [{"working_days": 5}]}, ("duration", "catalogue 3 working_days")),
    ({"fees": [{"name": "a", "amount_vnd": 30000}, {"name": "a", "amount_vnd": 50000}]}, ("fees", "catalogue 100000")),
    ({"fees": [{"name": "a", "amount_vnd": 70000}]}, ("fees", "ours 70000")),
    ({"fees": [{"name": "a", "amount_vnd": None, "amount_usd": 11}]}, ("fees", "ours 11")),
    ({"post_submit": {"status": "not_accepted"}}, ("post_submit", "ours not_accepted, catalogue has POSTAL")),
    ({"online": {"status": "not_accepted"}}, ("online", "ours not_accepted, catalogue has ONLINE")),
    ({"documents": [{"name": "Đơn", "originals": 2, "copies": 0}]}, ("documents", "ours 2+0 Đơn")),
    ({"legal_basis": ["Nghị định 99/2020/NĐ-CP"]}, ("legal_basis", "ours 99/2020/NĐ-CP")),
    ({"decision": {"number": "78/QĐ-BNN"}}, ("decision", "ours 78/QĐ-BNN, catalogue 77/QĐ-BNN")),
    ({"conditions": ["Cách khu dân cư ít nhất 300 mét."]}, ("conditions", "ours number 300")),
    ({"steps": ["Nộp trong 45 ngày."]}, ("steps", "ours number 45")),
])
def test_a_departure_of_the_record_is_found(record: dict[str, Any], difference: tuple[str, str]) -> None:
    assert difference in found(record)
    assert difference not in found()


@pytest.mark.parametrize(("detail", "difference"), [
    ({"executionMethods": []}, ("post_submit", "ours accepted, catalogue has no POSTAL")),
    ({"executionMethods": []}, ("online", "ours partial, catalogue has no ONLINE")),
    ({"procedureProposal": None}, ("decision", "ours 77/QĐ-BNN, catalogue None")),
    ({"legalBasisesDetails": []}, ("legal_basis", "ours 32/2018/QH14")),
    ({"description": "Cách khu dân cư 200 mét."}, ("fees", "ours 0")),
])
def test_a_change_of_the_catalogue_is_found(detail: dict[str, Any], difference: tuple[str, str]) -> None:
    assert difference in found(**detail)
    assert difference not in found()


def test_a_time_that_stands_in_the_text_is_borne_out() -> None:
    record = {"duration": [{"working_days": 5}, {"working_days": 3}, {"working_days": 9}]}
    assert not any(field == "duration" for field, _ in found(record, description="Thời hạn 09 ngày làm việc, hộ nghèo miễn phí, 200 mét."))


def test_in_a_day_and_one_working_day_are_one() -> None:
    method = {"submissionMethod": "DIRECT", "processingTime": 1, "processingTimeUnit": "WORKING_DAY"}
    assert not any(field == "duration" for field, _ in found({"duration": [{"same_day": True}]}, executionMethods=[method]))


def test_marks_of_forms_are_no_numbers() -> None:
    assert not any(field == "steps" for field, _ in found({"steps": ["Điền mẫu CT01 và NA5a."]}))


def test_no_difference_stands_twice() -> None:
    pairs = found({"steps": ["Nộp trong 45 ngày.", "Chờ 45 ngày."]})
    assert len(pairs) == len(set(pairs))

"""The national catalogue's records, reduced to what can be compared."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from index.portal import PortalFacts, clean, facts_of, law_numbers, numbers_in, read_catalogue

from ..small import CARD, REGISTER


def row(code: str = REGISTER, **detail: Any) -> dict[str, Any]:
    """A catalogue record that agrees with tests/small.py's bees."""
    return {"code": code, "name": "Đăng ký  nuôi ong mật", "detail": {
        "executionMethods": [
            {"submissionMethod": "DIRECT", "processingTime": 5, "processingTimeUnit": "WORKING_DAY", "fees": [{"value": 30000}, {"value": 50000}, {"value": 100000}]},
            {"submissionMethod": "ONLINE", "processingTime": 3, "processingTimeUnit": "WORKING_DAY", "fees": []},
            {"submissionMethod": "POSTAL", "processingTime": 0, "processingTimeUnit": "OTHER"},
        ],
        "executionCases": [{"profileComponents": [{"originalQty": 1, "copyQty": 0}, {"originalQty": 1, "copyQty": 2}]}],
        "legalBasisesDetails": [{"code": "32/2018/QH14", "name": "Luật Chăn nuôi"}],
        "procedureProposal": {"proposalNumber": "77/QĐ-BNN"},
        "description": "Trại ong cách khu dân cư ít nhất 200 mét. Hộ nghèo được miễn phí.",
        "id": "99", "createdAt": "1999-01-01", **detail,
    }}


def test_facts_are_what_can_be_compared() -> None:
    facts = facts_of(row())
    assert facts == PortalFacts(
        code=REGISTER, name="Đăng ký nuôi ong mật", durations=frozenset({(5, "working_days"), (3, "working_days")}), amounts=frozenset({30000, 50000, 100000}),
        methods=frozenset({"DIRECT", "ONLINE", "POSTAL"}), counts=frozenset({(1, 0), (1, 2)}), laws=frozenset({"32/2018/QH14"}), decision="77/QĐ-BNN",
        text=facts.text, numbers=frozenset({200, 32, 2018, 14, 77}),
    )
    assert "1999" not in facts.text and "99" not in facts.text.split()


def test_an_empty_record_has_no_facts() -> None:
    facts = facts_of({"code": CARD, "name": None, "detail": {"executionMethods": None, "cases": [{"processingDay": None}]}})
    assert (facts.durations, facts.amounts, facts.methods, facts.decision, facts.text) == (frozenset(), frozenset(), frozenset(), None, "")


@pytest.mark.parametrize(("text", "numbers"), [
    ("50.000 đồng, 07 ngày", {50000, 7}), ("1,200,000", {1200000}), ("15 giờ", {15}), ("3.5", {3, 5}), ("không", set()), ("", set()), ("20.000-30.000", {20000, 30000}),
])
def test_numbers_are_read_with_separators(text: str, numbers: set[int]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(("text", "laws"), [
    ("Luật 60/2014/QH13 và Nghị định 123/2015/NĐ-CP", {"60/2014/QH13", "123/2015/NĐ-CP"}), ("nghị quyết 66.7/2025/NQ-CP", {"66.7/2025/NQ-CP"}),
    ("Quyết định 12/QĐ-TTg", {"12/QĐ-TTG"}), ("không có", set()),
])
def test_law_numbers_are_found(text: str, laws: set[str]) -> None:
    assert law_numbers(text) == laws


@pytest.mark.parametrize(("text", "read"), [("  a\u200b \n b ", "a b"), ("NĐ-СР", "NĐ-CP"), (None, ""), (7, "7"), ("Gia\u0302\u0301y", "Giấy")])
def test_clean_reads_look_alikes_as_latin(text: Any, read: str) -> None:
    assert clean(text) == read


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.xz"])
def test_only_the_wanted_codes_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"portal{suffix}"
    lines = "".join(json.dumps(row(code)) + "\n" for code in (REGISTER, CARD))
    path.write_bytes(lzma.compress(lines.encode()) if suffix.endswith("xz") else lines.encode())
    assert list(read_catalogue(path, [CARD, "9.999999"])) == [CARD]

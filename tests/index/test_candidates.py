"""What a search chooses among: one choice a name, and what is known but not loaded."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from index.candidates import Candidate, candidates, plain
from index.families import Family
from index.procedure import Decision, Procedure
from index.subjects import for_people

from ..small import BEES, BOATS, REGISTER, RENEW, procedure

HERE, THERE = "ca-mau", "an-giang"


def record(code: str, name: str = "Đăng ký nuôi ong mật", **changes: Any) -> Procedure:
    """A draft of the import unless told otherwise."""
    return dataclasses.replace(procedure(BEES), code=code, name=name, **{"reviewed": False, **changes})


def one(*procedures: Procedure, **use: float) -> Candidate:
    """The only candidate of procedures that are twins. use: c1 -> that of 1.000001."""
    (found,) = candidates(procedures, (), {}, {f"1.{int(key[1:]):06d}": value for key, value in use.items()}, HERE)
    return found


A, B = record("1.000001"), record("1.000002")


@pytest.mark.parametrize("name", ["Đăng ký nuôi ong mật", "Thủ tục đăng ký nuôi ong mật", "ĐĂNG KÝ NUÔI ONG MẬT.", "Dang ky nuoi ong mat", "Đăng ký  nuôi ong, mật"])
def test_records_of_one_name_are_one_choice(name: str) -> None:
    assert one(A, record("1.000002", name)).members == ("1.000001", "1.000002")


@pytest.mark.parametrize("name", ["Đăng ký nuôi ong", "Gia hạn đăng ký nuôi ong mật"])
def test_another_name_is_another_choice(name: str) -> None:
    assert len(candidates([A, record("1.000002", name)], (), {}, {}, HERE)) == 2


def test_one_thing_at_three_levels_is_one_choice_from_the_level_most_use() -> None:
    levels = [record("1.000001", "Đăng ký nuôi ong mật (cấp tỉnh)"), record("1.000002", "Đăng ký nuôi ong mật (thực hiện tại cấp trung ương)"), record("1.000003")]
    assert one(*levels, c1=0.1, c3=0.4).code == "1.000003"
    assert one(*levels).members == ("1.000001", "1.000002", "1.000003")


def test_twins_are_told_by_the_official_name_where_it_is_known() -> None:
    ours = record("1.000002", "Xin nuôi ong", reviewed=True)
    (found,) = candidates([A, ours], (), {"1.000002": "Đăng ký nuôi ong mật"}, {}, HERE)
    assert found.code == "1.000002" and found.members == ("1.000001", "1.000002")


@pytest.mark.parametrize(("better", "worse"), [
    ({"reviewed": True}, {}),
    ({"province": HERE}, {"province": THERE}),
    ({}, {"province": THERE}),
    ({"province": HERE}, {"province": THERE, "reviewed": True}),
    ({"reviewed": True}, {"level": "commune"}),
    ({"level": "commune"}, {"level": "province"}),
    ({"level": "province"}, {"level": "ministry"}),
], ids=["reviewed", "own province", "whole country", "own before reviewed", "reviewed before level", "commune", "province"])
def test_the_better_twin_is_answered_from_whatever_its_code(better: dict, worse: dict) -> None:
    base = {"level": "province", "province": None}
    for codes in (("1.000001", "1.000002"), ("1.000002", "1.000001")):
        good, bad = record(codes[0], **{**base, **better}), record(codes[1], **{**base, **worse})
        assert one(bad, good).code == codes[0]


def test_the_more_used_twin_is_answered_from_then_the_lower_code() -> None:
    assert one(A, B).code == "1.000001"
    assert one(A, B, c2=0.4).code == "1.000002"
    assert one(A, B, c1=0.5, c2=0.4).code == "1.000001"
    assert one(record("1.000001", reviewed=True), B, c2=0.9).code == "1.000001"


def decided(code: str, year: int, name: str = A.name, **changes: Any) -> Procedure:
    return record(code, name, province=None, decision=Decision("1/QĐ", date(year, 7, 1)), **changes)


def test_the_newer_decision_is_answered_from_however_much_the_older_is_used() -> None:
    assert one(decided("1.000001", 2024), decided("1.000002", 2026), c1=0.9).code == "1.000002"
    assert one(decided("1.000001", 2026), decided("1.000002", 2024), c2=0.9).code == "1.000001"
    assert one(decided("1.000001", 2026), decided("1.000002", 2024, reviewed=True)).code == "1.000002"


def test_an_older_and_a_newer_record_for_one_benefit_are_one_choice_however_they_are_named() -> None:
    old, new = decided("1.000001", 2024, "Giải quyết hưởng chế độ nuôi ong"), decided("1.000002", 2025, "HƯỞNG TRỢ CẤP NUÔI ONG", level="ministry")
    found = one(old, decided("1.000003", 2023, "Giải quyết hưởng chế độ nuôi ong"), new, c1=0.5)
    assert (found.code, found.members, found.use) == ("1.000002", ("1.000001", "1.000002", "1.000003"), 0.5)
    renamed = dataclasses.replace(old, name="Nuôi ong (theo quy trình cũ)", reviewed=True), dataclasses.replace(new, name="Nuôi ong", reviewed=True)
    (found,) = candidates(renamed, (), {old.code: old.name, new.code: new.name}, {}, HERE)
    assert found.code == "1.000002"
    assert len(candidates([old, dataclasses.replace(new, decision=None)], (), {}, {}, HERE)) == 2


def test_twins_are_used_as_much_as_the_most_used_of_them() -> None:
    assert one(A, B, c1=0.2, c2=0.6).use == 0.6


def test_a_choice_is_foreign_only_when_all_its_records_are() -> None:
    assert one(record("1.000001", province=THERE)).foreign
    assert not one(record("1.000001", province=THERE), B).foreign
    assert not one(record("1.000001", province=HERE)).foreign


def test_what_has_questions_and_no_record_stands_too() -> None:
    found = candidates([record(REGISTER)], [BOATS, REGISTER, BOATS], {}, {REGISTER: 0.2, RENEW: 0.4}, HERE)
    assert [candidate.code for candidate in found] == [REGISTER, BOATS]
    assert found[1] == Candidate(BOATS, (BOATS,), False, pytest.approx(0.3), False)


def test_questions_of_a_twin_make_no_second_choice() -> None:
    assert candidates([A, B], ["1.000002"], {}, {}, HERE) == [Candidate("1.000001", ("1.000001", "1.000002"), True, 0.0, False, A.field, for_people(A))]


def test_choices_stand_in_code_order_whatever_the_order_of_records() -> None:
    records = [record("2.000001", "b"), record("1.000009", "c"), record("1.000001", "a")]
    for some in (records, records[::-1]):
        assert [candidate.code for candidate in candidates(some, ["1.000005"], {}, {}, HERE)] == ["1.000001", "1.000005", "1.000009", "2.000001"]


@pytest.mark.parametrize(("name", "words"), [
    ("Thủ tục cấp thẻ", "cap the"), ("Cấp thẻ thủ tục", "cap the thu tuc"), ("THỦ TỤC", "thu tuc"), ("", ""), ("cấp  (đổi), thẻ.", "cap doi the"),
    ("Cấp thẻ (thực hiện tại cấp tỉnh)", "cap the"), ("Cấp thẻ (tại Công an xã)", "cap the"), ("Cấp thẻ cấp Trung ương", "cap the"), ("Cấp thẻ (CẤP XÃ).", "cap the"), ("Cấp thẻ (cấp tỉnh, cấp xã)", "cap the"),
    ("Cấp thẻ tại Công an cấp tỉnh biên giới", "cap the tai cong an cap tinh bien gioi"), ("Cấp tỉnh", "cap tinh"), ("Cấp xã hội", "cap xa hoi"),
])
def test_plain_is_the_folded_words(name: str, words: str) -> None:
    assert plain(name) == words


TOGETHER = Family("nuoi-ong", "Anh/chị nuôi lần đầu hay gia hạn ạ?", {"1.000001": ("lan dau",), "1.000002": ("gia han",)}, ("nuoi ong",), ("tui tính nuôi ong",))


def test_a_family_of_two_loaded_procedures_stands_behind_them() -> None:
    records = [A, record("1.000002", "Gia hạn nuôi ong")]
    found = candidates(records, [], {}, {"1.000001": 0.2, "1.000002": 0.6}, HERE, [TOGETHER])
    assert found[-1] == Candidate("~nuoi-ong", ("~nuoi-ong",), True, 0.6, False)


@pytest.mark.parametrize("records", [[A], [A, B]], ids=["one member is not loaded", "its members are twins"])
def test_a_family_with_one_thing_to_choose_does_not_stand(records: list[Procedure]) -> None:
    found = candidates(records, ["1.000002"], {}, {}, HERE, [TOGETHER])
    assert "~nuoi-ong" not in {candidate.code for candidate in found}

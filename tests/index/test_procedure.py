"""The record: days of validity, unknown parts, versions."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from index.procedure import ASPECTS, Fee, Procedure

from ..small import BEES, LIBRARY_CARD, procedure

START, END = date(2026, 7, 1), date(2026, 12, 31)


@pytest.mark.parametrize(("day", "valid"), [(date(2026, 6, 30), False), (START, True), (date(2026, 11, 22), True), (END, True), (date(2027, 1, 1), False)])
def test_both_ends_of_a_period_are_inside(day: date, valid: bool) -> None:
    assert Fee("x", 1, effective_from=START, effective_to=END).valid_on(day) is valid
    assert dataclasses.replace(procedure(), effective_from=START, effective_to=END).valid_on(day) is valid


@pytest.mark.parametrize("day", [date.min, date(2026, 1, 1), date.max])
def test_an_open_period_has_no_end(day: date) -> None:
    assert Fee("x", 1).valid_on(day) and procedure().valid_on(day)


def test_the_version_is_that_of_the_content() -> None:
    assert procedure().version == procedure().version
    assert len(procedure().version) == 12


@pytest.mark.parametrize("change", [
    {"name": "Đăng ký nuôi ong ruồi"}, {"checked_on": "2026-11-23"}, {"effective_to": "2027-01-01"}, {"steps": ["Điền tờ khai."]}, {"fees": [{"name": "a", "amount_vnd": 1}]},
])
def test_any_change_of_content_changes_the_version(change: dict) -> None:
    assert procedure(**change).version != procedure().version


def test_names_of_cases_are_found_by_id() -> None:
    assert procedure().case_name("di-chuyen") == "Trại ong di chuyển theo mùa hoa"
    assert procedure().case_name(None) is None
    assert procedure().case_name("khac") is None


def test_every_aspect_is_a_field() -> None:
    assert set(ASPECTS) <= {field.name for field in dataclasses.fields(Procedure)}


def test_unknown_reasons_are_told_by_aspect() -> None:
    card = procedure(LIBRARY_CARD)
    assert card.unknown_reason("conditions") == "nguồn không nói"
    assert card.unknown_reason("documents") is None


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        procedure(BEES).name = "x"  # type: ignore[misc]

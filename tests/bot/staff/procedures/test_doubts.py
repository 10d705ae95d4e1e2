"""What is doubtful about a record is told beside the part that it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions.places import Places
from bot.staff.procedures.doubts import doubts_of, told
from bot.staff.procedures.kinds import IMPORTED, OWN, TITLES
from bot.staff.procedures.official import Official
from bot.staff.procedures.record import Reading
from bot.staff.procedures.spell import fresh
from index.catalogue import parse_procedure
from index.finding import KINDS
from index.old_names import parse_old_names
from index.portal import facts_of
from index.portal_record import draft

from ....index.portal_rows import DAY, row
from ....small import BEES, OLD_NAMES, REGISTER

TODAY = date(2026, 11, 23)
PLACES = Places(parse_old_names(OLD_NAMES))


def reading(**changes) -> Reading:  # noqa: ANN003
    raw = {**BEES, **changes}
    return Reading(raw, parse_procedure(raw), None)


def official(**detail) -> Official:  # noqa: ANN003
    raw = row(REGISTER, **detail)
    procedure, findings = draft(raw, DAY, "ca-mau")
    return Official(procedure, findings, facts_of(raw), False)


def found(read: Reading, other: Official | None = None, imported: bool = False) -> set[tuple[str, str]]:
    return {(one.kind, one.field) for one in doubts_of(read, other, PLACES, TODAY, imported)}


def test_every_kind_of_the_import_has_a_title() -> None:
    assert set(IMPORTED) == set(KINDS) and not set(OWN) & set(KINDS) and all(TITLES.values())


def test_what_has_ended_and_what_ends_soon() -> None:
    assert found(reading()) == {("expired", "fees-0-effective_to"), ("expiring", "fees-1-effective_to")}
    assert ("expired", "effective_to") in found(reading(effective_to="2026-11-22"))
    assert not [kind for kind, field in found(reading(effective_to="2026-11-23")) if kind == "expired" and field == "effective_to"]


@pytest.mark.parametrize(("changes", "doubt"), [
    ({"place": {"agency": "UBND huyện"}}, ("stale_word", "place-agency")),
    ({"steps": ["Mang sổ hộ khẩu."]}, ("stale_word", "steps")),
    ({"place": {"agency": "Công an", "where": "ở huyện Ong Mật"}}, ("old_unit", "place-where")),
    ({"documents": [{"name": "Đơn", "note": "lấy ở xã Hoa Tràm"}]}, ("old_unit", "documents-0-note")),
])  # fmt: skip
def test_old_words_and_old_names(changes, doubt) -> None:  # noqa: ANN001
    assert doubt in found(reading(**changes))


def test_people_may_use_old_words_in_other_names() -> None:
    assert not {kind for kind, _ in found(reading(aliases=["sổ hộ khẩu ở xã Hoa Tràm"]))} & {"stale_word", "old_unit"}


def test_a_difference_is_told_until_it_is_explained() -> None:
    fees = [{"name": "Lệ phí", "amount_vnd": 70000}]
    assert ("differs", "fees") in found(reading(fees=fees), official())
    reasons = [{"field": "fees", "value": value, "reason": "Nghị quyết mới"} for value in ("ours 70000", "catalogue 30000")]
    assert ("differs", "fees") not in found(reading(fees=fees, differences=reasons), official())


def test_an_explanation_of_nothing_is_told() -> None:
    assert ("no_difference", "differences-0-value") in found(reading(differences=[{"field": "fees", "value": "ours 1", "reason": "x"}]), official())


def test_what_the_import_doubted_stands_at_its_part() -> None:
    doubts = found(reading(), official(executionCases=[]))
    assert ("no_documents", "documents") in doubts


def test_a_withdrawn_and_an_unknown_procedure() -> None:
    assert ("withdrawn", "") in found(reading(), replace(official(), withdrawn=True))
    assert ("not_in_catalogue", "") in found(reading(), None, imported=True)
    assert ("not_in_catalogue", "") not in found(reading(), None, imported=False)


@pytest.mark.parametrize(("value", "said"), [
    ("ours 9 working_days", "bản ghi ghi 9 ngày làm việc"),
    ("catalogue 30000", "cổng ghi 30000"),
    ("ours not_accepted, catalogue has POSTAL", "bản ghi ghi không nhận, cổng có cách nộp này"),
    ("ours None, catalogue 77/QĐ-BNN", "bản ghi ghi trống, cổng ghi 77/QĐ-BNN"),
    ("ours number 15", "bản ghi có số 15"),
])  # fmt: skip
def test_differences_are_told_in_vietnamese(value: str, said: str) -> None:
    assert told(value) == said


def test_a_block_is_written_with_a_key_a_line() -> None:
    assert fresh({"agency": "Xã", "where": "a, b"}, "place") == "\n  agency: Xã\n  where: 'a, b'"

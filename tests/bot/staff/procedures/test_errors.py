"""Every way in which a typed record can be wrong is told beside its field, all at once, and in Vietnamese."""

from __future__ import annotations

import pytest

from bot.staff.content.revision import FieldError
from bot.staff.procedures.errors import errors_of, placed
from bot.staff.procedures.form import read_form, typed_form, with_row
from bot.staff.procedures.record import read_record
from index.catalogue import DataError, parse_procedure

from ....small import BEES, procedure

FORM = read_form(BEES)
LONG = "\n".join(f"Bước {n}" for n in range(9))


def typed(changes):  # noqa: ANN001, ANN201
    rows = [(f"{key}-rows", token) for key, tokens in FORM.rows.items() for token in tokens]
    return typed_form([*FORM.values.items(), *rows, *changes.items()])


def test_a_good_record_has_none() -> None:
    assert errors_of(FORM, ("commune",)) == {}


def test_all_real_records_have_none(real_procedures) -> None:  # noqa: ANN001
    from .test_form import FILES

    assert {path.name: errors_of(read_form(read_record(path.read_text("utf-8")).raw)) for path in FILES} == {path.name: {} for path in FILES}


@pytest.mark.parametrize(("field", "value", "said"), [
    ("name", "", "đang trống"),
    ("aliases", "", "đang trống"),
    ("overview", "", "đang trống"),
    ("level", "district", "chọn một mục"),
    ("contact", "nowhere", "không có"),
    ("cases-0-id", "Di Chuyển", "không dấu"),
    ("cases-0-id", "", "đang trống"),
    ("documents-0-name", "", "đang trống"),
    ("documents-0-originals", "một", "số nguyên"),
    ("documents-0-copies", "-1", "số nguyên"),
    ("documents-0-copies", "1.5", "số nguyên"),
    ("documents-0-copies", "9" * 15, "số nguyên"),
    ("documents-0-kind", "burn", "chọn một mục"),
    ("documents-3-case", "gone", "không có trong phần"),
    ("documents-0-template", "gone", "không có trong phần"),
    ("duration-0-amount", "", "từ 1"),
    ("duration-0-amount", "0", "từ 1"),
    ("duration-0-amount", "năm", "số nguyên"),
    ("duration-0-channel", "horse", "chọn một mục"),
    ("fees-0-amount_vnd", "miễn phí", "số nguyên"),
    ("fees-0-name", "", "đang trống"),
    ("fees-0-effective_to", "31/12/2026", "ngày có thật"),
    ("fees-0-effective_from", "2026-02-30", "ngày có thật"),
    ("fees-1-effective_to", "2026-01-01", "ở trước"),
    ("post_submit-status", "maybe", "chọn một mục"),
    ("place-agency", "", "đang trống"),
    ("steps", LONG, "nhiều nhất 8"),
    ("steps", "", "đang trống"),
    ("unknown-fees", "nguồn không nói", "đã có nội dung"),
    ("unknown-online", "nguồn không nói", "đã có nội dung"),
    ("decision-number", "", "đang trống"),
    ("decision-date", "hôm qua", "ngày có thật"),
    ("source-url", "javascript:alert(1)", "https://"),
    ("checked_on", "", "đang trống"),
    ("checked_on", "22/11/2026", "ngày có thật"),
    ("replaces", "1.9", "không phải mã"),
])  # fmt: skip
def test_each_is_told_beside_its_field(field: str, value: str, said: str) -> None:
    found = errors_of(typed({field: value}), ("commune",))
    also = {"documents-3-case"} if field == "cases-0-id" else set()  # which names that case
    assert said in found[field] and set(found) == {field} | also


def test_the_end_before_the_beginning_is_told() -> None:
    assert "ở trước" in errors_of(typed({"effective_from": "2027-01-01", "effective_to": "2026-01-01"}))["effective_to"]


def test_a_way_that_is_not_clear_needs_its_reason() -> None:
    assert set(errors_of(typed({"post_return-status": "unknown"}))) == {"unknown-post_return"}


def test_a_number_without_its_unit_and_nothing_at_all() -> None:
    assert set(errors_of(typed({"duration-0-unit": ""}))) == {"duration-0-amount"}
    assert set(errors_of(typed({"duration-0-unit": "", "duration-0-amount": ""}))) == {"duration-0-note"}


def test_an_id_that_stands_twice_is_told_at_the_second() -> None:
    form, token = with_row(FORM, "cases", {"id": "di-chuyen", "name": "Lần nữa"})
    assert set(errors_of(form)) == {f"cases-{token}-id"}


def test_many_errors_are_told_together() -> None:
    assert set(errors_of(typed({"name": "", "checked_on": "", "fees-0-amount_vnd": "x"}))) == {"name", "checked_on", "fees-0-amount_vnd"}


@pytest.mark.parametrize("change", [
    {"level": "district"}, {"fees": [{"name": "a", "amount_vnd": "x"}]}, {"steps": [f"Bước {n}" for n in range(9)]}, {"documents": []}, {"place": {"agency": ""}},
    {"duration": [{"working_days": 0}]}, {"cases": [{"id": "Hoa", "name": "x"}]}, {"checked_on": "x"}, {"source": {"title": ""}}, {"online": {"status": "x"}},
])  # fmt: skip
def test_what_the_catalogue_refuses_the_form_refuses_too(change) -> None:  # noqa: ANN001
    raw = {**BEES, **change}
    with pytest.raises(DataError):
        parse_procedure(raw)
    assert errors_of(read_form(raw))


@pytest.mark.parametrize(("field", "name"), [
    ("fees[1].amount_vnd", "fees-1-amount_vnd"), ("steps[2]", "steps"), ("place.agency", "place-agency"), ("unknown.fees", "unknown-fees"),
    ("dòng 3", ""), ("", ""), ("duration[0].working_days", "duration-0-amount"), ("fees[99].name", "fees"), ("contact", "contact"), ("__class__", ""),
])  # fmt: skip
def test_an_error_of_the_content_finds_its_field(field: str, name: str) -> None:
    assert placed(FieldError(field, "Sai."), FORM)[0] == name


def test_the_small_record_is_a_record() -> None:
    assert procedure().code == BEES["code"]

"""What a checklist holds of real records: the papers, fees and time limits of one case, and nothing of another."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from actions.checklist import Checklist, Paper, checklist
from index.catalogue import load_procedures
from index.procedure import CHANNELS, Procedure

from .. import small

DAY = date(2026, 11, 22)
RECORDS = {one.code: one for one in load_procedures(Path(__file__).parents[2] / "data" / "procedures")}
BIRTH, LEGALISE, LAND, TEMPORARY = "1.001193", "1.001308", "1.013831", "1.004194"
OFFICE = {"name": "Trung tâm Phục vụ hành chính công xã"}


def listed(code: str, case: str | None = None, channel: str | None = None) -> Checklist:
    return checklist(RECORDS[code], case, DAY, OFFICE, channel)


def names(papers: tuple[Paper, ...]) -> list[str]:
    return [paper.name for paper in papers]


def test_without_a_case_only_what_holds_for_everybody_is_listed() -> None:
    one = listed(BIRTH)
    assert names(one.common) == [
        "Tờ khai đăng ký khai sinh", "Giấy chứng sinh", "Giấy tờ tùy thân có ảnh (căn cước, hộ chiếu…)", "Giấy tờ chứng minh nơi cư trú",
    ]
    assert one.own == () and one.case is None and not one.must_choose
    assert [case.id for case in one.cases] == ["bi-bo-roi", "mang-thai-ho", "uy-quyen"]


def test_a_case_adds_its_own_papers_and_no_others() -> None:
    one = listed(BIRTH, "mang-thai-ho")
    assert one.common == listed(BIRTH).common
    assert names(one.own) == ["Giấy xác nhận mang thai hộ của cơ sở y tế đã làm kỹ thuật này"]
    assert one.case is not None and one.case.name == "Trẻ sinh ra nhờ mang thai hộ"


def test_kinds_counts_forms_and_notes_are_told_as_the_record_has_them() -> None:
    form, born, identity, home = listed(BIRTH).common
    assert (form.counts, form.kind, form.form) == ("1 bản chính", "", "có biểu mẫu")
    assert (born.form, born.note[:24]) == ("", "không có thì thay bằng v")
    assert (identity.kind, home.kind) == ("mang theo để xuất trình", "chỉ khi được yêu cầu")


@pytest.mark.parametrize(("template", "paper", "form"), [
    ({"name": "Tờ khai", "number": "CT01", "note": "ban hành kèm Thông tư 53/2025/TT-BCA"}, "Tờ khai", "mẫu CT01, ban hành kèm Thông tư 53/2025/TT-BCA"),
    ({"name": "Đơn đề nghị", "number": "Mẫu số 01"}, "Đơn xin cấp phép", "mẫu số 01, đơn đề nghị"),
    ({"name": "Tờ khai", "number": "CT01"}, "Tờ khai theo mẫu CT01", "có biểu mẫu"),
    ({"name": "TK1"}, "Tờ khai", "TK1"),
])
def test_a_form_is_named_with_what_the_paper_does_not_say_itself(template: dict[str, str], paper: str, form: str) -> None:
    record = small.procedure(template=[{"id": "a", **template}], documents=[{"name": paper, "template": "a"}])
    assert checklist(record, None, DAY, OFFICE).common[0].form == form


def test_a_record_without_cases_offers_none() -> None:
    plain = [one for one in RECORDS.values() if not one.cases]
    assert plain and not any(checklist(one, None, DAY, OFFICE).must_choose or checklist(one, None, DAY, OFFICE).own for one in plain)


def test_a_choice_comes_first_when_every_paper_has_a_case() -> None:
    assert listed(LAND).must_choose and not listed(LAND, "chuyen-quyen").must_choose
    assert names(listed(LAND, "chuyen-quyen").own) == [row.name for row in RECORDS[LAND].documents if row.case == "chuyen-quyen"]


def test_fees_and_time_limits_are_those_of_the_case() -> None:
    one = listed(LEGALISE, "hop-phap-hoa")
    assert [fee.name for fee in one.record.fees] == ["Phí hợp pháp hóa lãnh sự"]
    assert [row.amount for row in one.record.duration] == [None]
    assert one.elsewhere == ()
    assert [row.amount for row in listed(LEGALISE, "giay-5-9").record.duration] == [2, None]
    assert listed(LEGALISE, "giay-5-9").elsewhere == ("fees",) == listed(LEGALISE).elsewhere


def test_a_way_of_filing_leaves_the_rows_of_the_others_out() -> None:
    assert {fee.channel for fee in listed(TEMPORARY).record.fees} == {None, "online"}
    assert {fee.channel for fee in listed(TEMPORARY, channel="direct").record.fees} == {None}
    assert listed(TEMPORARY, channel="direct").common == listed(TEMPORARY).common


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_every_row_of_a_record_is_in_the_list_of_its_case(record: Procedure) -> None:
    lists = {case: checklist(record, case, DAY, OFFICE) for case in (None, *(one.id for one in record.cases))}
    for row in record.documents:
        assert row.name in names(lists[row.case].own if row.case else lists[row.case].common)
    for part in ("duration", "fees"):
        assert all(row in getattr(lists[row.case].record, part) for row in getattr(record, part))
    for case, one in lists.items():
        assert {row.case for row in (*one.record.documents, *one.record.duration, *one.record.fees)} <= {None, case}
        assert one.common or one.own or one.elsewhere


def test_what_the_record_does_not_settle_stays_unsettled() -> None:
    unsettled = next(one for one in RECORDS.values() if one.unknown_reason("fees"))
    one = checklist(unsettled, None, DAY, OFFICE)
    assert one.record.unknown == unsettled.unknown and one.record.fees == () and "fees" not in one.elsewhere


@pytest.mark.parametrize(("case", "channel", "said"), [("qua-han", None, "case: 'qua-han'; 1.001193 has"), (None, "fax", "channel: 'fax'; expected one of direct")])
def test_a_case_or_channel_that_does_not_exist_is_refused(case: str | None, channel: str | None, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        listed(BIRTH, case, channel)
    assert all(listed(BIRTH, channel=one).channel == one for one in CHANNELS)


def test_a_case_of_the_same_name_elsewhere_is_no_case_of_this_record() -> None:
    with pytest.raises(ValueError, match="has \\[\\]"):
        checklist(dataclasses.replace(RECORDS[BIRTH], cases=()), "uy-quyen", DAY, OFFICE)

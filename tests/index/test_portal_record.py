"""Each trap of the portal's data: what the draft says, what it leaves unknown, and the finding that is told."""

from __future__ import annotations

import dataclasses
import json
import lzma
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue import parse_procedure
from index.finding import KINDS, Finding
from index.portal_record import code_of, day_of, draft, province_of
from index.portal_twins import twins, warned
from index.procedure import Case, Channel, Decision, Document, Duration, Fee, Place, Procedure, Template

from .portal_rows import CLEAN, DAY, case, drafted, fee, kinds, method, paper, row

CATALOGUE = Path(__file__).parents[3] / "shared" / "catalogue" / "portal-api.jsonl.xz"


def stored(procedure: Procedure) -> Procedure:
    """Through JSON and the reader of records, as a release does it."""
    raw = json.loads(json.dumps(dataclasses.asdict(procedure), default=str))
    for limit in raw["duration"]:
        unit, amount = limit.pop("unit"), limit.pop("amount")
        limit.update({unit: amount} if unit else {})
    raw["unknown"] = dict(raw["unknown"])
    return parse_procedure({key: value for key, value in raw.items() if not (key in raw["unknown"] and not value)})


def test_a_record_without_a_trap_is_read_whole() -> None:
    record, findings = drafted()
    assert findings == []
    assert record == stored(record)
    assert (record.code, record.name, record.field, record.level, record.province) == ("1.900001", "Đăng ký nuôi ong mật", "Chăn nuôi", "commune", None)
    assert record.overview == "Kết quả: Giấy xác nhận nuôi ong"
    assert record.cases == ()
    assert record.documents == (Document("Tờ khai nuôi ong", 1, template="bieu-mau-1"), Document("Sơ đồ nơi đặt thùng", None, 2))
    assert record.template == (Template("bieu-mau-1", "Mẫu tờ khai nuôi ong"),)
    assert record.duration == (Duration(5, "working_days"),)
    assert record.fees == (Fee("Phí", 30000),)
    assert [record.post_submit, record.post_return, record.online] == [Channel("accepted"), Channel("accepted"), Channel("full")]
    assert record.place == Place("Ủy ban nhân dân cấp xã; Trạm ong của xã", "Quầy số 2")
    assert record.steps == ("Chủ trại ong nộp hồ sơ tại xã", "Xã trả giấy xác nhận")
    assert record.conditions == ("Trại cách nhà dân ít nhất 200 mét;", "Thùng ong có dấu.")
    assert (record.legal_basis, record.decision) == (("Luật Chăn nuôi 32/2018/QH14",), Decision("77/QĐ-BOM", date(2026, 6, 2)))
    assert (record.source.taken_on, record.source.url, record.checked_on, record.contact) == (DAY, "https://dichvucong.gov.vn", DAY, "commune")
    assert (record.reviewed, record.warnings, record.unknown, record.aliases) == (False, (), (), ())


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"code": None}, row("1.14"), row("1.014955-Xoa"), row(isInternal=True)])
def test_internal_records_and_rows_without_a_code_give_none(raw: Any) -> None:
    assert draft(raw, DAY, "ca-mau") is None


def test_a_code_may_stand_between_spaces() -> None:
    assert code_of(row(" 1.900001")) == "1.900001"


# --- time

TIMES: list[tuple[list[dict[str, Any]], tuple[Duration, ...], set[str]]] = [
    ([method(time=2, unit="MONTH")], (Duration(2, "months"),), set()),
    ([method(time=1, unit="YEAR")], (Duration(12, "months"),), set()),
    ([method(time=24, unit="HOUR")], (Duration(24, "hours"),), set()),
    ([method(time=7.0, unit="DAY")], (Duration(7, "days"),), set()),
    ([method(time="7", unit="DAY")], (Duration(7, "days"),), set()),
    ([method(time=7.5)], (Duration(None, None, note="7,5 ngày làm việc"),), set()),
    ([method(time=1, unit="OTHER", words="Không quá 07 (bảy) ngày làm việc kể từ ngày 01/7/2026, nộp trước 15 giờ.")], (Duration(7, "working_days"),), {"duration_without_unit", "duration_from_text"}),
    ([method(time="Không quá 30 ngày.", unit="OTHER")], (Duration(30, "days"),), {"duration_without_unit", "duration_from_text"}),
    ([method(time=0, unit="OTHER", words="Trong 3 ngày làm việc, xã xem; trong 2 tháng, tỉnh trả.")], (), {"duration_without_unit"}),
    ([method("DIRECT", 5), method("ONLINE", 3)], (Duration(5, "working_days", channel="direct"), Duration(3, "working_days", channel="online")), {"duration_disagrees"}),
    ([method("DIRECT", 5), method("ONLINE", 0, "OTHER")], (Duration(5, "working_days", channel="direct"),), {"duration_without_unit"}),
    ([method(time=5, words="Trong 5 ngày.")], (Duration(5, "working_days"),), {"duration_disagrees"}),
    (
        [method("DIRECT", 5, words="Nộp tại quầy\nTrường hợp ong mật:"), method("DIRECT", 9, words="Trường hợp ong dú"), method("ONLINE", 5), method("ONLINE", 9)],
        (Duration(5, "working_days", note="Trường hợp ong mật"), Duration(9, "working_days", note="Trường hợp ong dú")), {"duration_disagrees", "case_on_channel"},
    ),
]


@pytest.mark.parametrize(("methods", "limits", "found"), TIMES)
def test_times_are_read_with_their_unit_or_told_in_doubt(methods: list[dict[str, Any]], limits: tuple[Duration, ...], found: set[str]) -> None:
    record, findings = drafted(executionMethods=methods, cases=[])
    assert (record.duration, kinds(findings)) == (limits, found)
    assert bool(record.unknown_reason("duration")) == (limits == ())
    assert record == stored(record)


def test_what_the_text_says_of_an_unknown_time_is_quoted() -> None:
    record, _ = drafted(executionMethods=[method(time=0, unit="OTHER", words="Theo lịch của trại " + "ong mật " * 50 + "trong năm")], cases=[])
    reason = record.unknown_reason("duration")
    assert reason and reason.startswith("dữ liệu cổng không ghi rõ thời hạn; cổng ghi: “Theo lịch") and reason.endswith("…”") and len(reason) < 260


@pytest.mark.parametrize(("change", "warning"), [
    ({"executionMethods": [method(time=1, unit="OTHER", words="trong 7 ngày")], "cases": []}, "đọc từ phần mô tả"),
    ({"executionMethods": [method(time=1, unit="OTHER")]}, "lấy từ mục trường hợp"),
    ({"executionMethods": [method(time=5, words="trong 7 ngày")]}, "còn ghi 7 ngày"),
    ({"executionMethods": [method(time=5), method(time=9)]}, "nhiều thời hạn"),
])
def test_a_doubtful_time_is_told_to_the_citizen(change: dict[str, Any], warning: str) -> None:
    assert warning in (drafted(**change)[0].warning("duration") or "")


def test_times_on_channels_of_land_are_cases() -> None:
    record, findings = drafted(categoriesDetails=[{"name": "Đất đai"}], executionMethods=[method("DIRECT", 18), method("POSTAL", 4)], cases=[])
    assert record.duration == (Duration(18, "working_days"), Duration(4, "working_days"))
    assert "case_on_channel" in kinds(findings)


def test_times_of_the_named_cases_go_to_the_cases() -> None:
    times = [{"name": name, "processingDay": {"qty": n, "type": "DAY"}} for name, n in (("Ong mật", 3), ("Ong dú", 4))]
    record, _ = drafted(executionCases=[case("Ong mật", paper("Đơn")), case("Ong dú", paper("Ảnh"))], cases=times)
    assert record.duration == (Duration(3, "days", case="truong-hop-1"), Duration(4, "days", case="truong-hop-2"))


def test_a_time_of_the_cases_that_differs_is_found() -> None:
    assert kinds(drafted(cases=[{"name": "x", "processingDay": {"qty": 9, "type": "DAY"}}])[1]) == {"duration_disagrees"}


def test_no_row_at_all_leaves_time_money_and_ways_unknown() -> None:
    record, findings = drafted(executionMethods=[], cases=[], returningMethods=[])
    assert {part for part, _ in record.unknown} == {"duration", "fees", "post_submit", "post_return", "online"}
    assert kinds(findings) == {"missing_part"}


# --- money

NOTE = "Do Hội đồng nhân dân tỉnh quyết định"
FEES: list[tuple[dict[str, Any], tuple[Fee, ...], set[str]]] = [
    (fee(50000, kind="SERVICE_FEE"), (Fee("Lệ phí", 50000),), set()),
    (fee(50000, "mỗi đàn", "PRICE_LEVEL", "Việt Nam Đồng"), (Fee("Giá dịch vụ", 50000, note="mỗi đàn"),), set()),
    (fee(10, "mỗi đàn", currency="USD"), (Fee("Phí", None, amount_usd=10, note="mỗi đàn"),), set()),
    (fee(50), (Fee("Phí", None, note="cổng ghi 50, chưa rõ đơn vị"),), {"fee_suspect_unit"}),
    (fee(100, "100.000 đồng/đàn"), (Fee("Phí", None, note="cổng ghi 100, chưa rõ đơn vị; 100.000 đồng/đàn"),), {"fee_suspect_unit"}),
    (fee(0), (), {"fee_zero_not_free"}),
    (fee(None), (), {"fee_zero_not_free"}),
    (fee(0, "Không quy định"), (), {"fee_zero_not_free"}),
    (fee(0, NOTE), (Fee("Phí", None, note=NOTE),), {"fee_note_sets_amount"}),
    (fee(None, "- 20.000 đồng mỗi đàn"), (Fee("Phí", None, note="20.000 đồng mỗi đàn"),), {"fee_note_sets_amount"}),
    (fee(0, "Miễn lệ phí"), (Fee("Phí", 0, note="Miễn lệ phí"),), set()),
    (fee(0, "Không thu phí."), (Fee("Phí", 0, note="Không thu phí."),), set()),
    (fee(0, "Miễn phí cho hộ nghèo"), (Fee("Phí", 0, condition="Miễn phí cho hộ nghèo"),), {"fee_note_sets_amount"}),
    (fee(0, NOTE + ". Miễn cho hộ nghèo"), (Fee("Phí", None, note=NOTE + ". Miễn cho hộ nghèo"),), {"fee_note_sets_amount"}),
    (fee(20000, "đến hết ngày 31/12/2025"), (Fee("Phí", 20000, note="đến hết ngày 31/12/2025", effective_to=date(2025, 12, 31)),), {"fee_expired_note"}),
    (fee(20000, "đến 30 tháng 6 năm 2026"), (Fee("Phí", 20000, note="đến 30 tháng 6 năm 2026", effective_to=date(2026, 6, 30)),), {"fee_expired_note"}),
    (fee(20000, "đến hết ngày 31/12/2026"), (Fee("Phí", 20000, note="đến hết ngày 31/12/2026", effective_to=date(2026, 12, 31)),), {"fee_note_ends"}),
    (fee(20000, "đến 1/7/2026, nay đến hết ngày 31/12/2026"),
     (Fee("Phí", 20000, note="đến 1/7/2026, nay đến hết ngày 31/12/2026", effective_to=date(2026, 12, 31)),), {"fee_note_ends"}),
    (fee(20000, "đến ngày 31/2/2025"), (Fee("Phí", 20000, note="đến ngày 31/2/2025"),), set()),
]


@pytest.mark.parametrize(("given", "read", "found"), FEES)
def test_zero_is_free_only_when_the_words_say_so(given: dict[str, Any], read: tuple[Fee, ...], found: set[str]) -> None:
    record, findings = drafted(executionMethods=[method("DIRECT", 5, "WORKING_DAY", None, given), method("ONLINE", 5, "WORKING_DAY", None, given)])
    assert (record.fees, kinds(findings)) == (read, found)
    assert bool(record.unknown_reason("fees")) == (read == ())
    assert record == stored(record)


def test_a_fee_of_one_way_of_filing_names_it() -> None:
    record, _ = drafted(executionMethods=[method("DIRECT", 5, "WORKING_DAY", None, fee(50000)), method("ONLINE", 5, "WORKING_DAY", None, fee(25000))])
    assert record.fees == (Fee("Phí", 50000, channel="direct"), Fee("Phí", 25000, channel="online"))


def test_no_fee_row_is_not_free() -> None:
    record, findings = drafted(executionMethods=[{**method(), "fees": []}])
    assert record.unknown_reason("fees") == "dữ liệu cổng không ghi rõ có thu phí hay không"
    assert kinds(findings) == {"missing_part"}


def test_an_expired_fee_is_told_to_the_citizen() -> None:
    record, _ = drafted(executionMethods=[method("DIRECT", 5, "WORKING_DAY", None, fee(20000, "đến hết ngày 31/12/2025"))])
    assert "31/12/2025" in (record.warning("fees") or "")


# --- ways and place

POSTS = [
    ("Trả kết quả qua dịch vụ bưu chính, trả cước theo quy định.", "unknown", "accepted", {"post_return_only"}),
    ("Hồ sơ nộp tại Bộ phận Tiếp nhận và trả kết quả.\nTrả kết quả tại quầy hoặc qua bưu chính.", "unknown", "accepted", {"post_return_only"}),
    ("Nộp hồ sơ, trả kết quả qua bưu chính.", "accepted", "accepted", set()),
    ("Gửi qua bưu chính đến Bộ phận Tiếp nhận và trả kết quả.", "accepted", "unknown", set()),
    ("Thời hạn trả kết quả: 5 ngày làm việc", "accepted", "unknown", set()),
    ("Nộp hồ sơ tại quầy hoặc qua bưu chính.\n- Nhận kết quả tại bộ phận tiếp nhận hồ sơ hoặc gửi qua bưu chính.", "accepted", "accepted", set()),
    ("Nhận kết quả và nộp hồ sơ tại quầy hoặc qua bưu chính.", "accepted", "unknown", set()),
    ("Gửi bổ sung hồ sơ qua dịch vụ bưu chính công ích theo tin báo của cơ quan. 5 ngày làm việc.", "unknown", "unknown", {"post_supplement_only"}),
    ("Gửi bổ sung giấy tờ qua bưu chính. Trả kết quả qua bưu chính.", "unknown", "accepted", {"post_supplement_only"}),
    ("Nộp hồ sơ qua bưu chính hoặc nộp bổ sung hồ sơ qua bưu chính khi được báo.", "accepted", "unknown", set()),
    (None, "accepted", "unknown", set()),
]


@pytest.mark.parametrize(("words", "submit", "back", "found"), POSTS)
def test_the_post_may_mean_the_result_or_added_papers_only(words: str | None, submit: str, back: str, found: set[str]) -> None:
    record, findings = drafted(executionMethods=[method("POSTAL", 5, words=words)], returningMethods=[])
    assert (record.post_submit.status, record.post_return.status, kinds(findings)) == (submit, back, found)


def test_why_the_post_is_not_settled_is_said() -> None:
    record, _ = drafted(executionMethods=[method("POSTAL", 5, words="Nộp bổ sung hồ sơ qua bưu chính")], returningMethods=[])
    assert "chỉ nói gửi bổ sung giấy tờ" in (record.unknown_reason("post_submit") or "")


def test_post_that_is_only_mentioned_stays_unknown() -> None:
    record, findings = drafted(executionMethods=[method("DIRECT", 5, words="Nộp tại quầy hoặc qua bưu chính")])
    assert (record.post_submit.status, kinds(findings)) == ("unknown", {"post_mentioned_without_row"})
    assert "có nhắc bưu chính" in (record.unknown_reason("post_submit") or "")


@pytest.mark.parametrize(("methods", "full", "status"), [([method("ONLINE")], False, "partial"), ([method("ONLINE")], True, "full"), ([method("DIRECT")], True, "unknown")])
def test_online_is_whole_partial_or_unknown(methods: list[dict[str, Any]], full: bool, status: str) -> None:
    assert drafted(executionMethods=methods, isFullProcess=full)[0].online.status == status


def test_no_agency_leaves_the_place_unknown() -> None:
    record, findings = drafted(departmentsExecuting=[None], unitGroupsExecuting=[])
    assert record.unknown_reason("place") and kinds(findings) == {"missing_part"}
    assert record == stored(record)


def test_agencies_of_both_lists_stand_once() -> None:
    names = [{"name": "Sở Ong"}, {"name": "Sở\u00a0Ong."}]
    assert drafted(departmentsExecuting=names, unitGroupsExecuting=[{"name": "Sở Ong"}])[0].place.agency == "Sở Ong"


@pytest.mark.parametrize(("change", "part", "kind", "warned"), [
    ({"departmentsExecuting": [{"name": "Ủy ban nhân dân huyện"}]}, "place", "district_level", "cấp huyện đã bỏ từ ngày 1/7/2025"),
    ({"executionSteps": [{"name": "", "description": "Nộp tại cấp huyện"}]}, "steps", "district_level", "cấp huyện đã bỏ từ ngày 1/7/2025"),
    ({"executionCases": [case("", paper("Sổ hộ khẩu"))]}, "documents", "household_book", "sổ hộ khẩu"),
    ({"departmentPromulgateName": "UBND tỉnh Đắk Lắk"}, "overview", "other_province", "tỉnh Đắk Lắk"),
])
def test_what_is_gone_or_elsewhere_is_told_to_the_citizen(change: dict[str, Any], part: str, kind: str, warned: str) -> None:
    record, findings = drafted(**change)
    assert [(finding.kind, finding.part) for finding in findings] == [(kind, part)]
    assert warned in (record.warning(part) or "")
    assert record == stored(record)


def test_a_stale_word_that_is_not_drafted_is_found_without_a_warning() -> None:
    record, findings = drafted(note="Theo sổ hộ khẩu")
    assert [(finding.kind, finding.part) for finding in findings] == [("household_book", "")] and record.warnings == ()


ISSUERS = [
    ("UBND tỉnh Cà Mau", "ca-mau"), ("UBND Thành phố Hồ Chí Minh", "ho-chi-minh"), ("Sở Xây dựng - tỉnh Quảng Ngãi", "quang-ngai"), ("UBND tỉnh Đồng Tháp", "dong-thap"),
    ("Trung tâm phục vụ hành chính công Thành phố Hà Nội", "ha-noi"), ("UBND TP. Huế", "hue"), ("Bộ Tài chính", None), ("UBND cấp tỉnh", None), ("UBND tỉnh quy định", None), ("", None),
]


@pytest.mark.parametrize(("issuer", "slug"), ISSUERS)
def test_the_issuing_province_is_a_slug(issuer: str, slug: str | None) -> None:
    assert province_of(issuer) == slug


def test_the_own_province_is_no_finding() -> None:
    record, findings = drafted(departmentPromulgateName="UBND tỉnh Cà Mau")
    assert (record.province, findings) == ("ca-mau", [])


@pytest.mark.parametrize(("flags", "level", "contact"), [
    ({"isWard": True, "isProvince": True}, "commune", "commune"), ({"isWard": False, "isProvince": True, "isMinistry": True}, "province", "province_centre"),
    ({"isWard": False, "isMinistry": True}, "ministry", "province_centre"), ({"isWard": False, "isOtherAgency": True}, "agency", "province_centre"),
])
def test_the_lowest_level_decides(flags: dict[str, bool], level: str, contact: str) -> None:
    record, findings = drafted(**flags)
    assert (record.level, record.contact, findings) == (level, contact, [])


# --- papers and sentences

def test_cases_have_their_papers_and_common_ones_stand_first() -> None:
    groups = [case("a) Ong mật:", paper("Đơn"), paper("Ảnh")), case("Ong dú " + "và ong khác " * 20, paper("Sổ", 0, 1), paper("đơn"))]
    record, findings = drafted(executionCases=groups)
    assert [row.id for row in record.cases] == ["truong-hop-1", "truong-hop-2"]
    assert record.cases[0] == Case("truong-hop-1", "Ong mật") and len(record.cases[1].name) <= 160 and record.cases[1].name.endswith("…")
    assert [(row.name, row.case) for row in record.documents][:1] == [("Đơn", None)]
    assert {(row.name, row.case) for row in record.documents} >= {("Ảnh", "truong-hop-1"), ("Sổ", "truong-hop-2")}
    assert kinds(findings) == {"shortened"}
    assert record == stored(record)


def test_several_cases_without_names_are_numbered() -> None:
    record, _ = drafted(executionCases=[case("", paper("Đơn")), case("", paper("Ảnh"))])
    assert [row.name for row in record.cases] == ["Trường hợp 1", "Trường hợp 2"]


@pytest.mark.parametrize(("name", "read"), [("- Đơn;", "Đơn"), ("1. Đơn", "Đơn"), ("x" * 10 + " đơn" * 100, None), ("***", ""), ("Đơn\u00a0xin", "Đơn xin")])
def test_a_paper_needs_a_letter_and_is_cut(name: str, read: str | None) -> None:
    record, _ = drafted(executionCases=[case("", paper(name))])
    if read is None:
        assert len(record.documents[0].name) <= 300 and record.documents[0].name.endswith("…")
    else:
        assert [row.name for row in record.documents] == ([read] if read else [])


@pytest.mark.parametrize("count", [0, None, -1, "hai", True, [], 1.5])
def test_a_count_that_is_none_is_left_open(count: Any) -> None:
    assert drafted(executionCases=[case("", paper("Đơn", count, count))])[0].documents == (Document("Đơn"),)


@pytest.mark.parametrize(("file", "name"), [("Mẫu số 24.docx", "Mẫu số 24"), ("tờ khai_nuôi ong.doc.docx", "Tờ khai nuôi ong"), ("Mau24.docx", None), ("scan.pdf", None), ("1.900001_Mẫu B1.docx", None)])
def test_a_form_needs_a_name_in_words(file: str, name: str | None) -> None:
    assert [row.name for row in drafted(executionCases=[case("", paper("Đơn", 1, 0, file))])[0].template] == ([name] if name else [])


def test_no_papers_is_a_finding() -> None:
    record, findings = drafted(executionCases=[case("")])
    assert record.unknown_reason("documents") and kinds(findings) == {"no_documents"}


def test_one_long_step_becomes_its_headings() -> None:
    text = "Bước 1: Nộp đơn. Chờ.\n- Kiểm tra.\nBước 2:\nNhận giấy. Về."
    assert drafted(executionSteps=[{"name": "", "description": text}])[0].steps == ("Nộp đơn", "Nhận giấy")


def test_steps_are_eight_short_lines_at_most() -> None:
    record, findings = drafted(executionSteps=[{"name": f"Bước {n}", "description": "rất dài " * 40} for n in range(12)])
    assert len(record.steps) == 8 and all(len(line) <= 160 and line.endswith("…") for line in record.steps)
    assert kinds(findings) == {"shortened"}


@pytest.mark.parametrize(("text", "reason"), [("Không.", "là không có điều kiện"), ("không có", "là không có điều kiện"), ("Không quy định", "không quy định"), ("", "không ghi điều kiện")])
def test_no_conditions_is_unknown_with_the_reason(text: str, reason: str) -> None:
    record, _ = drafted(requirementsAndConditions=text)
    assert reason in (record.unknown_reason("conditions") or "") and record.conditions == ()


def test_conditions_are_twelve_lines_at_most() -> None:
    record, _ = drafted(requirementsAndConditions="\n".join(["- Dài " + "ong " * 100] * 20))
    assert len(record.conditions) == 12 and all(len(line) <= 250 for line in record.conditions)


@pytest.mark.parametrize(("code", "name", "line"), [
    ("67/2013/NĐ-CP", "Quy định về ong", "Nghị định 67/2013/NĐ-CP: Quy định về ong"), ("12/2024/TT-BOM", "Thông tư về ong", "Thông tư 12/2024/TT-BOM: về ong"),
    ("60/2014/QH13", "Luật Ong", "Luật Ong 60/2014/QH13"), ("60/2014/QH13", "Luật 60/2014/QH13", "Luật 60/2014/QH13"), ("254/2025/QH15", "Quy định về ong", "254/2025/QH15: Quy định về ong"),
    ("12/2021/NĐ-СР", "", "Nghị định 12/2021/NĐ-CP"),
])
def test_a_law_has_kind_number_and_title(code: str, name: str, line: str) -> None:
    assert drafted(legalBasisesDetails=[{"code": code, "name": name}])[0].legal_basis == (line,)


@pytest.mark.parametrize(("change", "kind"), [
    ({"note": unicodedata.normalize("NFD", "Giấy tờ")}, "not_nfc"), ({"note": "một\u00a0cửa"}, "hidden_characters"), ({"note": "NĐ-СР"}, "lookalikes"),
    ({"note": "đến tâm Phục vụ hành chính công"}, "scrambled_text"),
])
def test_spoilt_text_is_found(change: dict[str, Any], kind: str) -> None:
    assert [(finding.kind, finding.part) for finding in drafted(**change)[1]] == [(kind, "")]


# --- over the set, and for all shapes

def test_twins_are_found_over_the_whole_set() -> None:
    def one(code: str, name: str, decided: int, **detail: Any) -> Procedure:
        found = draft(row(code, name=name, procedureProposal={"proposalNumber": "1/QĐ", "decisionDate": decided}, **detail), DAY, "ca-mau")
        assert found
        return found[0]

    records = [
        one("1.900001", "Giải quyết hưởng chế độ nuôi ong", 1_700_000_000_000), one("1.900002", "HƯỞNG TRỢ CẤP NUÔI ONG", 1_750_000_000_000, isWard=False, isProvince=True),
        one("1.900003", "Bán mật ong", 1_700_000_000_000), one("1.900004", "Bán mật ong", 1_750_000_000_000, isWard=False, isProvince=True),
    ]
    assert [(finding.code, finding.kind, finding.detail) for finding in twins(records)] == [
        ("1.900001", "older_twin", "newer decision: 1.900002"), ("1.900003", "twin_name", "same name: 1.900004"), ("1.900004", "twin_name", "same name: 1.900003"),
    ]


    (old, *rest) = warned(records)
    assert (old.warning("overview") or "").startswith("trên Cổng có bản mới hơn về việc này, mã 1.900002, công bố ngày 15/6/2025")
    assert rest == records[1:]


def test_the_list_of_kinds_is_closed() -> None:
    with pytest.raises(ValueError, match="kind: is 'odd'; expected one of fee_zero_not_free"):
        Finding("1.900001", "odd", "", "")
    assert len(set(KINDS)) == len(KINDS)


@pytest.mark.parametrize("key", sorted(CLEAN))
@pytest.mark.parametrize("value", [None, 3, "x", [1, None, "a", []], {"a": 1}, [{"name": 3, "description": [], "fees": 3, "profileComponents": {}, "processingDay": []}]])
def test_a_field_of_another_shape_never_raises(key: str, value: Any) -> None:
    found = draft(row(**{key: value}), DAY, "ca-mau")
    assert found and found[0] == stored(found[0])


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "code", "description", "fees", "value", "type", "processingDay", "qty", "updatedAt"]), inner, max_size=4), max_leaves=12)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(CLEAN)), JSON, max_size=5))
def test_any_json_is_drafted_to_a_record_that_can_be_read(detail: dict[str, Any]) -> None:
    found = draft(row(**{key: value for key, value in detail.items() if key != "isInternal"}), DAY, "ca-mau")
    assert found and found[0] == stored(found[0])


@pytest.mark.parametrize(("value", "day"), [(1750611600000, date(2025, 6, 23)), (1750636800000, date(2025, 6, 23)), (None, None), ("x", None), (1e30, None), (-5, None)])
def test_days_are_those_of_vietnam(value: Any, day: date | None) -> None:
    assert day_of(value) == day


@pytest.mark.skipif(not CATALOGUE.exists(), reason=f"the national catalogue is not at {CATALOGUE}")
def test_the_whole_catalogue_is_drafted_and_can_be_read_again() -> None:
    count = 0
    with lzma.open(CATALOGUE, "rt", encoding="utf-8") as rows:
        for text in rows:
            found = draft(json.loads(text), DAY, "ca-mau")
            if found:
                count += 1
                assert found[0] == stored(found[0])
    assert count > 5000


@pytest.mark.parametrize(("said", "step"), [
    ("1. nộp hồ sơ", "Nộp hồ sơ"), ("Bước 2. Kiểm tra hồ sơ", "Kiểm tra hồ sơ"), ("3) Nhận kết quả", "Nhận kết quả"), ("10 ngày sau thì nhận kết quả", "10 ngày sau thì nhận kết quả"),
    ("1.5 ha đất trở lên thì lập hồ sơ", "1.5 ha đất trở lên thì lập hồ sơ"), ("Bước 1", "Bước 1"),
])
def test_a_step_carries_no_number_of_its_own(said: str, step: str) -> None:
    assert drafted(executionSteps=[{"name": said, "description": ""}, {"name": "Nhận giấy", "description": ""}])[0].steps == (step, "Nhận giấy")

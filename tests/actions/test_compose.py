"""Golden texts: what the bot says of each part of the small procedures, and what it leaves out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions.answer import Answer, AnswerStatus
from actions.compose import FOLLOW_UPS, MAX_FOLLOW_UPS, compose
from index.procedure import ASPECTS

from ..small import BEES, BEES_AGAIN, CONTACTS, LIBRARY_CARD, procedure, raw

DAY = date(2026, 11, 22)
HEAD = "Dạ, về thủ tục Đăng ký nuôi ong mật:"
SOURCE = "Nguồn: Cổng Dịch vụ công quốc gia, mã 1.900001, Quyết định 77/QĐ-BNN; đối chiếu ngày 22/11/2026 với bản ngày 18/07/2026."
DOCUMENTS = """\
Giấy tờ cần chuẩn bị:
1. Tờ khai đăng ký nuôi ong (mẫu NO01; 1 bản chính)
2. Giấy tờ tùy thân có ảnh (mang theo để xuất trình)
3. Sơ đồ nơi đặt thùng ong (1 bản chính và 2 bản sao; chỉ khi được yêu cầu; vẽ tay cũng được)
Nếu thuộc trường hợp “trại ong di chuyển theo mùa hoa”, thêm:
4. Lịch di chuyển trại ong (1 bản chính)"""
LIST = "Danh sách để đánh dấu, in ra: /thu-tuc/1.900001/checklist"
DURATION = """\
Thời hạn giải quyết:
- nộp trực tiếp: 5 ngày làm việc.
- nộp trực tuyến: 3 ngày làm việc (không tính ngày lễ)."""
FEES = """\
Phí, lệ phí:
- Lệ phí đăng ký (áp dụng đến hết ngày 31/12/2026): 50.000 đồng/lần; theo Thông tư 12/2026/TT-BTC.
- Phí thẩm định (hộ nghèo): miễn phí."""
POST = "Gửi hồ sơ qua bưu chính: được; gửi bảo đảm.\nNhận kết quả qua bưu chính: không, anh/chị đến nhận."
PLACE = "Cơ quan giải quyết: Ủy ban nhân dân cấp xã.\nNộp tại nơi đặt trại ong."
GOLDEN = {
    "documents": f"{DOCUMENTS}\n{LIST}", "duration": DURATION, "fees": FEES, "post_submit": POST, "post_return": POST, "place": PLACE,
    "online": "Nộp trực tuyến: được một phần, vẫn còn bước phải nộp giấy hoặc đến nơi; tờ khai giấy nộp sau.",
    "steps": "Các bước:\n1. Điền tờ khai.\n2. Nộp hồ sơ tại xã.\n3. Nhận giấy xác nhận.",
    "conditions": "Điều kiện:\n- Trại ong cách khu dân cư ít nhất 200 mét.",
    "result": "Kết quả nhận được:\n- Giấy xác nhận đăng ký nuôi ong",
    "template": "Biểu mẫu:\n- Tờ khai đăng ký nuôi ong, mẫu NO01.",
    "legal_basis": "Căn cứ pháp lý:\n- Luật Chăn nuôi 32/2018/QH14",
    "applicants": "Ai được làm thủ tục này:\n- Chủ trại ong\n- Hợp tác xã có trại ong",
    "overview": f"Ghi tên trại ong vào sổ của xã để được đặt thùng ong.\n{DOCUMENTS}\n{DURATION}\n{FEES}\n{PLACE}",
}


def answer(*aspects: str, base: dict[str, Any] = BEES, day: date = DAY, **changes: Any) -> Answer:
    record = procedure(base, **changes)
    return compose(record, aspects, day, CONTACTS[record.contact])


def body(one: Answer) -> str:
    """The text without its first and its last line."""
    return "\n".join(one.text.splitlines()[1:-1])


@pytest.mark.parametrize("aspect", ASPECTS)
def test_each_aspect_reads_as_agreed(aspect: str) -> None:
    one = answer(aspect)
    assert one.text == f"{HEAD}\n{GOLDEN[aspect]}\n{SOURCE}"
    assert one.status is AnswerStatus.ANSWERED
    assert one.procedure is not None and (one.procedure.code, one.procedure.name) == (BEES["code"], BEES["name"])


@pytest.mark.parametrize("asked", [("fees", "documents"), ("documents", "fees"), ("fees", "documents", "fees")])
def test_several_aspects_come_in_the_order_of_records(asked: tuple[str, ...]) -> None:
    one = answer(*asked)
    assert body(one) == f"{DOCUMENTS}\n{FEES}\n{LIST}"
    assert one.aspects == ("documents", "fees")


@pytest.mark.parametrize("aspect", ["post_submit", "post_return"])
def test_sending_in_and_getting_back_are_told_together(aspect: str) -> None:
    assert answer(aspect).aspects == ("post_submit", "post_return")


UNKNOWN = [
    (LIBRARY_CARD, "fees", AnswerStatus.NOT_IN_RECORD, "Phí, lệ phí: tôi chưa có thông tin chắc chắn; nguồn không nói mức thu."),
    (LIBRARY_CARD, "conditions", AnswerStatus.NOT_IN_RECORD, "Điều kiện: tôi chưa có thông tin chắc chắn; nguồn không nói."),
    (LIBRARY_CARD, "post_return", AnswerStatus.NOT_IN_RECORD, "Nhận kết quả qua bưu chính: tôi chưa có thông tin chắc chắn; nguồn không nói."),
    (LIBRARY_CARD, "post_submit", AnswerStatus.ANSWERED, "Nhận kết quả qua bưu chính: tôi chưa có thông tin chắc chắn; nguồn không nói."),
    (raw(LIBRARY_CARD, documents=[{"name": "Thẻ cũ"}]), "template", AnswerStatus.NOT_IN_RECORD, "Biểu mẫu: dữ liệu tôi có không ghi mẫu nào cho thủ tục này."),
    (LIBRARY_CARD, "overview", AnswerStatus.ANSWERED, "Phí, lệ phí: tôi chưa có thông tin chắc chắn; nguồn không nói mức thu."),
    (BEES_AGAIN, "fees", AnswerStatus.ANSWERED, "- Lệ phí gia hạn: có thu, chưa rõ mức; mức thu do Hội đồng nhân dân tỉnh quy định."),
    (BEES_AGAIN, "overview", AnswerStatus.ANSWERED, "- Lệ phí gia hạn: có thu, chưa rõ mức; mức thu do Hội đồng nhân dân tỉnh quy định."),
]
ASK = {
    "library": "Phần chưa rõ, anh/chị hỏi Thư viện tỉnh (5 Lê Lợi; điện thoại 1900 0000) để chắc chắn trước khi đi.",
    "commune": "Phần chưa rõ, anh/chị hỏi Trung tâm Phục vụ hành chính công xã để chắc chắn trước khi đi.",
}


@pytest.mark.parametrize(("base", "aspect", "status", "line"), UNKNOWN, ids=[f"{base['code']}-{aspect}" for base, aspect, _, _ in UNKNOWN])
def test_what_is_not_known_is_said_with_the_office_that_knows(base: dict, aspect: str, status: AnswerStatus, line: str) -> None:
    one = answer(aspect, base=base)
    assert line in one.text.splitlines() and ASK[base["contact"]] in one.text.splitlines()
    assert one.status is status


@pytest.mark.parametrize("aspect", [aspect for aspect in ASPECTS])
def test_a_settled_part_sends_nobody_elsewhere(aspect: str) -> None:
    assert "Phần chưa rõ" not in answer(aspect).text


@pytest.mark.parametrize(("day", "shown", "hidden"), [
    (date(2026, 6, 30), ["30.000 đồng", "đến hết ngày 30/06/2026", "sau ngày đó: 50.000 đồng/lần"], ["100.000"]),
    (date(2026, 7, 1), ["50.000 đồng/lần", "đến hết ngày 31/12/2026"], ["30.000", "100.000"]),
    (date(2026, 12, 31), ["50.000 đồng/lần", "sau ngày đó: 100.000 đồng/lần"], ["30.000"]),
    (date(2027, 1, 1), ["100.000 đồng/lần"], ["30.000", "50.000", "đến hết ngày"]),
])
def test_only_the_fees_in_force_are_told_with_their_end(day: date, shown: list[str], hidden: list[str]) -> None:
    text = answer("fees", day=day).text
    assert all(part in text for part in shown) and not any(part in text for part in hidden)


def test_fees_that_have_all_run_out_are_not_told() -> None:
    one = answer("fees", fees=[{"name": "Lệ phí", "amount_vnd": 30000, "effective_to": "2026-06-30"}])
    assert body(one).startswith("Phí, lệ phí: mức tôi có đã hết hiệu lực, chưa có mức mới.")
    assert "30.000" not in one.text and ASK["commune"] in one.text and one.status is AnswerStatus.NOT_IN_RECORD


@pytest.mark.parametrize(("changes", "aspect", "text"), [
    ({"duration": [{"same_day": True}]}, "duration", "Thời hạn giải quyết: trong ngày."),
    ({"duration": [{"working_days": 5, "case": "di-chuyen"}]}, "duration", "Thời hạn giải quyết trại ong di chuyển theo mùa hoa: 5 ngày làm việc."),
    ({"duration": [{"note": "theo giấy hẹn"}]}, "duration", "Thời hạn giải quyết: theo giấy hẹn."),
    ({"documents": [{"name": "Lịch", "case": "di-chuyen"}]}, "documents", f"Trường hợp “trại ong di chuyển theo mùa hoa”:\n1. Lịch\n{LIST}"),
    ({"documents": [{"name": "Đơn theo mẫu NO01", "template": "to-khai"}]}, "documents", f"Giấy tờ cần chuẩn bị:\n1. Đơn theo mẫu NO01\n{LIST}"),
    ({"documents": [{"name": "Biên bản", "kind": "issued_on_site"}]}, "documents", f"Giấy tờ cần chuẩn bị:\n1. Biên bản (lập tại nơi nộp)\n{LIST}"),
    ({"fees": [{"name": "Phí", "amount_vnd": 10000, "max_vnd": 20000, "case": "di-chuyen", "channel": "post"}]}, "fees",
     "Phí, lệ phí:\n- Phí (trại ong di chuyển theo mùa hoa, nộp qua bưu chính): từ 10.000 đồng đến 20.000 đồng."),
    ({"fees": [{"name": "Phí", "amount_vnd": None, "amount_usd": 10, "note": "thu bằng đồng theo tỷ giá"}]}, "fees", "Phí, lệ phí:\n- Phí: 10 USD; thu bằng đồng theo tỷ giá."),
    ({"online": {"status": "full"}}, "online", "Nộp trực tuyến: được, làm trọn trên mạng (toàn trình)."),
    ({"online": {"status": "appointment"}}, "online", "Nộp trực tuyến: chỉ đặt lịch hẹn trên mạng, sau đó anh/chị phải đến làm trực tiếp."),
    ({"online": {"status": "not_accepted", "note": "chưa mở."}}, "online", "Nộp trực tuyến: không có, anh/chị nộp theo cách khác; chưa mở."),
    ({"place": {"agency": "Sở", "note": "giờ hành chính"}}, "place", "Cơ quan giải quyết: Sở.\nGiờ hành chính."),
])
def test_cases_channels_and_kinds_are_shown(changes: dict, aspect: str, text: str) -> None:
    assert body(answer(aspect, **changes)) == text


@pytest.mark.parametrize("aspects", [(), ("colour",), ("fees", "colour")])
def test_an_unknown_aspect_or_none_is_refused(aspects: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="expected some of documents, duration"):
        answer(*aspects)


@pytest.mark.parametrize(("aspect", "titles"), [
    ("documents", ["Thời hạn", "Phí, lệ phí", "Nơi nộp", "Nộp trực tuyến"]), ("fees", ["Giấy tờ", "Thời hạn", "Nơi nộp", "Nộp trực tuyến"]),
])
def test_what_to_ask_next_names_the_procedure(aspect: str, titles: list[str]) -> None:
    choices = answer(aspect).choices
    assert [choice.title for choice in choices] == titles
    assert all(choice.message.startswith("Đăng ký nuôi ong mật (mã 1.900001) ") for choice in choices)


def test_no_more_is_offered_than_is_left() -> None:
    assert len(answer("overview").choices) <= MAX_FOLLOW_UPS
    assert answer(*ASPECTS).choices == ()
    assert "Biểu mẫu" not in [choice.title for choice in answer(*FOLLOW_UPS[:-1], base=BEES_AGAIN).choices]


def test_the_source_is_given_as_data_too() -> None:
    (source,) = answer("fees").sources
    assert (source.title, source.url, source.checked_on) == ("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn", "2026-11-22")


def test_every_fact_carries_the_version_of_the_record() -> None:
    one = answer("overview")
    assert {(fact.code, fact.version) for fact in one.facts} == {(BEES["code"], procedure().version)}
    assert len(one.facts) == len(set(one.facts))


@pytest.mark.parametrize(("base", "text"), [
    (LIBRARY_CARD, "Biểu mẫu: dữ liệu không ghi số mẫu riêng; trong giấy tờ phải nộp có:\n- Đơn xin cấp thẻ."),
    (raw(LIBRARY_CARD, template=[{"id": "a", "name": "Mẫu đơn"}], documents=[{"name": "Đơn theo Mẫu số 01 tại Phụ lục III."}]), "Biểu mẫu:\n- Mẫu đơn.\nTrong giấy tờ phải nộp có ghi mẫu:\n- Đơn theo Mẫu số 01 tại Phụ lục III."),
])
def test_forms_are_told_by_the_papers_where_the_record_has_no_mark(base: dict, text: str) -> None:
    found = answer("template", base=base)
    assert found.status is AnswerStatus.ANSWERED and f"\n{text}\n" in found.text

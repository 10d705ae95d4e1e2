"""Opening hours and old places: what is asked is answered from the files of the province, everything else is left to others."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from actions.answer import Answer, AnswerStatus
from actions.answer_where import answer_where
from actions.asked_hours import asked_day
from actions.calendar_file import read_calendar
from actions.dialogue import State
from actions.places import Places
from actions.reply import Library, Understood
from actions.verify import numbers
from index.catalogue import read_yaml
from index.old_names import parse_old_names

from ..small import CARD, CONTACTS, REGISTER
from .fakes import FINDS, FakeSearch

SUNDAY = datetime(2026, 11, 22, 20, 30)
HOURS = [{"days": [2, 3, 4, 5, 6], "spells": ["07:00-11:00", "13:00-17:00"], "source": "Thông báo 5/TB-UBND"}]


@pytest.fixture(scope="module")
def ours(root: Path) -> Library:
    """The province's own files over the small records."""
    province = root / "data" / "province"
    contacts = {**read_yaml(province / "ca-mau.yml")["contacts"], "library": CONTACTS["library"]}
    calendar = read_calendar(province / "holidays.yml")
    return Library(FakeSearch(FINDS), contacts, lambda: calendar, places=Places(parse_old_names(read_yaml(province / "old_names.yml"))))


def told(library: Library, **row: Any) -> Library:
    """The same with the commune's row changed."""
    return replace(library, contacts={**library.contacts, "commune": {**library.contacts["commune"], **row}})


def asked(message: str, library: Library, state: State = State(), now: datetime = SUNDAY) -> Answer | None:  # noqa: B008 - frozen
    return answer_where(message, Understood(), state, library, now)


WEEK = "Trung tâm Phục vụ hành chính công xã, phường nơi anh/chị ở: nhận hồ sơ từ thứ Hai đến thứ Sáu, nghỉ thứ Bảy, Chủ nhật và ngày lễ, Tết."
HOURS_ASKED = [
    ("giờ làm việc", WEEK), ("giờ làm việc của xã thế nào ạ", WEEK), ("gio lam viec cua phuong", WEEK), ("h làm việc của xã", WEEK),
    ("mấy giờ mở cửa", WEEK), ("may gio xa mo cua", WEEK), ("xã nghỉ trưa mấy giờ", WEEK), ("cho hỏi giờ tiếp dân", WEEK),
    ("ủy ban làm việc từ mấy giờ tới mấy giờ", WEEK), ("cuối tuần có làm việc không", WEEK),
    ("trưa nay có làm không", "hôm nay, Chủ nhật 22/11/2026, nghỉ."), ("bữa nay xã có mở cửa hông", "hôm nay, Chủ nhật 22/11/2026, nghỉ."),
    ("giờ này còn nhận hồ sơ không", "hôm nay, Chủ nhật 22/11/2026, nghỉ."), ("xã đóng cửa chưa", "hôm nay, Chủ nhật 22/11/2026, nghỉ."),
    ("chủ nhật nộp hồ sơ được không", "hôm nay, Chủ nhật 22/11/2026, nghỉ."), ("ngày mai ủy ban có làm việc không", "ngày mai, thứ Hai 23/11/2026, có làm việc."),
    ("mai lễ có mở không", "ngày mai, thứ Hai 23/11/2026, có làm việc."), ("chiều mai xã có làm việc không anh", "ngày mai, thứ Hai 23/11/2026, có làm việc."),
    ("thứ hai tuần sau có làm việc không", "ngày mai, thứ Hai 23/11/2026, có làm việc."),
    ("24/11 xã có làm việc không", "thứ Ba 24/11/2026 nghỉ (Ngày Văn hóa Việt Nam 24/11)."), ("lễ 24/11 này nghỉ hay làm vậy", "thứ Ba 24/11/2026 nghỉ (Ngày Văn hóa"),
    ("ngay 24 thang 11 co lam viec ko", "thứ Ba 24/11/2026 nghỉ (Ngày Văn hóa"), ("24/11 xã có làm việc hk", "thứ Ba 24/11/2026 nghỉ (Ngày Văn hóa"),
    ("thứ bảy có làm hông", "thứ Bảy 28/11/2026 nghỉ."), ("t7 co lam ko", "thứ Bảy 28/11/2026 nghỉ."), ("xã mình thứ 7 có nhận hồ sơ không ạ", "thứ Bảy 28/11/2026 nghỉ."),
    ("công an xã có làm thứ bảy không", "Công an xã, phường nơi anh/chị ở: thứ Bảy 28/11/2026 chỉ nhận hồ sơ buổi sáng."),
    ("trung tâm hành chính công tỉnh mấy giờ đóng cửa", "Trung tâm Phục vụ hành chính công tỉnh Cà Mau: nhận hồ sơ từ thứ Hai"),
    ("bên bảo hiểm xã hội thứ 7 có mở cửa không", "cơ quan Bảo hiểm xã hội quản lý địa bàn của anh/chị: thứ Bảy 28/11/2026 nghỉ."),
    ("1/1/2027 xã có làm không", "tôi chưa chắc có làm việc hay không; chưa có lịch nghỉ chính thức"),
    ("điện lực giờ làm việc sao", "Tôi chưa có lịch làm việc của đơn vị điện lực"),
]
PLACES_ASKED = [
    ("xã Khánh Hội cũ bây giờ là xã nào", "xã Khánh Hội cũ (huyện U Minh, tỉnh Cà Mau) nay thuộc xã Khánh Lâm, tỉnh Cà Mau, từ 01/07/2025."),
    ("xa khanh hoi cu nop ho so o dau", "Anh/chị đến Trung tâm Phục vụ hành chính công xã Khánh Lâm."),
    ("huyện U Minh bỏ rồi thì làm ở đâu", "huyện U Minh cũ (tỉnh Cà Mau) không còn từ 01/07/2025; địa bàn nay thuộc: xã Nguyễn Phích, xã U Minh,"),
    ("Bạc Liêu nhập Cà Mau rồi nộp ở đâu", "tỉnh Bạc Liêu cũ nay thuộc tỉnh Cà Mau, từ 01/07/2025."),
    ("bac lieu sap nhap ca mau roi thi nop ho so o dau", "điểm thứ hai ở số 2 Nguyễn Văn Linh, phường Bạc Liêu."),
    ("phường 5 TP Bạc Liêu cũ giờ là phường nào", "phường 5 cũ (thành phố Bạc Liêu, tỉnh Bạc Liêu) nay thuộc phường Vĩnh Trạch"),
    ("thị trấn U Minh cũ nộp ở đâu", "nay thuộc xã Nguyễn Phích, tỉnh Cà Mau"), ("TX Giá Rai cũ giờ làm giấy tờ ở đâu", "phường Giá Rai, phường Láng Tròn, xã Phong Thạnh."),
    ("Gành Hào giờ là xã gì", "nay thuộc xã Gành Hào"), ("xã Phong Thạnh cũ bây giờ thuộc đâu", "nay thuộc phường Giá Rai"),
    ("huyện Đầm Dơi còn không, giờ nộp ở đâu", "không còn từ 01/07/2025"), ("thành phố Cà Mau bỏ rồi thì ra đâu làm giấy", "phường An Xuyên, phường Tân Thành"),
    ("Kiên Giang giờ thuộc tỉnh nào", "tỉnh Kiên Giang cũ nay thuộc An Giang"), ("Sóc Trăng sáp nhập vào đâu", "Tôi chỉ có nơi nộp của tỉnh Cà Mau"),
]
WHICH_ASKED = [
    ("xã Khánh Lâm cũ giờ nộp ở đâu", ["Xã U Minh", "Xã Khánh Lâm"]), ("xã Tắc Vân cũ thuộc phường nào", ["Phường Tân Thành", "Phường Hòa Thành"]),
    ("p.7 cà mau cũ giờ là phường nào", ["Phường Tân Thành", "Phường Hòa Thành"]),
    ("nhà em ở xã Tân Ân huyện Ngọc Hiển cũ thì giờ lên đâu nộp", ["Xã Phan Ngọc Hiển", "Xã Đất Mũi"]),
    ("phường 5 cũ giờ thuộc phường nào", ["Phường 5 (thành phố Bạc Liêu, tỉnh Bạc Liêu)", "Phường 5 (thành phố Cà Mau, tỉnh Cà Mau)"]),
    ("hòa bình cũ giờ thuộc đâu", ["Tỉnh Hòa Bình", "Huyện Hòa Bình (tỉnh Bạc Liêu)"]),
]
FOR_OTHERS = [
    "đăng ký tạm trú nộp ở đâu", "nghỉ việc rồi thì hưởng trợ cấp thất nghiệp sao", "mở quán cà phê cần giấy gì", "mở cửa hàng tạp hóa cần giấy phép gì",
    "làm việc ở Bạc Liêu thì đăng ký tạm trú sao", "tôi làm ở công ty, thứ bảy có được nghỉ không", "làm khai sinh cho bé Mai có cần cha đi không",
    "mai em đi làm căn cước cần mang gì", "hôm nay nộp hồ sơ thì mấy ngày có", "nộp sau 15 giờ thì chừng nào có kết quả", "xã có nhận hồ sơ qua bưu điện không",
    "nhập hộ khẩu vào Cà Mau cần gì", "nhập khẩu về Bạc Liêu cần giấy tờ gì", "đăng ký khai sinh ở Bạc Liêu nộp ở đâu",
    "giấy khai sinh ghi xã Khánh Lâm cũ có phải đổi không", "sổ đỏ ghi huyện U Minh có cần cập nhật không", "tôi ở huyện U Minh muốn làm hộ chiếu nộp ở đâu",
    "mở quán karaoke tới mấy giờ", "thời giờ làm việc của người lao động", "con thứ ba có được đăng ký khai sinh không",
    "lần thứ hai làm lại căn cước có mất tiền không", "sinh ngày 24/11 đăng ký khai sinh trễ có bị phạt không", "chứng thực bản sao ở xã được không",
    "cư trú ở xã Khánh Lâm đăng ký thường trú cần gì", "mấy giờ thì có kết quả", "bưu điện chủ nhật có mở cửa không", "ngân hàng thứ bảy có làm việc không",
    "nghỉ lễ 24/11 có được hưởng lương không", "ba mất rồi khai tử ở đâu", "mất căn cước thì làm lại ở đâu", "xã Khánh Lâm làm căn cước ở đâu",
    "đổi địa chỉ Bạc Liêu thành Cà Mau trên giấy phép lái xe ở đâu", "chủ nhật này tôi bay, làm hộ chiếu gấp được không",
    "em làm giờ hành chính không nghỉ được thì nộp online được không", "sang tên xe máy ở Bạc Liêu cần gì", "tết này bắn pháo hoa cần giấy phép không",
    "đổi tên cho con ở Bạc Liêu nộp ở đâu", "xã Khánh Lâm cũ đăng ký kết hôn cần giấy gì", "1", "",
]


@pytest.mark.parametrize(("message", "said"), HOURS_ASKED + PLACES_ASKED)
def test_what_is_asked_is_answered(ours: Library, message: str, said: str) -> None:
    answer = asked(message, ours)
    assert answer is not None and answer.status is AnswerStatus.ANSWERED
    assert answer.text.startswith("Dạ, ") and said in answer.text


@pytest.mark.parametrize(("message", "titles"), WHICH_ASKED)
def test_an_old_name_of_several_places_is_asked_back_and_each_choice_is_answered(ours: Library, message: str, titles: list[str]) -> None:
    answer = asked(message, ours)
    assert answer is not None and answer.status is AnswerStatus.UNCLEAR_QUESTION
    assert [choice.title for choice in answer.choices] == titles
    for choice in answer.choices:
        settled = asked(choice.message, ours)
        assert settled is not None and settled.status is AnswerStatus.ANSWERED, choice.message


@pytest.mark.parametrize("message", FOR_OTHERS)
def test_questions_about_procedures_are_left_to_others(ours: Library, message: str) -> None:
    assert asked(message, ours) is None
    assert asked(message, ours, State(REGISTER)) is None


@pytest.mark.parametrize("message", [message for message, _ in HOURS_ASKED + PLACES_ASKED + WHICH_ASKED])
def test_each_number_told_stands_in_a_fact(ours: Library, message: str) -> None:
    for library in (ours, told(ours, hours=HOURS, phone="0290 3831 831")):
        answer = asked(message, library)
        assert answer is not None and numbers(answer.text) <= numbers(" ".join(fact.value for fact in answer.facts))


@pytest.mark.parametrize(("message", "now", "said"), [
    ("xã đóng cửa chưa", "2026-11-25 10:15", "bây giờ đang mở cửa, đến 11:00."), ("giờ này còn nhận hồ sơ không", "2026-11-25 11:30", "bây giờ đang nghỉ, mở cửa lúc 13:00."),
    ("bây giờ xã có làm việc không", "2026-11-23 17:30", "hôm nay đã hết giờ làm việc.\nNgày làm việc kế tiếp: thứ Tư 25/11/2026, từ 07:00."),
    ("trưa nay có làm không", "2026-11-25 10:15", "làm việc 07:00–11:00 và 13:00–17:00; ngoài các giờ đó thì nghỉ."),
    ("mấy giờ mở cửa", "2026-11-25 10:15", "- thứ Hai đến thứ Sáu: 07:00–11:00 và 13:00–17:00."),
    ("thứ bảy có làm không", "2026-08-20 10:15", "thứ Bảy 22/08/2026 làm việc 07:00–11:00"),
])
def test_told_hours_are_used(ours: Library, message: str, now: str, said: str) -> None:
    answer = asked(message, told(ours, hours=HOURS), now=datetime.fromisoformat(now))
    assert answer is not None and said in answer.text
    assert "chưa có nguồn" not in answer.text


def test_hours_that_nobody_told_are_not_supposed(ours: Library) -> None:
    answer = asked("mấy giờ mở cửa", ours)
    assert answer is not None and "tôi chưa có nguồn chắc chắn nên không nói đoán. Anh/chị hỏi nơi đó trước khi đi." in answer.text
    called = asked("mấy giờ mở cửa", told(ours, phone="0290 3831 831"))
    assert called is not None and "Anh/chị gọi hỏi 0290 3831 831 trước khi đi." in called.text
    police = asked("công an xã mấy giờ mở cửa", ours)
    assert police is not None and "1900" not in police.text, "a ministry's hotline does not know when a commune opens"


def test_a_doubtful_day_is_said_to_be_one(ours: Library) -> None:
    answer = asked("mai xã có làm việc không", ours)
    assert answer is not None and "Lưu ý: thứ Hai 23/11/2026 đang tính là ngày làm việc vì chưa thấy quyết định nghỉ đổi." in answer.text


def test_the_desk_is_that_of_the_procedure_in_the_message_or_else_of_the_talk(ours: Library) -> None:
    named, talked, office = (
        asked("thứ tư này làm thẻ được không, có mở cửa không", ours, State(REGISTER)), asked("thứ tư có mở cửa không", ours, State(CARD)),
        asked("công an thứ tư có mở cửa không", ours, State(CARD)),
    )
    assert named and named.procedure and named.procedure.code == CARD and named.state and named.state["procedure"] == CARD
    assert "Dạ, về thủ tục Cấp thẻ thư viện tỉnh:\nThư viện tỉnh: thứ Tư 25/11/2026 có làm việc." in named.text
    assert talked and talked.state and talked.state["procedure"] == CARD and "Thư viện tỉnh: thứ Tư" in talked.text
    assert office and office.procedure is None and "Công an xã" in office.text
    either = asked("thứ tư đăng ký ong có mở cửa không", ours, State(CARD))
    assert either and either.procedure is None and "Trung tâm Phục vụ hành chính công xã" in either.text, "both that it may mean have this desk"


def test_an_old_place_with_a_procedure_leads_to_the_desk_of_the_procedure(ours: Library) -> None:
    answer = asked("xã Khánh Lâm cũ giờ đăng ký mật ở đâu", ours)
    assert answer is not None and answer.procedure and answer.procedure.code == REGISTER
    (first, _) = answer.choices
    assert f"(mã {REGISTER})" in first.message
    settled = asked(first.message, ours)
    assert settled and settled.procedure and "Dạ, về thủ tục Đăng ký nuôi ong mật:\nXã Khánh Lâm cũ" in settled.text
    assert "Anh/chị đến Trung tâm Phục vụ hành chính công xã U Minh." in settled.text


def test_a_correction_and_a_release_without_old_names_are_left_to_others(ours: Library) -> None:
    assert answer_where("mấy giờ mở cửa", Understood(corrects=True), State(), ours, SUNDAY) is None
    assert asked("xã Khánh Hội cũ giờ nộp ở đâu", Library(ours.search, ours.contacts, ours.calendar)) is None


@pytest.mark.parametrize(("message", "day"), [
    ("24/11", "2026-11-24"), ("24.11", "2026-11-24"), ("24-11-2026", "2026-11-24"), ("ngày 2 tháng 9 năm 2027", "2027-09-02"), ("1/1", "2027-01-01"), ("30/2", None),
    ("thứ sáu", "2026-11-27"), ("thứ 6 tuần sau", "2026-11-27"), ("chủ nhật", "2026-11-22"), ("t2", "2026-11-23"), ("mai", "2026-11-23"), ("ngày mốt", "2026-11-24"),
    ("hôm nay", "2026-11-22"), ("chiều nay", "2026-11-22"), ("một cửa", None), ("lần thứ hai", None), ("giờ làm việc", None),
])
def test_the_day_that_is_asked_about(message: str, day: str | None) -> None:
    found = asked_day(message, SUNDAY.date())
    assert (found and found.isoformat()) == day

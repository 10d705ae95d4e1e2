"""Due days in answers: on the office's own calendar, each count checked by another way of counting."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from actions.answer import Answer, AnswerStatus, Fact
from actions.calendar import OfficeCalendar
from actions.calendar_file import read_calendar
from actions.due_count import ELSEWHERE, LAND, LATE_RULE, count, uncounted
from actions.due_date import ASK_SLIP, MAX_ROWS, SLIP, asks_due, asks_if_ready, compose_due, without_asking
from actions.verify import UnverifiedError, verify
from actions.when import Received
from index.catalogue import read_yaml
from index.procedure import Procedure

from ..small import BEES, procedure

SUNDAY = datetime(2026, 11, 22, 15)
CASES = [*BEES["cases"], {"id": "moi", "name": "Cấp mới"}, {"id": "lai", "name": "Cấp lại"}]


@pytest.fixture(scope="module")
def calendar(root: Path) -> OfficeCalendar:
    return read_calendar(root / "data" / "province" / "holidays.yml")


@pytest.fixture(scope="module")
def contacts(root: Path) -> dict[str, Any]:
    return read_yaml(root / "data" / "province" / "ca-mau.yml")["contacts"]


def bees(*duration: dict[str, Any], **changes: Any) -> Procedure:
    return procedure(duration=list(duration), cases=CASES, **changes)


def answer(record: Procedure, day: date, calendar: OfficeCalendar, *, now: datetime = SUNDAY, phone: str | None = None, **more: Any) -> Answer:
    """Composed and verified."""
    received = Received(day, "", **more)
    contact = {"name": "Một Cửa xã", "phone": phone}
    return verify(compose_due(record, received, now, calendar, contact), record, contact, count=count(record, received, calendar))


def test_the_count_stands_in_one_line(calendar: OfficeCalendar) -> None:
    found = answer(bees({"working_days": 7}), date(2026, 11, 23), calendar, planned=True)
    assert found.text.splitlines()[1:-1] == [
        "Nộp thứ Hai 23/11/2026, 7 ngày làm việc: đếm từ thứ Tư 25/11 (24/11 nghỉ Ngày Văn hóa Việt Nam) → hạn thứ Năm 03/12/2026.",
        SLIP,
        "Lưu vào lịch điện thoại: /api/deadline.ics?code=1.900001&received=2026-11-23&row=0",
    ]
    assert (found.status, found.aspects, found.procedure and found.procedure.code) == (AnswerStatus.ANSWERED, ("duration",), "1.900001")
    assert {"duration[0]", "received", "due[0].steps[10]"} <= {fact.field for fact in found.facts}
    assert found.choices and found.sources


LINES = [
    ({"days": 10}, "2026-11-10", "10 ngày: đếm từ hôm sau, hết vào thứ Sáu 20/11 → hạn thứ Sáu 20/11/2026."),
    ({"days": 5}, "2026-11-23", "5 ngày: đếm từ hôm sau, hết vào thứ Bảy 28/11 là ngày nghỉ nên dời sang ngày làm việc kế tiếp → hạn thứ Hai 30/11/2026."),
    ({"months": 1}, "2026-10-20", "1 tháng: đếm từ hôm sau, hết vào thứ Sáu 20/11 → hạn thứ Sáu 20/11/2026."),
    ({"working_days": 2}, "2026-04-24", "đếm từ thứ Ba 28/04 (27/04 nghỉ Nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch là Chủ nhật 26/4)) → hạn thứ Tư 29/04/2026."),
    ({"working_days": 3}, "2026-02-13", "đếm từ thứ Hai 23/02 (trừ các ngày nghỉ 16/02, 17/02, 18/02, 19/02, 20/02) → hạn thứ Tư 25/02/2026."),
    ({"working_days": 3}, "2026-08-20", "đếm từ thứ Sáu 21/08 → hạn thứ Hai 24/08/2026."),  # Saturday 22/08 is worked
    ({"same_day": True}, "2026-11-25", "trong ngày: nộp đến 15 giờ thì hạn thứ Tư 25/11/2026; nộp sau 15 giờ thì hạn thứ Năm 26/11/2026."),
]


@pytest.mark.parametrize(("limit", "day", "words"), LINES)
def test_each_unit_shows_how_it_is_counted(calendar: OfficeCalendar, limit: dict[str, Any], day: str, words: str) -> None:
    assert words in answer(bees(limit), date.fromisoformat(day), calendar).text


@pytest.mark.parametrize(("more", "words"), [
    ({"part": "morning"}, "trong ngày: hạn thứ Tư 25/11/2026."), ({"part": "evening"}, "trong ngày: hạn thứ Năm 26/11/2026."),
    ({"time": datetime(2026, 11, 25, 15, 30).time()}, "trong ngày: hạn thứ Năm 26/11/2026."), ({"time": datetime(2026, 11, 25, 8, 30).time()}, "trong ngày: hạn thứ Tư 25/11/2026."),
])
def test_a_told_hour_settles_a_limit_in_the_day(calendar: OfficeCalendar, more: dict[str, Any], words: str) -> None:
    assert words in answer(bees({"same_day": True}), date(2026, 11, 25), calendar, **more).text


def test_hours_need_the_hour(calendar: OfficeCalendar) -> None:
    record = bees({"hours": 24})
    assert "anh/chị cho tôi biết cả giờ nộp" in answer(record, date(2026, 11, 25), calendar).text
    assert "hạn 09:05 26/11/2026." in answer(record, date(2026, 11, 25), calendar, time=datetime(2026, 11, 25, 9, 5).time()).text
    late = answer(bees({"working_hours": 4}), date(2026, 11, 25), calendar, time=datetime(2026, 11, 25, 15, 30).time())
    assert "4 giờ làm việc: hạn 26/11/2026." in late.text and "khung giờ làm việc" in late.text, "the timetables differ, the day does not"


def test_a_limit_in_the_day_that_was_handed_in_on_a_day_off_has_one_day(calendar: OfficeCalendar) -> None:
    assert "trong ngày: hạn thứ Hai 16/11/2026." in answer(bees({"same_day": True}), date(2026, 11, 15), calendar).text


def test_each_case_has_its_line(calendar: OfficeCalendar) -> None:
    lines = answer(bees({"working_days": 5, "case": "moi"}, {"days": 3, "case": "lai", "note": "tối đa"}), date(2026, 11, 9), calendar).text.splitlines()
    assert lines[1] == "Nộp thứ Hai 09/11/2026:"
    assert lines[2].startswith("- cấp mới, 5 ngày làm việc: đếm từ thứ Ba 10/11") and lines[3].startswith("- cấp lại, 3 ngày (tối đa): đếm từ hôm sau")
    assert not any("lịch điện thoại" in line for line in lines), "which of the two days should it be?"


def test_more_than_four_limits_lead_to_the_page(calendar: OfficeCalendar) -> None:
    found = answer(bees(*({"working_days": n} for n in range(1, 7))), date(2026, 11, 9), calendar)
    assert sum(line.startswith("- ") for line in found.text.splitlines()) == MAX_ROWS
    assert "xem đủ ở trang này: /thu-tuc/1.900001" in found.text


def test_the_channel_that_was_told_leaves_the_others_out(calendar: OfficeCalendar) -> None:
    record = bees({"working_days": 5, "channel": "direct"}, {"working_days": 3, "channel": "online"})
    found = answer(record, date(2026, 11, 20), calendar, channel="online")
    assert "3 ngày làm việc" in found.text and "5 ngày làm việc" not in found.text
    assert "không phải lúc gửi" in found.text and "channel=online&row=1" in found.text
    assert "5 ngày làm việc" in answer(record, date(2026, 11, 20), calendar, channel="post").text, "none is for the post: all are told"


@pytest.mark.parametrize(("day", "contact", "more", "closed", "start"), [
    (date(2026, 11, 22), "commune", {}, "Chủ nhật 22/11/2026", "thứ Hai 23/11/2026"), (date(2026, 11, 24), "commune", {}, "Thứ Ba 24/11/2026", "thứ Tư 25/11/2026"),
    (date(2026, 11, 28), "commune", {}, "Thứ Bảy 28/11/2026", "thứ Hai 30/11/2026"), (date(2026, 11, 28), "police_commune", {}, None, "thứ Bảy 28/11/2026"),
    (date(2026, 11, 28), "police_commune", {"part": "afternoon"}, "Thứ Bảy 28/11/2026", "thứ Hai 30/11/2026"), (date(2026, 11, 25), "commune", {}, None, "thứ Tư 25/11/2026"),
])
def test_a_plan_for_a_day_off_is_counted_from_the_next_working_day(
    calendar: OfficeCalendar, day: date, contact: str, more: dict[str, Any], closed: str | None, start: str
) -> None:
    text = answer(bees({"working_days": 2}, contact=contact), day, calendar, planned=True, **more).text
    assert f"Nộp {start}, " in text
    assert (f"{closed} nơi nhận hồ sơ nghỉ" in text) if closed else "nơi nhận hồ sơ nghỉ" not in text


def test_what_was_handed_in_on_a_day_off_is_warned_of(calendar: OfficeCalendar) -> None:
    text = answer(bees({"working_days": 5}), date(2026, 11, 15), calendar).text
    assert "Ngày nhận 15/11/2026 là ngày nghỉ (cuối tuần)" in text and "Nộp Chủ nhật 15/11/2026" in text


def test_a_doubtful_day_is_spoken_of_once(calendar: OfficeCalendar) -> None:
    text = answer(bees({"working_days": 3}, {"working_days": 4}), date(2026, 11, 20), calendar).text
    assert text.count("thứ Hai 23/11/2026 đang tính là ngày làm việc") == 1


def test_past_the_confirmed_calendar_no_day_is_named(calendar: OfficeCalendar) -> None:
    text = answer(bees({"working_days": 30}), date(2026, 12, 1), calendar).text
    assert "chưa có ngày hẹn chắc chắn" in text and "→" not in text and "lịch điện thoại" not in text
    assert ASK_SLIP in text and SLIP not in text and "Phần chưa rõ, anh/chị hỏi Một Cửa xã" in text


@pytest.mark.parametrize(("day", "now", "late"), [
    (date(2026, 11, 2), SUNDAY, True), (date(2026, 11, 13), SUNDAY, True), (date(2026, 11, 13), datetime(2026, 11, 20, 23, 59), False),
    (date(2026, 11, 13), datetime.fromisoformat("2026-11-20T17:30+00:00"), True), (date(2026, 11, 20), SUNDAY, False),
])
def test_a_passed_due_day_brings_the_rule_and_whom_to_call(calendar: OfficeCalendar, day: date, now: datetime, late: bool) -> None:
    text = answer(bees({"working_days": 5}), day, calendar, now=now, phone="0290 111").text
    assert (LATE_RULE in text) is late and ("Nếu đã quá ngày hẹn, anh/chị hỏi Một Cửa xã (điện thoại 0290 111)." in text) is late
    assert ("lịch điện thoại" in text) is not late
    assert SLIP in text


def test_electricity_is_no_one_stop_office_s(calendar: OfficeCalendar) -> None:
    assert LATE_RULE not in answer(bees({"working_days": 5}, field="Điện"), date(2026, 11, 2), calendar).text


@pytest.mark.parametrize("change", [
    ("03/12/2026", "04/12/2026"), ("25/11", "26/11"), ("24/11 ", "25/12 "), ("23/11/2026", "20/11/2026"), ("row=0", "row=9"), ("7 ngày làm việc", "8 ngày làm việc"),
])
def test_an_altered_day_is_refused(calendar: OfficeCalendar, change: tuple[str, str]) -> None:
    record, received = bees({"working_days": 7}), Received(date(2026, 11, 23), "", planned=True)
    found = compose_due(record, received, SUNDAY, calendar, {"name": "xã"})
    assert change[0] in found.text
    with pytest.raises(UnverifiedError, match="in no fact"):
        verify(replace(found, text=found.text.replace(*change)), record, count=count(record, received, calendar))


def test_a_day_is_not_taken_from_the_answer_s_own_facts(calendar: OfficeCalendar) -> None:
    record, received = bees({"working_days": 7}), Received(date(2026, 11, 23), "", planned=True)
    found = compose_due(record, received, SUNDAY, calendar, {"name": "xã"})
    wrong = [replace(fact, value=fact.value.replace("03/12", "04/12")) for fact in found.facts]
    with pytest.raises(UnverifiedError, match=r"due\[0\].steps\[10\]: says 'thứ Sáu|due\[0\].steps\[10\]: says"):
        verify(replace(found, facts=tuple(wrong), text=found.text.replace("03/12", "04/12")), record, count=count(record, received, calendar))
    with pytest.raises(UnverifiedError):
        verify(found, record, count=count(record, replace(received, day=date(2026, 11, 25)), calendar))
    with pytest.raises(UnverifiedError, match="no such field in 1.900001"):
        verify(found, record)
    stray = Fact("due[9].steps[0]", "x", record.code, record.version)
    with pytest.raises(UnverifiedError, match="no such field in the count"):
        verify(replace(found, facts=(*found.facts, stray)), record, count=count(record, received, calendar))


def test_without_a_limit_or_a_day_there_is_nothing_to_count(calendar: OfficeCalendar) -> None:
    with pytest.raises(ValueError, match="duration is empty"):
        compose_due(replace(bees({"days": 1}), duration=()), Received(date(2026, 11, 23), ""), SUNDAY, calendar, {"name": "xã"})
    with pytest.raises(ValueError, match="no clear day"):
        count(bees({"days": 1}), Received(None, "đầu tháng"), calendar)


@pytest.mark.parametrize(("note", "reason"), [
    ("từ ngày nhận đủ hồ sơ", None), ("kể từ khi hồ sơ đầy đủ, hợp lệ", None), ("tối đa", None), ("và đã nộp xong lệ phí", None), (None, None),
    ("từ ngày kết thúc kỳ sát hạch", ELSEWHERE), ("tối đa, từ ngày hết hạn nộp hồ sơ", ELSEWHERE), ("giai đoạn 1: kiểm tra hồ sơ", ELSEWHERE), ("không tính ngày nghỉ lễ, tết", ELSEWHERE),
    ("riêng việc xác minh", ELSEWHERE), ("thời gian xác minh", ELSEWHERE),
])
def test_a_limit_that_starts_elsewhere_gives_no_day(note: str | None, reason: str | None) -> None:
    record = bees({"working_days": 5, **({"note": note} if note else {})})
    assert uncounted(record, record.duration[0]) == reason


def test_land_has_no_firm_day(calendar: OfficeCalendar) -> None:
    assert LAND in answer(bees({"working_days": 5}, field="Đất đai"), date(2026, 11, 9), calendar).text


def busday(day: date, amount: int, calendar: OfficeCalendar) -> date:
    """Another count of working days: numpy's, with Saturdays worked unless they are listed as holidays."""
    saturdays = [day + timedelta(days=n) for n in range(400) if (day + timedelta(days=n)).weekday() == 5]
    off = [*calendar.days_off, *(one for one in saturdays if one not in calendar.worked_saturdays)]
    return np.busday_offset(np.datetime64(day), amount, roll="backward", weekmask="1111110", holidays=np.array(off, "datetime64[D]")).astype(date)


@pytest.mark.parametrize("day", [date(2026, 2, 12), date(2026, 8, 20), date(2026, 10, 30), date(2026, 11, 22)], ids=str)
def test_every_record_s_answer_verifies_and_counts_as_numpy_does(
    real_procedures: list[Procedure], calendar: OfficeCalendar, contacts: dict[str, Any], day: date
) -> None:
    counted = 0
    for record in real_procedures:
        if not record.duration:
            continue
        received = Received(day, "", planned=True)
        found = compose_due(record, received, datetime.combine(day, SUNDAY.time()), calendar, contacts[record.contact])
        recount = count(record, received, calendar)
        assert verify(found, record, contacts[record.contact], count=recount) is found
        assert len(found.text.splitlines()) <= 12, found.text
        for n, row in enumerate(record.duration):
            due = recount.due[n].due
            if due and row.unit == "working_days" and row.amount:
                assert due == busday(recount.received, row.amount, calendar), (record.code, n)
                counted += 1
            if n < MAX_ROWS and isinstance(due, date) and row.unit != "same_day":
                assert f"hạn {['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'][due.weekday()]} {due:%d/%m/%Y}" in found.text
    assert counted > 50


def test_the_real_records_whose_limit_starts_elsewhere(real_procedures: list[Procedure]) -> None:
    """Each note that speaks of another start was looked at; a new one must be looked at too."""
    start = re.compile(r"\b(?:kể )?từ (?:ngày|khi) (?!\d)([^;,]{0,60})")
    usual = re.compile(r"nhận|hồ sơ (?:đầy đủ|hợp lệ)|có kết quả xác minh|đến ghi trên dấu")
    for record in real_procedures:
        for row in record.duration:
            other = [text for text in start.findall(row.note or "") if not usual.search(text)]
            if other and row.unit:
                assert uncounted(record, row), (record.code, row)


ASKING = [
    "chừng nào có", "nộp hôm nay thì bao giờ xong", "khi nào lấy được", "ngày nào có kết quả", "mấy bữa nữa lấy", "bua nao lay duoc", "chung nao co giay", "bao giờ nhận được thẻ",
    "hẹn ngày nào", "mấy ngày nữa thì có", "lấy ngày nào được", "thứ mấy có", "nộp rồi bao lâu nữa có", "chừng nào", "trễ rồi", "quá hẹn mà chưa có", "chưa thấy trả kết quả", "tới giờ vẫn chưa có",
    "nop hom 5/11 sao chua xong", "bị trễ rồi hả", "tính giùm ngày", "hom nao co ket qua", "trễ hẹn 3 ngày rồi", "lâu quá chưa thấy gì",
    "nộp hôm nay, 7 ngày làm việc là tới ngày nào", "15 ngay thi han chot ngay may", "nop hom qua 15 ngay la toi bua nao", "5 ngày làm việc rơi vào thứ mấy", "ba ngày làm việc thì nhằm thứ mấy", "10 ngày tính ra là hôm nào",
    "xã phải trả trễ nhất ngày nào", "chậm nhất là thứ mấy phải trả cho tôi", "ngày cuối cùng là ngày mấy vậy", "đến bữa nào thì trả", "7 ngay lv toi ngay may", "công an phải giải quyết trước ngày nào",
    "rớt vô thứ mấy", "chuwngf naof cos", "nop hom qua vay toi ngay may",
]
NOT_ASKING = [
    "cần giấy tờ gì", "nộp ở đâu", "tốn bao nhiêu", "nộp hôm qua rồi nha", "hôm qua tôi nộp hồ sơ", "chưa có giấy chứng sinh", "bao nhiêu tuổi thì làm căn cước", "con tôi sinh trễ", "xin chào",
    "hôm nay nộp đổi kịp không", "nộp bữa nay có trễ không", "làm lại thẻ hôm nay được không", "chưa có sổ đỏ thì xin giấy gì", "", "gửi qua bưu điện hôm 20, xã nhận được chưa", "làm việc tới thứ mấy", "xã mở cửa tới ngày nào", "thứ mấy làm việc", "nộp ngày nào cũng được hả", "chậm nhất ngày nào phải nộp",
    "tạm trú 30 ngày cần giấy gì", "con 2 tháng tuổi làm khai sinh thứ mấy", "nộp vào ngày nào",
]
READY = [
    "nộp hôm qua xong chưa", "nộp thứ hai tuần trước được chưa", "hs nop hom 5/11 xong chua a", "nộp bữa kia có kết quả chưa", "nộp rồi được chưa", "lấy được chưa anh", "nop hom t2 lay dc chua", "có thẻ chưa ạ",
]
NOT_READY = ["nộp được chưa", "đủ tuổi hôm 20/11 nộp hồ sơ được chưa", "có giấy chứng sinh chưa", "gửi qua bưu điện hôm 20, xã nhận được chưa", "đủ 14 tuổi làm căn cước được chưa", "chưa xong"]


@pytest.mark.parametrize("message", ASKING)
def test_a_due_day_is_asked_for(message: str) -> None:
    assert asks_due(message)


@pytest.mark.parametrize("message", NOT_ASKING)
def test_something_else_is_asked(message: str) -> None:
    assert not asks_due(message)


@pytest.mark.parametrize("message", READY)
def test_whether_it_is_ready_is_asked(message: str) -> None:
    assert asks_if_ready(message)


@pytest.mark.parametrize("message", NOT_READY)
def test_whether_one_may_is_another_question(message: str) -> None:
    assert not asks_if_ready(message)


def test_the_asking_is_taken_out_of_a_message() -> None:
    assert without_asking("tạm trú 7 ngày làm việc là tới ngày nào, xong chưa").split() == ["tạm", "trú", "là", "tới", ","]
    assert without_asking("lấy căn cước chừng nào").split() == ["căn", "cước"]
    assert without_asking("đổi căn cước chừng nào có thẻ").split() == ["đổi", "căn", "cước", "thẻ"]

"""Talks about the day a result comes: asked with the day of handing in, asked back for it, and past it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from actions import words
from actions.calendar import WEEKDAYS
from actions.calendar_file import read_calendar
from actions.deadline import due
from actions.due_count import LATE_RULE

from .harness import ROOT, RealServer, Reply, Talk

DOI_CAN_CUOC, HO_CHIEU, THUONG_TRU, KHAI_SINH = "1.014063", "1.001456", "1.004222", "1.001193"
CALENDAR = read_calendar(ROOT / "data" / "province" / "holidays.yml")


def due_days(server: RealServer, code: str, received: str) -> list[str]:
    """The due day of each time limit in working days that the served record has, as an answer names it."""
    rows = [row for row in server.record(code)["duration"] if row["unit"] == "working_days"]
    days = [due(received, row["amount"], row["unit"], calendar=CALENDAR).due for row in rows]
    assert days and all(isinstance(day, date) for day in days)
    return [f"hạn {WEEKDAYS[day.weekday()]} {words.day(day)}" for day in days]


def says_due(server: RealServer, reply: Reply, code: str, received: str) -> None:
    assert (reply.status, reply.code, reply.aspects) == ("answered", code, {"duration"}), reply
    assert [day for day in due_days(server, code, received) if day not in reply.text] == [], reply
    assert "Nguồn: " in reply.text and "giấy hẹn" in reply.text


@pytest.mark.parametrize("message", ["đổi căn cước mai nộp thì chừng nào có thẻ", "doi can cuoc mai em nop thi chung nao co the"])
def test_a_planned_day_brings_the_due_day_and_a_calendar_file(server: RealServer, talk: Talk, message: str) -> None:
    reply = talk.say(message)
    says_due(server, reply, DOI_CAN_CUOC, "2026-11-26")
    link = re.search(r"/api/deadline\.ics\?\S+", reply.text)
    assert link, reply
    response = server.http.get(link.group())
    day = due("2026-11-26", server.record(DOI_CAN_CUOC)["duration"][0]["amount"], "working_days", calendar=CALENDAR).due
    assert response.status_code == 200 and f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in response.text


def test_in_a_talk_the_procedure_need_not_be_named_again(server: RealServer, talk: Talk) -> None:
    assert talk.say("Làm hộ chiếu lần đầu cho con trai cần mang gì?").code == HO_CHIEU
    says_due(server, talk.say("hôm thứ hai tôi nộp rồi, chừng nào lấy được"), HO_CHIEU, "2026-11-23")
    assert talk.say("làm ở đâu").aspects == {"place"}


def test_past_its_day_the_citizen_hears_what_the_office_owes(server: RealServer, talk: Talk) -> None:
    reply = talk.say("đăng ký thường trú nộp hôm 2/11 tới giờ chưa thấy kết quả")
    says_due(server, reply, THUONG_TRU, "2026-11-02")
    assert LATE_RULE in reply.text and "anh/chị hỏi " in reply.text


def test_a_day_that_is_not_clear_is_asked_back_and_then_counted(server: RealServer, talk: Talk) -> None:
    asked = talk.say("đổi căn cước nộp đầu tháng bao giờ có")
    assert asked.status == "unclear_question" and "ngày nào" in asked.text
    says_due(server, talk.say("hôm 3/11 đó"), DOI_CAN_CUOC, "2026-11-03")


def test_two_readings_of_a_day_are_offered(server: RealServer, talk: Talk) -> None:
    asked = talk.say("đổi căn cước nộp ngày 10 chừng nào có")
    assert asked.status == "unclear_question" and len(asked.choices) == 2, asked
    says_due(server, talk.say(asked.choices[0]["message"]), DOI_CAN_CUOC, "2026-11-10")


def test_without_a_procedure_it_is_asked_for(server: RealServer, talk: Talk) -> None:
    asked = talk.say("tôi nộp hồ sơ hôm 20/11 chừng nào có")
    assert asked.status == "unclear_question" and "thủ tục nào" in asked.text
    says_due(server, talk.say("đổi căn cước nộp ngày 20/11/2026 bao giờ có"), DOI_CAN_CUOC, "2026-11-20")


def test_a_birthday_and_a_plain_question_are_answered_as_ever(talk: Talk) -> None:
    papers = talk.say("con tôi sinh hôm 5/11, làm khai sinh cần giấy gì")
    assert (papers.code, papers.aspects) == (KHAI_SINH, {"documents"})
    plain = talk.say("mấy ngày có")
    assert (plain.code, plain.aspects) == (KHAI_SINH, {"duration"}) and "Nộp " not in plain.text


@pytest.mark.parametrize(("message", "received"), [
    ("ddooir cawn cuwowcs hoom kia nopj chuwngf naof cos", "2026-11-23"),
    ("đổi căn cước mới lăn tay sáng nay, 7 ngày làm việc là tới thứ mấy", "2026-11-25"), ("bữa nay rằm, mới nộp đổi căn cước, hạn chót ngày mấy", "2026-11-25"), ("đổi căn cước nộp hôm 9/11 xong chưa", "2026-11-09"),
])
def test_however_it_is_said(server: RealServer, talk: Talk, message: str, received: str) -> None:
    says_due(server, talk.say(message), DOI_CAN_CUOC, received)


def test_by_post_it_counts_from_the_receipt_and_a_way_that_is_none_is_said(server: RealServer, talk: Talk) -> None:
    reply = talk.say("gửi hồ sơ đổi căn cước qua bưu điện hôm 16/11, xã nhận 18/11 thì bao giờ có")
    assert (reply.status, reply.code, reply.aspects) == ("answered", DOI_CAN_CUOC, {"duration", "post_submit", "post_return"}), reply
    (day,) = due_days(server, DOI_CAN_CUOC, "2026-11-18")
    assert 0 < reply.text.find(day) < reply.text.find("Gửi hồ sơ qua bưu chính: không được"), reply


def test_the_day_comes_first_and_the_rest_of_the_question_behind_it(server: RealServer, talk: Talk) -> None:
    reply = talk.say("mai nộp đổi căn cước thì chừng nào có, phí bao nhiêu")
    assert (reply.status, reply.code, reply.aspects) == ("answered", DOI_CAN_CUOC, {"duration", "fees"}), reply
    (day,) = due_days(server, DOI_CAN_CUOC, "2026-11-26")
    assert 0 < reply.text.find(day) < reply.text.find("lệ phí"), reply

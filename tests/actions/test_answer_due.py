"""Due days in a talk: which procedure, which day, what to ask first, and when the ordinary answer is the better one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.answer_due import answer_due
from actions.calendar_file import read_calendar
from actions.dialogue import State
from actions.reply import Library, Understood
from actions.verify import UnverifiedError
from index.procedure import Channel

from ..small import CARD, REGISTER, RENEW
from .fakes import FakeSearch
from .fakes import library as fake_library

NOW = datetime(2026, 11, 22, 15)
ASKED = Understood(("duration",))
OPENINGS = {
    "documents": "Giấy tờ cần chuẩn bị", "fees": "Phí, lệ phí", "place": "Cơ quan giải quyết", "post_submit": "Gửi hồ sơ qua bưu chính", "online": "Nộp trực tuyến",
}


@pytest.fixture(scope="module")
def library(root: Path) -> Library:
    calendar = read_calendar(root / "data" / "province" / "holidays.yml")
    return replace(fake_library(), calendar=lambda: calendar)


def ask(library: Library, message: str, state: State = State(), now: datetime = NOW) -> Answer | None:
    return answer_due(message, ASKED, state, library, now)


def told(library: Library, message: str, state: State = State(), now: datetime = NOW) -> Answer:
    found = ask(library, message, state, now)
    assert found is not None
    return found


@pytest.mark.parametrize(("message", "state", "code"), [
    ("đăng ký lấy mật, mai nộp thì chừng nào có", State(), REGISTER), (f"mã {REGISTER} nộp hôm 18/11 bao giờ có", State(), REGISTER),
    ("nộp thứ hai thì bao giờ xong", State(REGISTER, ("fees",)), REGISTER), ("gia hạn nộp hôm thứ 5 bao giờ lấy được", State(REGISTER, ("fees",)), RENEW),
    ("nop hom 9/11 chua thay gi", State(REGISTER), REGISTER),
])
def test_the_procedure_that_is_meant(library: Library, message: str, state: State, code: str) -> None:
    found = told(library, message, state)
    assert (found.status, found.procedure and found.procedure.code, found.aspects) == (AnswerStatus.ANSWERED, code, ("duration",))
    assert "Ngày ghi trên giấy hẹn" in found.text and found.state and found.state["procedure"] == code


@pytest.mark.parametrize("message", [
    "lấy mật cần giấy gì", "lấy mật bao lâu có", "hôm qua nộp đăng ký lấy mật", "mai nộp lấy mật được chưa", "lấy mật nộp đầu tháng tốn bao nhiêu, chừng nào có",
    "ong sinh ngày 5/11 chừng nào đăng ký xong", "karaoke nộp hôm qua chừng nào có", "",
])
def test_the_ordinary_answer_is_left_to_say_it(library: Library, message: str) -> None:
    assert ask(library, message) is None


@pytest.mark.parametrize(("message", "aspects"), [
    ("mai nộp lấy mật cần giấy tờ gì, bao giờ có", ("duration", "documents")), ("lấy mật nộp hôm qua tốn bao nhiêu, chừng nào có", ("duration", "fees")), ("lay mat hom kia nop, bua nao lay, lay o dau", ("duration", "place")),
    ("hôm nay nộp lấy mật thì chừng nào có, nộp ở đâu, phí bao nhiêu", ("duration", "fees", "place")), ("lấy mật nộp hôm qua hết mấy ngày có", ("duration",)), ("lấy mật hôm qua nộp hồ sơ có chưa", ("duration",)),
    ("lấy mật nộp hôm nay, 7 ngày làm việc là tới ngày nào, cần thêm giấy gì", ("duration", "documents")),
    ("lay mat nop qua buu dien hom 18/11 chung nao co, le phi nhieu", ("duration", "fees")),
])
def test_what_else_is_asked_is_told_behind_the_day(library: Library, message: str, aspects: tuple[str, ...]) -> None:
    found = told(library, message.replace("lay mat", "lấy mật"))
    assert (found.status, found.aspects) == (AnswerStatus.ANSWERED, aspects) and found.state and set(found.state["aspects"]) == set(aspects)
    day, *parts = [found.text.index(words) for words in ("Nộp thứ ", *(OPENINGS[aspect] for aspect in aspects[1:]))]
    assert all(day < part for part in parts), found.text


def test_what_else_is_asked_stays_asked_in_a_choice(library: Library) -> None:
    asked = told(library, "lấy mật nộp thứ sáu tuần trước bao giờ có, phí bao nhiêu")
    assert asked.choices[0].message == f"Đăng ký nuôi ong mật (mã {REGISTER}) nộp ngày 13/11/2026 thì bao giờ có kết quả, phí bao nhiêu?"
    assert told(library, asked.choices[0].message).aspects == ("duration", "fees")
    assert "Nộp thứ Sáu 20/11/2026" in told(library, "hôm 20/11 đó", State.from_dict(asked.state)).text


def test_without_a_calendar_the_ordinary_answer_tells_the_limit() -> None:
    assert ask(fake_library(), "lấy mật nộp hôm qua chừng nào có") is None


def test_a_day_with_two_readings_is_asked_back_with_whole_questions(library: Library) -> None:
    found = told(library, "lấy mật nộp qua bưu điện thứ sáu tuần trước bao giờ có")
    assert found.status is AnswerStatus.UNCLEAR_QUESTION and "13/11/2026 hay thứ Sáu 20/11/2026" in found.text
    assert [choice.title for choice in found.choices] == ["thứ Sáu 13/11/2026", "thứ Sáu 20/11/2026"]
    assert found.choices[1].message == f"Đăng ký nuôi ong mật (mã {REGISTER}) nộp qua bưu điện ngày 20/11/2026 thì bao giờ có kết quả?"
    tapped = told(library, found.choices[1].message)
    assert tapped.status is AnswerStatus.ANSWERED and "Nộp thứ Sáu 20/11/2026" in tapped.text and "bưu điện giao hồ sơ" in tapped.text


@pytest.mark.parametrize("answer", ["20/11/2026", "hôm thứ 6", "dạ ngày 20 ạ", "thu 6 hom 20/11 do"])
def test_asked_for_the_day_a_few_words_answer(library: Library, answer: str) -> None:
    asked = told(library, "lấy mật nộp đầu tháng bao giờ có")
    assert asked.status is AnswerStatus.UNCLEAR_QUESTION and not asked.choices
    assert "Nộp thứ Sáu 20/11/2026" in told(library, answer, State.from_dict(asked.state)).text


def test_another_way_and_day_go_on_counting(library: Library) -> None:
    first = told(library, "lấy mật nộp hôm qua chừng nào có")
    again = told(library, "vậy nếu gửi qua mạng hôm 18/11 thì sao", State.from_dict(first.state))
    assert "Nộp thứ Tư 18/11/2026" in again.text


@pytest.mark.parametrize(("way", "status", "said"), [
    ("qua bưu điện", "not_accepted", True), ("qua bưu điện", "unknown", True), ("qua bưu điện", "accepted", False),
    ("trên mạng", "not_accepted", True), ("trên mạng", "appointment", True), ("trên mạng", "full", False),
])
def test_a_way_that_is_closed_is_said_behind_the_day(library: Library, way: str, status: str, said: bool) -> None:
    field = "post_submit" if way == "qua bưu điện" else "online"
    record = replace(library.search.procedures[REGISTER], **{field: Channel(status)})
    search = FakeSearch({"lấy mật": {REGISTER: 0.96}})
    search.procedures = {**search.procedures, REGISTER: record}
    found = told(replace(library, search=search), f"lấy mật nộp {way} hôm 18/11 chừng nào có")
    assert "Nộp thứ Tư 18/11/2026" in found.text and (f"{OPENINGS[field]}: " in found.text) is said


@pytest.mark.parametrize("message", ["hôm qua ra xã được không", "mai nộp ở đâu", "ngày mai cần mang giấy gì", "tôi sinh ngày 5/11"])
def test_after_an_answer_about_the_limit_a_new_question_is_a_new_question(library: Library, message: str) -> None:
    assert ask(library, message, State(REGISTER, ("duration",))) is None


def test_a_day_that_does_not_exist_is_said_to(library: Library) -> None:
    found = told(library, "lấy mật nộp 31/11 bao giờ có")
    assert found.status is AnswerStatus.UNCLEAR_QUESTION and "không có ngày 31" in found.text


def test_no_procedure_is_asked_for_with_the_day_that_was_told(library: Library) -> None:
    found = told(library, "tôi nộp hồ sơ hôm 20/11 chừng nào có")
    assert found.status is AnswerStatus.UNCLEAR_QUESTION and "thủ tục nào" in found.text and "20/11/2026" in found.text


def test_several_procedures_are_offered_with_the_day(library: Library) -> None:
    found = told(library, "ong nộp hôm 20/11 lúc 8h30 chừng nào có")
    assert found.status is AnswerStatus.UNCLEAR_PROCEDURE and len(found.choices) == 2
    assert all("ngày 20/11/2026 lúc 08:30" in choice.message and f"(mã {ref.code})" in choice.message for choice, ref in zip(found.choices, found.candidates))
    assert told(library, found.choices[1].message).status is AnswerStatus.ANSWERED


def test_a_limit_without_a_number_gives_no_day(library: Library) -> None:
    found = told(library, "làm thẻ nộp hôm 20/11 bao giờ có")
    assert found.procedure and found.procedure.code == CARD and "trả theo giấy hẹn" in found.text and "→" not in found.text


def test_a_record_past_its_end_or_without_limits_is_answered_as_usual(library: Library) -> None:
    later = told(library, "gia hạn nộp hôm 5/1/2027 bao giờ có", now=datetime(2027, 1, 6))
    assert later.status is AnswerStatus.NOT_IN_RECORD
    none = replace(fake_library(c1_900001={"duration": ..., "unknown": {"duration": "nguồn để trống"}}), calendar=library.calendar)
    assert "nguồn để trống" in told(none, "lấy mật nộp hôm 20/11 bao giờ có").text


def test_the_hour_of_vietnam_counts(library: Library) -> None:
    found = told(library, "lấy mật hôm nay nộp thì bao giờ có", now=datetime.fromisoformat("2026-11-24T20:00+00:00"))
    assert f"Nộp thứ Tư {date(2026, 11, 25):%d/%m/%Y}" in found.text


def test_an_answer_that_cannot_be_verified_is_not_sent(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UnverifiedError("due[0]")

    monkeypatch.setattr("actions.answer_due.verify", refuse)
    found = told(library, "lấy mật nộp hôm 20/11 bao giờ có")
    assert found.status is AnswerStatus.ERROR_UNVERIFIED and found.text == texts.UNVERIFIED.format(office="Trung tâm Phục vụ hành chính công xã")

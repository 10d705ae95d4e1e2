"""A life event answered: the steps in order with what their records say, the papers once, the time where it can be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.answer_life_event import answer_life_event
from actions.compose_life_event import compose_life_event
from actions.dialogue import State
from actions.reply import Library, Understood, reply
from actions.verify import UnverifiedError, numbers, resolve, shown, verify_all
from index.catalogue import read_yaml
from index.life_events import LifeEvent, LifeEvents, read_life_events
from index.procedure import Procedure

from ..small import CARD, CONTACTS, REGISTER, RENEW, SWARM, procedure, raw, write_yaml
from .fakes import FINDS, FakeSearch

NOW = datetime(2026, 11, 22, 9)
SAID = SWARM["asked"][0]


def swarm(folder: Path, search: FakeSearch, **changes: Any) -> Library:
    """A library of the small world with one life event."""
    write_yaml(folder / "bat-duoc-dan-ong.yml", raw(SWARM, **changes))
    return Library(search, CONTACTS, life_events=read_life_events(folder, search.procedures, ()))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return swarm(tmp_path, FakeSearch(FINDS))


@pytest.fixture(scope="module")
def real(root: Path, real_procedures: list[Procedure]) -> Library:
    records = {record.code: record for record in real_procedures}
    search = SimpleNamespace(procedures=records, code_in=lambda message: next((code for code in records if code in message), None))
    contacts = read_yaml(root / "data" / "province" / "ca-mau.yml")["contacts"]
    return Library(search, contacts, life_events=read_life_events(root / "data" / "life_events", records, ()))  # type: ignore[arg-type]


def said(message: str, library: Library, state: State = State(), now: datetime = NOW, understood: Understood = Understood()) -> Answer:
    answer = answer_life_event(message, understood, state, library, now)
    assert answer is not None
    return answer


def event_of(library: Library, event_id: str) -> LifeEvent:
    event = library.life_events.get(event_id)
    assert event is not None
    return event


def test_the_whole_answer_reads_as_written(library: Library) -> None:
    assert said(SAID, library).text.splitlines() == [
        "Dạ, khi bắt được đàn ong, anh/chị thường cần làm lần lượt:",
        "1. Đăng ký nuôi ong mật: khi trại cách khu dân cư ít nhất 200 mét; thời hạn từ 3 đến 5 ngày làm việc.",
        "2. Gia hạn đăng ký nuôi ong mật (nếu cần): khi sắp hết hạn; có kết quả trong ngày.",
        "Lưu ý: sách về ong có ở thư viện.",
        "Anh/chị bấm chọn hoặc trả lời bằng số để xem từng việc. Trang đầy đủ để in: /viec/bat-duoc-dan-ong",
        "Nguồn: Cổng Dịch vụ công quốc gia, mã 1.900001, 1.900002; đối chiếu ngày 22/11/2026.",
    ]


def test_it_is_an_answer_that_offers_the_procedures_in_order(library: Library) -> None:
    answer = said(SAID, library)
    assert (answer.status, answer.aspects, answer.candidates, answer.procedure) == (AnswerStatus.ANSWERED, ("overview",), (), None)
    assert [choice.title for choice in answer.choices] == [library.search.procedures[code].name for code in (REGISTER, RENEW, CARD)]
    assert answer.choices[0].message == "Đăng ký nuôi ong mật (mã 1.900001) là thủ tục gì?"
    assert {fact.code for fact in answer.facts} == {REGISTER, RENEW, CARD}


@pytest.mark.parametrize(("message", "code"), [("1", REGISTER), ("cái đầu tiên", REGISTER), ("số 2", RENEW), ("cấp thẻ thư viện tỉnh", CARD)])
def test_the_next_message_chooses_one_of_them(library: Library, message: str, code: str) -> None:
    state = State.from_dict(said(SAID, library).state)
    (answer,) = reply(message, Understood(), state, library, NOW.date())
    assert answer.procedure and answer.procedure.code == code and answer.aspects == ("overview",)


def test_the_talk_before_is_left_and_can_be_come_back_to(library: Library) -> None:
    state = State.from_dict(said(SAID, library, State(CARD, ("fees",), past=(RENEW,))).state)
    assert (state.procedure, state.aspects, state.options, state.past) == (None, (), (REGISTER, RENEW, CARD), (CARD, RENEW))


def test_a_code_in_the_message_is_meant_alone(library: Library) -> None:
    assert answer_life_event(f"{SAID} {REGISTER}", Understood(), State(), library, NOW) is None


def test_a_correction_is_answered_without_its_opening(library: Library) -> None:
    assert said(f"không, ý tôi là {SAID}", library, understood=Understood(corrects=True)).choices


def test_without_events_nothing_is_answered(library: Library) -> None:
    assert answer_life_event(SAID, Understood(), State(), replace(library, life_events=LifeEvents()), NOW) is None


def test_a_step_that_is_out_of_force_keeps_its_place_and_tells_nothing(library: Library) -> None:
    answer = said(SAID, library, now=datetime(2027, 1, 2))
    office = CONTACTS["commune"]["name"]
    assert answer.status is AnswerStatus.ANSWERED_EXPIRED_WARNING
    assert f"2. Gia hạn đăng ký nuôi ong mật (nếu cần): {texts.EVENT_STEP_ENDED.format(office=office)}" in answer.text.splitlines()
    assert "trong ngày" not in answer.text and [fact.field for fact in answer.facts if fact.code == RENEW] == ["name"]
    assert "mã 1.900001; đối chiếu" in answer.text


def test_an_event_without_any_record_in_force_is_not_answered(tmp_path: Path) -> None:
    ended = {"effective_to": "2026-12-31"}
    library = swarm(tmp_path, FakeSearch(FINDS, c1_900001=ended))
    assert answer_life_event(SAID, Understood(), State(), library, datetime(2027, 1, 2)) is None


def test_an_opening_of_condolence_comes_first(tmp_path: Path) -> None:
    library = swarm(tmp_path, FakeSearch(FINDS), opening="Xin chia buồn cùng gia đình")
    assert said(SAID, library).text.startswith("Dạ, xin chia buồn cùng gia đình. Khi bắt được đàn ong, anh/chị")


def test_the_time_of_several_steps_is_said_only_where_it_is_known(tmp_path: Path) -> None:
    main = [row if n == 0 else raw(row, optional=...) for n, row in enumerate(SWARM["steps"])]
    known = said(SAID, swarm(tmp_path, FakeSearch(FINDS), steps=main))
    assert texts.EVENT_TOTAL.format(total="3 đến 6 ngày làm việc") in known.text.splitlines()
    search = FakeSearch(FINDS, c1_900002={"duration": [{"days": 9}]})
    assert texts.EVENT_NO_TOTAL in said(SAID, swarm(tmp_path, search, steps=main)).text.splitlines()


def test_an_unknown_limit_is_said_with_whom_to_ask(tmp_path: Path) -> None:
    search = FakeSearch(FINDS, c1_900002={"duration": ..., "unknown": {"duration": "nguồn không nói"}})
    assert f"thời hạn chưa rõ, anh/chị hỏi {CONTACTS['commune']['name']}." in said(SAID, swarm(tmp_path, search)).text


def test_a_shared_paper_is_said_once_with_its_steps(tmp_path: Path) -> None:
    paper = {"name": "Sổ trại ong", "kind": "show"}
    search = FakeSearch(FINDS, c1_900001={"documents": [paper], "template": []}, c1_900002={"documents": [paper]})
    answer = said(SAID, swarm(tmp_path, search))
    assert "Giấy tờ dùng chung: sổ trại ong (bước 1, 2; mang theo một lần)." in answer.text.splitlines()
    assert [fact.code for fact in answer.facts if fact.field == "documents[0].name"] == [REGISTER, RENEW]


def test_the_page_has_the_public_address(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOT_CUA_PUBLIC_URL", "http://10.1.2.3:8080/")
    assert "Trang đầy đủ để in: http://10.1.2.3:8080/viec/bat-duoc-dan-ong" in said(SAID, library).text


def composed(library: Library) -> tuple[Answer, str, Mapping[str, Procedure]]:
    event = event_of(library, "bat-duoc-dan-ong")
    records = {code: library.search.procedures[code] for code in event.codes}
    return *compose_life_event(event, records, library.contacts, NOW.date()), records


@pytest.mark.parametrize(("old", "new"), [("200 mét", "300 mét"), ("từ 3 đến 5", "từ 3 đến 6"), ("22/11/2026", "23/11/2026"), ("1.900002", "1.900004")])
def test_an_altered_number_is_not_sent(library: Library, old: str, new: str) -> None:
    answer, frame, records = composed(library)
    assert verify_all(answer, records, frame) is answer and old in answer.text
    with pytest.raises(UnverifiedError, match="in no fact"):
        verify_all(replace(answer, text=answer.text.replace(old, new)), records, frame)


def test_a_fact_of_another_record_is_not_sent(library: Library) -> None:
    answer, frame, records = composed(library)
    with pytest.raises(UnverifiedError, match=f"of {RENEW} "):
        verify_all(answer, {code: record for code, record in records.items() if code != RENEW}, frame)
    with pytest.raises(UnverifiedError, match=f"of {RENEW} "):
        verify_all(answer, {**records, RENEW: procedure(overview="khác")}, frame)


def test_an_answer_that_does_not_verify_becomes_an_apology(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "EVENT_CHOOSE", "Gọi 1900 1234. {page}")
    before = State(CARD, ("fees",))
    answer = said(SAID, library, before)
    assert (answer.status, answer.state) == (AnswerStatus.ERROR_UNVERIFIED, before.to_dict())
    assert answer.text == texts.UNVERIFIED.format(office=library.office)


@pytest.mark.parametrize("now", [NOW, datetime(2027, 3, 2)], ids=str)
def test_every_message_of_every_real_event_is_answered_from_its_records(real: Library, now: datetime) -> None:
    for event in real.life_events.events:
        for message in event.asked:
            answer = said(message, real, now=now)
            assert [choice.title for choice in answer.choices] == [real.search.procedures[code].name for code in event.codes]
            lines = [line for line in answer.text.splitlines() if re.match(r"\d\. ", line)]
            assert [line.split(". ", 1)[1].startswith(real.search.procedures[step.code].name) for line, step in zip(lines, event.steps, strict=True)]
            for fact in answer.facts:
                record = real.search.procedures[fact.code]
                assert fact.value in shown(resolve(record, fact.field)) and fact.version == record.version


@pytest.mark.parametrize(("event_id", "has"), [
    ("sinh-con", "1. Đăng ký khai sinh: trong 60 ngày kể từ ngày sinh; có kết quả trong ngày."),
    ("sinh-con", "Nếu làm lần lượt các việc không ghi “nếu cần” thì khoảng 12 đến 13 ngày làm việc, chưa kể thời gian đi lại và bổ sung giấy tờ."),
    ("nguoi-than-mat", "Dạ, xin chia buồn cùng gia đình. Khi người thân mất, anh/chị thường cần làm lần lượt:"),
    ("nguoi-than-mat", "Giấy tờ dùng chung: giấy chứng tử hoặc giấy báo tử (bước 3, 4, 5; chuẩn bị đủ cho từng bước)."),
    ("cuoi", "Giấy tờ dùng chung: giấy tờ tùy thân có ảnh (căn cước, hộ chiếu…) (bước 1, 2; mang theo một lần)."),
    ("nghi-viec", "2. Hưởng trợ cấp thất nghiệp: nộp trong 3 tháng kể từ ngày nghỉ việc; thời hạn 15 ngày làm việc."),
])
def test_real_events_say_what_their_records_say(real: Library, event_id: str, has: str) -> None:
    assert has in said(event_of(real, event_id).asked[0], real).text.splitlines()


def test_the_stale_limit_of_doing_it_all_at_once_is_not_said(real: Library) -> None:
    answer = said(event_of(real, "sinh-con").asked[0], real)
    assert "nộp chung bao lâu xong thì chưa rõ" in answer.text
    assert not {"20", "15"} & numbers(answer.text)

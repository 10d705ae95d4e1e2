"""Life events: the reader, the words they are told by, and data/life_events itself beside all questions about one procedure."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalogue import DataError
from index.life_events import FILE, LifeEvent, LifeEvents, open_life_events, read_life_events
from index.life_words import pattern, phrases, told
from index.phrasings import read_asked
from index.procedure import Procedure
from index.release import build
from index.text import fold

from ..small import CARD, REGISTER, RENEW, SWARM, HashedEncoder, raw, write_yaml


def step(n: int, **changes: Any) -> dict[str, Any]:
    """SWARM with one key of a step replaced."""
    return raw(SWARM, steps=[raw(row, **changes) if k == n else row for k, row in enumerate(SWARM["steps"])])


def read(folder: Path, event: Any, procedures: dict[str, Procedure], phrasings: tuple[str, ...] = ()) -> LifeEvents:
    write_yaml(folder / "bat-duoc-dan-ong.yml", event)
    return read_life_events(folder, procedures, phrasings)


@pytest.fixture(scope="module")
def real(root: Path, real_procedures: list[Procedure]) -> LifeEvents:
    sentences = [question.text for question in read_asked(root / "data" / "phrasings")]
    return read_life_events(root / "data" / "life_events", {record.code: record for record in real_procedures}, sentences)


def test_an_event_is_read_with_its_steps_in_order(tmp_path: Path, procedures: dict[str, Procedure]) -> None:
    (event,) = read(tmp_path, SWARM, procedures).events
    assert [(row.code, row.optional, row.after) for row in event.steps] == [(REGISTER, False, None), (RENEW, True, REGISTER)]
    assert event.codes == (REGISTER, RENEW, CARD)
    assert event.steps[0].sentence(procedures[REGISTER]) == procedures[REGISTER].conditions[0]
    assert LifeEvent.from_dict(json.loads(json.dumps(dataclasses.asdict(event)))) == event


def test_without_a_folder_there_are_no_events(tmp_path: Path, procedures: dict[str, Procedure]) -> None:
    assert read_life_events(tmp_path / "none", procedures, ()) == LifeEvents()


@pytest.mark.parametrize(("event", "message"), [
    (["ong"], "expected asked, heads, id"),
    (raw(SWARM, colour="vàng"), "expected asked, heads, id"),
    (raw(SWARM, heads=...), "expected asked, heads, id"),
    (raw(SWARM, id="dan-ong"), "id is the file's name"),
    (raw(SWARM, heads=[]), "heads: is []; expected a list"),
    (raw(SWARM, heads=["bắt được/"]), "'bắt được/': a part is empty"),
    (raw(SWARM, steps=SWARM["steps"] * 4), "steps: 8 rows; expected at most 6"),
    (step(1, code="9.999999"), "9.999999 has no reviewed record"),
    (raw(SWARM, notes=[raw(SWARM["notes"][0], codes=["9.999999"])]), "9.999999 has no reviewed record"),
    (raw(SWARM, notes=[raw(SWARM["notes"][0], text="Có 3 quyển sách")]), "notes[0]: is"),
    (step(1, code=REGISTER), "steps[1] (1.900001): stands twice"),
    (step(0, after=RENEW), "steps[0] (1.900001): after: is '1.900002'; expected a step above it"),
    (step(1, after=RENEW), "steps[1] (1.900002): after: is '1.900002'; expected a step above it"),
    (step(0, case="mua-hoa"), "case: is 'mua-hoa'; expected one of di-chuyen"),
    (step(0, when="cách ít nhất 300 mét"), "when: 'cách ít nhất 300 mét'; conditions[0] of the record says 'Trại ong cách khu dân cư ít nhất 200 mét.'"),
    (step(0, said_in="conditions[7]"), "said_in: "),
    (step(0, said_in="fees[0]"), "said_in: 'fees[0]'; expected a row of conditions, steps or applicants"),
    (step(0, said_in=...), "a number in why, or in when without said_in"),
    (step(0, why="để đặt 5 thùng"), "a number in why"),
    (step(1, optional="có thể"), "expected code, when, why and maybe"),
    (raw(SWARM, asked=["muốn nuôi ong thì cần giấy gì"]), "asked[0]: 'muốn nuôi ong thì cần giấy gì' is not told by heads"),
    (raw(SWARM, asked=["bắt được đàn ong, làm những giấy gì để bán mật"]), "asked[0]: "),
    (raw(SWARM, asked=SWARM["asked"] * 2), "asked[1]: 'tui mới bắt được đàn ong, phải làm những giấy tờ gì' stands in bat-duoc-dan-ong.yml too"),
])
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, procedures: dict[str, Procedure], event: Any, message: str) -> None:
    with pytest.raises(DataError) as error:
        read(tmp_path, event, procedures)
    assert message in str(error.value) and "bat-duoc-dan-ong.yml" in str(error.value)


def test_a_question_about_one_procedure_is_no_message_of_an_event(tmp_path: Path, procedures: dict[str, Procedure]) -> None:
    with pytest.raises(DataError, match=r"asked\[0\].*stands in data/phrasings too"):
        read(tmp_path, SWARM, procedures, ("Tui mới bắt được đàn ong phải làm những giấy tờ gì?",))


def test_a_message_stands_in_one_event_only(tmp_path: Path, procedures: dict[str, Procedure]) -> None:
    write_yaml(tmp_path / "an-ong.yml", raw(SWARM, id="an-ong"))
    with pytest.raises(DataError, match=r"bat-duoc-dan-ong.yml: asked\[0\].*stands in an-ong.yml too"):
        read(tmp_path, SWARM, procedures)


def test_a_release_carries_the_events(data: Path, tmp_path: Path) -> None:
    before = build(data, tmp_path / "var", HashedEncoder(), log=lambda line: None)
    assert open_life_events(before) == LifeEvents()
    write_yaml(data / "life_events" / "bat-duoc-dan-ong.yml", SWARM)
    after = build(data, tmp_path / "var", HashedEncoder(), log=lambda line: None)
    assert after != before and (after / FILE).exists()
    event = open_life_events(after).get("bat-duoc-dan-ong")
    assert event and event.heads == ("bắt được/nhặt được … đàn ong",) and open_life_events(after).get("ong") is None


@pytest.mark.parametrize(("phrase", "message", "found"), [
    ("chồng tôi … mất", "chồng tôi mới mất", True), ("chồng tôi … mất", "chong toi moi mat", True), ("chồng tôi … mất", "chồng tôi mặt buồn", False),
    ("vợ … sinh con", "vợ em sắp sinh con", True), ("vợ … sinh con", "vợ bán heo sinh con", False), ("mở quán", "mở quán", True),
    ("mở quán", "mở quánh", False), ("mất bóp", "mất bóp đen", True), ("ba … mất", "ba tôi mất bóp", False), ("ba … mất", "ba tôi mất căn cước", False),
    ("ba … mất", "ba tôi mất cần làm gì", True), ("ba … mất", "ba toi mat can cuoc", False), ("ba … mất", "ba toi mat can lam gi", True),
])
def test_a_phrase_finds_whole_words_as_they_are_written(phrase: str, message: str, found: bool) -> None:
    assert bool(pattern(phrases(phrase)).search(told(message))) is found


def test_every_real_message_is_told_without_diacritics_too(real: LifeEvents) -> None:
    assert [text for event in real.events for text in event.asked if real.find(fold(text)) is not event] == []


def test_real_events_are_eight_with_messages_enough(real: LifeEvents) -> None:
    assert [event.id for event in real.events] == [
        "chuyen-nha", "cuoi", "mat-giay-to", "mo-quan", "nghi-huu", "nghi-viec", "nguoi-than-mat", "sinh-con",
    ]
    assert [event.id for event in real.events if not 15 <= len(event.asked) <= 30] == []


LOOKED_AT = {
    "cưới nhau thì phải làm giấy gì trước hả ad, sắp tới ngày rồi mà chưa biết gì hết",
    "con gái tui học nghề nail xong tính mở tiệm, không biết ra xã làm giấy gì trước",
}
"""Questions of data/phrasings that an event takes, all of them: the procedure that they were written for is its first step."""


def test_questions_about_one_procedure_are_left_alone(real: LifeEvents, root: Path) -> None:
    taken = {question.text: (question.code, real.find(question.text)) for question in read_asked(root / "data" / "phrasings")}
    events = {text: (code, event) for text, (code, event) in taken.items() if event}
    assert set(events) == LOOKED_AT
    assert all(event.steps[0].code == code for code, event in events.values())


def test_topics_of_retrieval_are_left_alone(real: LifeEvents, root: Path) -> None:
    with (root / "tests" / "retrieval" / "topics.tsv").open(encoding="utf-8") as lines:
        topics = [row[-1] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert len(topics) > 1000 and [text for text in topics if real.find(text)] == []


@pytest.mark.parametrize(("message", "event_id"), [
    ("vk e ms sinh, can lam nhung giay to j z", "sinh-con"),
    ("nha em moi co em be thi lam giay to gi truoc", "sinh-con"),
    ("Mẹ tôi vừa qua đời hôm qua, xin hỏi gia đình cần làm các thủ tục gì ạ?", "nguoi-than-mat"),
    ("ba e moi mat, h can lam nhung giay to j", "nguoi-than-mat"),
    ("mat bop het giay to, gio lam gi truoc", "mat-giay-to"),
    ("má em làm rớt bóp, có căn cước với thẻ bảo hiểm, phải làm lại những gì", "mat-giay-to"),
    ("dạ nghỉ việc xong mình cần làm những thủ tục j v ad", "nghi-viec"),
    ("hai vo chong moi cuoi thi lam thu tuc gi", "cuoi"),
    ("tui tính mở quán hủ tiếu, giờ bắt đầu từ đâu", "mo-quan"),
    ("Bố tôi sắp nghỉ hưu, cần làm những thủ tục gì?", "nghi-huu"),
    ("moi don ve ca mau o luon thi can lam nhung giay to gi", "chuyen-nha"),
])
def test_events_are_told_in_other_words(real: LifeEvents, message: str, event_id: str) -> None:
    event = real.find(message)
    assert event and event.id == event_id


@pytest.mark.parametrize("message", [
    # "mất": died, lost, takes; "mặt", "mắt", "mái", "mai"
    "ba tôi mất căn cước phải làm gì", "chồng mất sổ đỏ thì phải làm thủ tục gì", "em mới mất cái điện thoại phải làm gì", "ba em mat bang lai phai lam gi",
    "ba tôi mất năng lực hành vi thì phải làm thủ tục gì", "vợ tôi mất tích phải làm thủ tục gì", "ông nội mất trí nhớ phải làm thủ tục gì",
    "chóng mặt thì phải làm gì", "cha mẹ phải có mặt không, cần làm thủ tục gì", "mất mấy ngày, thủ tục gì", "làm thủ tục gì mất ba ngày", "mái nhà hư phải làm gì",
    "con heo chết phải làm gì", "mất ví có căn cước thì phải làm gì",
    # one procedure is named, or one part asked for
    "vợ tôi mới sinh, phải làm giấy khai sinh ở đâu", "ba mất rồi, làm giấy chứng tử cần những gì", "mới cưới, nhập khẩu vợ cần làm những giấy tờ gì",
    "sắp cưới thì xin giấy độc thân phải làm gì", "mở quán cà phê đăng ký hộ kinh doanh làm những giấy gì", "nghỉ việc xong lãnh trợ cấp thất nghiệp phải làm gì",
    "về hưu rồi lương hưu làm thủ tục gì", "chuyển nhà thì đăng ký tạm trú làm thủ tục gì", "mới sinh con cần giấy tờ gì", "mở quán tốn bao nhiêu tiền, cần làm thủ tục gì",
    # another matter
    "em là sinh viên mới ra trường phải làm những giấy tờ gì", "vợ tôi sinh năm 1990 phải làm giấy tờ gì", "muốn sinh con trai thì phải làm gì", "lấy chồng rồi phải làm gì để vui",
    "nhà cháy phải làm gì", "bị mất trộm phải làm gì", "mở lại quán phải làm thủ tục gì", "con nghỉ hè phải làm gì", "chưa có giấy tờ gì hết", "phải làm gì", "bắt đầu từ đâu", "",
    # two events at once
    "vợ tôi mới sinh mà ba tôi lại mới mất, phải làm những giấy tờ gì",
])
def test_other_messages_tell_no_event(real: LifeEvents, message: str) -> None:
    assert real.find(message) is None


def test_a_long_story_is_left_to_the_search(real: LifeEvents) -> None:
    assert real.find("ba tôi mới mất, cần làm thủ tục gì hết") and real.find("hồi đó nhà tui khổ lắm " * 8 + "ba tôi mới mất, cần làm thủ tục gì hết") is None


@given(st.text(max_size=200))
def test_any_text_is_read(message: str) -> None:
    events = LifeEvents((LifeEvent("a", "A", ("ong … mất",), ("mật",), (), ()),))
    assert events.find(message) in (None, *events.events)

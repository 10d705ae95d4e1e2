"""Whatever fails becomes an apology, with the engine and without it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.answer_question import ActionAnswerQuestion
from actions.dialogue import State
from actions.offline import reply_without_engine
from actions.redirect import ActionRedirect
from actions.reply import Library, Understood
from actions.resources import Resources
from actions.respond import is_question, respond
from index.release import ReleaseError, build

from ..small import CARD, FILES, REGISTER, RENEW, HashedEncoder, raw, write_data, write_yaml
from .fakes import library

NOW = datetime(2026, 11, 22, 9)


class Serving:
    """Stands where actions.respond looks for the release."""

    def __init__(self, found: Library | Exception) -> None:
        self._found = found

    def library(self) -> Library:
        if isinstance(self._found, Exception):
            raise self._found
        return self._found


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch):
    def serve(found: Library | Exception) -> None:
        monkeypatch.setattr("actions.respond.resources", lambda: Serving(found))

    serve(library())
    return serve


@pytest.mark.parametrize(("failure", "status", "text"), [
    (ReleaseError("no release"), AnswerStatus.ERROR_NO_INDEX, texts.NO_INDEX.format(office=texts.OFFICE)),
    (RuntimeError("boom"), AnswerStatus.ERROR_ENGINE, texts.SYSTEM_ERROR.format(office=texts.OFFICE)),
])
def test_a_failure_becomes_an_apology(serving, failure: Exception, status: AnswerStatus, text: str) -> None:
    serving(failure)
    (answer,) = respond("thẻ thư viện", Understood(), State(), NOW)
    assert (answer.status, answer.text) == (status, text)


def test_a_question_is_not_logged(serving, caplog: pytest.LogCaptureFixture) -> None:
    serving(ReleaseError("no release"))
    respond("chuyện riêng của tôi", Understood(), State(), NOW)
    assert "chuyện riêng" not in caplog.text


@pytest.mark.parametrize(("message", "state", "code", "aspects"), [
    ("thẻ mượn sách tốn nhiêu, phí bao nhiêu tiền", None, CARD, ("fees",)), ("thẻ mượn sách ở đâu làm", {}, CARD, ("place",)),
    ("căn cước mới, thẻ mượn sách hết nhiêu", None, CARD, ("fees",)), ("bao lâu vậy", {"procedure": REGISTER}, REGISTER, ("duration",)), ("thẻ thư viện", {"procedure": 5}, CARD, ("overview",)),
])
def test_without_an_engine_search_answers_and_says_so(serving, message: str, state: Any, code: str, aspects: tuple[str, ...]) -> None:
    answer = reply_without_engine(message, state, NOW)
    assert answer.text.startswith(texts.ENGINE_DOWN + "\n")
    assert answer.procedure is not None and answer.procedure.code == code
    assert answer.aspects == aspects


@pytest.mark.parametrize("message", ["", "😀", "\ud800", "ﷺ" * 30, "a." * 16_000, "http://" + "!" * 40])
def test_without_an_engine_nothing_raises(serving, message: str) -> None:
    assert reply_without_engine(message, None, NOW).text
    serving(RuntimeError("boom"))
    assert reply_without_engine(message, "junk", NOW).status is AnswerStatus.ERROR_ENGINE  # type: ignore[arg-type]


def run(action: ActionAnswerQuestion | ActionRedirect, intent: str, text: str, confidence: float = 0.99, state: State = State()) -> tuple[list[dict], list[dict]]:
    latest = {"text": text, "intent": {"name": intent, "confidence": confidence}, "metadata": {"state": state.to_dict(), "now": NOW.isoformat()}}
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, Tracker("s", {}, latest, [], False, None, {}, None), {}))  # type: ignore[arg-type]
    return dispatcher.messages, events


def test_the_action_utters_the_answer_and_keeps_its_state(serving) -> None:
    (message,), events = run(ActionAnswerQuestion(), "ask_fees", "thẻ mượn sách tốn nhiêu")
    answer = Answer.from_dict(message["custom"])
    assert message["text"] == answer.text and answer.procedure is not None and answer.procedure.code == CARD
    assert {event["name"]: event["value"] for event in events} == answer.state
    assert answer.why is not None and {"intent", "confidence", "aspects", "rule", "hits", "vague", "none", "best"} == set(answer.why)


@pytest.mark.parametrize("intent", ["greet", "thank", "insult", "report_emergency"])
def test_small_talk_gets_its_fixed_reply(serving, intent: str) -> None:
    messages, events = run(ActionRedirect(), intent, "chào em nha")
    assert [message["response"] for message in messages] == [f"utter_{intent}"] and events == []
    assert messages[0]["why"] == {"intent": intent, "confidence": 0.99, "aspects": {}, "rule": "fixed"}


def test_starting_over_forgets_the_talk(serving) -> None:
    (message,), events = run(ActionRedirect(), "start_over", "làm lại từ đầu", state=State(REGISTER, ("fees",)))
    assert message["text"] == texts.RESTART
    assert {event["name"]: event["value"] for event in events} == State().to_dict()


def test_doubtful_small_talk_is_searched_first(serving) -> None:
    (message,), _ = run(ActionRedirect(), "greet", "thẻ thư viện", confidence=0.2)
    assert Answer.from_dict(message["custom"]).procedure is not None
    (message,), _ = run(ActionRedirect(), "greet", "xin mở karaoke", confidence=0.2)
    assert message["response"] == "utter_greet"


def test_a_question_nearly_as_likely_is_taken_where_search_is_clear(serving) -> None:
    assert is_question("thẻ thư viện mà không làm thì có bị phạt không vậy", "ask_legal_advice", False, State(), NOW, tied=True)
    assert not is_question("mở karaoke mà không xin phép thì có bị phạt không vậy", "ask_legal_advice", False, State(), NOW, tied=True)
    assert not is_question("thẻ thư viện mà không làm thì có bị phạt không vậy", "ask_legal_advice", True, State(), NOW, tied=True)


@pytest.mark.parametrize("intent", ["make_complaint", "ask_own_record", "out_of_scope"])
def test_where_nlu_has_guessed_a_message_that_asks_about_something_known_is_a_question(serving, intent: str) -> None:
    asking, told = "ba má để lại mấy thùng nuôi ong, giờ sang cho con thì làm sao", "ba má để lại mấy thùng nuôi ong rồi người ta lấy mất tiêu"
    assert is_question(asking, intent, False, State(), NOW, guessed=True)
    assert not is_question(asking, intent, False, State(), NOW)
    assert not is_question(told, intent, False, State(), NOW, guessed=True)
    assert not is_question("mở quán karaoke ồn ào cả xóm thì làm sao", intent, False, State(), NOW, guessed=True)
    assert not is_question(asking, "report_emergency", False, State(), NOW, guessed=True)


@pytest.mark.parametrize(("message", "question"), [
    ("giấy nuôi ong của tui hết hạn rồi làm sao", True), ("dang ky nuoi ong cua em qua han roi gio sao", True),
    ("tui lỡ làm mất giấy đăng ký nuôi ong, xin lại được không", True), ("thẻ thư viện của má em bị rách phải làm gì", True),
    ("đăng ký nuôi ong của em ghi sai tên, tính sao đây", True),
    ("đăng ký nuôi ong của tui hết hạn chưa", False), ("thẻ thư viện của em ngày nào hết hạn", False),
    ("đăng ký nuôi ong của em hết hạn chưa làm sao biết", False), ("thẻ thư viện của em hết hạn hay chưa, làm sao để xem", False),
])
def test_what_to_do_about_ones_paper_is_no_question_of_what_is_on_record(serving, message: str, question: bool) -> None:
    assert is_question(message, "ask_own_record", True, State(), NOW) is question


@pytest.mark.parametrize(("message", "question"), [
    ("vợ tôi đứng tên trại ong, giờ đăng ký nuôi ong qua tên tôi sao", True), ("chong em co the thu vien gio xin cap cho em lam sao", True),
    ("đăng ký nuôi ong của em sao rồi", False), ("hồ sơ xin thẻ thư viện của em sao", False), ("em nộp đăng ký nuôi ong hôm qua, đổi ngày thế nào", False),
])
@pytest.mark.parametrize("intent", ["check_application", "ask_own_record"])
def test_how_something_is_done_is_no_question_of_a_file(serving, intent: str, message: str, question: bool) -> None:
    assert is_question(message, intent, True, State(), NOW) is question


def test_how_something_is_done_is_not_guessed_at(serving) -> None:
    asked = "vợ tôi đứng tên trại ong, giờ đăng ký nuôi ong qua tên tôi sao"
    assert is_question(asked, "check_application", True, State(), NOW)
    serving(library({"ong": {REGISTER: 0.47, RENEW: 0.46}}))
    assert not is_question(asked, "check_application", True, State(), NOW)


@pytest.mark.parametrize(("message", "question"), [
    ("có thẻ cũ của chị, muốn đứng tên", True), ("nhà muon lam thẻ cho con ra o rieng", True),
    ("muốn làm thẻ ở Cần Thơ", False), ("muốn làm thẻ bên tỉnh khác", False), ("muốn coi phim", False), ("nhà em cũng muốn đăng ký nuôi ong", False),
    ("muốn mua thẻ cào ở tiệm nào", False), ("cho em mượn thẻ của chị đi nha", False),
])
@pytest.mark.parametrize("intent", ["out_of_scope", "ask_other_province"])
def test_a_need_told_as_a_statement_is_a_question_where_search_is_sure(serving, intent: str, message: str, question: bool) -> None:
    assert is_question(message, intent, True, State(), NOW) is question


def test_what_adds_to_a_talk_is_no_question_about_ones_own_data(serving) -> None:
    message, talk = "nhà em có trại ong di chuyển theo mùa", State(REGISTER, ("documents",))
    assert is_question(message, "ask_own_record", False, talk, NOW)
    assert not is_question("nhà em có xe ba gác chạy thuê", "ask_own_record", False, talk, NOW)


def test_an_open_choice_takes_a_reaction_for_an_answer(serving) -> None:
    (message,), _ = run(ActionRedirect(), "react", "số 1", state=State(options=(CARD, REGISTER)))
    assert Answer.from_dict(message["custom"]).procedure is not None


def test_a_new_release_is_served_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.resources.BundledEncoder", HashedEncoder)
    monkeypatch.setattr("actions.resources.CHECK_EVERY", 0.0)
    data, var = write_data(tmp_path / "data"), tmp_path / "var"
    served = Resources(var)
    with pytest.raises(ReleaseError, match="no release"):
        served.library()
    build(data, var, HashedEncoder(), log=lambda line: None)
    assert served.library().search.procedures[REGISTER].name == "Đăng ký nuôi ong mật"
    write_yaml(data / "procedures" / FILES[REGISTER], raw(name="Đăng ký nuôi ong rừng"))
    newer = build(data, var, HashedEncoder(), log=lambda line: None)
    served.library()
    assert served._opening is not None
    served._opening.result(timeout=10)
    assert served.library().search.procedures[REGISTER].name == "Đăng ký nuôi ong rừng"
    (newer / "passages.json").write_text("[]", "utf-8")
    assert served.library().search.procedures[REGISTER].name == "Đăng ký nuôi ong rừng"


def test_a_copy_opens_what_serves_before_it_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.resources.BundledEncoder", HashedEncoder)
    data, var = write_data(tmp_path / "data"), tmp_path / "var"
    served = Resources(var)
    served.refresh()  # nothing was loaded: the first question opens it
    build(data, var, HashedEncoder(), log=lambda line: None)
    former = served.library()
    served.refresh()
    assert served.library() is former
    write_yaml(data / "procedures" / FILES[REGISTER], raw(name="Đăng ký nuôi ong rừng"))
    build(data, var, HashedEncoder(), log=lambda line: None)
    served.refresh()
    assert served.library().search.procedures[REGISTER].name == "Đăng ký nuôi ong rừng"
    write_yaml(data / "procedures" / FILES[REGISTER], raw(name="Đăng ký nuôi ong đá"))
    newer = build(data, var, HashedEncoder(), log=lambda line: None)
    (newer / "heads.json").write_text("{", "utf-8")
    served.refresh()
    assert served.library().search.procedures[REGISTER].name == "Đăng ký nuôi ong rừng"


class Events:
    """Finds a death in the family and nothing else."""

    def find(self, message: str) -> object | None:
        return object() if "qua đời" in message else None


@pytest.mark.parametrize(("message", "intent", "special"), [
    ("ông nội vừa qua đời, phải làm giấy gì", "report_emergency", True), ("có trộm, công an phường mở cửa chưa", "report_emergency", False),
    ("ông nội vừa qua đời, đồ ngu", "insult", False), ("công an phường mở cửa chưa", "out_of_scope", True),
])
def test_an_emergency_is_no_question_of_hours_but_a_death_is_a_life_event(serving, message: str, intent: str, special: bool) -> None:
    serving(replace(library(), life_events=Events()))  # type: ignore[arg-type]
    assert is_question(message, intent, True, State(), NOW) is special

"""What Rasa's tracker says of one turn."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.deadline_input import VIETNAM
from actions.dialogue import State
from actions.tracker import OUTSIDE, asked_aspects, read_turn
from index.procedure import ASPECTS


def tracker(latest: dict[str, Any] | None, **slots: Any) -> Tracker:
    return Tracker("s", slots, latest, [], False, None, {}, None)  # type: ignore[arg-type]


def machine_clock() -> datetime:
    return datetime.now(VIETNAM).replace(tzinfo=None)


def test_a_turn_is_read_from_the_message() -> None:
    turn = read_turn(tracker({
        "text": "Tốn nhiêu", "intent": {"name": "ask_fees", "confidence": 0.9}, "aspects": {"fees": 0.8, "documents": 0.5},
        "metadata": {"state": {"procedure": "1.001193", "aspects": ["place"]}, "now": "2027-01-05T08:30:00+07:00"},
    }, procedure="2.000815"))
    assert (turn.message, turn.intent, turn.confidence, turn.now) == ("Tốn nhiêu", "ask_fees", 0.9, datetime(2027, 1, 5, 8, 30))
    assert turn.understood.aspects == ("documents", "fees") and turn.understood.in_scope and not turn.understood.corrects
    assert turn.state == State("1.001193", ("place",))


def test_without_metadata_slots_and_the_clock_are_read() -> None:
    turn = read_turn(tracker({"text": "x", "intent": {"name": "ask_fees"}}, procedure="1.001193", options=["a"]))
    assert (turn.state, turn.confidence) == (State("1.001193", options=("a",)), 0.0)
    assert abs(turn.now - machine_clock()) < timedelta(minutes=1)


@pytest.mark.parametrize("metadata", [{"state": None}, {"state": "x"}, {"state": {"procedure": 5}}])
def test_a_state_in_the_message_wins_over_slots_even_when_empty(metadata: dict[str, Any]) -> None:
    assert read_turn(tracker({"text": "x", "metadata": metadata}, procedure="1.001193")).state == State()


@pytest.mark.parametrize("latest", [None, {}, {"text": None, "intent": None, "aspects": None, "metadata": None}, {"intent": {"name": None, "confidence": None}}])
def test_an_empty_message_is_an_empty_turn(latest: dict[str, Any] | None) -> None:
    turn = read_turn(tracker(latest))
    assert (turn.message, turn.intent, turn.understood.aspects, turn.state) == ("", "", (), State())


@pytest.mark.parametrize("now", [None, "", "yesterday", 5, "2027-13-40"])
def test_a_clock_that_cannot_be_read_is_the_machine_s(now: Any) -> None:
    assert abs(read_turn(tracker({"text": "x", "metadata": {"now": now}})).now - machine_clock()) < timedelta(minutes=1)


@pytest.mark.parametrize(("told", "here"), [("2026-11-22T20:00:00+00:00", datetime(2026, 11, 23, 3)), ("2026-11-22T20:00:00", datetime(2026, 11, 22, 20))])
def test_the_clock_is_vietnam_s(told: str, here: datetime) -> None:
    assert read_turn(tracker({"text": "x", "metadata": {"now": told}})).now == here


@pytest.mark.parametrize(("intent", "scored", "aspects"), [
    ("ask_fees", {}, ("fees",)), ("ask_fees", {"duration": 0.9}, ("duration",)), ("ask_several", {"fees": 0.5, "documents": 0.9}, ("documents", "fees")),
    ("ask_overview", {}, ("overview",)), ("ask_overview", {"overview": 0.9, "fees": 0.5}, ("fees",)), ("greet", {}, ()), ("nlu_fallback", {"fees": 0.5}, ("fees",)),
    ("", {}, ()), ("ask_bot", {}, ()), ("correct", {"place": 0.6}, ("place",)), ("ask_fees", {"colour": 0.9}, ("fees",)),
])
def test_asked_aspects_are_the_classifier_s_or_the_intent_s(intent: str, scored: dict[str, float], aspects: tuple[str, ...]) -> None:
    assert asked_aspects(intent, scored) == aspects


@pytest.mark.parametrize("intent", OUTSIDE)
def test_intents_outside_ask_for_nothing(intent: str) -> None:
    assert asked_aspects(intent, dict.fromkeys(ASPECTS, 0.9)) == ()
    assert not read_turn(tracker({"text": "x", "intent": {"name": intent}})).understood.in_scope


def test_a_correction_is_told() -> None:
    assert read_turn(tracker({"text": "x", "intent": {"name": "correct"}})).understood.corrects


@pytest.mark.parametrize("message", ["mấy ngày", "may ngay vay", "tốn nhiêu", "nộp ở đâu"])
@pytest.mark.parametrize("state", [{"procedure": "1.001193"}, {"options": ["1.001193", "1.000894"]}])
@pytest.mark.parametrize("intent", OUTSIDE)
def test_asking_words_are_a_question_in_a_talk_whatever_the_intent(message: str, state: dict[str, Any], intent: str) -> None:
    latest = {"text": message, "intent": {"name": intent}, "metadata": {"state": state}}
    assert read_turn(tracker(latest)).understood.in_scope


def test_in_a_talk_such_a_question_keeps_the_aspects_that_were_found() -> None:
    latest = {"text": "mấy ngày", "intent": {"name": "out_of_scope"}, "aspects": {"duration": 0.7}, "metadata": {"state": {"procedure": "1.001193"}}}
    assert read_turn(tracker(latest)).understood.aspects == ("duration",)


@pytest.mark.parametrize(("message", "state"), [("mấy ngày", {}), ("trời mưa quá", {"procedure": "1.001193"}), ("", {"procedure": "1.001193"})])
def test_outside_a_talk_or_without_asking_words_the_intent_counts(message: str, state: dict[str, Any]) -> None:
    latest = {"text": message, "intent": {"name": "out_of_scope"}, "aspects": {"duration": 0.7}, "metadata": {"state": state}}
    assert (read_turn(tracker(latest)).understood.in_scope, read_turn(tracker(latest)).understood.aspects) == (False, ())


@pytest.mark.parametrize(("message", "intent", "scored", "aspects"), [
    ("tách thửa thì mấy ngàn một thước", "ask_overview", {"overview": 0.9}, ("fees",)),
    ("tách thửa thì mấy ngàn một thước", "ask_documents", {"documents": 0.9}, ("documents",)),
    ("tách thửa", "ask_overview", {"overview": 0.9}, ("overview",)),
])
def test_words_of_asking_stand_in_where_the_classifier_heard_nothing(message: str, intent: str, scored: dict[str, float], aspects: tuple[str, ...]) -> None:
    turn = read_turn(tracker({"text": message, "intent": {"name": intent}, "aspects": scored}))
    assert turn.understood.aspects == aspects


@pytest.mark.parametrize(("message", "aspects"), [
    ("công ty đổi người đại diện theo pháp luật", ("overview",)), ("đổi người đại diện theo pháp luật cần gì", ("documents",)),
    ("việc này theo luật nào", ("legal_basis",)), ("theo hiệp định nào", ("legal_basis",)),
])
def test_a_law_is_asked_for_in_words_only(message: str, aspects: tuple[str, ...]) -> None:
    heard = {"legal_basis": 0.9, **({"documents": 0.9} if "cần gì" in message else {})}
    assert read_turn(tracker({"text": message, "intent": {"name": "ask_legal_basis", "confidence": 0.9}, "aspects": heard})).understood.aspects == aspects


@pytest.mark.parametrize(("text", "message"), [("cảm ơn em, à còn khai tử thì sao", "à còn khai tử thì sao"), ("Cảm ơn em nhiều nha", "Cảm ơn em nhiều nha")])
def test_thanks_before_a_question_are_no_part_of_it(text: str, message: str) -> None:
    assert read_turn(tracker({"text": text})).message == message

"""Two questions back about one matter at most; then whom to ask. A talk with the real reply, message by message."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.dialogue import State
from actions.enough import ASKS, MOST, enough
from actions.reply import Understood, reply
from actions.why import Rule

from ..small import CARD, CONTACTS, REGISTER, RENEW
from .fakes import FINDS, library

DAY = date(2026, 11, 22)
THREE = {REGISTER: 0.33, RENEW: 0.32, CARD: 0.31}
VAGUE = {**FINDS, "ong": THREE, "tổ": {RENEW: 0.33, CARD: 0.32, REGISTER: 0.31}, "sách": {CARD: 0.34, RENEW: 0.33, REGISTER: 0.28}}
"""Words that are like all three procedures alike: neither a choice in words nor an answer."""
ASKED, TOLD, NOT_FOUND = AnswerStatus.UNCLEAR_PROCEDURE, AnswerStatus.UNCLEAR_QUESTION, AnswerStatus.NOT_FOUND
FEES = Understood(("fees",))


def talk(*messages: str, understood: Understood = Understood()) -> list[Answer]:
    state, answers = State(), []
    for message in messages:
        (answer,) = reply(message, understood, state, library(VAGUE), DAY)
        answers.append(answer)
        state = State.from_dict(answer.state)
    return answers


@pytest.mark.parametrize(("messages", "statuses"), [
    (("trại ong", "dạ ong đó", "ong mà", "ong"), [ASKED, ASKED, NOT_FOUND, NOT_FOUND]),
    (("trại ong", "tổ đó", "ong"), [ASKED, ASKED, NOT_FOUND]),  # said otherwise, the same procedures
    (("trại ong", "sách", "ong"), [ASKED, ASKED, NOT_FOUND]),  # once more
    (("trại ong", "ong", "thẻ"), [ASKED, ASKED, AnswerStatus.ANSWERED]),
    (("trại ong", "karaoke", "ong", "ong"), [ASKED, NOT_FOUND, ASKED, ASKED]),
    (("trại ong", "ong", "2"), [ASKED, ASKED, AnswerStatus.ANSWERED]),
    (("trại ong", "ong", "ong", "2"), [ASKED, ASKED, NOT_FOUND, AnswerStatus.ANSWERED]),  # what was offered can still be chosen
    (("ờ thì", "ờ", "ờ"), [TOLD, TOLD, NOT_FOUND]),
    (("ờ thì", "trại ong", "ong"), [TOLD, ASKED, NOT_FOUND]),
])
def test_a_third_question_is_not_asked(messages: tuple[str, ...], statuses: list[AnswerStatus]) -> None:
    answers = talk(*messages)
    assert [answer.status for answer in answers] == statuses
    assert [bool(State.from_dict(answer.state).asked) for answer in answers] == [answer.status in ASKS or "hai lần" in answer.text for answer in answers]


def test_who_can_be_asked_stands_in_place_of_the_third_question() -> None:
    last = talk("trại ong", "ong", "ong")[-1]
    assert last.text.startswith(texts.ASKED_ENOUGH.format(office=CONTACTS["commune"]["name"]))
    assert "Anh/chị cần thủ tục nào?" not in last.text and texts.STILL_THERE in last.text
    assert [choice.title for choice in last.choices] == [ref.name for ref in last.candidates] and len(last.choices) == 3
    assert last.why is not None and last.why["rule"] == Rule.ASKED_ENOUGH


def test_without_anything_to_choose_only_the_office_is_named() -> None:
    last = talk("bao nhiêu vậy", "bao nhiêu", "bao nhiêu", understood=FEES)[-1]
    assert last.text == texts.ASKED_ENOUGH.format(office=CONTACTS["commune"]["name"]) and not last.choices


def test_another_matter_is_counted_anew() -> None:
    before = State(options=(CARD,), asked=MOST)
    asks = Answer(ASKED, "?", state=State(options=(REGISTER, RENEW)).to_dict())
    assert enough(asks, before, True, "xã").state["asked"] == 1
    assert enough(asks, State(options=(REGISTER,), asked=MOST), True, "xã").status is NOT_FOUND


@given(st.lists(st.sampled_from(["ong", "sách", "tổ", "thẻ", "2", "ờ", "karaoke", "đúng rồi", "không phải"]), max_size=12))
def test_no_talk_holds_three_questions_in_a_row_about_the_same_procedures(messages: list[str]) -> None:
    answers = talk(*messages)
    for three in zip(answers, answers[1:], answers[2:], strict=False):
        offered = [set(State.from_dict(answer.state).options) for answer in three]
        assert not (all(answer.status in ASKS for answer in three) and offered[0] & offered[1] and offered[1] & offered[2])


def test_a_count_that_came_back_wrong_is_none() -> None:
    assert [State.from_dict({"asked": value}).asked for value in (None, "2", -3, 2, 10**9, [1])] == [0, 0, 0, 2, 9, 0]

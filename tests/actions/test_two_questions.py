"""Two procedures in one message are answered one after the other; one procedure is never taken apart."""

from __future__ import annotations

from datetime import date

import pytest

from actions.answer import AnswerStatus
from actions.dialogue import State
from actions.reply import Library, Understood, reply
from actions.two_questions import SURE_PART, two_procedures
from index.retriever import Hit
from index.search import Found

from ..small import CARD, CONTACTS, REGISTER, RENEW
from .fakes import FakeSearch

DAY = date(2026, 11, 22)
BOTH = "làm thẻ mượn sách với đăng ký nuôi mật luôn thì cần gì"
WHOLE = {CARD: 0.5, REGISTER: 0.45}
PARTS = {"thẻ mượn sách": {CARD: 0.97}, "nuôi mật": {REGISTER: 0.96}, "gia hạn trại": {RENEW: 0.95}}


def search(message: str = BOTH, whole: dict[str, float] = WHOLE, parts: dict[str, dict[str, float]] = PARTS) -> FakeSearch:
    return FakeSearch({message.lower(): whole, **parts})


def both(message: str = BOTH, whole: dict[str, float] = WHOLE, parts: dict[str, dict[str, float]] = PARTS) -> tuple[str, str] | None:
    fake = search(message, whole, parts)
    return two_procedures(message, fake.search(message), fake)  # type: ignore[arg-type] - follows Searching, as reply needs


@pytest.mark.parametrize(("message", "codes"), [
    (BOTH, (CARD, REGISTER)), ("đăng ký nuôi mật và làm thẻ mượn sách", (REGISTER, CARD)), ("đăng ký nuôi mật, làm thẻ mượn sách", (REGISTER, CARD)),
    ("Tôi đăng ký nuôi mật. Rồi làm thẻ mượn sách ở đâu?", (REGISTER, CARD)), ("dang ky nuôi mật voi lam thẻ mượn sách", (REGISTER, CARD)),
    ("đăng ký nuôi mật và nuôi mật rồi làm thẻ mượn sách", (REGISTER, CARD)), ("đăng ký nuôi mật đồng thời làm thẻ mượn sách", (REGISTER, CARD)),
])
def test_two_are_found_in_the_order_asked(message: str, codes: tuple[str, str]) -> None:
    assert both(message) == codes


@pytest.mark.parametrize(("message", "whole", "parts"), [
    (BOTH, {CARD: 0.93, REGISTER: 0.02}, PARTS),
    (BOTH, WHOLE, {"thẻ mượn sách": {CARD: 0.97}, "nuôi mật": {REGISTER: SURE_PART - 0.05}}),
    (BOTH, WHOLE, {"thẻ mượn sách": {CARD: 0.97}, "nuôi mật": {CARD: 0.97}}),
    (BOTH, {CARD: 0.3, REGISTER: 0.3}, PARTS),
    ("làm thẻ mượn sách với đăng ký nuôi mật rồi gia hạn trại", WHOLE, PARTS),
    ("làm thẻ mượn sách để đăng ký nuôi mật", WHOLE, {"thẻ mượn sách": {CARD: 0.97}}),
    ("", {}, {}),
], ids=["one is clear", "a part is not sure", "the same twice", "probably none", "three", "one part", "empty"])
def test_one_procedure_or_three_are_not_taken_for_two(message: str, whole: dict, parts: dict) -> None:
    assert both(message, whole, parts) is None


def test_a_part_must_be_near_the_whole_message_too() -> None:
    fake = search()
    found = Found((Hit(CARD, 0.6), Hit(RENEW, 0.3)), 0.1)
    assert two_procedures(BOTH, found, fake) is None  # type: ignore[arg-type]


def test_parts_that_name_nothing_cost_no_search() -> None:
    fake = search("mấy bữa, ở đâu, bao nhiêu")
    two_procedures("mấy bữa, ở đâu, bao nhiêu", Found((), 1.0), fake)  # type: ignore[arg-type]
    assert fake.asked == []


def said(understood: Understood = Understood(("documents",)), state: State = State(), message: str = BOTH):
    return reply(message, understood, state, Library(search(message), CONTACTS), DAY)


def test_both_are_answered_and_the_talk_goes_on_with_the_second() -> None:
    first, second = said()
    assert [answer.procedure.code for answer in (first, second) if answer.procedure] == [CARD, REGISTER]
    assert all(answer.status is AnswerStatus.ANSWERED and answer.aspects == ("documents",) for answer in (first, second))
    state = State.from_dict(second.state)
    assert (state.procedure, state.past) == (REGISTER, (CARD,))


def test_without_an_aspect_both_are_told_in_short() -> None:
    assert [answer.aspects for answer in said(Understood())] == [("overview",), ("overview",)]


@pytest.mark.parametrize(("understood", "state", "message"), [
    (Understood(corrects=True), State(), BOTH), (Understood(in_scope=False), State(), BOTH), (Understood(), State(options=(CARD, REGISTER)), BOTH),
    (Understood(), State(), f"{BOTH} 2.900003"),
], ids=["a correction", "no question", "an open choice", "a code"])
def test_what_means_one_thing_gets_one_answer(understood: Understood, state: State, message: str) -> None:
    assert len(said(understood, state, message)) == 1

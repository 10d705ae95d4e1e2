"""A request that fits several procedures: asked back, decided by a word, or supposed when the citizen asks on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.dialogue import State
from actions.reply import Library, Understood, reply
from actions.vague import FAMILY_SURE, SHORT
from actions.words import lower_first
from index.families import Family

from ..small import CARD, CONTACTS, REGISTER, RENEW
from .fakes import FakeSearch

DAY = date(2026, 11, 22)
FEES, DURATION = Understood(("fees",)), Understood(("duration",))
HOUSEHOLD, COMPANY, COOPERATIVE = REGISTER, RENEW, CARD
BUSINESS = Family(
    "kinh-doanh",
    "Anh/chị định kinh doanh theo hộ kinh doanh, công ty hay hợp tác xã ạ?",
    {HOUSEHOLD: ("ho kinh doanh", "ca the"), COMPANY: ("cong ty",), COOPERATIVE: ("hop tac xa", "htx")},
    ("giay phep kinh doanh",),
)
SURE = {HOUSEHOLD: 0.9, COMPANY: 0.03, COOPERATIVE: 0.05}
UNSURE = {HOUSEHOLD: FAMILY_SURE - 0.05, COMPANY: 0.03, COOPERATIVE: 0.05}
VAGUE = "xin giấy phép kinh doanh tốn nhiêu"
LONG = "dạ cho tui hỏi là nhà tui tính xin giấy phép kinh doanh để bán bánh mì trước cổng trường thì tốn nhiêu"


def said(message: str, understood: Understood = FEES, state: State = State(), finds: dict[str, float] = SURE, families: Sequence[Family] = (BUSINESS,)) -> Answer:
    names = {"c1_900001": "Đăng ký hộ kinh doanh", "c1_900002": "Đăng ký thành lập công ty", "c2_900003": "Đăng ký thành lập hợp tác xã"}
    search = FakeSearch({"kinh doanh": finds, "công ty": finds}, **{key: {"name": name} for key, name in names.items()})
    search.families = {family.code: family for family in families}
    (answer,) = reply(message, understood, state, Library(search, CONTACTS), DAY)
    return answer


def code(answer: Answer) -> str | None:
    return answer.procedure.code if answer.procedure else None


def open_choice() -> State:
    return State.from_dict(said(VAGUE).state)


def test_a_short_message_without_a_deciding_word_is_asked_back_though_one_is_likely() -> None:
    answer = said(VAGUE)
    assert len(VAGUE.split()) <= SHORT
    assert (answer.status, code(answer), answer.facts) == (AnswerStatus.UNCLEAR_PROCEDURE, None, ())
    assert answer.text.startswith(texts.ASK_FAMILY.format(question=lower_first(BUSINESS.ask)))
    assert [ref.code for ref in answer.candidates] == [HOUSEHOLD, COOPERATIVE, COMPANY]  # most likely first
    assert (open_choice().options, open_choice().option_aspects) == ((HOUSEHOLD, COOPERATIVE, COMPANY), ("fees",))


def test_the_usual_member_is_answered_with_the_others_to_choose() -> None:
    answer = said(VAGUE, families=(replace(BUSINESS, usual=HOUSEHOLD),))
    assert (answer.status, code(answer), answer.aspects) == (AnswerStatus.ANSWERED, HOUSEHOLD, ("fees",))
    assert answer.text.endswith(texts.USUAL)
    assert [ref.code for ref in answer.candidates] == [COOPERATIVE, COMPANY]
    assert [choice.title for choice in answer.choices] == [ref.name for ref in answer.candidates]
    assert State.from_dict(answer.state).options == ()


def test_without_the_family_the_likely_one_is_answered() -> None:
    assert code(said(VAGUE, families=())) == HOUSEHOLD


@pytest.mark.parametrize(("message", "found"), [
    ("xin giấy phép kinh doanh cho công ty", COMPANY), ("xin giay phep kinh doanh cho htx", COOPERATIVE), ("giấy phép kinh doanh cá thể", HOUSEHOLD),
    ("giấy phép kinh doanh cho cty", COMPANY), (f"{LONG} dạng công ty", COMPANY),
])
def test_a_deciding_word_takes_its_member(message: str, found: str) -> None:
    answer = said(message, Understood(("documents",)))
    assert (answer.status, code(answer)) == (AnswerStatus.ANSWERED, found)


def test_two_deciding_words_leave_it_to_search() -> None:
    assert code(said("giấy phép kinh doanh công ty hay hợp tác xã")) == HOUSEHOLD


@pytest.mark.parametrize(("message", "found"), [
    ("hộ cá thể á", HOUSEHOLD), ("ho ca the a", HOUSEHOLD), ("dạ công ty", COMPANY), ("cty nha em", COMPANY), ("HTX", COOPERATIVE), ("2", COOPERATIVE),
])
@pytest.mark.parametrize("in_scope", [True, False])
def test_a_deciding_word_chooses_among_the_open_options(message: str, found: str, in_scope: bool) -> None:
    answer = said(message, Understood(in_scope=in_scope), open_choice())
    assert (code(answer), answer.aspects) == (found, ("fees",))
    assert State.from_dict(answer.state).options == ()


def test_a_follow_up_without_a_choice_is_answered_about_the_first_and_says_so() -> None:
    answer = said("vậy mấy ngày xong", DURATION, open_choice())
    assert (answer.status, code(answer), answer.aspects) == (AnswerStatus.ANSWERED, HOUSEHOLD, ("duration",))
    assert answer.text.endswith(f"\n{texts.SUPPOSED}")
    assert [choice.title for choice in answer.choices] == ["Đăng ký thành lập hợp tác xã", "Đăng ký thành lập công ty"]
    state = State.from_dict(answer.state)
    assert (state.procedure, state.options) == (HOUSEHOLD, ())


@pytest.mark.parametrize(("n", "found"), [(0, COOPERATIVE), (1, COMPANY)])
def test_the_others_offered_with_what_was_supposed_can_be_tapped(n: int, found: str) -> None:
    supposed = said("vậy mấy ngày xong", DURATION, open_choice())
    tapped = said(supposed.choices[n].message, DURATION, State.from_dict(supposed.state))
    assert (code(tapped), tapped.aspects) == (found, ("duration",))
    assert texts.SUPPOSED not in tapped.text


def test_a_long_message_whose_best_procedure_is_sure_is_not_asked_back() -> None:
    assert len(LONG.split()) > SHORT
    assert (said(LONG).status, code(said(LONG))) == (AnswerStatus.ANSWERED, HOUSEHOLD)


def test_a_long_message_whose_best_procedure_is_not_sure_is_asked_back() -> None:
    answer = said(LONG, finds=UNSURE)
    assert answer.status is AnswerStatus.UNCLEAR_PROCEDURE and lower_first(BUSINESS.ask) in answer.text


def test_a_family_that_the_talk_is_already_in_is_not_asked_again() -> None:
    assert code(said(VAGUE, state=State(HOUSEHOLD, ("documents",)))) == HOUSEHOLD

"""What names a need but not which procedure: a word decides, or it is asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.dialogue import State
from actions.vague import RIVAL, Usual, members, rivals, settled, told_apart
from index import settings
from index.families import Family

from ..small import CARD, REGISTER, RENEW
from .fakes import FakeSearch

BEES = Family(
    "ong",
    "Anh/chị nuôi ong lần đầu, gia hạn hay làm thẻ ạ?",
    {REGISTER: ("lan dau",), RENEW: ("gia han", "sap het han"), CARD: ("the",), "1.999999": ("mat",)},
    ("giay ong",),
    ("bầy ong của tui tính sao",),
)
LIKELY = {BEES.code: 0.6, RENEW: 0.2, CARD: 0.1}


def decided(message: str, finds: dict[str, float], code: str | None = None, state: State = State(), families: tuple[Family, ...] = (BEES,)) -> str | Family | None:
    search = FakeSearch({"ong": finds})
    search.families = {family.code: family for family in families}
    return settled(message, code, search.search(message), state, search)


def test_what_is_most_like_a_family_s_questions_is_asked_about_the_family() -> None:
    assert decided("bầy ong nhà em làm giấy sao", LIKELY) is BEES


def test_a_likelier_procedure_is_not_asked_about() -> None:
    share = settings.VAGUE_SHARE
    assert decided("bầy ong nhà em", {BEES.code: share * 0.7 - 0.02, REGISTER: 0.7}, REGISTER) == REGISTER
    assert decided("bầy ong nhà em", {BEES.code: share * 0.7 + 0.02, REGISTER: 0.7}, REGISTER) is BEES


def test_a_family_that_is_hardly_likely_is_not_asked_about() -> None:
    few = settings.VAGUE_FROM - 0.05
    assert decided("bầy ong nhà em", {BEES.code: few, REGISTER: few - 0.05, "2.000009": 1 - 2 * few}) is None


def test_a_message_that_is_likely_about_something_else_is_not_asked_about() -> None:
    assert decided("ong bay vô nhà thì kêu ai", {BEES.code: 0.4}) is None


@pytest.mark.parametrize(("message", "code"), [("bầy ong của tui sắp hết hạn giấy", RENEW), ("bay ong lan dau nuoi", REGISTER), ("ong với cái thẻ", CARD)])
def test_one_deciding_word_settles_it(message: str, code: str) -> None:
    assert decided(message, LIKELY) == code


def test_two_members_named_are_asked_about() -> None:
    message = "bầy ong lần đầu hay gia hạn cũng vậy hả"
    assert decided(message, LIKELY) is BEES
    search = FakeSearch({"ong": LIKELY})
    assert members(BEES, message, search.search(message), search) == (RENEW, REGISTER)


def test_the_word_of_a_member_that_is_not_loaded_settles_nothing() -> None:
    assert decided("bầy ong bị mất giấy", LIKELY) is BEES


@pytest.mark.parametrize("message", ["bầy ong nhà em làm giấy sao", "giấy ong cần gì", "giay ong can gi"])
def test_the_usual_member_is_taken_when_nothing_special_is_said(message: str) -> None:
    family = replace(BEES, usual=REGISTER)
    finds = LIKELY if "bầy" in message else {RENEW: 0.95}
    assert decided(message, finds, families=(family,)) == Usual(REGISTER, family)


@pytest.mark.parametrize("message", ["bầy ong làm lại giấy", "bay ong bi mat giay", "bầy ong, tôi muốn đổi cái tên", "bầy ong lần đầu hay gia hạn cũng vậy hả"])
def test_with_a_word_of_again_or_change_even_a_family_with_a_usual_member_is_asked_about(message: str) -> None:
    family = replace(BEES, usual=REGISTER)
    assert decided(message, LIKELY, families=(family,)) is family


def test_a_usual_member_that_is_not_loaded_is_not_taken() -> None:
    family = replace(BEES, usual="1.999999")
    assert decided("bầy ong nhà em làm giấy sao", LIKELY, families=(family,)) is family


def test_in_a_talk_the_other_one_is_meant_when_both_are_named() -> None:
    assert decided("bầy ong chưa lần đầu được, gia hạn thì sao", LIKELY, state=State(REGISTER, ("fees",))) == RENEW


def test_a_head_is_enough_when_a_member_is_found() -> None:
    assert decided("giấy ong cần gì", {REGISTER: 0.95}, REGISTER) is BEES
    assert decided("giấy ong cần gì", {REGISTER: 0.95}, REGISTER, families=()) == REGISTER


def test_in_a_talk_about_a_member_it_is_the_one_meant() -> None:
    assert decided("bầy ong tính sao", LIKELY, state=State(RENEW, ("fees",))) == RENEW
    assert decided("giấy ong cần gì", {REGISTER: 0.95}, REGISTER, State(REGISTER, ("fees",))) == REGISTER


def test_an_open_choice_is_left_to_the_choice() -> None:
    assert decided("bầy ong tính sao", LIKELY, state=State(options=(REGISTER, RENEW))) is None


def test_choices_are_the_loaded_members_likeliest_first() -> None:
    search = FakeSearch({"ong": LIKELY})
    assert members(BEES, "bầy ong", search.search("bầy ong"), search) == (RENEW, CARD, REGISTER)


@pytest.mark.parametrize(("message", "options", "code"), [
    ("lần đầu á", (REGISTER, RENEW), REGISTER), ("dạ thẻ", (REGISTER, RENEW), CARD), ("lần đầu hay gia hạn", (REGISTER, RENEW), None), ("không biết", (REGISTER, RENEW), None),
    ("lần đầu", (), None), ("lan dau hay the", (RENEW, CARD), CARD),
])
def test_a_word_chooses_among_the_members(message: str, options: tuple[str, ...], code: str | None) -> None:
    search = FakeSearch({})
    search.families = {BEES.code: BEES}
    assert told_apart(message, options, search) == code


@pytest.mark.parametrize(("finds", "others"), [
    ({REGISTER: 0.9, RENEW: RIVAL / 2}, ()), ({REGISTER: 0.8, RENEW: RIVAL}, (RENEW,)), ({REGISTER: 0.6, RENEW: 0.2, CARD: 0.1}, (RENEW, CARD)),
    ({REGISTER: 0.8, CARD: 0.06, BEES.code: RIVAL}, (CARD, RENEW)), ({RENEW: 0.8, BEES.code: RIVAL / 2}, ()),
])
def test_what_else_may_be_meant_is_at_hand_beside_an_answer(finds: dict[str, float], others: tuple[str, ...]) -> None:
    search = FakeSearch({"ong": finds})
    search.families = {BEES.code: BEES}
    found = search.search("ong")
    assert rivals(found.hits[0].code, found, search) == others


def test_a_twin_is_no_rival() -> None:
    search = FakeSearch({"ong": {REGISTER: 0.8, RENEW: 0.2}})
    search.twin_codes = (REGISTER, RENEW)
    assert rivals(REGISTER, search.search("ong"), search) == ()


def test_of_twins_one_is_offered() -> None:
    search = FakeSearch({"ong": LIKELY})
    search.twin_codes = (REGISTER, RENEW)
    assert members(BEES, "bầy ong", search.search("bầy ong"), search) == (CARD, REGISTER)

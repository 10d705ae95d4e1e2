"""No more than the beginning of several everyday names: asked back rather than answered from a record that nobody has compared."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from actions.bare_name import begun
from actions.dialogue import State
from actions.reply import Library, Understood, reply

from ..small import CARD, REGISTER, RENEW
from .fakes import FakeSearch, library

SHIPS = {CARD: 0.92, REGISTER: 0.02, RENEW: 0.01}


def search(finds: dict[str, float] = SHIPS, reviewed: tuple[str, ...] = (REGISTER, RENEW)) -> FakeSearch:
    """The card is called "Xóa đăng ký"; what is reviewed begins like it."""
    found = FakeSearch({"xóa đăng ký": finds})
    names = {CARD: "Xóa đăng ký", REGISTER: "Xóa đăng ký trại ong", RENEW: "Xóa đăng ký đàn gà"}
    found.procedures = {
        code: dataclasses.replace(procedure, name=names[code], reviewed=code in reviewed) for code, procedure in found.procedures.items()
    }
    return found


def served(world: FakeSearch) -> Library:
    return dataclasses.replace(library(), search=world)


def codes(message: str, world: FakeSearch, best: str = CARD) -> tuple[str, ...]:
    return begun(message, best, world.search(message), world)


def test_which_of_those_that_begin_so_is_asked_everyday_ones_first() -> None:
    assert codes("xóa đăng ký cần giấy tờ gì", search()) == (REGISTER, RENEW, CARD)
    assert codes("xóa đăng ký", search({CARD: 0.9, RENEW: 0.05})) == (RENEW, REGISTER, CARD)


@pytest.mark.parametrize("message", ["xóa đăng ký tàu biển", "cần giấy tờ gì", "", "xóa đăng ký trại ong và đàn gà trong vườn nhà"])
def test_a_message_that_says_more_or_nothing_is_left_alone(message: str) -> None:
    assert codes(message, search()) == ()


def test_a_reviewed_record_is_answered_and_one_other_name_is_no_choice() -> None:
    assert codes("xóa đăng ký", search(), best=REGISTER) == ()
    assert codes("xóa đăng ký", search(reviewed=(REGISTER,))) == ()


def test_the_reply_asks_in_the_aspect_that_was_asked_and_in_a_talk_goes_on() -> None:
    world = search()
    asked = reply("xóa đăng ký cần giấy tờ gì", Understood(("documents",)), State(), served(world), date(2026, 11, 23))[0]
    assert asked.status == "unclear_procedure" and [ref.code for ref in asked.candidates] == [REGISTER, RENEW, CARD]
    assert asked.aspects == ("documents",)
    inside = reply("xóa đăng ký cần giấy tờ gì", Understood(("documents",)), State(procedure=CARD), served(world), date(2026, 11, 23))[0]
    assert inside.procedure is not None and inside.procedure.code == CARD

"""The same thing at home or abroad, and for another age, by what a follow-up says of whose it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.counterpart import contradicts, counterpart, for_age
from actions.dialogue import State
from actions.reply import Understood

from ..small import CARD, REGISTER, RENEW
from .fakes import FakeSearch
from .test_reply import DAY, code, library, reply

HOME, ABROAD, UNDER, OVER = REGISTER, RENEW, CARD, "1.900009"


class Named(FakeSearch):
    """Procedures with the names that matter here; a search finds all of them."""

    def __init__(self) -> None:
        super().__init__({"": {}})
        names = {HOME: "Đăng ký kết hôn", ABROAD: "Đăng ký kết hôn có yếu tố nước ngoài", UNDER: "Cấp thẻ cho người dưới 14 tuổi", OVER: "Cấp thẻ cho người từ đủ 14 tuổi trở lên"}
        some = next(iter(self.procedures.values()))
        self.procedures = {number: replace(some, code=number, name=name) for number, name in names.items()}


@pytest.mark.parametrize(("message", "here", "there"), [
    ("còn nếu người Việt thôi thì sao", ABROAD, HOME), ("ca hai deu la nguoi viet", ABROAD, HOME), ("không có yếu tố nước ngoài", ABROAD, HOME), ("còn trong nước", ABROAD, HOME),
    ("thế chồng em quốc tịch Mỹ", HOME, ABROAD), ("còn với người nước ngoài thì sao", HOME, ABROAD), ("thế lấy người Đài Loan", HOME, ABROAD),
    ("người Việt định cư bên Mỹ", ABROAD, None), ("còn người Việt", HOME, None), ("thế mấy ngày", HOME, None), ("thế lấy người Hàn", UNDER, None),
])
def test_home_and_abroad(message: str, here: str, there: str | None) -> None:
    assert counterpart(message, here, Named()) == there


@pytest.mark.parametrize(("message", "here", "there"), [
    ("con 15 tuổi", UNDER, OVER), ("con tui moi 14 tuoi", UNDER, OVER), ("con tôi 5 tuổi", OVER, UNDER),
    ("con 13 tuổi", UNDER, None), ("ba tôi 80 tuổi", OVER, None), ("con 15 tuổi", HOME, None), ("con lớn rồi", UNDER, None),
])
def test_another_age(message: str, here: str, there: str | None) -> None:
    assert for_age(message, here, Named()) == there


def test_a_talk_about_the_one_at_home_is_left_for_abroad() -> None:
    assert contradicts("con nuôi nước ngoài", "Đăng ký nuôi con nuôi trong nước")
    assert not contradicts("con nuôi nước ngoài", "Đăng ký kết hôn")
    assert not contradicts("con nuôi", "Đăng ký nuôi con nuôi trong nước")


@pytest.mark.parametrize(("message", "corrects", "expected"), [
    ("con 15 tuổi", False, OVER), ("ủa lộn, con 15 tuổi", True, OVER), ("con tôi 10 tuổi", False, UNDER), ("con tui 3 tuoi", False, UNDER),
])
def test_an_age_in_a_talk_names_nothing_else(message: str, corrects: bool, expected: str) -> None:
    world = replace(library(), search=Named())
    (answer,) = reply(message, Understood(("overview",), corrects), State(UNDER, ("documents",)), world, DAY)
    assert code(answer) == expected
    assert answer.aspects == ("documents",) or answer.status.startswith("unanswerable")

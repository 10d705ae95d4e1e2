"""Of one thing at several levels the one that the message names."""

from __future__ import annotations

import pytest

from actions.level import at_level

from ..small import CARD, REGISTER, RENEW
from .fakes import FakeSearch


def search(**changes: dict[str, object]) -> FakeSearch:
    levels = {"c1_900001": {"level": "commune"}, "c1_900002": {"level": "ministry"}, "c2_900003": {"level": "province"}}
    found = FakeSearch({}, **{key: {"province": None, **value, **changes.get(key, {})} for key, value in levels.items()})
    found.twin_codes = (REGISTER, RENEW, CARD)
    return found


@pytest.mark.parametrize(("message", "code"), [
    ("đăng ký nuôi ong tại cục ở Hà Nội được không", RENEW), ("dang ky o trung uong", RENEW), ("lên công an tỉnh làm được không", CARD), ("ra tinh lam duoc hong", CARD),
    ("làm ở xã được không", REGISTER), ("đăng ký nuôi ong", REGISTER), ("ở xã hay ở tỉnh", REGISTER), ("tui ở Cà Mau", REGISTER), ("bộ hồ sơ gồm gì", REGISTER), ("", REGISTER),
])
def test_the_named_level_wins(message: str, code: str) -> None:
    assert at_level(REGISTER, message, search()) == code


def test_what_has_no_twin_stays() -> None:
    alone = search()
    alone.twin_codes = ()
    assert at_level(REGISTER, "ở Hà Nội", alone) == REGISTER


def test_another_province_s_twin_is_not_taken() -> None:
    assert at_level(REGISTER, "lên tỉnh làm", search(c2_900003={"province": "an-giang"})) == REGISTER

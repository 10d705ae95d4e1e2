"""Of variants the plain one, unless what is special about another is said."""

from __future__ import annotations

import pytest

from actions.plain_one import plain_one
from index.retriever import Hit
from index.search import Found

from ..small import BEES, procedure


class Names:
    """Procedures that differ in name and level only."""

    def __init__(self, **named: tuple[str, str]) -> None:
        self.procedures = {code.replace("_", "."): procedure(BEES, code=code[1:].replace("_", "."), name=name, level=level) for code, (name, level) in named.items()}
        self.procedures = {code[1:]: record for code, record in self.procedures.items()}


SEARCH = Names(
    c1_900001=("Đăng ký nuôi ong", "commune"),
    c1_900002=("Đăng ký nuôi ong có yếu tố nước ngoài", "province"),
    c1_900003=("Báo mất thùng ong (tại Công an tỉnh)", "province"),
    c1_900004=("Báo mất thùng ong (tại Công an xã)", "commune"),
)
PLAIN, FOREIGN, CITY, NEAR = "1.900001", "1.900002", "1.900003", "1.900004"


def found(*codes: str, none: float = 0.0) -> Found:
    return Found(tuple(Hit(code, 0.45 - 0.05 * n) for n, code in enumerate(codes)), none)


@pytest.mark.parametrize(
    ("message", "codes", "meant"),
    [
        ("đăng ký nuôi ong cần gì", (FOREIGN, PLAIN), PLAIN),
        ("đăng ký nuôi ong với người nước ngoài cần gì", (FOREIGN, PLAIN), None),
        ("mất thùng ong báo ở đâu", (CITY, NEAR), NEAR),
        ("mất thùng ong báo trên tỉnh được không", (CITY, NEAR), None),
        ("ong", (PLAIN, CITY), None),
        ("ong", (PLAIN,), None),
        ("đăng ký nuôi ong " + "dài " * 20, (FOREIGN, PLAIN), None),
    ],
)
def test_the_plain_one_is_meant_unless_more_is_said(message: str, codes: tuple[str, ...], meant: str | None) -> None:
    assert plain_one(message, found(*codes), SEARCH) == meant  # type: ignore[arg-type]


def test_nothing_is_taken_when_nothing_of_ours_may_be_meant() -> None:
    assert plain_one("đăng ký nuôi ong", found(PLAIN, FOREIGN, none=0.6), SEARCH) is None  # type: ignore[arg-type]


WORDY = Names(
    c1_900001=("Đăng ký nuôi ong", "commune"),
    c1_900002=("Đăng ký nuôi ong cho người đã có hồ sơ, giấy tờ cá nhân", "commune"),
    c1_900003=("Gia hạn đăng ký nuôi ong", "commune"),
)


@pytest.mark.parametrize(("codes", "meant"), [((PLAIN, FOREIGN), PLAIN), ((FOREIGN, PLAIN), None), ((PLAIN, CITY), None)])
def test_without_a_telling_word_the_likelier_one_is_meant_unless_it_is_another_deed(codes: tuple[str, ...], meant: str | None) -> None:
    assert plain_one("nuôi ong cần gì", found(*codes), WORDY) == meant  # type: ignore[arg-type]

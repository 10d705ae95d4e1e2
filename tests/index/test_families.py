"""Requests that fit several procedures alike: the reader, the whole words it looks for, and data/families.yml itself."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from index.catalogue import DataError
from index.families import Family, folded, read_families

from ..small import CARD, REGISTER, RENEW, raw, write_yaml

BEES: dict[str, Any] = {
    "id": "nuoi-ong",
    "ask": "Anh/chị nuôi ong lần đầu hay gia hạn ạ?",
    "members": {REGISTER: ["lần đầu", "hộ cá thể"], RENEW: ["gia hạn", "công ty"]},
    "heads": ["nuôi ong", "đăng ký trại"],
    "asked": ["tui tính nuôi ong", "giấy nuôi ong thì sao"],
}


@pytest.fixture
def bees(tmp_path: Path) -> Family:
    return read_families(write_yaml(tmp_path / "families.yml", [BEES]))[0]


@pytest.fixture(scope="module")
def real(root: Path) -> list[Family]:
    return read_families(root / "data" / "families.yml")


def test_families_are_read_in_file_order_and_folded(tmp_path: Path) -> None:
    path = write_yaml(tmp_path / "families.yml", [raw(BEES, heads=["nuôi  Ong", "nuoi ong", "trại ong"]), raw(BEES, id="ong-2")])
    first, second = read_families(path)
    assert (first.id, second.id, first.ask) == ("nuoi-ong", "ong-2", BEES["ask"])
    assert first.heads == ("nuoi ong", "trai ong")
    assert list(first.members.items()) == [(REGISTER, ("lan dau", "ho ca the")), (RENEW, ("gia han", "cong ty"))]


def test_no_file_and_an_empty_one_have_no_families(tmp_path: Path) -> None:
    path = tmp_path / "families.yml"
    assert read_families(path) == []
    path.write_text("# nothing yet\n", "utf-8")
    assert read_families(path) == []


@pytest.mark.parametrize(("row", "message"), [
    ("nuôi ong", "expected id, ask, members, heads, asked"),
    (raw(BEES, usual="1.000000"), "usual: is '1.000000'; expected one of its members"),
    (["nuôi ong"], "expected id, ask, members, heads, asked"),
    (raw(BEES, heads=...), "expected id, ask, members, heads, asked"),
    (raw(BEES, asked=...), "expected id, ask, members, heads, asked"),
    (raw(BEES, asked=[]), "asked: is []; expected a list of messages"),
    (raw(BEES, asked=["nuôi ong", " "]), "expected a list of messages"),
    (raw(BEES, colour="đỏ"), "expected id, ask, members, heads, asked"),
    (raw(BEES, id="Nuôi ong"), "id 'Nuôi ong': expected a plain ASCII id and at least two members"),
    (raw(BEES, id=""), "expected a plain ASCII id"),
    (raw(BEES, members={REGISTER: ["lần đầu"]}), "at least two members"),
    (raw(BEES, members={}), "at least two members"),
    (raw(BEES, members={REGISTER: ["lần đầu"], RENEW: "gia hạn"}), "is 'gia hạn'; expected a list of words"),
    (raw(BEES, members={REGISTER: ["lần đầu"], RENEW: []}), "is []; expected a list of words"),
    (raw(BEES, heads=[]), "is []; expected a list of words"),
    (raw(BEES, heads="nuôi ong"), "is 'nuôi ong'; expected a list of words"),
])
def test_a_foreign_shape_is_refused_with_file_and_place(tmp_path: Path, row: object, message: str) -> None:
    path = write_yaml(tmp_path / "families.yml", [BEES, row])
    with pytest.raises(DataError) as caught:
        read_families(path)
    assert str(caught.value).startswith(f"{path}: [1]: ") and message in str(caught.value)


def test_a_code_that_stands_twice_is_refused_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "families.yml"
    path.write_text(f'- id: a\n  ask: b\n  members:\n    "{CARD}": [c]\n    "{CARD}": [d]\n  heads: [e]\n  asked: [f]\n', "utf-8")
    with pytest.raises(DataError, match="stands twice") as caught:
        read_families(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize(("message", "speaks"), [
    ("tui muốn nuôi ong", True), ("NUÔI ONG!", True), ("muon nuoi ong can gi", True), ("đky trại sao ạ", True), ("nuôi ong", True), ("nuôi, ong", True),
    ("nuôi ongggg", True), ("nuôi", False), ("ong nuôi", False), ("nuôi con ong", False), ("nuôi ongvàng", False), ("cá nuôi ở đâu", False), ("", False), ("😀", False),
])
def test_a_message_speaks_of_a_family_by_whole_words_in_order(bees: Family, message: str, speaks: bool) -> None:
    assert bees.speaks(folded(message)) is speaks


@pytest.mark.parametrize(("message", "told"), [
    ("hộ cá thể á", [REGISTER]), ("ho ca the a", [REGISTER]), ("mở cty", [RENEW]), ("Gia  Hạn nha", [RENEW]), ("lần đầu, hay là gia hạn ta", [REGISTER, RENEW]),
    ("gia hạn hay lần đầu", [REGISTER, RENEW]), ("gia hạnh phúc", []), ("lần sau", []), ("hộ khẩu", []), ("", []),
])
def test_deciding_words_tell_the_members_in_the_family_s_order(bees: Family, message: str, told: list[str]) -> None:
    assert bees.told(folded(message)) == told


def test_a_phrase_within_a_longer_one_decides_nothing(tmp_path: Path) -> None:
    members = {REGISTER: ["hai thành viên"], RENEW: ["hai thành viên trở lên"]}
    (family,) = read_families(write_yaml(tmp_path / "families.yml", [raw(BEES, members=members)]))
    assert family.told(folded("cty hai thành viên trở lên")) == [RENEW]
    assert family.told(folded("cty hai thành viên")) == [REGISTER]
    assert family.told(folded("cty hai thành viên hay hai thành viên trở lên")) == [REGISTER, RENEW]


def test_the_real_families_have_codes_questions_and_ids_of_their_own(real: list[Family]) -> None:
    assert len(real) > 50 and len({family.id for family in real}) == len(real)
    for family in real:
        assert family.ask.endswith(" ạ?"), family.id
        assert all(re.fullmatch(r"\d\.\d{6}", code) for code in family.members), family.id


def test_no_real_phrase_is_empty_after_folding(real: list[Family]) -> None:
    assert [family.id for family in real if not all((*family.heads, *sum(family.members.values(), ())))] == []


def test_no_head_stands_in_two_real_families(real: list[Family]) -> None:
    heads = Counter(head for family in real for head in family.heads)
    assert [head for head, times in heads.items() if times > 1] == []


def test_no_deciding_word_of_a_real_family_is_its_head(real: list[Family]) -> None:
    """Else the request itself would decide, and the family would never be asked."""
    assert [(family.id, word) for family in real for words in family.members.values() for word in words if word in family.heads] == []


def test_no_vague_message_of_a_real_family_tells_a_member(real: list[Family]) -> None:
    """Else it would be no vague message, and what is like it would be asked back for nothing."""
    assert [(family.id, asked) for family in real for asked in family.asked if family.told(folded(asked))] == []


def test_real_families_have_vague_messages_of_their_own(real: list[Family]) -> None:
    assert [family.id for family in real if len(family.asked) < 5] == []
    asked = Counter(folded(message) for family in real for message in family.asked)
    assert [message for message, times in asked.items() if times > 1] == []

"""Old names in a message: with their type or without, with diacritics or without, settled by what stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.places import Places, today_name
from index.catalogue import read_yaml
from index.old_names import parse_old_names
from index.text import fold


@pytest.fixture(scope="module")
def places(root: Path) -> Places:
    return Places(parse_old_names(read_yaml(root / "data" / "province" / "old_names.yml")))


def meant(text: str, places: Places) -> list[list[str]]:
    return [[unit.name for unit in mention.units] for mention in today_name(text, places)]


@pytest.mark.parametrize(("text", "found"), [
    ("nhà ở xã Khánh Lâm", [["Xã Khánh Lâm"]]), ("nha o xa khanh lam", [["Xã Khánh Lâm"]]), ("khánh lâm", [["Xã Khánh Lâm"]]),
    ("X.Khánh Lâm, H.U Minh", [["Xã Khánh Lâm"]]), ("huyen hong dan", [["Huyện Hồng Dân"]]), ("huyện U Minh", [["Huyện U Minh"]]), ("u minh", [["Huyện U Minh"]]),
    ("thị trấn U Minh", [["Thị trấn U Minh"]]), ("TT U Minh", [["Thị trấn U Minh"]]), ("Bạc Liêu", [["Bạc Liêu"]]), ("tỉnh bac lieu", [["Bạc Liêu"]]),
    ("TP Bạc Liêu", [["Thành phố Bạc Liêu"]]), ("tx gia rai", [["Thị xã Giá Rai"]]), ("thành phố Cà Mau", [["Thành phố Cà Mau"]]),
    ("xã Khánh Lâm, huyện U Minh", [["Xã Khánh Lâm"]]), ("phường 5", [["Phường 5", "Phường 5"]]), ("p5", [["Phường 5", "Phường 5"]]),
    ("bà rịa vũng tàu", [["Bà Rịa - Vũng Tàu"]]), ("Hòa Bình", [["Hòa Bình", "Huyện Hòa Bình"]]), ("Hoà Bình", [["Hòa Bình", "Huyện Hòa Bình"]]),
    ("xã Tân Thạnh", [["Xã Tân Thạnh"]]), ("xa tan thanh", [["Xã Tân Thạnh", "Xã Tân Thành"]]), ("tân thành", [["Phường Tân Thành"]]),
    ("Kiên Giang với Sóc Trăng", [["Kiên Giang"], ["Sóc Trăng"]]),
])
def test_an_old_name_is_found(places: Places, text: str, found: list[list[str]]) -> None:
    assert meant(text, places) == found


@pytest.mark.parametrize("text", [
    "", "Cà Mau", "phường Bạc Liêu", "xã U Minh", "đường Hòa Bình", "trường Phú Tân", "hạ nằm", "lòng án phí", "bên trẻ", "phường", "5", "quạt bắc liễu",
    "xã Khành Lâm",
])
def test_what_only_sounds_like_one_is_not(places: Places, text: str) -> None:
    assert meant(text, places) == []


@pytest.mark.parametrize(("text", "within"), [
    ("phường 5 thành phố Bạc Liêu", "Thành phố Bạc Liêu"), ("phường 5 Bạc Liêu", "Thành phố Bạc Liêu"), ("p.5 cà mau", "Thành phố Cà Mau"),
    ("phuong 1 gia rai", "Thị xã Giá Rai"), ("phường 1, thị xã Giá Rai", "Thị xã Giá Rai"),
])
def test_a_ward_of_several_cities_is_settled_by_the_city_beside_it(places: Places, text: str, within: str) -> None:
    (mention,) = today_name(text, places)
    assert [unit.within[0] for unit in mention.units] == [within]


@pytest.mark.parametrize("bare", [False, True], ids=["with diacritics", "bare"])
def test_each_old_unit_is_found_by_its_full_name(places: Places, bare: bool) -> None:
    for unit in places.names.units:
        name = f"Tỉnh {unit.name}" if unit.kind == "province" else unit.name
        text = f"nhà tôi ở {name}, {', '.join(unit.within)} cũ"
        found = [one for mention in today_name(fold(text) if bare else text, places) for one in mention.units]
        assert unit.now in [one.now for one in found] if bare else unit in found, text

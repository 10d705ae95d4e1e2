"""Old names: read with where they lay and what is there today; a file that cannot be read is told."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from index.catalogue import DataError, read_yaml
from index.old_names import OldNames, parse_old_names

from ..small import OLD_NAMES


@pytest.fixture(scope="module")
def ours(root: Path) -> OldNames:
    return parse_old_names(read_yaml(root / "data" / "province" / "old_names.yml"))


def test_a_district_is_what_its_communes_became() -> None:
    province, district, commune = parse_old_names(OLD_NAMES).units
    assert (province.kind, province.now, province.within) == ("province", ("Cà Mau",), ())
    assert (district.kind, district.name, district.within, district.now) == ("district", "Huyện Ong Mật", ("Cà Mau",), ("Xã Ong Vàng", "Xã Ong Bầu"))
    assert (commune.within, commune.path) == (("Huyện Ong Mật", "Cà Mau"), "communes.districts[0].rows[0]")


def test_the_two_provinces_had_164_communes_and_have_64(ours: OldNames) -> None:
    communes = [unit for unit in ours.units if unit.kind == "commune"]
    today = {name for unit in communes for name in unit.now}
    assert (len(communes), len(today)) == (164, 64)
    assert sum(name.startswith("Phường ") for name in today) == 9
    assert {unit.within[-1] for unit in communes} == {"Cà Mau", "Bạc Liêu"}


@pytest.mark.parametrize(("name", "district", "now"), [
    ("Xã Khánh Lâm", "Huyện U Minh", {"Xã Khánh Lâm", "Xã U Minh"}), ("Thị trấn U Minh", "Huyện U Minh", {"Xã Nguyễn Phích"}),
    ("Xã Phong Thạnh", "Thị xã Giá Rai", {"Phường Giá Rai"}), ("Xã Lợi An", "Huyện Trần Văn Thời", {"Phường Lý Văn Lâm", "Xã Trần Văn Thời", "Xã Lương Thế Trân"}),
    ("Phường 5", "Thành phố Bạc Liêu", {"Phường Vĩnh Trạch"}),
])
def test_rows_stand_as_in_the_source(ours: OldNames, name: str, district: str, now: set[str]) -> None:
    (unit,) = [unit for unit in ours.units if unit.name == name and unit.within[:1] == (district,)]
    assert set(unit.now) == now


@pytest.mark.parametrize(("spoil", "message"), [
    (lambda raw: raw.pop("since"), "KeyError: 'since'"),
    (lambda raw: raw.update(since="hôm qua"), "ValueError"),
    (lambda raw: raw.update(communes=None), "TypeError"),
    (lambda raw: raw["provinces"]["rows"].append({"old": "Bạc Liêu", "now": "An Giang"}), r"provinces.rows\[1\]: each unit stands once"),
    (lambda raw: raw["communes"]["districts"][0]["rows"].append({"old": "Xã Sậy", "now": []}), "a unit without its name of today"),
])
def test_a_file_that_cannot_be_used_is_told(spoil, message: str) -> None:
    raw = copy.deepcopy(OLD_NAMES)
    spoil(raw)
    with pytest.raises(DataError, match=message):
        parse_old_names(raw)

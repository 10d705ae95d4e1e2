"""The old names as the office serves them are what the tool writes from its table and the units of today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.old_names import MERGED, read_table, render, units_of_today

TODAY = {1: "Xã Ong Vàng", 2: "Phường Ong Bầu"}
ROWS = [
    {"province": "Cà Mau", "district": "Huyện Mật", "code": "8", "name": "Xã Hoa Tràm", "today": "2 1"},
    {"province": "Cà Mau", "district": "Huyện Mật", "code": "9", "name": "Thị trấn Sáp", "today": "1"},
]


def test_a_commune_in_several_of_today_names_them_all_in_the_order_of_their_codes() -> None:
    lines = render(ROWS, TODAY, "1.0").splitlines()
    assert "        - {old: Xã Hoa Tràm, now: [Xã Ong Vàng, Phường Ong Bầu]}" in lines
    assert [line for line in lines if "Huyện Mật" in line] == ["    - name: Huyện Mật"]


@pytest.mark.parametrize("today", [{1: "Xã Ong Vàng"}, {**TODAY, 3: "Xã Mới"}])
def test_a_table_that_does_not_fit_the_units_of_today_is_refused(today: dict[int, str]) -> None:
    with pytest.raises(ValueError, match=r"old_units.csv and vietnam-provinces 1.0 differ in the codes \[[23]\]"):
        render(ROWS, today, "1.0")


def test_a_district_stands_together_whatever_the_codes_of_its_communes() -> None:
    districts = [row["district"] for row in read_table()]
    assert len(set(districts)) == 16 == sum(a != b for a, b in zip(districts, [None, *districts], strict=False))


def test_each_province_that_is_no_more_is_named_once() -> None:
    gone = [old for _, _, olds in MERGED for old in olds]
    assert len(gone) == len(set(gone)) == 63 - 34
    assert not set(gone) & {now for now, _, _ in MERGED}


def test_the_file_is_what_the_tool_writes(root: Path) -> None:
    pytest.importorskip("vietnam_provinces", reason="the package with the units of today is not installed")
    rendered = render(read_table(), *units_of_today())
    assert rendered == render(read_table(), *units_of_today())
    assert (root / "data" / "province" / "old_names.yml").read_text("utf-8") == rendered

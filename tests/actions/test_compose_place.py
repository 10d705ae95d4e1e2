"""Where to hand in: the desk's address and the rule for the whole province, only where the record does not say otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from actions.compose import compose
from actions.verify import verify
from index.catalogue import read_yaml
from index.procedure import Procedure

from ..small import procedure

DAY = date(2026, 11, 22)
CENTRE = {
    "name": "Trung tâm Phục vụ hành chính công xã Ong Vàng", "address": "5 Lê Lợi", "source": "biển hiệu",
    "filing": {"text": "Nộp ở xã nào trong tỉnh cũng được", "source": "Nghị định 118/2025/NĐ-CP"},
}
AT_CENTRE = "nộp tại Trung tâm Phục vụ hành chính công xã, phường"
ADDRESS, ANYWHERE = "Địa chỉ Trung tâm Phục vụ hành chính công xã Ong Vàng: 5 Lê Lợi.", "Nộp ở xã nào trong tỉnh cũng được (theo Nghị định 118/2025/NĐ-CP)."


def lines(contact: dict[str, Any], **changes: Any) -> list[str]:
    record = procedure(**changes)
    answer = compose(record, ("place",), DAY, contact)
    assert verify(answer, record, contact) is answer
    return answer.text.splitlines()


@pytest.mark.parametrize(("place", "level", "told"), [
    ({"agency": "Xã"}, "commune", {ADDRESS, ANYWHERE}), ({"agency": "Xã", "where": AT_CENTRE}, "commune", {ADDRESS, ANYWHERE}),
    ({"agency": "Sở", "where": AT_CENTRE}, "province", {ADDRESS, ANYWHERE}), ({"agency": "Bộ", "where": AT_CENTRE}, "ministry", set()),
    ({"agency": "Xã", "where": f"{AT_CENTRE} nơi cư trú"}, "commune", {ADDRESS}), ({"agency": "Xã", "where": AT_CENTRE, "note": "xã khác cũng nhận"}, "commune", {ADDRESS}),
    ({"agency": "Xã", "where": f"{AT_CENTRE} có cộng tác viên"}, "commune", {ADDRESS}), ({"agency": "Trường", "where": "nộp tại trường"}, "commune", set()),
])
def test_the_centre_is_told_where_the_record_leaves_it_open(place: dict[str, str], level: str, told: set[str]) -> None:
    assert {ADDRESS, ANYWHERE} & set(lines(CENTRE, place=place, level=level)) == told


def test_another_desk_s_address_is_told_and_nothing_else() -> None:
    found = lines({"name": "Công an xã", "address": "7 Lê Lợi", "source": "biển hiệu"}, place={"agency": "Công an", "where": "nộp ở nơi đăng ký"})
    assert "Địa chỉ Công an xã: 7 Lê Lợi." in found and not any("tỉnh" in line for line in found)


@pytest.mark.parametrize(("code", "anywhere"), [
    ("2.001035", True), ("2.000815", True), ("1.013225", True), ("1.001193", False), ("1.001776", False), ("1.001612", False), ("2.000992", False),
    ("1.004194", False), ("1.001622", False), ("2.001199", False),
])
def test_of_the_office_s_own_records(real_procedures: list[Procedure], root: Path, code: str, anywhere: bool) -> None:
    contacts = read_yaml(root / "data" / "province" / "ca-mau.yml")["contacts"]
    record = next(record for record in real_procedures if record.code == code)
    assert ("118/2025" in compose(record, ("place",), DAY, contacts[record.contact]).text) is anywhere

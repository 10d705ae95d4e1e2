"""Contacts: what the office writes is read as it is meant, or refused with the place and what is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.catalogue import DataError
from index.contacts import read_contacts, week

from ..small import write_yaml

DAY = {"days": [2, 3], "spells": ["07:00-11:00", "13:00-17:00"], "source": "thông báo"}


def test_a_week_is_read_from_monday_and_a_day_without_a_row_is_off() -> None:
    rows = [DAY, {"days": [7], "spells": ["07:30-11:00"], "source": "thông báo"}]
    whole = ((420, 660), (780, 1020))
    assert week({"hours": rows}) == (whole, whole, (), (), (), ((450, 660),), ())
    assert week({}) is None


@pytest.mark.parametrize(("hours", "message"), [
    ("7 giờ", "expected a list of rows"), ([], "expected a list of rows"), (["7 giờ"], r"hours\[0\]: expected days, spells and source"),
    ([{**DAY, "note": "x"}], "and nothing else"), ([{**DAY, "source": ""}], "expected days, spells and source"),
    ([{**DAY, "days": [1]}], "from 2"), ([{**DAY, "days": ["thứ Hai"]}], "from 2"), ([DAY, {**DAY, "days": [3, 4]}], r"hours\[1\].days is \[3, 4\]"),
    ([{**DAY, "spells": ["7:00-11:00"]}], r"hours\[0\].spells"), ([{**DAY, "spells": ["13:00-17:00", "07:00-11:00"]}], "one after the other"),
    ([{**DAY, "spells": ["11:00-07:00"]}], "one after the other"), ([{**DAY, "spells": "07:00-11:00"}], "spells is '07:00-11:00'"),
])
def test_hours_that_are_written_otherwise_are_refused(hours: Any, message: str) -> None:
    with pytest.raises(DataError, match=message):
        week({"hours": hours})


@pytest.mark.parametrize(("row", "message"), [
    ({"address": "5 Lê Lợi"}, "contacts.commune: expected at least a name"),
    ({"name": "Xã", "adress": "5 Lê Lợi"}, "contacts.commune: unknown adress; expected some of address, filing, hours"),
    ({"name": "Xã", "phone": "0290"}, "without its source"),
    ({"name": "Xã", "filing": "ở đâu cũng được"}, "expected text and source"),
    ({"name": "Xã", "hours": [{**DAY, "days": [9]}]}, r"contacts.commune: hours\[0\].days is \[9\]"),
])
def test_a_bad_contact_is_named(tmp_path: Path, row: dict[str, Any], message: str) -> None:
    path = write_yaml(tmp_path / "ca-mau.yml", {"code": "ca-mau", "contacts": {"commune": row}})
    with pytest.raises(DataError, match=f"ca-mau.yml: {message}" if message.startswith("contacts") else message):
        read_contacts(path)


@pytest.mark.parametrize("content", [None, {}, {"contacts": {}}, {"contacts": {"tax": {"name": "Thuế"}}}])
def test_a_file_without_the_commune_is_refused(tmp_path: Path, content: Any) -> None:
    with pytest.raises(DataError, match="commune among them"):
        read_contacts(write_yaml(tmp_path / "ca-mau.yml", content))


def test_only_the_centres_of_the_decree_take_files_from_anywhere(root: Path) -> None:
    contacts = read_contacts(root / "data" / "province" / "ca-mau.yml")["contacts"]
    assert {key for key, row in contacts.items() if row.get("filing")} == {"commune", "province_centre"}
    assert {row["filing"]["source"] for row in contacts.values() if row.get("filing")} == {"Nghị định 118/2025/NĐ-CP"}

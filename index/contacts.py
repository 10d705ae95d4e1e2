"""data/province/ca-mau.yml in, the province's contacts out: whom to ask, where to go, when somebody is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from index.catalogue import DataError, read_yaml

KEYS = {"name", "address", "phone", "note", "source", "hours", "filing"}
WEEKDAYS = range(2, 9)
"""As Vietnamese counts them: 2 = thứ Hai … 7 = thứ Bảy, 8 = Chủ nhật."""
TO_FILL = ("address", "phone", "hours")
"""What the office would best tell of each contact."""
Spells = tuple[tuple[int, int], ...]
"""Times of work of one day, in minutes from midnight, in order: ((420, 660), (780, 1020))."""
_SPELL = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


def read_contacts(path: Path) -> dict[str, Any]:
    """The whole file, its contacts checked. Raises DataError: file, contact, what is there, what is wanted."""
    province = read_yaml(path)
    contacts = province.get("contacts") if isinstance(province, Mapping) else None
    if not isinstance(contacts, Mapping) or "commune" not in contacts:
        raise DataError(f"{path}: contacts: expected contacts by key, commune among them")
    for key, row in contacts.items():
        if problem := _problem(row):
            raise DataError(f"{path}: contacts.{key}: {problem}")
    return dict(province)


def _problem(row: Any) -> str | None:
    if not isinstance(row, Mapping) or not row.get("name"):
        return "expected at least a name"
    if odd := sorted(map(str, set(row) - KEYS)):
        return f"unknown {', '.join(odd)}; expected some of {', '.join(sorted(KEYS))}"
    if (row.get("phone") or row.get("address")) and not row.get("source"):
        return "an address or a phone without its source"
    filing = row.get("filing")
    if filing is not None and (not isinstance(filing, Mapping) or set(filing) != {"text", "source"}):
        return f"filing: is {filing!r}; expected text and source"
    try:
        week(row)
    except DataError as error:
        return str(error)
    return None


def week(contact: Mapping[str, Any]) -> tuple[Spells, ...] | None:
    """Seven days from Monday, () on a day without work; None while nobody has told the hours. Raises DataError."""
    rows = contact.get("hours")
    if rows is None:
        return None
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        raise DataError(f"hours: is {rows!r}; expected a list of rows, or nothing")
    found: dict[int, Spells] = {}
    for n, row in enumerate(rows):
        if not isinstance(row, Mapping) or set(row) != {"days", "spells", "source"} or not row["source"]:
            raise DataError(f"hours[{n}]: expected days, spells and source, and nothing else")
        days = row["days"]
        if not isinstance(days, list) or not days or any(day not in WEEKDAYS or day in found for day in days):
            raise DataError(f"hours[{n}].days is {days!r}; expected numbers from 2 (thứ Hai) to 8 (Chủ nhật), each day in one row only")
        spells = read_spells(row["spells"])
        if spells is None or not in_order(spells):
            raise DataError(f'hours[{n}].spells is {row["spells"]!r}; expected e.g. ["07:00-11:00", "13:00-17:00"], one after the other')
        found |= dict.fromkeys(days, spells)
    return tuple(found.get(day, ()) for day in WEEKDAYS)


def read_spells(rows: Any) -> Spells | None:
    """["07:00-11:00", "13:00-17:00"] → ((420, 660), (780, 1020)), in the order written; None when a row is written otherwise."""
    matches = [_SPELL.fullmatch(row) if isinstance(row, str) else None for row in rows] if isinstance(rows, list) else []
    if not matches or None in matches:
        return None
    parts = [[int(part) for part in match.groups()] for match in matches if match]
    return tuple((a * 60 + b, c * 60 + d) for a, b, c, d in parts)


def in_order(spells: Spells) -> bool:
    """Whether each spell ends after it begins and before the next one."""
    edges = [edge for spell in spells for edge in spell]
    return edges == sorted(set(edges))

"""The contacts of province/ca-mau.yml <-> the fields of a form; hours as lines a person can type: "2-6: 07:00-11:00, 13:00-17:00 | nguồn"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.staff.content import yaml_text
from bot.staff.content.yaml_text import same_ends
from bot.staff.procedures.splice import spliced

PARTS = ("name", "address", "phone", "note", "source", "filing_text", "filing_source", "hours")
_ORDER = ("name", "address", "phone", "note", "source", "hours", "filing")
_LINE = re.compile(r"\s*([2-8](?:\s*[-,]\s*[2-8])*)\s*:\s*([^|]+?)\s*\|\s*(\S.*?)\s*")


class HoursError(ValueError):
    """A Vietnamese sentence."""


def to_form(contact: Mapping[str, Any]) -> dict[str, str]:
    """All of PARTS; "" for what nobody has told."""
    filing = contact.get("filing") or {}
    plain = {part: str(contact.get(part) or "") for part in ("name", "address", "phone", "note", "source")}
    hours = "\n".join(_line(row) for row in contact.get("hours") or [])
    return plain | {"filing_text": str(filing.get("text") or ""), "filing_source": str(filing.get("source") or ""), "hours": hours}


def write(text: str, typed: Mapping[str, Mapping[str, str]]) -> str:
    """The file with the contacts as typed, by key; contacts that are not among them stay. Raises DataError, HoursError."""
    raw = yaml_text.read(text)
    contacts = {key: _contact(row, typed[key]) if key in typed else row for key, row in raw["contacts"].items()}
    return same_ends(spliced(text, {**raw, "contacts": contacts}), text)


def _contact(old: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    new: dict[str, Any] = {part: " ".join(typed.get(part, "").split()) for part in ("name", "address", "phone", "note", "source")}
    new["filing"] = {"text": typed.get("filing_text", ""), "source": typed.get("filing_source", "")}
    new["filing"] = new["filing"] if any(new["filing"].values()) else None
    new["hours"] = [_hours(line) for line in typed.get("hours", "").splitlines() if line.strip()]
    # What was not there and is still empty stays away; what was there as null stays null.
    row = {key: (new[key] or None) if key in new else old[key] for key in old if key not in new or new[key] or old[key] is None}
    more = {key: new[key] for key in _ORDER if key not in old and new[key]}
    return {**row, **more}


def _line(row: Mapping[str, Any]) -> str:
    days = list(row["days"])
    run = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    shown = f"{days[0]}-{days[-1]}" if run else ", ".join(map(str, days))
    return f"{shown}: {', '.join(row['spells'])} | {row['source']}"


def _hours(line: str) -> dict[str, Any]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise HoursError(f'Dòng giờ làm việc "{line.strip()}" chưa đúng; cần dạng: 2-6: 07:00-11:00, 13:00-17:00 | nguồn.')
    days: list[int] = []
    for part in match[1].split(","):
        first, _, last = (piece.strip() for piece in part.partition("-"))
        days += range(int(first), int(last or first) + 1)
    return {"days": days, "spells": [spell.strip() for spell in match[2].split(",")], "source": match[3]}

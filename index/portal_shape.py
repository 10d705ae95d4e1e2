"""Safe access to the portal's JSON: a field of the wrong type counts as missing and is noted, nothing raises."""

from __future__ import annotations

import math
from typing import Any

from index.finding import Notes
from index.portal_text import clean

CHANNELS = {"DIRECT": "direct", "ONLINE": "online", "POSTAL": "post"}


def mapping(value: Any, key: str, notes: Notes, part: str) -> dict[str, Any]:
    """`value[key]` when it is an object, {} otherwise."""
    found = value.get(key)
    if found is not None and not isinstance(found, dict):
        notes.found("missing_part", part, f"{key} is a {type(found).__name__}")
    return found if isinstance(found, dict) else {}


def rows(value: dict[str, Any], key: str, notes: Notes, part: str) -> list[dict[str, Any]]:
    """The objects in the list `value[key]`; nulls in it are normal and dropped."""
    found = value.get(key)
    if found is None:
        return []
    if not isinstance(found, list) or any(item is not None and not isinstance(item, dict) for item in found):
        notes.found("missing_part", part, f"{key} is not a list of objects")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def raw_text(value: dict[str, Any], key: str, notes: Notes, part: str) -> str:
    """`value[key]` as it came, line breaks included; "" when it is no text."""
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        notes.found("missing_part", part, f"{key} is a {type(found).__name__}")
    return found if isinstance(found, str) else ""


def text(value: dict[str, Any], key: str, notes: Notes, part: str) -> str:
    """`value[key]` in one clean line; "" when it is no text."""
    return clean(raw_text(value, key, notes, part))


def names(value: dict[str, Any], key: str, notes: Notes, part: str) -> list[str]:
    """The names in the list `value[key]`, clean, in order, each once."""
    return list(dict.fromkeys(name for row in rows(value, key, notes, part) if (name := text(row, "name", notes, part))))


def number(value: Any) -> int | float | None:
    """A number above zero, written as number or digits; whole ones as int. None for everything else."""
    if isinstance(value, str) and value.strip().isascii():
        try:
            value = float(value.strip())
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or value <= 0:
        return None
    return int(value) if value == int(value) else value

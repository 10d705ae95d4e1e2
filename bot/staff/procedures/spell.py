"""A value in, its YAML in the manner of data/procedures out: rows in braces, quotes only where YAML needs them."""

from __future__ import annotations

import re
from typing import Any

BLOCKS = ("place", "unknown")
"""Mappings that are written with a key a line."""
_RISKY = re.compile(r"""[,\[\]{}#&*!|>'"%@`\\:]|^[-?=~<.]|^\s|\s$""")
_QUOTED = re.compile(r"[\d.:/+_-]+|https?://\S*", re.ASCII)
"""What plain YAML would read as a number, a time or a day, and addresses: in double quotes, as the files have them."""
_WORDS = {"", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"}


def scalar(value: Any) -> str:
    """One line: 7, null, true, plain text, 'text, quoted', "2026-11-22"."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = " ".join(str(value).split())
    if _QUOTED.fullmatch(text) and not set(text) & set('"\\'):
        return f'"{text}"'
    if _RISKY.search(text) or text.lower() in _WORDS or re.fullmatch(r"[-+.\d][\d_.,eE+-]*", text):
        return "'" + text.replace("'", "''") + "'"
    return text


def inline(value: Any) -> str:
    """{name: Tờ khai, originals: 1} and [a, b] on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return scalar(value)


def fresh(value: Any, key: str = "", indent: int = 0) -> str:
    """What stands behind "key:", without the last line end."""
    inner = " " * (indent + 2)
    if isinstance(value, list) and value:
        return "".join(f"\n{inner}- {inline(row)}" for row in value)
    if isinstance(value, dict) and value and key in BLOCKS:
        return "".join(f"\n{inner}{name}: {inline(item)}" for name, item in value.items())
    return f" {inline(value)}"

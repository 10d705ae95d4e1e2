"""One line of a YAML file set, added or taken away in its text; all other bytes stay."""

from __future__ import annotations

import json
from typing import Any

import yaml

from bot.staff.procedures.spell import scalar
from index.catalogue import compose_yaml


def read(text: str) -> Any:
    """The values, as index.catalogue reads them. Raises DataError."""
    return compose_yaml(text)[1]


def quoted(value: str) -> str:
    """One line of YAML that keeps line ends and blanks."""
    plain = scalar(value)
    return plain if " ".join(value.split()) == value else json.dumps(value, ensure_ascii=False)


def set_key(text: str, key: str, value: str | None) -> str:
    """`key: value` at the top level; None takes it away. Raises DataError for a text that is no YAML."""
    node, _ = compose_yaml(text)
    starts = [0, *(n + 1 for n, letter in enumerate(text) if letter == "\n")]
    if not isinstance(node, yaml.MappingNode):
        return f"{_ended(text)}{scalar(key)}: {quoted(value)}\n" if value is not None else text
    for name, row in node.value:
        if name.value != key:
            continue
        start, end = row.start_mark.index, row.end_mark.index
        block = isinstance(row, yaml.ScalarNode) and row.style in ("|", ">")
        if value is not None:
            return f"{text[:start]}{quoted(value)}{chr(10) if block else ''}{text[end:]}"
        line = row.end_mark.line if block and row.end_mark.column == 0 else row.end_mark.line + 1
        return text[: starts[name.start_mark.line]] + (text[starts[line] :] if line < len(starts) else "")
    return text if value is None else f"{_ended(text)}{scalar(key)}: {quoted(value)}\n"


def same_ends(new: str, old: str | None) -> str:
    """A text as a form sends it, with the line ends of the text that was there; the very same bytes when only they differ."""
    new = new.replace("\r\n", "\n").replace("\r", "\n")
    if old is None:
        return new
    if old.replace("\r\n", "\n").replace("\r", "\n") == new:
        return old
    return new.replace("\n", "\r\n") if old.count("\r\n") * 2 > old.count("\n") else new


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"

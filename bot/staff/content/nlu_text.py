"""A file of data/nlu and one intent in, its examples out; and the file with some more or fewer. Lines change, nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.staff.content import yaml_text
from bot.staff.content.checks_shape import examples

_INTENT = re.compile(r"^\s*-\s+intent:\s*[\"']?([\w-]+)[\"']?\s*$")
_EXAMPLE = re.compile(r"^(\s+)- (.*\S)\s*$")
MOST_CHARS = 300


def by_intent(text: str) -> dict[str, list[str]]:
    """Intent -> its examples in file order. Raises DataError, ValueError or TypeError for a file of another form."""
    found: dict[str, list[str]] = {}
    for block in (yaml_text.read(text) or {}).get("nlu") or []:
        found.setdefault(block["intent"], []).extend(examples(block["examples"]))
    return found


def plain(text: str, intent: str) -> bool:
    """Whether its examples stand a line each, so that they can be changed here; those with aspects of their own do not."""
    start, end, rows = _block(text.split("\n"), intent)
    return (
        start >= 0 and bool(rows) and not any(re.match(r"^\s+- text:|^\s+metadata:", line) for line in text.split("\n")[start:end])
    )


def added(text: str, intent: str, new: Sequence[str]) -> str:
    """At the end of the intent's examples. Raises ValueError when it has none here, or a sentence is none."""
    lines = text.split("\n")
    _, _, rows = _block(lines, intent)
    if not rows or not plain(text, intent):
        raise ValueError(f"{intent}: no plain examples in this file")
    at = rows[-1]
    indent = _EXAMPLE.match(lines[at])[1]  # type: ignore[index]
    cr = "\r" if lines[at].endswith("\r") else ""
    return "\n".join([*lines[: at + 1], *(f"{indent}- {sentence}{cr}" for sentence in new), *lines[at + 1 :]])


def removed(text: str, intent: str, sentence: str) -> str:
    """Without one example. Raises ValueError when it is not there, or is the last one."""
    lines = text.split("\n")
    _, _, rows = _block(lines, intent)
    at = next((row for row in rows if _EXAMPLE.match(lines[row])[2] == sentence), None)  # type: ignore[index]
    if at is None or len(rows) == 1 or not plain(text, intent):
        raise ValueError(f"{intent}: no such example, or the last one")
    return "\n".join([*lines[:at], *lines[at + 1 :]])


def faults(new: Sequence[str], known: dict[str, str], intent: str) -> str:
    """ "" or a sentence: empty, too long, twice, or another intent's. known: example, casefolded -> its intent."""
    for n, sentence in enumerate(new):
        if len(sentence) > MOST_CHARS:
            return f'Câu "{sentence[:40]}…" dài {len(sentence)} chữ cái; nhiều nhất {MOST_CHARS}.'
        if sentence.casefold() in [other.casefold() for other in new[:n]]:
            return f'Câu "{sentence}" có hai lần.'
        owner = known.get(sentence.casefold())
        if owner is not None:
            where = "ý định này" if owner == intent else f'ý định "{owner}"'
            return f'Câu "{sentence}" đã có ở {where}.'
    return "" if new else "Anh/chị ghi ít nhất một câu."


def _block(lines: list[str], intent: str) -> tuple[int, int, list[int]]:
    """(first line, line behind the last, lines of examples); -1 when the intent is not here."""
    heads = [(n, match[1]) for n, line in enumerate(lines) if (match := _INTENT.match(line.rstrip("\r")))]
    for position, (n, name) in enumerate(heads):
        if name == intent:
            end = heads[position + 1][0] if position + 1 < len(heads) else len(lines)
            return n, end, [row for row in range(n + 1, end) if _EXAMPLE.match(lines[row].rstrip("\r"))]
    return -1, -1, []

"""Two people's texts and the one both began with in, the text with both people's lines out; None where they touch the same place."""

from __future__ import annotations

from difflib import SequenceMatcher


def merged(base: str, mine: str, theirs: str) -> str | None:
    """By lines. None also when two changes only touch each other: then a person decides."""
    first = base.splitlines(keepends=True)
    edits = [*_edits(first, mine), *_edits(first, theirs)]
    edits = sorted(set(edits), key=lambda edit: edit[:2])
    for one, two in zip(edits, edits[1:], strict=False):
        if two[0] <= one[1]:
            return None
    parts, at = [], 0
    for start, end, lines in edits:
        parts += [*first[at:start], *lines]
        at = end
    return "".join([*parts, *first[at:]])


def _edits(base: list[str], text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """(from, to, lines instead): of the lines of `base`."""
    lines = text.splitlines(keepends=True)
    found = SequenceMatcher(None, base, lines, autojunk=False).get_opcodes()
    return [(a, b, tuple(lines[c:d])) for tag, a, b, c, d in found if tag != "equal"]

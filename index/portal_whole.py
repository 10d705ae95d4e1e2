"""What the draft of a portal record leaves out for the sake of answers: its steps and conditions in full, and every text that was cut.

Answers name a step by its first sentence; the readable page of the procedure owes the citizen all of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from index.finding import Notes
from index.portal_lines import STEP
from index.portal_shape import raw_text, rows, text
from index.portal_text import clean, lines, strings
from index.portal_ways import agencies
from index.procedure import Procedure, Whole

CUT = "…"
TAIL = 40
"""Characters before a cut by which it is found again in the source."""


def whole(detail: dict[str, Any], procedure: Procedure) -> Whole | None:
    """What a page shows in place of the draft's texts; None when the draft says everything."""
    quiet = Notes(procedure.code)  # what is of the wrong shape was noted when the draft was made
    steps = tuple(tuple(step) for step in _steps(detail, quiet))
    conditions = () if procedure.unknown_reason("conditions") else tuple(lines(raw_text(detail, "requirementsAndConditions", quiet, "")))
    written = (found for value in strings(detail) for found in (clean(value), *lines(value)) if found)
    source = list(dict.fromkeys((agencies(detail, quiet), *written)))
    texts = tuple((short, long) for short in dict.fromkeys(_cut(procedure)) if (long := _longer(short, source)))
    if tuple(" ".join(step) for step in steps) == procedure.steps and conditions == procedure.conditions and not texts:
        return None
    return Whole(steps, conditions, texts)


def in_full(procedure: Procedure) -> Procedure:
    """The record with the source's whole texts where its own are shortened, each step its lines joined by line breaks; the same
    record when nothing was left out."""
    if procedure.whole is None:
        return procedure
    full = _replaced(procedure, dict(procedure.whole.texts))
    steps = tuple("\n".join(step) for step in procedure.whole.steps)
    return dataclasses.replace(full, steps=steps or full.steps, conditions=procedure.whole.conditions or full.conditions)


def _steps(detail: dict[str, Any], notes: Notes) -> Iterator[list[str]]:
    """The lines of each step, its name first. A single row without a name holds all steps, told apart by "Bước 2", or line by line."""
    listed = rows(detail, "executionSteps", notes, "")
    for row in listed:
        name, said = text(row, "name", notes, "").rstrip(" .:;"), lines(raw_text(row, "description", notes, ""))
        if name or len(listed) > 1:
            if said and (said[0].casefold().startswith(name.casefold()) or STEP.fullmatch(name)):
                name = ""  # a page numbers its steps itself
            step = [*([name] if name else []), *said]
            if step:
                yield step
        elif any(STEP.match(line) for line in said):
            yield from _numbered(said)
        else:
            yield from ([line] for line in said)


def _numbered(said: Sequence[str]) -> Iterator[list[str]]:
    step: list[str] = []
    for line in said:
        if STEP.match(line) and step:
            yield step
            step = []
        step.append(line)
    yield step


def _cut(value: Any) -> Iterator[str]:
    """Every text of a record that ends in "…", but for steps and conditions, which are replaced as a whole."""
    if isinstance(value, str):
        if value.endswith(CUT):
            yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("steps", "conditions", "whole", "warnings", "unknown"):
                yield from _cut(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _cut(item)


def _longer(short: str, source: Sequence[str]) -> str | None:
    """`short`, which the draft may have begun with words of its own, and how the source goes on after it; None when it does not."""
    head = short[: -len(CUT)]
    for tail in (head, head[-TAIL:]):
        for said in source:
            at = said.casefold().find(tail.casefold())
            if at >= 0 and (rest := said[at + len(tail) :]):
                return head + rest
    return None


def _replaced(value: Any, texts: dict[str, str]) -> Any:
    if isinstance(value, str):
        return texts.get(value, value)
    if isinstance(value, tuple):
        return tuple(_replaced(item, texts) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, (type, Whole)):
        return dataclasses.replace(value, **{f.name: _replaced(getattr(value, f.name), texts) for f in dataclasses.fields(value)})
    return value

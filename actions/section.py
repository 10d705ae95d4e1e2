"""One part of an answer: its lines, the facts in them, and how much of it the record settles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions import words
from index.procedure import Procedure


@dataclass
class Section:
    """Lines of one aspect and the facts in them. known is False when the record does not settle the aspect; whole is False when
    it settles a part only, such as that a fee is charged and who sets it, but not how much. expired is True when something of the
    aspect has ended by the day asked about and nothing has taken its place."""

    lines: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    known: bool = True
    whole: bool = True
    expired: bool = False

    def say(self, line: str, *facts: tuple[str, str]) -> None:
        """One line; facts are (field path, value as shown)."""
        self.lines.append(line)
        self.facts.extend(facts)


Composer = Callable[[Procedure, date, Mapping[str, Any]], Section]
"""(record, day, whom to ask) -> one part; one small function an aspect."""


def listing(procedure: Procedure, aspect: str, title: str, *, numbered: bool = False) -> Section:
    """The rows of a part that is a list of sentences, one fact each."""
    section = Section()
    section.say(title)
    for n, row in enumerate(getattr(procedure, aspect)):
        section.say(f"{n + 1}. {row}" if numbered else f"- {row}", (f"{aspect}[{n}]", row))
    return section


def circumstance(procedure: Procedure, case_id: str | None, channel: str | None) -> str:
    """The case and the way of filing in words, "" when the row is for everybody."""
    parts = [words.lower_first(procedure.case_name(case_id) or ""), words.CHANNELS.get(channel or "", "")]
    return ", ".join(part for part in parts if part)


def case_fact(procedure: Procedure, case_id: str | None) -> list[tuple[str, str]]:
    """The fact that a case is named; none without a case."""
    return [(f"cases[{n}].name", case.name) for n, case in enumerate(procedure.cases) if case.id == case_id]


def channel(procedure: Procedure, aspect: str, statuses: Mapping[str, str]) -> Section:
    """Whether one way of filing or returning is open. statuses: status -> what is said of it; any other one is not settled."""
    way = getattr(procedure, aspect)
    section = Section(known=way.status != "unknown")
    value = statuses.get(way.status, "tôi chưa có thông tin chắc chắn")
    note = f"; {way.note}" if way.note else ""
    facts = [(f"{aspect}.status", way.status)] + ([(f"{aspect}.note", way.note)] if way.note else [])
    section.say(f"{words.ASPECT_TITLES[aspect]}: {value}{note.rstrip('.')}.", *facts)
    return section

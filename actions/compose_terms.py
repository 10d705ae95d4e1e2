"""Time, filing online and place of a procedure -> parts of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions import words
from actions.section import Section, case_fact, channel, circumstance
from index.procedure import Procedure


def compose_duration(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Each time limit with its case and channel; a single one in one line."""
    section = Section()
    rows = [(n, row, circumstance(procedure, row.case, row.channel)) for n, row in enumerate(procedure.duration)]
    if len(rows) > 1:
        section.say("Thời hạn giải quyết:")
    for n, row, when in rows:
        note = f" ({row.note})" if row.note and row.unit else ""
        head = "Thời hạn giải quyết" if len(rows) == 1 else "-"
        label = f" {when}:" if when else ":" if len(rows) == 1 else ""
        facts = [(f"duration[{n}]", words.limit(row))] + ([(f"duration[{n}].note", row.note)] if row.note else [])
        section.say(f"{head}{label} {words.limit(row)}{note}.", *facts, *case_fact(procedure, row.case))
    return section


def compose_online(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Whole, part, booking only, or not at all."""
    return channel(
        procedure,
        "online",
        {
            "full": "được, làm trọn trên mạng (toàn trình)",
            "partial": "được một phần, vẫn còn bước phải nộp giấy hoặc đến nơi",
            "appointment": "chỉ đặt lịch hẹn trên mạng, sau đó anh/chị phải đến làm trực tiếp",
            "not_accepted": "không có, anh/chị nộp theo cách khác",
        },
    )


def compose_place(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Who decides, where to hand in, and the desk's address when it has a sourced one."""
    section = Section()
    place = procedure.place
    section.say(f"Cơ quan giải quyết: {place.agency}.", ("place.agency", place.agency))
    for key in ("where", "note"):
        if getattr(place, key):
            section.say(words.sentence(getattr(place, key)), (f"place.{key}", getattr(place, key)))
    return section

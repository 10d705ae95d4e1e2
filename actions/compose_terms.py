"""Time, filing online and place of a procedure -> parts of an answer."""

from __future__ import annotations

import re
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


CENTRE = "Trung tâm Phục vụ hành chính công"
_TERRITORY = re.compile(r"\bnơi\b|\bbất kỳ\b|\bkhác\b|\btrong (?:tỉnh|cả nước)\b|\b(?:ở|của) tỉnh\b|\btrường\b|\bphường có\b", re.I)
"""Words of a record that say at which of several places to file: what it says holds, not the rule for the whole province."""


def compose_place(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Who decides, where to hand in, the desk's address when it has a sourced one, and that any centre of the province takes it
    where that is so."""
    section = Section()
    place = procedure.place
    section.say(f"Cơ quan giải quyết: {place.agency}.", ("place.agency", place.agency))
    for key in ("where", "note"):
        if getattr(place, key):
            section.say(words.sentence(getattr(place, key)), (f"place.{key}", getattr(place, key)))
    where = f"{place.where or ''} {place.note or ''}"
    local = procedure.level in ("commune", "province")
    # A record that names a place of its own is not sent to the centre, though the centre may be asked about it.
    there = local and (not where.strip() or CENTRE in where) if CENTRE in contact["name"] else True
    if there and (address := contact.get("address")):
        section.say(f"Địa chỉ {contact['name']}: {address}.", ("contact.address", address))
    if there and local and (filing := contact.get("filing")) and not _TERRITORY.search(where):
        section.say(
            f"{filing['text']} (theo {filing['source']}).",
            ("contact.filing.text", filing["text"]),
            ("contact.filing.source", filing["source"]),
        )
    return section

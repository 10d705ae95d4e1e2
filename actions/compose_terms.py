"""Time, money, ways of filing and place of a procedure -> parts of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions import words
from actions.section import Section, case_fact, circumstance
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


def compose_fees(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """The rows in force on `day`; what is charged without a settled amount is said to be so, with who sets it."""
    section = Section()
    rows = [(n, fee) for n, fee in enumerate(procedure.fees) if fee.valid_on(day)]
    section.whole = all(words.amount(fee) for _, fee in rows)
    if not rows:
        section.known = False
        section.say("Phí, lệ phí: mức tôi có đã hết hiệu lực, chưa có mức mới.")
        return section
    section.say("Phí, lệ phí:")
    for n, fee in rows:
        conditions = [part for part in (circumstance(procedure, fee.case, fee.channel), fee.condition or "") if part]
        if fee.effective_to:
            conditions.append(f"áp dụng đến hết ngày {words.day(fee.effective_to)}")
        value = words.amount(fee) or "có thu, chưa rõ mức"
        tail = f"; {fee.note}" if fee.note else ""
        basis = f"; theo {fee.source}" if fee.source else ""
        shown = [(f"fees[{n}].{key}", getattr(fee, key)) for key in ("condition", "note", "source") if getattr(fee, key)]
        ends = [(f"fees[{n}].effective_to", words.day(fee.effective_to))] if fee.effective_to else []
        section.say(
            f"- {fee.name}{' (' + '; '.join(conditions) + ')' if conditions else ''}: {value}{tail}{basis}.",
            (f"fees[{n}].name", fee.name),
            *([(f"fees[{n}]", value)] if words.amount(fee) else []),
            *shown,
            *ends,
            *case_fact(procedure, fee.case),
        )
    return section


def compose_post_submit(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """May the dossier be posted."""
    return _channel(procedure, "post_submit", {"accepted": "được", "not_accepted": "không được, anh/chị nộp theo cách khác"})


def compose_post_return(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """May the result come by post."""
    return _channel(procedure, "post_return", {"accepted": "được", "not_accepted": "không, anh/chị đến nhận"})


def compose_online(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Whole, part, booking only, or not at all."""
    return _channel(
        procedure,
        "online",
        {
            "full": "được, làm trọn trên mạng (toàn trình)",
            "partial": "được một phần, vẫn còn bước phải nộp giấy hoặc đến nơi",
            "appointment": "chỉ đặt lịch hẹn trên mạng, sau đó anh/chị phải đến làm trực tiếp",
            "not_accepted": "không có, anh/chị nộp theo cách khác",
        },
    )


def _channel(procedure: Procedure, aspect: str, statuses: Mapping[str, str]) -> Section:
    channel = getattr(procedure, aspect)
    section = Section(known=channel.status != "unknown")
    value = statuses.get(channel.status, "tôi chưa có thông tin chắc chắn")
    note = f"; {channel.note}" if channel.note else ""
    facts = [(f"{aspect}.status", channel.status)] + ([(f"{aspect}.note", channel.note)] if channel.note else [])
    section.say(f"{words.ASPECT_TITLES[aspect]}: {value}{note.rstrip('.')}.", *facts)
    return section


def compose_place(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Who decides, where to hand in, and the desk's address when it has a sourced one."""
    section = Section()
    place = procedure.place
    section.say(f"Cơ quan giải quyết: {place.agency}.", ("place.agency", place.agency))
    for key in ("where", "note"):
        if getattr(place, key):
            section.say(words.sentence(getattr(place, key)), (f"place.{key}", getattr(place, key)))
    return section

"""The fees of a procedure on a day -> a part of an answer: what is in force, until when, what comes after, what has ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from actions import words
from actions.section import Section, case_fact, circumstance
from index.portal_fees import last_day
from index.procedure import Fee, Procedure

SOON = timedelta(days=31)
"""Before the last day of a fee row, from when on what comes after it is told too."""
MAY_CHANGE = "sau ngày đó mức phí có thể đổi, anh/chị hỏi lại"


def compose_fees(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """The rows in force on `day`; what is charged without a settled amount is said to be so, with who sets it. An amount that has
    ended is never told, only that it has."""
    section = Section()
    rows = [(n, fee) for n, fee in enumerate(procedure.fees) if fee.valid_on(day)]
    gone = ended_fees(procedure, day)
    section.whole = not gone and all(words.amount(fee) for _, fee in rows)
    if not rows:
        section.known = False
        section.say("Phí, lệ phí: mức tôi có đã hết hiệu lực, chưa có mức mới.")
        return section
    section.say("Phí, lệ phí:")
    for n, fee in rows:
        conditions = [part for part in (circumstance(procedure, fee.case, fee.channel), fee.condition or "") if part]
        if until := until_when(fee):
            conditions.append(until)
        value = words.amount(fee) or "có thu, chưa rõ mức"
        tail = f"; {fee.note}" if fee.note else ""
        basis = f"; theo {fee.source}" if fee.source else ""
        after, after_facts = _after(procedure, fee, day)
        shown = [(f"fees[{n}].{key}", getattr(fee, key)) for key in ("condition", "note", "source") if getattr(fee, key)]
        ends = [(f"fees[{n}].effective_to", words.day(fee.effective_to))] if until else []
        section.say(
            f"- {fee.name}{' (' + '; '.join(conditions) + ')' if conditions else ''}: {value}{tail}{basis}{after}.",
            (f"fees[{n}].name", fee.name),
            *([(f"fees[{n}]", value)] if words.amount(fee) else []),
            *shown,
            *ends,
            *after_facts,
            *case_fact(procedure, fee.case),
        )
    for n, fee in gone:
        section.expired = True
        end = words.day(fee.effective_to)
        section.say(f"- {ended_line(fee)}", (f"fees[{n}].name", fee.name), (f"fees[{n}].effective_to", end))
    return section


def until_when(fee: Fee) -> str:
    """"áp dụng đến hết ngày 31/12/2026"; "" for a row without an end, and for one whose note names that day itself: it then says
    what holds so long, which need not be the amount beside it ("áp dụng mức 25.000 đồng đến hết ngày 31/12/2026")."""
    if fee.effective_to is None or last_day(fee.note or "") == fee.effective_to:
        return ""
    return f"áp dụng đến hết ngày {words.day(fee.effective_to)}"


def ended_fees(procedure: Procedure, day: date) -> list[tuple[int, Fee]]:
    """(place, row) of each name whose last row ended before `day` and that no row in force goes on with, in the order of the record."""
    valid = [fee.name for fee in procedure.fees if fee.valid_on(day)]
    gone: dict[str, tuple[int, Fee]] = {}
    for n, fee in enumerate(procedure.fees):
        if fee.effective_to and fee.effective_to < day and not any(fee.name.startswith(name) for name in valid):
            known = gone.get(fee.name)
            if known is None or known[1].effective_to < fee.effective_to:
                gone[fee.name] = (n, fee)
    return list(gone.values())


def ended_line(fee: Fee) -> str:
    """What is said of a row that has ended: its name and its last day, never its amount."""
    return f"{fee.name}: mức đã ghi chỉ áp dụng đến hết ngày {words.day(fee.effective_to)}, chưa có mức mới."


def next_fees(procedure: Procedure, fee: Fee) -> list[tuple[int, Fee]]:
    """(place, row) of those in force on the day after the last one of `fee`, for the same fee, case and way of filing. A fee may
    go on under the beginning of its name. What is free only for some follows nothing."""
    if fee.effective_to is None:
        return []
    day = fee.effective_to + timedelta(days=1)
    found = [
        (n, row)
        for n, row in enumerate(procedure.fees)
        if row is not fee and row.valid_on(day) and fee.name.startswith(row.name) and row.channel in (None, fee.channel)
        if (fee.case is None or row.case in (None, fee.case)) and not (row.condition and row.amount_vnd == 0)
    ]
    own = [(n, row) for n, row in found if row.channel == fee.channel and (fee.case is None or row.case == fee.case)]
    return own or found


def _after(procedure: Procedure, fee: Fee, day: date) -> tuple[str, list[tuple[str, str]]]:
    """What is said, with its facts, of the time after a row that ends soon; nothing of one that does not."""
    if fee.effective_to is None or fee.effective_to - day > SOON:
        return "", []
    follows = [(n, row) for n, row in next_fees(procedure, fee) if words.amount(row)]
    if not follows:
        return f"; {MAY_CHANGE}", []
    said, facts = [], []
    for n, row in follows:
        case = circumstance(procedure, row.case if row.case != fee.case else None, None)
        said.append(f"{words.amount(row)}{f' ({case})' if case else ''}")
        facts += [(f"fees[{n}]", words.amount(row)), *(case_fact(procedure, row.case) if case else [])]
    return f"; sau ngày đó: {' hoặc '.join(dict.fromkeys(said))}", facts

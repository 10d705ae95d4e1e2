"""One time limit and its count -> one line of an answer, with the facts in it: "7 ngày làm việc: đếm từ thứ Tư 25/11 → hạn …"."""

from __future__ import annotations

from datetime import datetime

from actions import words
from actions.calendar import SATURDAY
from actions.deadline_hours import clock
from actions.deadline_step import Step, on
from actions.due_count import Count
from actions.section import Section, case_fact, circumstance
from index.procedure import Duration, Procedure

HOURLY = ("hours", "working_hours")
LIST_OFF = 2
"""Days off of a count up to which each is named with its holiday."""
NO_HOUR = "thời hạn tính theo giờ, anh/chị cho tôi biết cả giờ nộp thì tôi mới tính được"


def say_row(section: Section, procedure: Procedure, n: int, found: Count, lead: str) -> None:
    """One line of the section: the n-th time limit and how its due day follows, or why none does. lead: what stands before it."""
    row = procedure.duration[n]
    when, limit, deadline = circumstance(procedure, row.case, row.channel), words.limit(row), found.due[n]
    note = f" ({row.note})" if row.note and row.unit else ""
    start = f"{lead}{when}, {limit}{note}" if when else f"{lead}{limit}{note}"
    facts = [(f"duration[{n}]", limit), *([(f"duration[{n}].note", row.note)] if row.note else []), *case_fact(procedure, row.case)]
    if deadline.due is None:
        why = NO_HOUR if deadline.outcome == "error" else words.lower_first(deadline.warnings[-1]).rstrip(".")
        told = [] if deadline.outcome == "error" else [(f"due[{n}].warnings[{len(deadline.warnings) - 1}]", deadline.warnings[-1])]
        section.say(f"{start}: {why}.", *facts, *told)
        return
    counted, shown = _counted(row, n, found)
    section.say(f"{start}: {counted}.", *facts, *shown)


def _counted(row: Duration, n: int, found: Count) -> tuple[str, list[tuple[str, str]]]:
    """How the due day follows, and the facts in it."""
    deadline, later = found.due[n], found.after_three[n]
    steps, last = deadline.steps, len(deadline.steps) - 1
    end = on(steps[last], year=True)
    facts = [(f"due[{n}].steps[{last}]", end)]
    if row.unit == "same_day":
        if later is None or later.due in (None, deadline.due):
            return f"hạn {end}", facts
        end_later = on(later.steps[-1], year=True)
        facts.append((f"after_three[{n}].steps[{len(later.steps) - 1}]", end_later))
        facts.append((f"after_three[{n}].steps[0].note", later.steps[0].note))
        return f"nộp đến 15 giờ thì hạn {end}; nộp sau 15 giờ thì hạn {end_later}", facts
    if row.unit in HOURLY and deadline.due:
        day = words.day(deadline.due)
        moment = f"{clock(deadline.due)} {day}" if isinstance(deadline.due, datetime) else day
        return f"hạn {moment}", [(f"due[{n}].due", moment)]
    if row.unit == "working_days":
        first = next(k for k, step in enumerate(steps) if step.number == 1)
        off = [k for k, step in enumerate(steps) if step.number is None and step.day.weekday() < SATURDAY]
        facts.append((f"due[{n}].steps[{first}]", on(steps[first])))
        facts += [(f"due[{n}].steps[{k}]", on(steps[k], name=False)) for k in off]
        facts += [(f"due[{n}].steps[{k}].note", steps[k].note) for k in off]
        return f"đếm từ {on(steps[first])}{_days_off([steps[k] for k in off])} → hạn {end}", facts
    whole = on(steps[1])
    facts.append((f"due[{n}].steps[1]", whole))
    moved = " là ngày nghỉ nên dời sang ngày làm việc kế tiếp" if last > 1 else ""
    return f"đếm từ hôm sau, hết vào {whole}{moved} → hạn {end}", facts


def _days_off(off: list[Step]) -> str:
    """ " (24/11 nghỉ Ngày Văn hóa Việt Nam)"; "" when every day of the week was worked."""
    if not off:
        return ""
    if len(off) > LIST_OFF:
        return f" (trừ các ngày nghỉ {', '.join(on(step, name=False) for step in off)})"
    return f" ({'; '.join(f'{on(step, name=False)} nghỉ {_holiday(step)}' for step in off)})"


def _holiday(step: Step) -> str:
    """Its name without the day it is on: "Ngày Văn hóa Việt Nam 24/11" -> "Ngày Văn hóa Việt Nam"."""
    return step.note.partition("nghỉ: ")[2].removesuffix(f" {step.day.day:02}/{step.day.month}")

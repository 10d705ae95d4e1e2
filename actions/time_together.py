"""Time limits of several procedures done one after the other -> how long all of it takes, where the records allow to say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions import words
from index.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Limit:
    """text: the limit in words, "7 ngày làm việc", "từ 5 đến 7 ngày làm việc", "trong ngày"; "" when the record gives no single
    one. unit: of the closed list UNITS, "" likewise. low, high: in that unit. rows: of `duration`, that it was read in."""

    text: str = ""
    unit: str = ""
    low: int = 0
    high: int = 0
    rows: tuple[int, ...] = ()


def limit_of(procedure: Procedure, case: str | None) -> Limit:
    """The limit for a case, else for everybody, else over all cases; none when units differ or a row has no number."""
    if procedure.unknown_reason("duration") is not None:
        return Limit()
    numbered = list(enumerate(procedure.duration))
    own = [(n, row) for n, row in numbered if row.case == case] or numbered
    units = {row.unit for _, row in own}
    if len(units) != 1 or None in units:
        return Limit()
    rows = tuple(n for n, _ in own)
    first = own[0][1]
    if first.unit == "same_day":  # what comes after 15:00 is ready on the next working day
        return Limit(words.limit(first), "same_day", 0, 1, rows)
    amounts = [row.amount or 0 for _, row in own]
    low, high = min(amounts), max(amounts)
    unit = words.UNITS[first.unit or ""]
    return Limit(f"{low} {unit}" if low == high else f"từ {low} đến {high} {unit}", first.unit or "", low, high, rows)


def together(limits: Sequence[Limit]) -> str:
    """ "12 đến 13 ngày làm việc" for limits that follow each other; "" unless all are known and of one kind: working days, with
    same-day ones as nought to one of them, or one other unit."""
    units = {limit.unit for limit in limits}
    if units and units <= {"working_days", "same_day"}:
        unit = "working_days"
    elif len(units) == 1 and "" not in units:
        (unit,) = units
    else:
        return ""
    low, high = sum(limit.low for limit in limits), sum(limit.high for limit in limits)
    return f"{low} {words.UNITS[unit]}" if low == high else f"{low} đến {high} {words.UNITS[unit]}"

"""One day of a count as it is shown, and the end of a count; shared by deadline and deadline_hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from actions.calendar import SATURDAY, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Step:
    """number: 0 the day of receipt, from 1 the days counted, None a day that does not count. note: in Vietnamese."""

    day: date
    number: int | None
    note: str


@dataclass(frozen=True, slots=True)
class End:
    """due: a day (until its 24:00), or a minute, in Vietnam's time; None when the law leaves several answers, told in warnings."""

    due: date | datetime | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...] = ()


def weekday(day: date) -> str:
    """Its name: thứ Hai."""
    return WEEKDAYS[day.weekday()]


def on(step: Step, *, name: bool = True, year: bool = False) -> str:
    """Its day as a count shows it: thứ Tư 25/11; 25/11 without its name; thứ Tư 25/11/2026 with its year."""
    text = f"{step.day:%d/%m/%Y}" if year else f"{step.day:%d/%m}"
    return f"{weekday(step.day)} {text}" if name else text


def off_note(day: date, why: str) -> str:
    """Chủ nhật, nghỉ cuối tuần; thứ Tư, nghỉ: Quốc khánh 02/9."""
    return f"{weekday(day)}, nghỉ cuối tuần" if day.weekday() >= SATURDAY else f"{weekday(day)}, nghỉ: {why}"

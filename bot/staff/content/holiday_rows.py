"""province/holidays.yml with one day more or fewer, and what that does to the days on which results are due."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from actions.calendar import CalendarError, NotConfirmed, OfficeCalendar
from actions.calendar_file import read_calendar
from actions.deadline_count import count_working_days
from bot.staff.content import yaml_text
from bot.staff.content.yaml_text import same_ends
from bot.staff.procedures.splice import spliced

SAMPLES = (1, 3, 5, 10, 15)
"""Working days of a time limit that the preview counts."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A dossier of `limit` working days handed in on `received` is due on `after`, no more on `before`; None = not to be told."""

    received: date
    limit: int
    before: date | None
    after: date | None


def added(text: str, row: Mapping[str, str], worked: Mapping[str, str] | None = None) -> str:
    """With a day off (day, name, kind, source), for a swap also the Saturday worked for it (day, instead_of, source), in the order of
    the days. Raises DataError."""
    raw = yaml_text.read(text)
    new = {**raw, "days_off": _by_day([*(raw["days_off"] or []), dict(row)])}
    if worked:
        new["worked_saturdays"] = _by_day([*(raw["worked_saturdays"] or []), dict(worked)])
    return same_ends(spliced(text, new), text)


def removed(text: str, day: str) -> str:
    """Without a day off, and without the Saturday that was worked for it. Raises DataError."""
    raw = yaml_text.read(text)
    new = {**raw, "days_off": [row for row in raw["days_off"] or [] if row["day"] != day]}
    new["worked_saturdays"] = [row for row in raw["worked_saturdays"] or [] if row["instead_of"] != day]
    return same_ends(spliced(text, new), text)


def moved(before: str, after: str, around: date) -> list[Moved]:
    """What changes for dossiers handed in from three weeks before `around` until that day. Raises CalendarError when `after` is none."""
    old, new = _calendar(before), _calendar(after)
    days = [around - timedelta(days=n) for n in range(21, -1, -1)]
    rows = [Moved(day, limit, _due(old, day, limit), _due(new, day, limit)) for day in days for limit in SAMPLES]
    return [row for row in rows if row.before != row.after]


def _by_day(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The new row (the last) goes behind the last one that is not later; the others stay where they are."""
    *old, new = rows
    at = max((n + 1 for n, row in enumerate(old) if row["day"] <= new["day"]), default=0)
    return [*old[:at], new, *old[at:]]


def _calendar(text: str) -> OfficeCalendar:
    with tempfile.TemporaryDirectory(prefix="content-") as name:
        file = Path(name) / "holidays.yml"
        file.write_bytes(text.encode("utf-8"))
        try:
            return read_calendar(file)
        except CalendarError as error:
            raise CalendarError(str(error).removeprefix(f"{file}: ")) from None


def _due(calendar: OfficeCalendar, day: date, limit: int) -> date | None:
    try:
        due = count_working_days(day, Decimal(limit), calendar).due
        return due.date() if isinstance(due, datetime) else due
    except NotConfirmed:
        return None

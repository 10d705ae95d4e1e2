"""A desk, a day or a moment and the calendar in; open, closed and until when, or not sure, out. Pure.

Nobody's hours are supposed: while a desk has none, only its days are told. Days off: actions/calendar.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from actions.calendar import SATURDAY, SUNDAY, NotConfirmed, OfficeCalendar
from index.contacts import Spells, week
from index.procedure import Procedure

NOON = time(12)
OWN_TIMES = frozenset({"power"})
"""Contacts that are no offices of the state: the offices' working days say nothing of theirs."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one goes. key: of contacts; contact: its row."""

    key: str
    contact: Mapping[str, Any]

    @property
    def name(self) -> str:
        """As it stands in a sentence."""
        return self.contact["name"]

    @property
    def week(self) -> tuple[Spells, ...] | None:
        """Its times of work from Monday to Sunday; None while nobody has told them."""
        return week(self.contact)


def desk(procedure: Procedure, contacts: Mapping[str, Mapping[str, Any]]) -> Desk:
    """The desk that answers for a procedure: its `contact`, else the commune's or the province's centre by its level."""
    key = procedure.contact if procedure.contact in contacts else "province_centre" if procedure.level == "province" else "commune"
    return Desk(key, contacts[key if key in contacts else "commune"])


@dataclass(frozen=True, slots=True)
class OpenDay:
    """open: None when nobody can be sure. why: Vietnamese, the name of a day off or the reason of a doubt, else None.
    spells: its times, None while not told. morning: open in the morning only, by the calendar."""

    day: date
    open: bool | None
    why: str | None = None
    spells: Spells | None = None
    morning: bool = False


def open_day(desk: Desk, day: date, calendar: OfficeCalendar) -> OpenDay:
    """Whether the desk works that day. A worked Saturday has the times of the day it is worked for.

    Saturday mornings are not kept on holidays, and a Saturday beside a day off may belong to it: not sure then.
    """
    times = desk.week
    if times is None and desk.key in OWN_TIMES:
        return OpenDay(day, None, "nơi này có lịch làm việc riêng")
    if day.weekday() == SUNDAY:
        return OpenDay(day, False)
    try:
        why, swapped = calendar.off(day), calendar.worked_saturdays.get(day)
        beside = day.weekday() == SATURDAY and not swapped and _beside_day_off(day, calendar)
    except NotConfirmed:
        return OpenDay(day, None, "chưa có lịch nghỉ chính thức cho thời gian này")
    spells = times[(swapped or day).weekday()] if times else None
    if day.weekday() == SATURDAY and not swapped:
        morning = calendar.half_day(day, desk.key)
        if not spells and not morning:
            return OpenDay(day, False)
        if beside:
            return OpenDay(day, None, "thứ Bảy này liền với ngày nghỉ, có thể không nhận hồ sơ", spells or None, morning)
        return OpenDay(day, True, None, spells or None, morning and not spells)
    if why is not None:
        return OpenDay(day, False, why)
    return OpenDay(day, spells != (), None, spells)


def _beside_day_off(saturday: date, calendar: OfficeCalendar) -> bool:
    """Whether the Friday before or the Monday after is off. Raises NotConfirmed."""
    return calendar.off(saturday - timedelta(days=1)) is not None or calendar.off(saturday + timedelta(days=2)) is not None


@dataclass(frozen=True, slots=True)
class Opening:
    """open: at the moment asked, None when not sure. until: when it closes, or opens again the same day (a break).
    today: the day of the moment; next: the first open day after it, None when the table ends before one."""

    open: bool | None
    today: OpenDay
    until: datetime | None = None
    next: OpenDay | None = None


def opening(desk: Desk, now: datetime, calendar: OfficeCalendar) -> Opening:
    """now: Vietnamese time. A desk without hours is open at no moment for sure, and closed for sure on its days off only."""
    today = open_day(desk, now.date(), calendar)
    after = next_open(desk, now.date(), calendar)
    if not today.open:
        return Opening(today.open, today, next=after)
    if today.spells is None:
        return Opening(False if today.morning and now.time() >= NOON else None, today, next=after)
    minute = now.hour * 60 + now.minute
    for begin, end in today.spells:
        if minute < end:
            open_now = minute >= begin
            return Opening(open_now, today, _at(now.date(), end if open_now else begin), after)
    return Opening(False, today, next=after)


def next_open(desk: Desk, day: date, calendar: OfficeCalendar) -> OpenDay | None:
    """The first day after `day` on which the desk works for sure; None when the table ends before it."""
    try:
        return next(found for later in calendar.days_after(day) if (found := open_day(desk, later, calendar)).open)
    except NotConfirmed:
        return None


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))

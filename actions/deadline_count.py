"""Limits in days and months: a start and an amount in, the last day with the steps of the count out. Pure.

Sources: BLDS 2015 Đ147.1–2, Đ148.3, Đ148.5; NĐ 23/2015 Đ7 for the hour of same-day procedures.
"""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from actions.calendar import SATURDAY, OfficeCalendar
from actions.deadline_input import day_of
from actions.deadline_step import End, Step, off_note, weekday

LAST_HOUR = time(15)
"""Received later than this, a same-day result comes the next working day. 15:00 sharp is not later (our reading)."""


def count_same_day(start: datetime, amount: Decimal, calendar: OfficeCalendar) -> End:
    """The day of receipt; after 15:00, or on a day off, the next working day. Raises NotConfirmed."""
    day, why = start.date(), calendar.off(start.date())
    if why is None and start.time() <= LAST_HOUR:
        sharp = ("Nhận đúng 15:00: tôi tính là chưa quá 15 giờ.",) if start.time() == LAST_HOUR else ()
        return End(day, (Step(day, 0, f"{weekday(day)}, ngày nhận, trả trong ngày"),), sharp)
    first = Step(day, 0, f"{weekday(day)}, nhận sau 15 giờ" if why is None else off_note(day, why))
    return _rolled(day, (first,), calendar)


def count_working_days(start: date, amount: Decimal, calendar: OfficeCalendar) -> End:
    """Every day is a step. Raises NotConfirmed."""
    whole = math.ceil(amount)
    steps, number = [_first(start)], 0
    if whole > (calendar.confirmed_until - steps[0].day).days:
        raise calendar.beyond()  # at once what the walk would reach
    for day in calendar.days_after(steps[0].day):
        why = calendar.off(day)
        number += why is None
        made_up = ", làm bù nên được tính" if day in calendar.worked_saturdays else ""
        steps.append(Step(day, number, weekday(day) + made_up) if why is None else Step(day, None, off_note(day, why)))
        if number == whole:
            break
    part = ("Phần lẻ của ngày làm việc được tính tròn thành một ngày; anh/chị hỏi lại nơi nhận.",) if whole != amount else ()
    return End(steps[-1].day, tuple(steps), part)


def count_days(start: date, amount: Decimal, calendar: OfficeCalendar) -> End:
    """Calendar days; days off inside do not lengthen them. No end for parts of a day. Raises NotConfirmed."""
    first = _first(start)
    if amount != int(amount):
        return _undecided("ngày")
    if amount > (calendar.confirmed_until - first.day).days:
        raise calendar.beyond()  # the sum might not even be a date
    return _last(first, first.day + timedelta(days=int(amount)), int(amount), f"hết {int(amount)} ngày", calendar)


def count_months(start: date, amount: Decimal, calendar: OfficeCalendar) -> End:
    """The corresponding day, or the month's last one when there is none (Đ148.3). Raises NotConfirmed."""
    first = _first(start)
    if amount != int(amount):
        return _undecided("tháng")
    year, month = divmod(first.day.year * 12 + first.day.month - 1 + int(amount), 12)
    if year > calendar.confirmed_until.year:
        raise calendar.beyond()
    last = date(year, month + 1, min(first.day.day, monthrange(year, month + 1)[1]))
    return _last(first, last, None, f"hết {int(amount)} tháng", calendar)


def _first(start: date) -> Step:
    day = day_of(start)
    return Step(day, 0, f"{weekday(day)}, ngày nhận, không tính")


def _last(first: Step, day: date, number: int | None, note: str, calendar: OfficeCalendar) -> End:
    """The last day of a term as it is, or moved to the next working day."""
    why = calendar.off(day)
    step = Step(day, number, f"{weekday(day)}, {note}" + (f", là ngày nghỉ ({why})" if why else ""))
    if why:
        return _rolled(day, (first, step), calendar)
    worked = ("Ngày cuối là thứ Bảy làm bù: tôi tính là ngày làm việc.",) if day.weekday() == SATURDAY else ()
    return End(day, (first, step), worked)


def _rolled(day: date, steps: tuple[Step, ...], calendar: OfficeCalendar) -> End:
    """Đ148.5: the end of the next working day, with the days off on the way."""
    found = list(steps)
    for later in calendar.days_after(day):
        if why := calendar.off(later):
            found.append(Step(later, None, off_note(later, why)))
        else:
            return End(later, (*found, Step(later, None, f"{weekday(later)}, ngày làm việc tiếp theo")))
    raise AssertionError("days_after never ends quietly")


def _undecided(unit: str) -> End:
    return End(None, (), (f"Luật chưa nói cách đếm phần lẻ của {unit}. Anh/chị hỏi nơi nhận hồ sơ.",))

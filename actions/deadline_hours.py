"""Limits in hours: a start and a number of hours in, the end with the steps of the count out. Pure.

Hours run without pause (BLDS 2015 Đ147.1); working hours run in the office's timetable, eight a working day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from actions import words
from actions.calendar import OfficeCalendar, Timetable
from actions.deadline_step import End, Step, off_note, weekday

DAY_HOURS = 8
"""Working hours of a working day."""


def clock(moment: datetime) -> str:
    """09:05."""
    return f"{moment:%H:%M}"


def count_hours(start: datetime, amount: Decimal, calendar: OfficeCalendar) -> End:
    """Without pause. No end when it falls on a day off: whether Đ148.5 moves hours too is undecided, both readings are told.

    Raises NotConfirmed.
    """
    calendar.confirm(start.date())
    if amount / 24 > (calendar.confirmed_until - start.date()).days + 1:
        raise calendar.beyond()  # the sum might not even be a date
    end = start + timedelta(minutes=round(amount * 60))
    why = calendar.off(end.date())
    steps = (
        Step(start.date(), 0, f"{weekday(start.date())}, tính từ {clock(start)}"),
        Step(end.date(), None, f"{weekday(end.date())}, hết giờ lúc {clock(end)}"),
    )
    if why is None:
        return End(end, steps)
    later = calendar.next_working(end.date())
    return End(None, (), (
        f"Hết giờ lúc {clock(end)} ngày {words.day(end.date())} là ngày nghỉ ({why}): có thể tính đúng giờ đó, có thể tính "
        f"đến hết ngày {words.day(later)}. Anh/chị hỏi nơi nhận hồ sơ.",
    ))


def count_working_hours(start: datetime, amount: Decimal, calendar: OfficeCalendar) -> End:
    """To the minute when the office's timetable is settled, or for whole days (8, 16, …) from a moment of work: they end at the
    same time of day in any timetable. Else to the day; no end when the timetables give different days. Raises NotConfirmed.
    """
    tables, exact = calendar.timetables, len(calendar.timetables) == 1
    if amount % DAY_HOURS == 0 and calendar.is_working(start.date()):
        # Where nobody was at work at that moment, the application was not received: not this office's timetable.
        open_then = tuple(table for table in tables if _open(table, start))
        tables, exact = open_then or tables, exact or bool(open_then)
    found = [_run(start, round(amount * 60), table, calendar) for table in tables]
    ends, steps = sorted({end for end, _ in found}), found[0][1]
    if exact:
        return End(ends[0], steps)
    days = sorted({end.date() for end in ends})
    if len(days) == 1:
        return End(days[0], steps, ("Giờ hẹn trong ngày tùy khung giờ làm việc của cơ quan.",))
    choice = " hoặc ".join(words.day(day) for day in days)
    return End(None, (), (f"Tùy khung giờ làm việc của cơ quan, hạn là ngày {choice}. Anh/chị hỏi nơi nhận hồ sơ.",))


def _open(table: Timetable, moment: datetime) -> bool:
    minute = moment.hour * 60 + moment.minute
    return any(begin <= minute < end for begin, end in table)


def _run(start: datetime, minutes: int, table: Timetable, calendar: OfficeCalendar) -> tuple[datetime, tuple[Step, ...]]:
    """The minute in which the working minutes are used up, and each day with the hours used by its end."""
    if minutes > 60 * DAY_HOURS * ((calendar.confirmed_until - start.date()).days + 1):
        raise calendar.beyond()  # at once what the walk would reach
    left, day, now, steps = minutes, start.date(), start.hour * 60 + start.minute, []
    days = calendar.days_after(day)
    while True:
        why = calendar.off(day)
        for begin, end in table if why is None else ():
            begin = max(begin, now)
            if begin < end and left <= end - begin:
                finish = begin + left
                steps.append(_step(day, start.date(), minutes, why, calendar))
                return datetime.combine(day, datetime.min.time()) + timedelta(minutes=finish), tuple(steps)
            left -= max(0, end - begin)
        steps.append(_step(day, start.date(), minutes - left, why, calendar))
        day, now = next(days), 0


def _step(day: date, first: date, used: int, why: str | None, calendar: OfficeCalendar) -> Step:
    if why is not None:
        return Step(day, None, off_note(day, why))
    hours = f"{used / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    made_up = ", làm bù" if day in calendar.worked_saturdays else ""
    return Step(day, 0 if day == first else None, f"{weekday(day)}{made_up}, cộng {hours} giờ làm việc")

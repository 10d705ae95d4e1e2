"""When a result is due: receipt and time limit in, a Deadline with its count out. Pure.

Rules: BLDS 2015 Đ147–148 (first day not counted; months end on the corresponding day; a last day off moves to the next working
day), NĐ 23/2015 Đ7 (received after 15:00: next working day, same-day procedures only). What they leave open is warned of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from actions import words
from actions.calendar import NotConfirmed, OfficeCalendar
from actions.deadline_count import count_days, count_months, count_same_day, count_working_days
from actions.deadline_hours import count_hours, count_working_hours
from actions.deadline_input import DeadlineError, check_words, clock_start, day_of, parse_amount
from actions.deadline_step import End, Step

STARTS_AT = {
    "online": "Thời hạn tính từ lúc hồ sơ được tiếp nhận, không phải lúc gửi.",
    "post": "Thời hạn tính từ lúc bưu điện giao hồ sơ cho cơ quan, không phải lúc gửi.",
}
NOON = 12
NOT_STARTED = "Hồ sơ chưa được tiếp nhận đủ nên thời hạn chưa bắt đầu."
COUNTS: dict[str, Callable[[Any, Decimal, OfficeCalendar], End]] = {
    "same_day": count_same_day,
    "working_days": count_working_days,
    "days": count_days,
    "months": count_months,
    "hours": count_hours,
    "working_hours": count_working_hours,
}
"""Unit → (start, amount, calendar) → End; each raises NotConfirmed where the calendar ends."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """due: the latest lawful day, until its 24:00, or a datetime (Vietnam, naive) when the limit is exact to the minute.

    outcome: due; no_firm_date (outside the confirmed calendar, or the law leaves several answers); clock_not_started; error.
    due is None and steps are empty unless outcome is "due". steps: the days of the count in order; of calendar days, months and
    hours only the first and those from the last on. warnings: Vietnamese sentences. error, error_code: sentence and
    DeadlineError.code, else None.
    """

    due: date | datetime | None
    outcome: str
    steps: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str | None = None
    error_code: str | None = None


def due(
    received: object,
    amount: object,
    unit: object,
    channel: object = "direct",
    events: Iterable[Mapping[str, Any]] = (),
    *,
    calendar: OfficeCalendar,
) -> Deadline:
    """Raises nothing for what it is told: bad input is outcome "error".

    Args:
        received: start of the clock, ISO text, date or datetime (without an offset: Vietnam's time); None = not yet.
            The hour is needed for same_day, hours and working_hours.
        amount: above 0, at most 9 digits. Parts of a working day round up to a whole one. 1 or None for same_day.
        unit: same_day, working_days, days, working_hours, hours, months.
        channel: direct, online, post.
        events: {"type", "at"} in the order they happened, see deadline_input.clock_start; they go before `received`.
    """
    warnings: tuple[str, ...] = ()
    try:
        check_words(unit, channel)
        number = parse_amount(amount, str(unit))
        start, warnings = clock_start(received, events)
        if start is None:
            return Deadline(None, "clock_not_started", warnings=(*warnings, NOT_STARTED))
        if channel in STARTS_AT and not events:
            warnings += (STARTS_AT[str(channel)],)
        if unit in ("same_day", "hours", "working_hours") and not isinstance(start, datetime):
            raise DeadlineError("missing_time", "Hạn trong ngày hoặc theo giờ cần cả giờ nhận, ví dụ 2026-06-03T09:30.")
        warnings += _receipt(start, channel, calendar)
        end = COUNTS[str(unit)](start, number, calendar)
    except DeadlineError as error:
        return Deadline(None, "error", error=error.sentence, error_code=error.code)
    except NotConfirmed as unknown:
        return Deadline(None, "no_firm_date", warnings=(*warnings, str(unknown)))
    warnings += end.warnings
    if end.due is None:
        return Deadline(None, "no_firm_date", warnings=warnings)
    # A doubtful day matters where days off were looked at: not inside a calendar term, nor on an uncounted day of receipt.
    first = day_of(start) if unit in ("same_day", "working_hours") else end.steps[1].day
    doubts = calendar.doubts_within(first, day_of(end.due))
    asked = (f"Còn phải hỏi lại: {'; '.join(doubts)}.",) if doubts else ()
    return Deadline(end.due, "due", end.steps, (*warnings, *asked))


def _receipt(start: date, channel: object, calendar: OfficeCalendar) -> tuple[str, ...]:
    """A receipt on a day off is odd, but for a Saturday morning's at the desk, which is the uncounted day."""
    day = day_of(start)
    try:
        why = calendar.off(day)
    except NotConfirmed:
        return ()  # days and months may begin before the table
    if why is None:
        return ()
    morning = not isinstance(start, datetime) or start.hour < NOON
    if channel == "direct" and morning and calendar.half_day(day):
        return ("Hồ sơ nhận sáng thứ Bảy: tôi tính thứ Bảy là ngày nhận, không đếm; anh/chị hỏi lại nơi nhận cho chắc.",)
    return (
        f"Ngày nhận {words.day(day)} là ngày nghỉ ({why}): anh/chị xem lại. Nếu được coi là nhận vào ngày làm việc kế tiếp "
        "thì hạn có thể muộn hơn.",
    )

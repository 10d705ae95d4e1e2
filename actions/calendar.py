"""Which days the offices work: a day in, working or off and why out. Pure; the table comes from calendar_file.

Sources: Bộ luật Lao động 2019 Đ111–112 (holidays, days in lieu), QĐ 188/1999/QĐ-TTg (Monday to Friday),
the government's yearly notices (swapped days); each row of data/province/holidays.yml names its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from actions import words

SATURDAY, SUNDAY = 5, 6
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
Timetable = tuple[tuple[int, int], ...]
"""Working spells of a day, in minutes from midnight, in order: ((420, 660), (780, 1020)). Eight hours together."""


class CalendarError(ValueError):
    """The table cannot be used. One Vietnamese line for the staff: file, row, what is there, what is wanted."""


class NotConfirmed(LookupError):
    """A day outside the confirmed table: nobody can say whether it is worked. The text is Vietnamese, for the citizen."""


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """days_off: Mondays to Fridays that are off → name. worked_saturdays: Saturday → the day off it is worked for.

    doubts: days that are counted as the table says but are still to be asked about → why.
    saturday_mornings: contacts (keys of ca-mau.yml) that take applications on Saturday mornings.
    timetables: those the office may have; one when it is settled.
    confirmed_from, confirmed_until: first and last day for which the table is complete.
    """

    days_off: Mapping[date, str]
    worked_saturdays: Mapping[date, date]
    doubts: Mapping[date, str]
    saturday_mornings: frozenset[str]
    timetables: tuple[Timetable, ...]
    confirmed_from: date
    confirmed_until: date

    def off(self, day: date) -> str | None:
        """Why nobody works that day, in Vietnamese; None on a working day. Raises NotConfirmed outside the table."""
        self.confirm(day)
        if day in self.days_off:
            return self.days_off[day]
        return "cuối tuần" if day.weekday() >= SATURDAY and day not in self.worked_saturdays else None

    def is_working(self, day: date) -> bool:
        """A worked Saturday is a working day in every respect. Raises NotConfirmed."""
        return self.off(day) is None

    def half_day(self, day: date, contact: str | None = None) -> bool:
        """Whether `contact` (None: any of them) takes applications that day in the morning only. Never a working day of a count.

        Not on a worked Saturday, which is whole. Raises NotConfirmed.
        """
        self.confirm(day)
        open_then = contact in self.saturday_mornings if contact else bool(self.saturday_mornings)
        return open_then and day.weekday() == SATURDAY and day not in self.worked_saturdays

    def next_working(self, day: date) -> date:
        """The first working day after `day`. Raises NotConfirmed when the table ends before it."""
        return next(later for later in self.days_after(day) if self.is_working(later))

    def days_after(self, day: date) -> Iterator[date]:
        """Each day after `day`; raises NotConfirmed on reaching the first one outside the table, so every count ends."""
        while True:
            if day >= self.confirmed_until:
                raise self.beyond()
            day += timedelta(days=1)
            self.confirm(day)
            yield day

    def doubts_within(self, first: date, last: date) -> tuple[str, ...]:
        """What is doubtful about the days from `first` to `last`, both included, by day."""
        return tuple(self.doubts[day] for day in sorted(self.doubts) if first <= day <= last)

    def confirm(self, day: date) -> None:
        """Raises NotConfirmed when the day is outside the table."""
        if day > self.confirmed_until:
            raise self.beyond()
        if day < self.confirmed_from:
            raise NotConfirmed(f"Tôi chỉ có lịch nghỉ từ ngày {words.day(self.confirmed_from)}, nên không tính được ngày trước đó.")

    def beyond(self) -> NotConfirmed:
        """To be raised for what certainly ends after the table, without walking there."""
        return NotConfirmed(
            f"Lịch nghỉ mới chắc chắn đến hết ngày {words.day(self.confirmed_until)}; hạn này rơi sau ngày đó "
            "nên chưa có ngày hẹn chắc chắn."
        )

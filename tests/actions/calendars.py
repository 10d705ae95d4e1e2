"""A small invented calendar: half of 2031, with three days off in a row, the fixed holidays and one swapped day."""

from __future__ import annotations

from typing import Any

from actions.calendar import OfficeCalendar
from actions.calendar_file import parse_calendar


def raw(**changes: Any) -> dict[str, Any]:
    """The file's content, to be spoilt."""
    return {
        "confirmed_from": "2031-01-01",
        "confirmed_until": "2031-06-30",
        "checked_on": "2030-12-01",
        "days_off": [
            {"day": "2031-01-01", "name": "Tết Dương lịch", "kind": "holiday", "source": "luật"},
            {"day": "2031-03-03", "name": "Hội nuôi ong", "kind": "holiday", "source": "thông báo"},
            {"day": "2031-03-04", "name": "Hội nuôi ong", "kind": "holiday", "source": "thông báo"},
            {"day": "2031-03-05", "name": "Nghỉ bù hội nuôi ong", "kind": "in_lieu", "source": "thông báo"},
            {"day": "2031-04-30", "name": "Ngày 30/4", "kind": "holiday", "source": "luật"},
            {"day": "2031-05-01", "name": "Ngày 01/5", "kind": "holiday", "source": "luật"},
            {"day": "2031-05-02", "name": "Nghỉ đổi", "kind": "swap", "source": "thông báo"},
        ],
        "worked_saturdays": [{"day": "2031-04-26", "instead_of": "2031-05-02", "source": "thông báo"}],
        "doubts": [{"day": "2031-06-10", "note": "thứ Ba 10/6/2031 chưa rõ"}],
        "saturday_mornings": [{"contact": "police_commune", "source": "thông báo"}],
        "timetables": [["07:00-11:00", "13:00-17:00"], ["07:30-11:30", "13:30-17:30"], ["08:00-12:00", "13:00-17:00"]],
        **changes,
    }


def calendar(**changes: Any) -> OfficeCalendar:
    return parse_calendar(raw(**changes))

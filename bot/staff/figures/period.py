"""Days as typed or named in, a period of whole days in Vietnam out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.staff.pages import VIETNAM

MOST_DAYS = 1_100
"""Three years: more is a typing error, and a table nobody reads."""
USUAL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Period:
    """first, last: both counted. start, end: seconds since 1970, start ≤ at < end."""

    first: date
    last: date

    @property
    def start(self) -> float:
        return _midnight(self.first)

    @property
    def end(self) -> float:
        return _midnight(self.last + timedelta(days=1))

    @property
    def days(self) -> list[str]:
        """ISO, in order."""
        return [(self.first + timedelta(days=i)).isoformat() for i in range((self.last - self.first).days + 1)]


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), VIETNAM).timestamp()


def today(now: float) -> date:
    """Vietnam's."""
    return datetime.fromtimestamp(now, VIETNAM).date()


def read_period(query: Mapping[str, str], now: float) -> tuple[Period, dict[str, str]]:
    """query: from, to as ISO days. -> period and, field -> sentence, what was wrong; then the usual 30 days up to today are shown."""
    here = today(now)
    usual = Period(here - timedelta(days=USUAL_DAYS - 1), here)
    errors: dict[str, str] = {}
    found: dict[str, date] = {}
    for name, default in (("from", usual.first), ("to", usual.last)):
        try:
            found[name] = date.fromisoformat(query[name]) if query.get(name) else default
        except ValueError:
            errors[name] = f"“{query[name][:40]}” không phải là ngày. Anh/chị ghi năm-tháng-ngày, ví dụ 2026-11-01."
    errors |= {name: "Năm phải từ 2000 đến 2999. Anh/chị chọn lại." for name, day in found.items() if not 2000 <= day.year <= 2999}
    if not errors and query.get("to") and not query.get("from"):
        found["from"] = found["to"] - timedelta(days=USUAL_DAYS - 1)
    if not errors and found["from"] > found["to"]:
        errors["from"] = "Ngày đầu ở sau ngày cuối. Anh/chị đổi lại một trong hai ngày."
    elif not errors and (found["to"] - found["from"]).days >= MOST_DAYS:
        errors["from"] = f"Khoảng này dài hơn {MOST_DAYS} ngày. Anh/chị chọn khoảng ngắn hơn."
    return (usual, errors) if errors else (Period(found["from"], found["to"]), {})


def shortcuts(now: float) -> list[tuple[str, Period]]:
    """The periods that offices ask for."""
    here = today(now)
    before = here.replace(day=1) - timedelta(days=1)
    return [
        ("7 ngày qua", Period(here - timedelta(days=6), here)),
        ("30 ngày qua", Period(here - timedelta(days=29), here)),
        ("Tháng này", Period(here.replace(day=1), here)),
        ("Tháng trước", Period(before.replace(day=1), before)),
        ("Năm nay", Period(here.replace(month=1, day=1), here)),
    ]


def read_month(text: str) -> Period:
    """ "2026-10" -> that month. Raises ValueError with a sentence for staff."""
    match = re.fullmatch(r"(2[0-9]{3})-(0[1-9]|1[0-2])", text)
    if match is None:
        raise ValueError(f"“{text[:40]}” không phải là tháng. Anh/chị ghi năm-tháng, ví dụ 2026-10.")
    first = date(int(match[1]), int(match[2]), 1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def month_before(now: float) -> str:
    """The last month that is over: "2026-10"."""
    return f"{today(now).replace(day=1) - timedelta(days=1):%Y-%m}"


def week_of(day: date) -> str:
    """ISO week: "2026-W47"."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def read_week(text: str) -> Period:
    """ "2026-W47" -> Monday to Sunday. Raises ValueError with a sentence for staff."""
    match = re.fullmatch(r"(2[0-9]{3})-W([0-5][0-9])", text)
    try:
        if match is None:
            raise ValueError
        first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise ValueError(f"“{text[:40]}” không phải là tuần. Anh/chị chọn một tuần trong danh sách.") from None
    return Period(first, first + timedelta(days=6))


def weeks_before(now: float, count: int) -> list[str]:
    """The last weeks that are over, newest first."""
    monday = today(now) - timedelta(days=today(now).weekday())
    return [week_of(monday - timedelta(weeks=i)) for i in range(1, count + 1)]

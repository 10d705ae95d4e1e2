"""One expression of a day found in a message, and the day it is said -> the days it may mean, or why it means none.

Explicit dates, bare weekdays and "3 ngày trước" are read by dateparser; docs/decisions/0014 tells what it gets right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Literal

from actions import words
from actions.calendar import SUNDAY
from actions.deadline_input import DeadlineError, parse_moment
from actions.when_words import NUMBERS, WEEKDAYS
from index.text import fold

Tense = Literal["past", "future", ""]
HALF_YEAR = 183
"""Days: a date told without its year that is further away may be meant in another year, so it is asked back."""
SHIFTS = {"today": 0, "this_part": 0, "yesterday": -1, "two_ago": -2, "three_ago": -3, "tomorrow": 1, "in_two": 2}
UNITS = {"ngay": "ngày", "bua": "ngày", "hom": "ngày", "tuan": "tuần", "thang": "tháng"}
BEFORE = {"truoc", "roi", "qua", "vua roi", "vua qua", "moi roi"}
AFTER = {"sau", "toi"}
THIS = {"nay"}


def days_meant(kind: str, match: re.Match[str], today: date, tense: Tense) -> tuple[date, ...] | str:
    """match: of a pattern of when_words.DAYS. tense: what the verb says, "" when it says nothing.

    Returns: one day when it is clear; several, earliest first, when it has several readings; none when it names no single day
    ("đầu tháng"); a Vietnamese sentence when the words need another question (a lunar day) or are no day at all (31/11).
    """
    if kind in SHIFTS:
        return (today + timedelta(days=SHIFTS[kind]),)
    return READERS[kind](match, today, tense) if kind in READERS else ()


def read_plainly(text: str, today: date, prefer: str) -> date | None:
    """What dateparser makes of a plain expression; prefer: "past" or "future" where the year or the week is not told."""
    import dateparser  # 0.3 s, so not before somebody tells a day

    found = dateparser.parse(
        text,
        languages=["vi"],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": prefer,
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return found.date() if found else None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[fold(text)]


def _full(match: re.Match[str], today: date, tense: Tense) -> tuple[date, ...] | str:
    day, month = _number(match["day"]), _number(match["month"])
    year = match["year"] and int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        parse_moment(f"{year or today.year:04}-{month:02}-{day:02}")
    except DeadlineError as error:
        return f"Dạ, {words.lower_first(error.sentence)} Anh/chị xem lại ngày nộp hồ sơ giúp tôi nhé."
    if year:
        return (date(year, month, day),)
    found = [read_plainly(f"{day}/{month}", today, side) for side in _sides(_led(match, tense))]
    days = [found_day for found_day in found if found_day]
    nearest = min(days, key=lambda one: abs(one - today))
    if abs(nearest - today).days <= HALF_YEAR:
        return (nearest,)
    return tuple(sorted({*days, nearest.replace(year=nearest.year + (1 if nearest < today else -1))}))


def _weekday(match: re.Match[str], today: date, tense: Tense) -> tuple[date, ...]:
    name = fold(match["name"] or match["short"] or "")
    number = SUNDAY if not name else int(name) - 2 if name.isdigit() else WEEKDAYS.index(name)
    week = fold(match["week"] or "").removeprefix("cua ")
    if week.startswith("tuan "):
        return _of_week(number, week.removeprefix("tuan "), today, tense)
    if week in THIS:
        return _this(number, today, tense)
    if week:
        tense = "past" if week in BEFORE else "future" if match["week"] != "toi" else tense or "future"
    else:
        tense = _led(match, tense)
    spelt = "chủ nhật" if number == SUNDAY else f"thứ {number + 2}"
    found = {read_plainly(spelt, today, side) for side in _sides(tense)}
    return tuple(sorted(day for day in found if day))


def _this(number: int, today: date, tense: Tense) -> tuple[date, ...]:
    """ "Thứ sáu này": the one of this week. One that the verb puts on the other side of today may be that of the week beside it."""
    day = today + timedelta(days=number - today.weekday())
    if day < today and tense != "past":
        return (day + timedelta(weeks=1),)
    return (day - timedelta(weeks=1), day) if day > today and tense == "past" else (day,)


def _of_week(number: int, week: str, today: date, tense: Tense) -> tuple[date, ...]:
    """A weekday of a named week. Weeks start on Monday; on a Sunday many people count the week that is about to begin as this one,
    so both readings are given."""
    day = today + timedelta(days=number - today.weekday())
    day += timedelta(weeks=-1 if week in BEFORE else 1 if week in AFTER else 0)
    if today.weekday() != SUNDAY or number == SUNDAY:
        return (day,)
    clear = week not in BEFORE | AFTER and tense == "past"
    return (day,) if clear else (day, day + timedelta(weeks=1))


def _ago(match: re.Match[str], today: date, tense: Tense) -> tuple[date, ...]:
    if match["about"] or not match["count"]:
        return ()
    found = read_plainly(f"{_number(match['count'])} {UNITS[fold(match['unit'])]} trước", today, "past")
    return (found,) if found else ()


def _ahead(match: re.Match[str], today: date, tense: Tense) -> tuple[date, ...]:
    unit = UNITS[fold(match["unit"])]
    return () if unit == "tháng" else (today + timedelta(days=_number(match["count"]) * (7 if unit == "tuần" else 1)),)


def _bare(match: re.Match[str], today: date, tense: Tense) -> tuple[date, ...] | str:
    """A day of a month that is not told: the last one, the next one, or the clearly nearer one when no verb tells."""
    number = int(match["day"])
    if not 1 <= number <= 31:
        return f"Dạ, không có ngày {number}. Anh/chị xem lại ngày nộp hồ sơ giúp tôi nhé."
    tense = _led(match, tense)
    last = next(day for n in range(62) if (day := today - timedelta(days=n)).day == number)
    coming = next(day for n in range(62) if (day := today + timedelta(days=n)).day == number)
    if tense:
        return (last if tense == "past" else coming,)
    near, far = sorted((last, coming), key=lambda day: abs(day - today))
    return (near,) if 2 * abs(near - today) <= abs(far - today) else (last, coming)


def _lunar(match: re.Match[str], today: date, tense: Tense) -> str:
    return (
        f"Dạ, “{match.group().strip()}” anh/chị nói theo lịch âm hay lịch dương ạ? "
        f"Anh/chị ghi ngày dương lịch giúp tôi, ví dụ {words.day(today)}."
    )


def _led(match: re.Match[str], tense: Tense) -> Tense:
    """ "Hôm 20", "bữa thứ 6" are over whatever the verb says; "ngày 20" may be to come."""
    return "past" if fold(match["lead"] or "") in ("hom", "hum", "bua", "hoi") else tense


def _sides(tense: Tense) -> tuple[str, ...]:
    return (tense,) if tense else ("past", "future")


READERS: dict[str, Callable[[re.Match[str], date, Tense], tuple[date, ...] | str]] = {
    "full": _full,
    "weekday": _weekday,
    "ago": _ago,
    "ahead": _ahead,
    "bare": _bare,
    "lunar": _lunar,
}
"""Kinds that are neither a shift from today nor vague."""

"""data/province/holidays.yml in, OfficeCalendar out; the office's staff edit the file, so every error is a Vietnamese line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from actions import words
from actions.calendar import SATURDAY, WEEKDAYS, CalendarError, OfficeCalendar, Timetable
from index.catalogue import DataError, read_yaml
from index.contacts import in_order, read_spells

KEYS = {"confirmed_from", "confirmed_until", "checked_on", "days_off", "worked_saturdays", "doubts", "saturday_mornings", "timetables"}
KINDS = ("holiday", "in_lieu", "swap")
FIXED = ((1, 1, 2025), (4, 30, 2025), (5, 1, 2025), (9, 2, 2025), (11, 24, 2026))
"""Month, day, first year: holidays on the same date every year (BLLĐ 2019 Đ112; 24/11: NQ 28/2026/QH16)."""
DAY_MINUTES = 8 * 60
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def read_calendar(path: Path) -> OfficeCalendar:
    """Raises CalendarError; its line begins with the path."""
    try:
        return parse_calendar(read_yaml(path))
    except DataError as error:
        raise CalendarError(f"{path}: không đọc được tệp ({error})") from error
    except CalendarError as error:
        raise CalendarError(f"{path}: {error}") from None


def parse_calendar(raw: Any) -> OfficeCalendar:
    """The content of the file → the calendar. Raises CalendarError."""
    if not isinstance(raw, Mapping):
        raise CalendarError("tệp trống hoặc sai dạng; cần các khóa " + ", ".join(sorted(KEYS)))
    if wrong := sorted(map(str, KEYS ^ set(raw))):
        raise CalendarError(f"khóa thiếu hoặc thừa: {', '.join(wrong)}")
    first, last = _day(raw["confirmed_from"], "confirmed_from"), _day(raw["confirmed_until"], "confirmed_until")
    _day(raw["checked_on"], "checked_on")
    if last < first:
        raise CalendarError(f"confirmed_until ({words.day(last)}) đứng trước confirmed_from ({words.day(first)})")
    off = _rows(raw, "days_off", {"day", "name", "kind", "source"})
    worked = _rows(raw, "worked_saturdays", {"day", "instead_of", "source"})
    for day, (where, row) in off.items():
        if day.weekday() >= SATURDAY:
            raise CalendarError(f"{where}: {words.day(day)} là {WEEKDAYS[day.weekday()]}, đã nghỉ sẵn; nếu được nghỉ bù thì ghi ngày nghỉ bù")
        if row["kind"] not in KINDS:
            raise CalendarError(f'{where}.kind là "{row["kind"]}"; cần một trong {", ".join(KINDS)}')
    swaps = {day: _day(row["instead_of"], f"{where}.instead_of") for day, (where, row) in worked.items()}
    for day in swaps:
        if day.weekday() != SATURDAY:
            raise CalendarError(f"{worked[day][0]}: {words.day(day)} là {WEEKDAYS[day.weekday()]}; ngày làm bù phải là thứ Bảy")
    given = sorted(day for day, (_, row) in off.items() if row["kind"] == "swap")
    if given != sorted(swaps.values()):
        odd = sorted(set(given) ^ set(swaps.values())) or [day for day in given if list(swaps.values()).count(day) > 1]
        raise CalendarError(f"ngày nghỉ đổi và thứ Bảy làm bù chưa khớp từng đôi: {', '.join(map(words.day, odd))}")
    for year in range(first.year, last.year + 1):
        for month, number, since in FIXED:
            day = date(year, month, number)
            if first <= day <= last and year >= since and day.weekday() < SATURDAY and day not in off:
                raise CalendarError(f"days_off thiếu ngày lễ {words.day(day)}; ghi đủ cả năm rồi hãy dời confirmed_until")
    return OfficeCalendar(
        days_off={day: row["name"] for day, (_, row) in off.items()},
        worked_saturdays=swaps,
        doubts={day: row["note"] for day, (_, row) in _rows(raw, "doubts", {"day", "note"}).items()},
        saturday_mornings=frozenset(row["contact"] for _, row in _texts(raw, "saturday_mornings", {"contact", "source"})),
        timetables=_timetables(raw["timetables"]),
        confirmed_from=first,
        confirmed_until=last,
    )


def _texts(raw: Mapping[str, Any], key: str, fields: set[str]) -> list[tuple[str, dict[str, str]]]:
    """Rows with exactly these fields, all of them text; each with its name for messages, rows counted from 1 as staff do."""
    rows = raw[key] if raw[key] is not None else []
    if not isinstance(rows, list):
        raise CalendarError(f"{key}: cần một danh sách, mỗi dòng bắt đầu bằng dấu gạch ngang")
    found = []
    for number, row in enumerate(rows, 1):
        where = f"{key}, dòng thứ {number}"
        if not isinstance(row, dict) or set(row) != fields or not all(isinstance(text, str) and text.strip() for text in row.values()):
            raise CalendarError(f"{where}: cần đủ và chỉ có {', '.join(sorted(fields))}, không bỏ trống")
        found.append((where, row))
    return found


def _rows(raw: Mapping[str, Any], key: str, fields: set[str]) -> dict[date, tuple[str, dict[str, str]]]:
    found: dict[date, tuple[str, dict[str, str]]] = {}
    for where, row in _texts(raw, key, fields):
        day = _day(row["day"], f"{where}.day")
        if day in found:
            raise CalendarError(f"{where}: ngày {words.day(day)} đã có ở {found[day][0]}")
        found[day] = (where, row)
    return found


def _day(value: Any, where: str) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise CalendarError(f'{where} là "{value}"; cần một ngày có thật, dạng "2026-09-02"')


def _timetables(rows: Any) -> tuple[Timetable, ...]:
    if not isinstance(rows, list) or not rows:
        raise CalendarError("timetables: cần ít nhất một khung giờ làm việc")
    return tuple(_timetable(row, f"timetables, dòng thứ {number}") for number, row in enumerate(rows, 1))


def _timetable(row: Any, where: str) -> Timetable:
    spells = read_spells(row)
    if spells is None:
        raise CalendarError(f'{where}: cần các buổi dạng ["07:00-11:00", "13:00-17:00"]')
    if not in_order(spells) or sum(end - start for start, end in spells) != DAY_MINUTES:
        raise CalendarError(f"{where}: các buổi phải nối tiếp nhau và cộng lại đủ 8 giờ")
    return spells

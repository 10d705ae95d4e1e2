"""The offices' calendar: which days are worked, where the table ends, and what a broken file is told."""

from __future__ import annotations

import logging
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.calendar import CalendarError, NotConfirmed
from actions.calendar_file import parse_calendar, read_calendar
from actions.kept_calendar import KeptCalendar
from index.catalogue import read_yaml

from .calendars import calendar, raw

HOLIDAYS = Path("data") / "province" / "holidays.yml"


@pytest.mark.parametrize(("day", "why"), [
    ("2031-01-01", "Tết Dương lịch"), ("2031-02-28", None), ("2031-03-01", "cuối tuần"), ("2031-03-02", "cuối tuần"), ("2031-03-03", "Hội nuôi ong"),
    ("2031-03-05", "Nghỉ bù hội nuôi ong"), ("2031-03-06", None), ("2031-04-26", None), ("2031-04-27", "cuối tuần"), ("2031-05-02", "Nghỉ đổi"),
    ("2031-06-10", None), ("2031-06-30", None),
])
def test_a_day_is_worked_or_says_why_not(day: str, why: str | None) -> None:
    assert calendar().off(date.fromisoformat(day)) == why
    assert calendar().is_working(date.fromisoformat(day)) is (why is None)


@pytest.mark.parametrize(("day", "later"), [
    ("2030-12-31", "2031-01-02"), ("2031-02-28", "2031-03-06"), ("2031-04-25", "2031-04-26"), ("2031-04-29", "2031-05-05"), ("2031-06-27", "2031-06-30"),
])
def test_the_next_working_day(day: str, later: str) -> None:
    assert calendar().next_working(date.fromisoformat(day)) == date.fromisoformat(later)


@pytest.mark.parametrize("day", [date.min, date(2030, 12, 30), date(2031, 6, 30), date(2031, 7, 1), date.max])
def test_the_next_working_day_outside_the_table_is_not_known(day: date) -> None:
    with pytest.raises(NotConfirmed, match="ngày"):
        calendar().next_working(day)


@pytest.mark.parametrize("day", [date.min, date(2030, 12, 31), date(2031, 7, 1), date(2031, 7, 5), date.max])
def test_a_day_outside_the_table_is_not_known_be_it_a_sunday(day: date) -> None:
    for ask in (calendar().is_working, calendar().half_day):
        with pytest.raises(NotConfirmed, match="30/06/2031|01/01/2031"):
            ask(day)


def test_a_saturday_morning_is_half_a_day_where_it_is_said_so() -> None:
    saturday, worked, friday = date(2031, 3, 1), date(2031, 4, 26), date(2031, 3, 7)
    assert calendar().half_day(saturday, "police_commune") and calendar().half_day(saturday)
    assert not calendar().half_day(saturday, "tax") and not calendar(saturday_mornings=[]).half_day(saturday)
    assert not calendar().half_day(worked, "police_commune"), "a worked Saturday is whole"
    assert not calendar().half_day(friday) and not calendar().is_working(saturday)


def test_doubts_are_told_of_a_span() -> None:
    assert calendar().doubts_within(date(2031, 6, 10), date(2031, 6, 10)) == ("thứ Ba 10/6/2031 chưa rõ",)
    assert calendar().doubts_within(date(2031, 6, 11), date(2031, 6, 30)) == ()


def off(**changes: str) -> list[dict[str, str]]:
    return [{"day": "2031-03-03", "name": "x", "kind": "holiday", "source": "y", **changes}]


BROKEN: list[tuple[dict[str, Any], str]] = [
    ({"days_of": []}, "khóa thiếu hoặc thừa: days_of"),
    ({"confirmed_until": "2031-06-31"}, 'confirmed_until là "2031-06-31"; cần một ngày có thật'),
    ({"confirmed_until": "2030-06-30"}, "đứng trước confirmed_from"),
    ({"confirmed_until": None}, "confirmed_until"),
    ({"confirmed_until": "2031-12-31"}, "days_off thiếu ngày lễ 02/09/2031"),
    ({"days_off": "không"}, "cần một danh sách"),
    ({"days_off": off(day="3/3/2031")}, "days_off, dòng thứ 1.day"),
    ({"days_off": off(day="2031-03-01")}, "thứ Bảy, đã nghỉ sẵn"),
    ({"days_off": off(kind="le")}, "holiday, in_lieu, swap"),
    ({"days_off": off(source=" ")}, "không bỏ trống"),
    ({"days_off": off(note="x")}, "chỉ có day, kind, name, source"),
    ({"days_off": off() + off()}, "đã có ở days_off, dòng thứ 1"),
    ({"days_off": ["2031-03-03"]}, "dòng thứ 1"),
    ({"worked_saturdays": []}, "chưa khớp từng đôi: 02/05/2031"),
    ({"worked_saturdays": [{"day": "2031-04-25", "instead_of": "2031-05-02", "source": "x"}]}, "ngày làm bù phải là thứ Bảy"),
    ({"worked_saturdays": [{"day": day, "instead_of": "2031-05-02", "source": "x"} for day in ("2031-04-26", "2031-04-19")]}, "02/05/2031"),
    ({"timetables": []}, "ít nhất một khung"),
    ({"timetables": [["7-11", "13-17"]]}, "cần các buổi dạng"),
    ({"timetables": [["07:00-11:00", "13:00-16:00"]]}, "đủ 8 giờ"),
    ({"timetables": [["13:00-17:00", "07:00-11:00"]]}, "nối tiếp nhau"),
    ({"timetables": ["07:00-11:00"]}, "cần các buổi dạng"),
]


@pytest.mark.parametrize(("changes", "words"), BROKEN, ids=[words for _, words in BROKEN])
def test_a_broken_table_is_told_where_and_what_is_wanted(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(CalendarError) as error:
        parse_calendar(raw(**changes))
    assert words in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("content", [None, [], "x", 5, {}])
def test_what_is_no_table_at_all_is_told_its_keys(content: object) -> None:
    with pytest.raises(CalendarError, match="confirmed_until"):
        parse_calendar(content)


@pytest.mark.parametrize("content", [b"days_off: [", b"\xff\xfe", b"a: 1\na: 2\n", b"", "name: Tết".encode()])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "holidays.yml"
    path.write_bytes(content)
    with pytest.raises(CalendarError, match="holidays.yml: "):
        read_calendar(path)


def test_the_file_is_read_again_when_it_changes_and_a_broken_one_changes_nothing(
    root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    path, text = tmp_path / "holidays.yml", (root / HOLIDAYS).read_text("utf-8")
    kept = KeptCalendar(path)
    with caplog.at_level(logging.ERROR), pytest.raises(CalendarError, match="không đọc được"):
        kept.now()
    path.write_text(text, "utf-8")
    first = kept.now()
    assert kept.now() is first
    path.write_text(text.replace('confirmed_until: "2026-12-31"', 'confirmed_until: "2026-11-30"'), "utf-8")
    os.utime(path, (1, 1))
    assert kept.now().confirmed_until == date(2026, 11, 30)
    caplog.clear()
    path.write_text("hỏng", "utf-8")
    assert kept.now().confirmed_until == kept.now().confirmed_until == date(2026, 11, 30)
    assert [record.msg for record in caplog.records] == ["bad_calendar"]


def test_the_office_s_own_file_is_good(root: Path) -> None:
    own = read_calendar(root / HOLIDAYS)
    assert own.confirmed_until >= date(2026, 12, 31)
    contacts = read_yaml(root / "data" / "province" / "ca-mau.yml")["contacts"]
    assert own.saturday_mornings <= set(contacts)
    years = range(own.confirmed_from.year, own.confirmed_until.year + 1)
    for year in years:
        first = date(year, 1, 1)
        worked = sum(own.is_working(first + timedelta(days=n)) for n in range((date(year, 12, 31) - first).days + 1))
        assert 245 <= worked <= 255, year

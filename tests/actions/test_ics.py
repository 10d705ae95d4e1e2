"""A due day as a calendar file: read back as a phone reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from icalendar import Calendar, Event

from actions.ics import due_event

NOW = datetime(2026, 11, 22, 9)
OFFICE = "Trung tâm Phục vụ hành chính công xã, phường nơi anh/chị ở"


def event(due: date = date(2026, 12, 3), now: datetime = NOW, url: str | None = "https://motcua.example/thu-tuc/1.900001", row: int = 0) -> Event:
    calendar = Calendar.from_ical(due_event("Đăng ký nuôi ong mật; lấy mật, bán", "1.900001", due, row, OFFICE, url, now))
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH") and "Mot Cua" in calendar["prodid"]
    (found,) = calendar.walk("VEVENT")
    return found


def test_the_event_lasts_the_whole_due_day() -> None:
    found = event()
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (date(2026, 12, 3), date(2026, 12, 4))
    assert event(datetime(2026, 12, 3, 10, 30)).decoded("dtstart") == date(2026, 12, 3), "also of a limit that is exact to the minute"


def test_its_words_are_vietnamese_and_whole() -> None:
    found = event()
    assert found["summary"] == "Hạn trả kết quả: Đăng ký nuôi ong mật; lấy mật, bán"
    assert found["location"] == OFFICE and found["url"] == "https://motcua.example/thu-tuc/1.900001"
    assert "mã 1.900001" in found["description"] and "hạn 03/12/2026" in found["description"] and "giấy hẹn" in found["description"]
    assert "url" not in event(url=None)


def test_one_reminder_the_morning_before() -> None:
    (alarm,) = event().walk("VALARM")
    assert (alarm["action"], alarm.decoded("trigger")) == ("DISPLAY", timedelta(hours=-15))


def test_the_same_day_makes_the_same_entry() -> None:
    assert event()["uid"] == event(now=NOW + timedelta(days=1))["uid"]
    assert len({event()["uid"], event(row=1)["uid"], event(date(2026, 12, 4))["uid"]}) == 3


def test_it_is_stamped_in_universal_time() -> None:
    stamp = datetime(2026, 11, 22, 2, tzinfo=UTC)
    assert event().decoded("dtstamp") == stamp
    assert event(now=datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=7)))).decoded("dtstamp") == stamp


def test_lines_are_folded_as_the_format_asks() -> None:
    raw = due_event("Đăng ký " * 30, "1.900001", date(2026, 12, 3), 0, OFFICE, None, NOW)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")) and raw.endswith(b"\r\n")

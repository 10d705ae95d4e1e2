"""A due day as a calendar file (RFC 5545) that phones open. Pure but for the first import of icalendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from actions import words
from actions.deadline_input import VIETNAM

PRODUCT = "-//Mot Cua//Ngay tra ket qua//VI"
DAY_BEFORE = timedelta(hours=-15)
"""Of an all-day event, which begins at 0:00: nine in the morning of the day before."""


def due_event(name: str, code: str, due: date, row: int, office: str, url: str | None, now: datetime) -> bytes:
    """One all-day event on the due day, with one reminder the day before.

    Args: name, code: of the procedure; row: index of its time limit; office: whom to ask; url: absolute address of the record's
        page, None when the server has no public one; now: in Vietnam's time when it has no offset.
    Returns: UTF-8; the same code, row and due day always give the same UID, so that opening it twice makes one entry.
    """
    from icalendar import Alarm, Calendar, Event  # 50 ms that only this needs

    day = due.date() if isinstance(due, datetime) else due
    event = Event()
    event.add("uid", f"{code}-{row}-{day:%Y%m%d}@mot-cua")
    event.add("dtstamp", (now if now.tzinfo else now.replace(tzinfo=VIETNAM)).astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"Hạn trả kết quả: {name}")
    event.add("location", office)
    event.add(
        "description",
        f"Thủ tục {name} (mã {code}), hạn {words.day(day)}. Ngày ghi trên giấy hẹn mới là ngày chính thức. Hỏi: {office}.",
    )
    event.add("transp", "TRANSPARENT")
    if url:
        event.add("url", url)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", DAY_BEFORE)
    alarm.add("description", f"Mai là hạn trả kết quả: {name}")
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()

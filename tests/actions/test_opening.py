"""When a desk is open: by the calendar alone while nobody has told its hours, to the minute when somebody has."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calendar import OfficeCalendar
from actions.calendar_file import read_calendar
from actions.opening import Desk, desk, open_day, opening
from index.catalogue import read_yaml
from index.procedure import Procedure

from ..small import CARD, CONTACTS
from .calendars import calendar as invented

HOURS = [{"days": [2, 3, 4, 5, 6], "spells": ["07:00-11:00", "13:00-17:00"], "source": "thông báo"}]
OPEN = Desk("commune", {"name": "Trung tâm", "hours": HOURS})
UNTOLD = Desk("commune", {"name": "Trung tâm"})
POLICE = Desk("police_commune", {"name": "Công an"})
POWER = Desk("power", {"name": "Điện lực"})


@pytest.fixture(scope="module")
def ours(root: Path) -> OfficeCalendar:
    return read_calendar(root / "data" / "province" / "holidays.yml")


@pytest.mark.parametrize(("place", "day", "is_open", "why", "morning"), [
    (UNTOLD, "2026-11-25", True, None, False), (UNTOLD, "2026-11-24", False, "Ngày Văn hóa Việt Nam 24/11", False), (UNTOLD, "2026-11-22", False, None, False),
    (UNTOLD, "2026-11-28", False, None, False), (UNTOLD, "2026-08-22", True, None, False), (UNTOLD, "2026-08-31", False, "Nghỉ hoán đổi, làm bù thứ Bảy 22/8/2026", False),
    (POLICE, "2026-11-28", True, None, True), (POLICE, "2026-08-22", True, None, False), (POLICE, "2026-05-02", None, "thứ Bảy này liền với ngày nghỉ", True),
    (POLICE, "2026-11-29", False, None, False), (UNTOLD, "2027-02-05", None, "chưa có lịch nghỉ chính thức", False), (POLICE, "2027-02-06", None, "chưa có lịch", False),
    (UNTOLD, "2027-02-07", False, None, False), (POWER, "2026-11-24", None, "lịch làm việc riêng", False), (OPEN, "2026-11-28", False, None, False),
])
def test_a_day_is_open_closed_or_not_sure(
    ours: OfficeCalendar, place: Desk, day: str, is_open: bool | None, why: str | None, morning: bool,
) -> None:
    found = open_day(place, date.fromisoformat(day), ours)
    assert (found.open, found.morning) == (is_open, morning)
    assert found.why == why or (why and found.why and why in found.why)


def test_a_worked_saturday_has_the_times_of_the_day_it_is_worked_for(ours: OfficeCalendar) -> None:
    monday = [{"days": [2], "spells": ["08:00-12:00"], "source": "x"}, {"days": [3, 4, 5, 6], "spells": ["07:00-11:00"], "source": "x"}]
    assert open_day(Desk("commune", {"name": "x", "hours": monday}), date(2026, 8, 22), ours).spells == ((480, 720),)


@pytest.mark.parametrize(("moment", "is_open", "until", "then"), [
    ("2026-11-25 06:59", False, "07:00", None), ("2026-11-25 07:00", True, "11:00", None), ("2026-11-25 11:00", False, "13:00", None),
    ("2026-11-25 12:30", False, "13:00", None), ("2026-11-25 16:59", True, "17:00", None), ("2026-11-25 17:00", False, None, "2026-11-26"),
    ("2026-11-23 18:00", False, None, "2026-11-25"), ("2026-11-22 09:00", False, None, "2026-11-23"), ("2026-11-24 09:00", False, None, "2026-11-25"),
    ("2026-08-22 09:00", True, "11:00", None), ("2026-12-31 18:00", False, None, ""), ("2027-01-04 09:00", None, None, ""),
])
def test_a_moment_is_open_until_or_closed_until(
    ours: OfficeCalendar, moment: str, is_open: bool | None, until: str | None, then: str | None,
) -> None:
    found = opening(OPEN, datetime.fromisoformat(moment), ours)
    assert (found.open, found.until and f"{found.until:%H:%M}") == (is_open, until)
    if then is not None:
        assert (found.next.day.isoformat() if found.next else "") == then


@pytest.mark.parametrize(("place", "moment", "is_open"), [
    (UNTOLD, "2026-11-25 03:00", None), (UNTOLD, "2026-11-25 09:00", None), (UNTOLD, "2026-11-24 09:00", False),
    (POLICE, "2026-11-28 09:00", None), (POLICE, "2026-11-28 12:00", False), (POLICE, "2026-11-29 09:00", False),
])
def test_without_told_hours_no_moment_is_open_for_sure(ours: OfficeCalendar, place: Desk, moment: str, is_open: bool | None) -> None:
    assert opening(place, datetime.fromisoformat(moment), ours).open is is_open


@given(st.datetimes(datetime(2031, 1, 1), datetime(2031, 6, 29)), st.sampled_from([OPEN, UNTOLD, POLICE]))
def test_whatever_the_moment_nothing_contradicts_the_calendar(moment: datetime, place: Desk) -> None:
    table = invented()
    found = opening(place, moment, table)
    if found.open:
        assert table.is_working(moment.date()) and found.until and found.until > moment
    if found.next:
        assert found.next.day > moment.date() and found.next.open
        between = (moment.date() + timedelta(days=n) for n in range(1, (found.next.day - moment.date()).days))
        assert not any(open_day(place, day, table).open for day in between)


def test_a_desk_is_the_contact_of_the_record(real_procedures: list[Procedure], procedures: dict[str, Procedure], root: Path) -> None:
    contacts = read_yaml(root / "data" / "province" / "ca-mau.yml")["contacts"]
    assert {desk(record, contacts).key for record in real_procedures} <= set(contacts)
    assert all(desk(record, contacts).key == record.contact for record in real_procedures)
    assert desk(procedures[CARD], CONTACTS).name == "Thư viện tỉnh"
    assert desk(procedures[CARD], contacts).key == "province_centre"

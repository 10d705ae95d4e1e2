"""When a result is due: counts by hand in an invented half year, against a slow count, and in the shared cases."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.calendar_file import read_calendar
from actions.deadline import Deadline, due

from .calendars import calendar, raw

SMALL = calendar()
SHARED = Path(__file__).resolve().parents[3] / "shared" / "eval" / "deadlines.jsonl"


def told(found: Deadline) -> str | None:
    return found.due.isoformat("T", "minutes") if isinstance(found.due, datetime) else found.due and found.due.isoformat()


def ask(received: object, amount: object, unit: object, channel: object = "direct", *events: Any) -> Deadline:
    return due(received, amount, unit, channel, events, calendar=SMALL)


BY_HAND = [
    ("2031-02-27T10:00", 1, "working_days", "2031-02-28"),
    ("2031-02-27T16:59", 1, "working_days", "2031-02-28"),  # the 15:00 rule is for same-day procedures only
    ("2031-02-27", 2, "working_days", "2031-03-06"),
    ("2031-02-27", 4, "working_days", "2031-03-10"),
    ("2031-02-27", "2,5", "working_days", "2031-03-07"),
    ("2031-02-27", 0.5, "working_days", "2031-02-28"),
    ("2030-12-31", 1, "working_days", "2031-01-02"),  # the table begins with the first day counted
    ("2031-04-25", 1, "working_days", "2031-04-26"),
    ("2031-04-26", 1, "working_days", "2031-04-28"),
    ("2031-04-25", 4, "working_days", "2031-05-05"),
    ("2031-03-01T09:00", 1, "working_days", "2031-03-06"),
    ("2031-06-27", 1, "working_days", "2031-06-30"),
    ("2031-02-27", 3, "days", "2031-03-06"),
    ("2031-02-27", 7, "days", "2031-03-06"),
    ("2031-02-27", 14, "days", "2031-03-13"),  # days off inside do not lengthen it
    ("2031-04-22", 10, "days", "2031-05-05"),
    ("2031-04-16", 10, "days", "2031-04-26"),
    ("2030-12-20", 20, "days", "2031-01-09"),
    ("2031-01-31", 1, "months", "2031-02-28"),
    ("2031-02-28", 1, "months", "2031-03-28"),
    ("2031-02-03", 1, "months", "2031-03-06"),
    ("2031-03-31", 1, "months", "2031-05-05"),
    ("2030-03-17", 12, "months", "2031-03-17"),
    ("2031-02-28T14:59", 1, "same_day", "2031-02-28"),
    ("2031-02-28T15:00", 1, "same_day", "2031-02-28"),
    ("2031-02-28T15:01", 1, "same_day", "2031-03-06"),
    ("2031-02-28T15:00:01", None, "same_day", "2031-03-06"),
    ("2031-04-25T16:00", 1, "same_day", "2031-04-26"),
    ("2031-03-03T09:00", 1, "same_day", "2031-03-06"),
    ("2031-02-27T10:00", 24, "hours", "2031-02-28T10:00"),
    ("2031-02-27T10:00", 12, "hours", "2031-02-27T22:00"),
    ("2031-02-28T08:00", 144, "hours", "2031-03-06T08:00"),
    ("2031-02-27T10:00", "1.5", "hours", "2031-02-27T11:30"),
    ("2031-02-28T09:00", 8, "working_hours", "2031-03-06T09:00"),
    ("2031-02-28T09:00", 16, "working_hours", "2031-03-07T09:00"),
    ("2031-02-28T07:10", 8, "working_hours", "2031-03-06T07:10"),  # two of the timetables had not begun: they are not the office's
    ("2031-02-27T12:15", 8, "working_hours", "2031-02-28"),
    ("2031-02-27T20:00", 8, "working_hours", "2031-02-28"),
    ("2031-02-27T15:30", 4, "working_hours", "2031-02-28"),
    ("2031-06-27T10:00", 80, "hours", "2031-06-30T18:00"),
    ("2031-06-30T08:00", 1, "working_hours", "2031-06-30"),
    ("2031-02-27T03:00:00+07:00", 1, "days", "2031-02-28"),
    ("2031-02-26T20:00Z", 1, "days", "2031-02-28"),
    (date(2031, 2, 27), 1, "days", "2031-02-28"),
    (datetime(2031, 2, 27, 9), Decimal(1), "days", "2031-02-28"),
]


@pytest.mark.parametrize(("received", "amount", "unit", "expected"), BY_HAND)
def test_the_day_counted_by_hand(received: object, amount: object, unit: str, expected: str) -> None:
    found = ask(received, amount, unit)
    assert (told(found), found.outcome, found.error) == (expected, "due", None)
    assert found.steps[0].number == 0 and found.steps[-1].day.isoformat() == expected[:10]


def test_the_count_is_shown_day_by_day() -> None:
    steps = ask("2031-02-27", 2, "working_days").steps
    assert [(step.day.day, step.number, step.note) for step in steps] == [
        (27, 0, "thứ Năm, ngày nhận, không tính"), (28, 1, "thứ Sáu"), (1, None, "thứ Bảy, nghỉ cuối tuần"), (2, None, "Chủ nhật, nghỉ cuối tuần"),
        (3, None, "thứ Hai, nghỉ: Hội nuôi ong"), (4, None, "thứ Ba, nghỉ: Hội nuôi ong"), (5, None, "thứ Tư, nghỉ: Nghỉ bù hội nuôi ong"), (6, 2, "thứ Năm"),
    ]
    assert [(step.day.day, step.number, step.note) for step in ask("2031-04-22", 4, "days").steps] == [
        (22, 0, "thứ Ba, ngày nhận, không tính"), (26, 4, "thứ Bảy, hết 4 ngày"),
    ]
    assert [(step.day.day, step.number, step.note) for step in ask("2031-02-27", 4, "days").steps][1:] == [
        (3, 4, "thứ Hai, hết 4 ngày, là ngày nghỉ (Hội nuôi ong)"), (4, None, "thứ Ba, nghỉ: Hội nuôi ong"), (5, None, "thứ Tư, nghỉ: Nghỉ bù hội nuôi ong"),
        (6, None, "thứ Năm, ngày làm việc tiếp theo"),
    ]
    assert [step.note for step in ask("2031-04-25T10:00", 16, "working_hours").steps] == [
        "thứ Sáu, cộng 5 giờ làm việc", "thứ Bảy, làm bù, cộng 13 giờ làm việc", "Chủ nhật, nghỉ cuối tuần", "thứ Hai, cộng 16 giờ làm việc",
    ]


@pytest.mark.parametrize(("received", "amount", "unit", "channel", "words"), [
    ("2031-02-28T15:00", 1, "same_day", "direct", "đúng 15:00"), ("2031-02-27", 2.5, "working_days", "direct", "Phần lẻ"),
    ("2031-04-16", 10, "days", "direct", "thứ Bảy làm bù"), ("2031-03-01T09:00", 3, "working_days", "direct", "sáng thứ Bảy"),
    ("2031-03-01T20:00", 3, "working_days", "online", "01/03/2031 là ngày nghỉ (cuối tuần)"),
    ("2031-03-01T14:00", 3, "working_days", "direct", "01/03/2031 là ngày nghỉ"), ("2031-03-03T09:00", 3, "working_days", "direct", "03/03/2031 là ngày nghỉ (Hội nuôi ong)"), ("2031-06-06", 3, "working_days", "direct", "10/6/2031 chưa rõ"),
    ("2031-02-27", 2, "days", "online", "không phải lúc gửi"), ("2031-02-27", 2, "days", "post", "bưu điện giao hồ sơ"),
    ("2031-02-27T15:30", 4, "working_hours", "direct", "khung giờ"),
])
def test_what_is_a_reading_is_warned_of(received: str, amount: object, unit: str, channel: str, words: str) -> None:
    found = ask(received, amount, unit, channel)
    assert found.outcome == "due" and any(words in warning for warning in found.warnings), found.warnings


@pytest.mark.parametrize(("received", "amount", "unit", "doubted"), [
    ("2031-06-09", 1, "working_days", True), ("2031-06-10", 1, "working_days", False), ("2031-06-09", 5, "days", False), ("2031-06-09", 1, "days", True),
    ("2031-05-10", 1, "months", True), ("2031-06-10T09:00", 1, "same_day", True), ("2031-06-10T09:00", 2, "hours", True), ("2031-06-09T09:00", 48, "hours", False),
    ("2031-06-10T09:00", 8, "working_hours", True),
])
def test_a_doubtful_day_is_told_where_it_matters(received: str, amount: int, unit: str, doubted: bool) -> None:
    assert any("chưa rõ" in warning for warning in ask(received, amount, unit).warnings) is doubted


def test_a_plain_count_warns_of_nothing() -> None:
    assert ask("2031-02-10T09:00", 5, "working_days").warnings == ()


@pytest.mark.parametrize(("received", "amount", "unit"), [
    ("2031-06-27", 2, "working_days"), ("2031-06-30", 1, "days"), ("2031-06-29", 1.5, "days"), ("2031-06-02", 1, "months"), ("2031-06-30T10:00", 14, "hours"),
    ("2031-06-30T10:00", 8, "working_hours"), ("2031-07-01T10:00", 1, "same_day"), ("2031-06-30T15:10", 1, "same_day"), ("2030-12-30", 1, "working_days"),
    ("2030-06-30", 1, "days"), ("2030-12-31T09:00", 8, "working_hours"), ("2030-12-30T09:00", 24, "hours"), ("0001-01-01", 1, "working_days"),
    *((received, 999_999_999, unit) for unit in ("working_days", "days", "months") for received in ("2031-01-02", "9999-12-31", "0001-01-01")),
    *((received, 999_999_999, unit) for unit in ("hours", "working_hours") for received in ("2031-01-02T09:00", "9999-12-31T23:59", "0001-01-01T00:00")),
    *(("9999-12-31T23:59", 1, unit) for unit in ("same_day", "working_days", "days", "months", "hours", "working_hours")),
    ("2031-02-27T10:00", 48, "hours"), ("2031-02-27", 1.5, "months"), ("2031-02-27T16:30", 1, "working_hours"),
])
def test_no_firm_date_outside_the_table_or_where_the_law_is_open(received: str, amount: object, unit: str) -> None:
    found = ask(received, amount, unit)
    assert (found.due, found.outcome, found.error) == (None, "no_firm_date", None)
    assert found.warnings


BAD = [
    ("2031-02-30T09:00", 7, "days", "direct", "bad_date", "Tháng 2 năm 2031 không có ngày 30"), ("2031-13-01", 7, "days", "direct", "bad_date", "Không có tháng 13"),
    ("2031-02-29", 7, "days", "direct", "bad_date", "không có ngày 29"), ("2031-00-01", 7, "days", "direct", "bad_date", "tháng 0"),
    ("0000-01-01", 7, "days", "direct", "bad_date", "năm 0"), ("2031-02-03T24:00", 7, "days", "direct", "bad_date", "Giờ nhận"),
    ("0001-01-01T00:00+14:00", 7, "days", "direct", "bad_date", "ngoài khoảng"), ("2031-02-03T10:00+99:00", 7, "days", "direct", "bad_date", "Giờ nhận"),
    ("03/02/2031", 7, "days", "direct", "bad_date", "năm-tháng-ngày"), ("٢٠٣١-٠٢-٠٣", 7, "days", "direct", "bad_date", "năm-tháng-ngày"),
    ("hôm qua", 7, "days", "direct", "bad_date", "năm-tháng-ngày"), ("", 7, "days", "direct", "bad_date", "năm-tháng-ngày"),
    (20310203, 7, "days", "direct", "bad_date", "năm-tháng-ngày"), ("9" * 10_000, 7, "days", "direct", "bad_date", "năm-tháng-ngày"),
    ("2031-02-03", 7, "hours", "direct", "missing_time", "giờ nhận"), ("2031-02-03", 1, "same_day", "direct", "missing_time", "giờ nhận"),
    *(("2031-02-03", amount, "days", "direct", "bad_amount", "phải là một số") for amount in (
        None, True, "bảy", "", "nan", "inf", "-inf", "1e3", "1_000", "٧", "7 ngày", "1.2.3", "9" * 5000, 10**10, -(10**5000), float("nan"), float("inf"), 1e300,
        Decimal("NaN"), Decimal("sNaN"), [7], {}, 7j,
    )),
    *(("2031-02-03", amount, "days", "direct", "negative_amount", "số âm") for amount in (-1, "-7", -0.5, "-999999999")),
    *(("2031-02-03", amount, unit, "direct", "zero_amount", "bằng 0") for amount in (0, "0", 0.0, "-0", "0,0") for unit in ("days", "working_hours")),
    ("2031-02-03T09:00", 3, "same_day", "direct", "bad_amount", "trong ngày"),
    *(("2031-02-03", 7, unit, "direct", "unknown_unit", "Đơn vị") for unit in ("OTHER", "HOUR", "weeks", "", None, 7, [], "DAYS")),
    *(("2031-02-03", 7, "days", channel, "unknown_channel", "Cách nộp") for channel in ("fax", "", None, 7, [])),
]


@pytest.mark.parametrize(("received", "amount", "unit", "channel", "code", "words"), BAD, ids=[f"{n}-{row[4]}" for n, row in enumerate(BAD)])
def test_bad_input_is_told_in_words(received: object, amount: object, unit: object, channel: object, code: str, words: str) -> None:
    found = ask(received, amount, unit, channel)
    assert (found.due, found.outcome, found.error_code) == (None, "error", code)
    assert words in (found.error or "") and (found.error or "").endswith(".")


def at(kind: str, moment: str) -> dict[str, str]:
    return {"type": kind, "at": moment}


POSTED, HANDED = at("posted", "2031-02-10T09:00"), at("handover", "2031-02-13T14:00")
REQUESTED, COMPLETE = at("supplement_requested", "2031-02-17T09:00"), at("complete", "2031-02-20T10:00")
STORIES = [
    ((POSTED, HANDED), "2031-02-13"), ((POSTED,), None), ((at("submitted", "2031-02-10T21:00"),), None),
    ((at("submitted", "2031-02-10T21:00"), at("accepted", "2031-02-11T08:00")), "2031-02-11"),
    ((at("received_incomplete", "2031-02-14T09:00"),), None), ((REQUESTED,), None), ((REQUESTED, COMPLETE), "2031-02-20"),
    ((POSTED, HANDED, REQUESTED, COMPLETE), "2031-02-20"), ((POSTED, HANDED, REQUESTED), None),
    ((REQUESTED, COMPLETE, at("supplement_requested", "2031-02-21")), None), ((at("posted", "2031-02-13"), HANDED), "2031-02-13"),
]


@pytest.mark.parametrize(("events", "start"), STORIES)
def test_events_say_when_the_clock_starts(events: tuple[dict[str, str], ...], start: str | None) -> None:
    found = ask(None, 1, "days", "post", *events)
    if start is None:
        assert (found.due, found.outcome) == (None, "clock_not_started") and "chưa bắt đầu" in found.warnings[-1]
    else:
        assert found.steps[0].day.isoformat() == start and found.outcome == "due"


def test_a_supplement_after_acceptance_restarts_with_a_warning() -> None:
    found = ask(None, 1, "days", "post", POSTED, HANDED, REQUESTED, COMPLETE)
    assert told(found) == "2031-02-21" and "tính lại từ đầu" in found.warnings[0]
    assert ask(None, 1, "days", "direct", at("received_incomplete", "2031-02-14"), REQUESTED, COMPLETE).warnings == ()


def test_the_day_of_receipt_told_beside_events() -> None:
    assert told(ask("2031-02-13T14:00", 1, "days", "post", POSTED)) == "2031-02-14", "it is the hand-over"
    assert ask("2031-02-09", 1, "days", "post", POSTED).outcome == "clock_not_started", "it was before it was posted"
    found = ask("2031-02-12", 1, "days", "post", POSTED, HANDED)
    assert told(found) == "2031-02-14" and "khác nhau" in found.warnings[0]
    assert ask(None, 1, "days").outcome == "clock_not_started"


@pytest.mark.parametrize(("events", "code"), [
    ((HANDED, at("posted", "2031-02-14")), "inconsistent_events"), ((at("posted", "2031-02-14"), HANDED), "inconsistent_events"), ((COMPLETE, REQUESTED), "inconsistent_events"), ((at("lost", "2031-02-10"),), "bad_events"),
    (({},), "bad_events"), (("posted",), "bad_events"), ((at("posted", "2031-02-30"),), "bad_date"), (({"type": "posted"},), "bad_date"), (({"type": []},), "bad_events"),
])
def test_events_that_cannot_be(events: tuple[Any, ...], code: str) -> None:
    found = ask("2031-02-13", 1, "days", "post", *events)
    assert (found.outcome, found.error_code) == ("error", code)


@pytest.mark.parametrize("events", [5, "posted", {"type": "posted"}, [None], True])
def test_events_that_are_no_list_of_events(events: Any) -> None:
    assert due("2031-02-13", 1, "days", events=events, calendar=SMALL).error_code == "bad_events"


def test_hours_on_a_day_off_tell_both_readings() -> None:
    assert "10:00 ngày 01/03/2031" in (warning := ask("2031-02-27T10:00", 48, "hours").warnings[-1]) and "06/03/2031" in warning


def test_a_settled_timetable_makes_working_hours_exact() -> None:
    one = calendar(timetables=[["07:00-11:00", "13:00-17:00"]])
    assert told(due("2031-02-27T15:30", 4, "working_hours", calendar=one)) == "2031-02-28T09:30"
    assert told(due("2031-02-27T16:30", "0,5", "working_hours", calendar=one)) == "2031-02-27T17:00"
    assert told(due("2031-02-27T18:00", 4, "working_hours", calendar=one)) == "2031-02-28T11:00"


# The slow count: the worked days of the table as one list, months by walking the days, working hours by the minute.
DAYS = [date(2031, 1, 1) + timedelta(days=n) for n in range(181)]
FREE = {row["day"] for row in raw()["days_off"]}
WORKED = [day for day in DAYS if (f"{day:%a}" not in ("Sat", "Sun") and f"{day}" not in FREE) or f"{day}" == "2031-04-26"]
MOMENTS = st.datetimes(datetime(2030, 11, 1), datetime(2031, 7, 20), allow_imaginary=False).map(lambda moment: moment.replace(second=0, microsecond=0))


def slow(start: datetime, amount: int, unit: str) -> str | None:
    """None: no firm date."""
    day = start.date()
    if unit == "working_days":
        later = [worked for worked in WORKED if worked > day]
        return f"{later[amount - 1]}" if day >= date(2030, 12, 31) and len(later) >= amount else None
    if unit == "same_day":
        later = [worked for worked in WORKED if worked > day or (worked == day and (start.hour, start.minute) <= (15, 0))]
        return f"{later[0]}" if day in DAYS and later else None
    if unit == "days":
        for _ in range(amount):
            day += timedelta(days=1)
    else:
        left, wanted = amount, day.day
        while left:  # step over month ends one by one
            day += timedelta(days=1)
            left -= day.day == 1
        while day.day != wanted and (day + timedelta(days=1)).day != 1:
            day += timedelta(days=1)
    later = [worked for worked in WORKED if worked >= day]
    return f"{later[0]}" if day in DAYS and later else None


@settings(max_examples=400, deadline=None)
@given(MOMENTS, st.integers(1, 150), st.sampled_from(["working_days", "days", "months", "same_day"]))
def test_the_count_is_the_slow_count(start: datetime, amount: int, unit: str) -> None:
    amount = 1 if unit == "same_day" else amount % 9 + 1 if unit == "months" else amount
    found = ask(start, amount, unit)
    assert told(found) == slow(start, amount, unit)
    assert found.outcome == ("no_firm_date" if found.due is None else "due")


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(2031, 2, 10), datetime(2031, 5, 10)).map(lambda moment: moment.replace(second=0, microsecond=0)), st.integers(1, 30))
def test_working_hours_are_the_minutes_counted_one_by_one(start: datetime, hours: int) -> None:
    one = calendar(timetables=[["07:00-11:00", "13:00-17:00"]])
    now, left = start, hours * 60
    while left:
        left -= now.date() in WORKED and now.hour in (7, 8, 9, 10, 13, 14, 15, 16)
        now += timedelta(minutes=1)
    assert due(start, hours, "working_hours", calendar=one).due == now


@settings(max_examples=200, deadline=None)
@given(MOMENTS, st.integers(1, 60))
def test_a_step_a_day_and_as_many_counted_as_asked_for(start: datetime, amount: int) -> None:
    found = ask(start, amount, "working_days")
    if found.due is not None:
        assert [step.day for step in found.steps] == [start.date() + timedelta(days=n) for n in range(len(found.steps))]
        assert [step.number for step in found.steps if step.number is not None] == list(range(amount + 1))


@settings(max_examples=300, deadline=None)
@given(*[st.one_of(st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates()) for _ in range(2)],
       st.sampled_from(["same_day", "working_days", "days", "months", "hours", "working_hours", "x"]))
def test_nothing_told_breaks_it(received: object, amount: object, unit: str) -> None:
    assert ask(received, amount, unit).outcome in ("due", "no_firm_date", "clock_not_started", "error")


def test_the_shared_cases_whose_law_is_settled(root: Path) -> None:
    if not SHARED.exists():
        pytest.skip(f"no {SHARED}: the shared cases are not part of the repository")
    own = read_calendar(root / "data" / "province" / "holidays.yml")
    rows = [json.loads(line) for line in SHARED.read_text("utf-8").splitlines()]
    wrong = []
    for row in (row for row in rows if row["sure"]):
        found = due(row["received"], row["amount"], row["unit"], row["channel"], row.get("events", ()), calendar=own)
        if (told(found), found.outcome, found.error_code) != (row["due"], row["outcome"], row.get("error_code")):
            wrong.append((row["id"], told(found), found.outcome, found.error_code))
    assert rows and wrong == []

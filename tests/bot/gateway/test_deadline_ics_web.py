"""GET /api/deadline.ics: the calendar file of a record's due day, and everything that can be asked wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from bot.gateway import texts
from index.shelf import write_shelf

from ... import small
from .test_deadline_web import FILE, serving
from .test_web import VIETNAMESE, assert_error

GOOD = {"code": small.REGISTER, "received": "2031-02-26", "row": "0", "channel": "direct"}
LIMITS = [{"working_days": 2}, {"hours": 24}, {"note": "theo giấy hẹn"}, {"days": 3, "note": "từ ngày kết thúc kỳ thi"}]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    write_shelf(tmp_path, [small.procedure(duration=LIMITS)])
    return tmp_path


@pytest.fixture
def holidays(tmp_path: Path) -> Path:
    path = tmp_path / "holidays.yml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def http(var: Path, holidays: Path) -> Iterator[TestClient]:
    with serving(var, holidays) as client:
        yield client


def get(http: TestClient, **changes: str | None) -> httpx.Response:
    return http.get("/api/deadline.ics", params={key: value for key, value in {**GOOD, **changes}.items() if value is not None})


def due(response: httpx.Response) -> date:
    assert response.status_code == 200, response.text
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    return event.decoded("dtstart")


def test_a_file_that_a_phone_takes_for_a_calendar(http: TestClient) -> None:
    response = get(http)
    assert due(response) == date(2031, 2, 28)
    assert response.headers["content-type"] == "text/calendar; charset=utf-8" and response.headers["cache-control"] == "no-store"
    assert response.headers["content-disposition"].startswith("attachment;") and ".ics" in response.headers["content-disposition"]
    assert "Đăng ký nuôi ong mật" in response.text.replace("\r\n ", "")


@pytest.mark.parametrize(("changes", "day"), [
    ({"row": None, "channel": None}, "2031-02-28"), ({"received": "2031-02-28T16:00"}, "2031-03-05"), ({"row": "1", "received": "2031-02-26T10:00"}, "2031-02-27"),
    ({"code": f"{small.REGISTER}.000.00.00.H12"}, "2031-02-28"), ({"channel": "online"}, "2031-02-28"),
])
def test_the_day_in_the_file(http: TestClient, changes: dict[str, str | None], day: str) -> None:
    assert due(get(http, **changes)).isoformat() == day


def test_the_page_s_address_is_named_when_the_server_has_one(http: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\r\nURL:" not in get(http).text
    monkeypatch.setenv("MOT_CUA_PUBLIC_URL", "https://motcua.example/")
    assert f"\r\nURL:https://motcua.example/thu-tuc/{small.REGISTER}" in get(http).text


@pytest.mark.parametrize("changes", [
    {"received": None}, {"received": "hôm qua"}, {"received": "2031-02-30"}, {"row": "-1"}, {"row": "một"}, {"row": "999"}, {"row": "٢"}, {"channel": "fax"},
    {"row": "1"}, {"row": "2"}, {"row": "3"}, {"received": "2031-04-29"}, {"received": "\x00"}, {"received": "x" * 9000},
])
def test_a_bad_request_is_refused_in_vietnamese(http: TestClient, changes: dict[str, str | None]) -> None:
    response = get(http, **changes)
    assert_error(response, 400)
    assert VIETNAMESE.search(response.json()["error"]["message"])


@pytest.mark.parametrize("changes", [{"code": "9.999999"}, {"code": None}, {"code": "<script>"}, {"row": "4"}])
def test_what_is_not_there_is_not_found(http: TestClient, changes: dict[str, str | None]) -> None:
    assert_error(get(http, **changes), 404)


def test_wrong_methods_do_not_fall_through(http: TestClient) -> None:
    assert_error(http.post("/api/deadline.ics"), 405)


def test_without_a_calendar_it_says_so(var: Path, tmp_path: Path) -> None:
    with serving(var, tmp_path / "nothing.yml") as http:
        assert get(http).json()["error"]["message"] == texts.NO_CALENDAR and get(http).status_code == 503


def test_without_records_it_says_so(tmp_path: Path, holidays: Path) -> None:
    with serving(tmp_path, holidays) as http:
        assert get(http).json()["error"]["message"] == texts.NO_RECORDS and get(http).headers["retry-after"]


def test_too_many_are_slowed_down(var: Path, holidays: Path) -> None:
    with serving(var, holidays, MOT_CUA_RATE_LIMIT="2") as http:
        assert [get(http).status_code for _ in range(3)] == [200, 200, 429]

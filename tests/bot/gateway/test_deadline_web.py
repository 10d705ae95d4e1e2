"""GET /api/deadline: the due day with its count, and everything that can be asked wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from bot.gateway import texts
from bot.gateway.app import create_app
from bot.gateway.catalogue import ReleaseCatalogue
from bot.gateway.engine import EnginePool
from bot.gateway.settings import read_settings
from bot.gateway.store import SqliteStore
from index.shelf import Shelf

from .harness import QUICK, SOURCES, fallback
from .test_web import VIETNAMESE, assert_error

FILE = """
confirmed_from: "2031-01-01"
confirmed_until: "2031-04-29"
checked_on: "2030-12-01"
days_off:
  - {day: "2031-01-01", name: Tết Dương lịch, kind: holiday, source: luật}
  - {day: "2031-03-03", name: Hội nuôi ong, kind: holiday, source: thông báo}
worked_saturdays: []
doubts: []
saturday_mornings: []
timetables: [["07:00-11:00", "13:00-17:00"]]
"""
GOOD = {"received": "2031-02-27T09:00", "amount": "2", "unit": "working_days", "channel": "direct"}


@contextmanager
def serving(var: Path, holidays: Path, **env: str) -> Iterator[TestClient]:
    settings = read_settings({"MOT_CUA_VAR": str(var), "MOT_CUA_SECRET": "a secret for tests only", "MOT_CUA_RATE_LIMIT": "0", **env})
    pool, store = EnginePool(SOURCES["forks"], 1, QUICK), SqliteStore(var / "gateway.sqlite3")
    yield TestClient(create_app(settings, pool, store, fallback, ReleaseCatalogue(lambda: var, Shelf), holidays=holidays))  # not entered: no engine is started
    store.close()


@pytest.fixture
def holidays(tmp_path: Path) -> Path:
    path = tmp_path / "holidays.yml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def http(tmp_path: Path, holidays: Path) -> Iterator[TestClient]:
    with serving(tmp_path, holidays) as client:
        yield client


def get(http: TestClient, **changes: str | None) -> httpx.Response:
    return http.get("/api/deadline", params={key: value for key, value in {**GOOD, **changes}.items() if value is not None})


def test_the_shape_of_an_answer(http: TestClient) -> None:
    response = get(http)
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    assert response.json() == {
        "due": "2031-03-04", "outcome": "due", "warnings": [],
        "count": [
            {"day": "2031-02-27", "number": 0, "note": "thứ Năm, ngày nhận, không tính"},
            {"day": "2031-02-28", "number": 1, "note": "thứ Sáu"},
            {"day": "2031-03-01", "number": None, "note": "thứ Bảy, nghỉ cuối tuần"},
            {"day": "2031-03-02", "number": None, "note": "Chủ nhật, nghỉ cuối tuần"},
            {"day": "2031-03-03", "number": None, "note": "thứ Hai, nghỉ: Hội nuôi ong"},
            {"day": "2031-03-04", "number": 2, "note": "thứ Ba"},
        ],
    }


@pytest.mark.parametrize(("changes", "due"), [
    ({"channel": None}, "2031-03-04"), ({"received": "2031-02-27"}, "2031-03-04"), ({"unit": "days", "amount": "4"}, "2031-03-04"),
    ({"unit": "same_day", "amount": None}, "2031-02-27"), ({"unit": "hours", "amount": "24"}, "2031-02-28T09:00"),
    ({"received": "2031-02-27T09:00+07:00"}, "2031-03-04"), ({"received": "2031-02-27T09:00 07:00"}, "2031-03-04"), ({"amount": "1,5"}, "2031-03-04"),
])
def test_the_due_day(http: TestClient, changes: dict[str, str | None], due: str) -> None:
    response = get(http, **changes)
    assert (response.status_code, response.json()["due"]) == (200, due)


@pytest.mark.parametrize("changes", [
    {"amount": "999999999"}, {"received": "9999-12-31T23:59"}, {"received": "0001-01-01"}, {"received": "2031-04-29"}, {"unit": "months", "amount": "999999999"},
])
def test_no_firm_date_is_an_answer(http: TestClient, changes: dict[str, str]) -> None:
    response = get(http, **changes)
    assert response.status_code == 200
    assert (response.json()["due"], response.json()["outcome"], response.json()["count"]) == (None, "no_firm_date", [])
    assert VIETNAMESE.search(response.json()["warnings"][0])


@pytest.mark.parametrize("changes", [
    {"received": None}, {"received": ""}, {"received": "hôm qua"}, {"received": "2031-02-30"}, {"received": "2031-02-27T99:00"}, {"received": "x" * 9000},
    {"received": "\x00"}, {"received": "10000-01-01"}, {"amount": None}, {"amount": ""}, {"amount": "0"}, {"amount": "-5"}, {"amount": "NaN"}, {"amount": "Infinity"},
    {"amount": "1e9"}, {"amount": "9" * 9000}, {"amount": "bảy"}, {"unit": None}, {"unit": "OTHER"}, {"unit": "weeks"}, {"unit": "<script>"}, {"channel": "fax"},
    {"unit": "hours", "received": "2031-02-27"},
])
def test_a_bad_request_is_refused_in_vietnamese(http: TestClient, changes: dict[str, str | None]) -> None:
    response = get(http, **changes)
    assert_error(response, 400)
    assert not re.search(r"script|xxx|999", response.text), "what was sent is not sent back"


def test_wrong_methods_and_paths_do_not_fall_through(http: TestClient) -> None:
    assert_error(http.post("/api/deadline"), 405)
    assert_error(http.get("/api/deadline/x"), 404)


def test_an_edited_calendar_counts_at_once_and_a_broken_one_is_not_taken(http: TestClient, holidays: Path) -> None:
    assert get(http).json()["due"] == "2031-03-04"
    holidays.write_text(FILE.replace("2031-03-03", "2031-02-28"), "utf-8")
    assert get(http).json()["due"] == "2031-03-04" and get(http, amount="1").json()["due"] == "2031-03-03"
    holidays.write_text("days_off: [", "utf-8")
    assert get(http, amount="1").json()["due"] == "2031-03-03"


def test_without_a_calendar_it_says_so(tmp_path: Path) -> None:
    with serving(tmp_path, tmp_path / "nothing.yml") as http:
        response = get(http)
    assert (response.status_code, response.json()["error"]["message"]) == (503, texts.NO_CALENDAR)
    assert response.headers["retry-after"]


def test_too_many_are_slowed_down(tmp_path: Path, holidays: Path) -> None:
    with serving(tmp_path, holidays, MOT_CUA_RATE_LIMIT="2") as http:
        assert [get(http).status_code for _ in range(3)] == [200, 200, 429]
        assert get(http).headers["retry-after"]


def test_the_office_s_own_calendar_is_served(tmp_path: Path, root: Path) -> None:
    with serving(tmp_path, root / "data" / "province" / "holidays.yml") as http:
        assert get(http, received="2026-11-23T09:00", amount="1").json()["due"] == "2026-11-25"

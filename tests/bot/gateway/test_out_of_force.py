"""A record that is not in force leaves by no way of the gateway: neither its page, nor the API, nor the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.shelf import write_shelf

from .harness import procedure
from .test_deadline_web import FILE, serving

NOW, ENDED, LATER = "1.001193", "2.000815", "2.000884"
TELLING = ("Nộp hồ sơ", "UBND cấp xã", "Được cấp giấy khai sinh")
"""What the record says, none of which may be read."""


@pytest.fixture
def http(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "holidays.yml").write_text(FILE, "utf-8")
    gone = replace(procedure(ENDED, "Chứng thực bản sao từ bản chính", "sao y"), effective_to=date(2020, 1, 31))
    coming = replace(procedure(LATER, "Chứng thực chữ ký", "ký"), effective_from=date(2999, 2, 1))
    write_shelf(tmp_path, [procedure(), gone, coming])
    with serving(tmp_path, tmp_path / "holidays.yml") as client:
        yield client


@pytest.mark.parametrize(("code", "sentence"), [(ENDED, "đã hết hiệu lực ngày 31/01/2020"), (LATER, "chỉ áp dụng từ ngày 01/02/2999")])
def test_the_api_says_so_instead_of_the_record(http: TestClient, code: str, sentence: str) -> None:
    response = http.get(f"/api/procedures/{code}")
    assert response.status_code == 410 and sentence in response.text
    assert not any(part in response.text for part in TELLING)
    assert response.json()["error"]["status"] == "unanswerable_not_in_record"


@pytest.mark.parametrize("code", [ENDED, LATER])
def test_its_page_holds_none_of_its_parts(http: TestClient, code: str) -> None:
    page = http.get(f"/thu-tuc/{code}").text
    assert "Nộp hồ sơ" not in page and "UBND cấp xã" not in page


def test_the_list_names_it_without_what_it_says(http: TestClient) -> None:
    rows = {row["code"]: row["overview"] for row in http.get("/api/procedures").json()["procedures"]}
    assert rows == {NOW: "Được cấp giấy khai sinh", ENDED: None, LATER: None}


def test_a_record_in_force_is_served_whole(http: TestClient) -> None:
    assert http.get(f"/api/procedures/{NOW}").json()["steps"] == ["Nộp hồ sơ"]

"""Leaving a message: by the page without script, and by the API."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.gateway import texts
from bot.gateway.contact_form import Contact
from bot.gateway.contacts import Contacts
from bot.gateway.tables import CONTACTS

from .harness import Gateway, running
from .turns import NOW, rows

GOOD = {"name": "Nguyễn Thị Hoa", "phone": "+84 912 345 678", "question": "Con sinh ở nhà khai sinh thế nào?", "commune": "Tân Thành"}


@pytest.fixture(scope="module")
def keeps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("var"), keeps=True) as one:
        yield one


class Fields(HTMLParser):
    """Boxes by name, ids of all elements, and what the labels name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.boxes: dict[str, dict[str, str | None]] = {}
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        if tag in ("input", "textarea"):
            self.boxes[found["name"] or ""] = found
        if tag == "label" and found.get("for"):
            self.labels.add(found["for"] or "")


def send(gateway: Gateway, **fields: str) -> httpx.Response:
    return gateway.http.post("/lien-he", data={**GOOD, "consent": "1", **fields})


def left(gateway: Gateway) -> list[Contact | None]:
    settings = gateway.settings
    return [one.contact for one in Contacts(gateway.database, settings.data_key, settings.secret, lambda: NOW).open_ones()]


def test_the_empty_form(keeps: Gateway) -> None:
    response = keeps.http.get("/lien-he")
    page, fields = response.text, Fields(response.text)
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store" and "<script" not in page
    assert list(fields.boxes) == ["name", "phone", "question", "commune", "consent", "website"]
    assert "checked" not in fields.boxes["consent"], "consent is never ticked beforehand"
    assert fields.labels >= {"name", "phone", "question", "commune"} and len(fields.ids) == len(set(fields.ids))
    assert fields.boxes["website"]["tabindex"] == "-1" and fields.boxes["website"]["autocomplete"] == "off"
    for told in ("trong giờ làm việc", "mã OTP", "chuyển tiền", "Phản ánh, kiến nghị", "Cổng Dịch vụ công quốc gia", "không nhận hồ sơ"):
        assert told in page


def test_a_message_by_the_page(keeps: Gateway) -> None:
    response = send(keeps)
    assert response.status_code == 201 and "Đã nhận lời nhắn" in response.text
    assert left(keeps)[-1] == Contact("Nguyễn Thị Hoa", "0912345678", GOOD["question"], "Tân Thành")
    assert "Nguyễn" not in response.text and "0912345678" not in response.text


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(keeps: Gateway) -> None:
    before = len(left(keeps))
    response = keeps.http.post("/lien-he", data={"name": '<i>"7', "phone": "113", "question": "hỏi & <b>", "commune": "Tân Thành"})
    page, fields = response.text, Fields(response.text)
    assert response.status_code == 400 and "<title>Lỗi: " in page and "<b>" not in page and "<i>" not in page
    assert (fields.boxes["name"]["value"], fields.boxes["phone"]["value"], fields.boxes["commune"]["value"]) == ('<i>"7', "113", "Tân Thành")
    assert "hỏi &amp; &lt;b&gt;</textarea>" in page
    for name in ("name", "phone", "consent"):
        assert fields.boxes[name]["aria-invalid"] == "true"
        described = fields.boxes[name]["aria-describedby"].split()
        assert f"{name}-error" in described and set(described) <= set(fields.ids)
        assert f'href="#{name}"' in page
    assert "aria-invalid" not in fields.boxes["question"]
    assert all(sentence in page for sentence in (texts.CONTACT_NAME, texts.CONTACT_PHONE, texts.CONTACT_CONSENT))
    assert len(left(keeps)) == before


def test_a_program_that_fills_every_field_is_refused_and_a_person_told(keeps: Gateway) -> None:
    before = len(left(keeps))
    response = send(keeps, website="http://spam.example")
    assert response.status_code == 400 and texts.CONTACT_TRAP in response.text and "spam.example" not in response.text
    assert len(left(keeps)) == before and Fields(response.text).boxes["consent"].get("checked", "no") is None


@pytest.mark.parametrize(("content", "kind"), [(b"\xff\xfe", "application/x-www-form-urlencoded"), (b"name=%FF", "application/x-www-form-urlencoded"), (b"{}", "application/json"), (b"a=1&" * 50, "application/x-www-form-urlencoded"), (b"x" * 70_000, "application/x-www-form-urlencoded")])
def test_what_is_no_form(keeps: Gateway, content: bytes, kind: str) -> None:
    response = keeps.http.post("/lien-he", content=content, headers={"Content-Type": kind})
    assert response.status_code == 400 and response.headers["Content-Type"].startswith("text/html")


def api(gateway: Gateway, **body: Any) -> httpx.Response:
    return gateway.http.post("/api/contact", json={**GOOD, "consent": True, **body})


def test_a_message_by_the_api_and_how_it_is_withdrawn(keeps: Gateway) -> None:
    before = len(left(keeps))
    response = api(keeps, name="Lê Văn Nam")
    body = response.json()
    assert response.status_code == 201 and set(body) == {"code", "message"} and body["code"] in body["message"]
    assert "Lê Văn Nam" in {one.name for one in left(keeps) if one}
    assert keeps.http.post("/quyen-rieng-tu", data={"code": body["code"]}).status_code == 200
    assert len(left(keeps)) == before and "Lê Văn Nam" not in {one.name for one in left(keeps) if one}


@pytest.mark.parametrize(("change", "field"), [({"name": "7"}, "name"), ({"phone": "1"}, "phone"), ({"question": ""}, "question"), ({"consent": False}, "consent"), ({"consent": "yes"}, "consent"), ({"commune": "ab" * 41}, "commune")])
def test_the_api_names_the_field(keeps: Gateway, change: dict[str, Any], field: str) -> None:
    response = api(keeps, **change)
    error = response.json()["error"]
    assert response.status_code == 400 and set(error) == {"status", "message", "field"} and error["field"] == field


def test_three_an_hour_however_they_come_and_mistakes_cost_none(tmp_path: Path) -> None:
    with running(tmp_path, keeps=True, MOT_CUA_RATE_LIMIT="1000") as gateway:
        assert [api(gateway, phone="1").status_code for _ in range(5)] == [400] * 5
        assert [send(gateway).status_code, api(gateway).status_code, send(gateway).status_code] == [201] * 3
        by_api, by_page = api(gateway), send(gateway)
        assert by_api.status_code == by_page.status_code == 429
        assert 60 < int(by_api.headers["Retry-After"]) <= 1200 and "Nguyễn Thị Hoa" in by_page.text and "phút" in by_page.text
        assert len(left(gateway)) == 3


def test_a_database_that_fails_keeps_what_was_typed_on_the_page(tmp_path: Path) -> None:
    with running(tmp_path, keeps=True) as gateway:
        CONTACTS.drop(gateway.database)
        response = send(gateway)
        assert response.status_code == 503 and texts.NOT_KEPT in response.text and "Nguyễn Thị Hoa" in response.text
        assert api(gateway).status_code == 503


def test_rows_are_sealed(keeps: Gateway) -> None:
    send(keeps)
    assert not any(word in str(row) for row in rows(keeps.database, CONTACTS) for word in ("Hoa", "0912345678", "Tân Thành", "khai sinh"))

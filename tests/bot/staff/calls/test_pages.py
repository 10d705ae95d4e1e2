"""/calls: waiting messages without names, one in clear for whoever calls, and every look in the log without what was seen."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.gateway.contact_form import Contact
from bot.gateway.contacts import Contacts
from bot.gateway.retention import DAY
from bot.gateway.tables import CONTACTS

ONE = Contact("Nguyễn Thị Kănguru", "0912345678", "Hỏi giấy tờ làm <b>khai sinh</b>", "xã Đất Mũi")
OTHER = Contact("Trần Văn Chồn", "0987654321", "Hỏi phí", None)


@pytest.fixture
def contacts(desk) -> Contacts:
    return Contacts(desk.engine, desk.settings.data_key, desk.settings.secret, desk.clock)


def names(contacts: Contacts) -> list[str]:
    return [name for name, _ in contacts.waiting()]


def test_who_waits_longest_stands_first_and_no_name_stands_in_the_list(client, desk, contacts, clock) -> None:
    contacts.add(ONE)
    clock.now += 3 * DAY
    contacts.add(OTHER)
    page = client("curator").get("/calls").text
    assert "2 lời nhắn đang chờ" in page and page.index("3 ngày") < page.index("chưa đến một ngày")
    for secret in (ONE.name, ONE.phone, ONE.question, OTHER.name, OTHER.phone):
        assert secret not in page
    assert desk.audit.rows == []


def test_one_is_opened_called_and_gone_and_the_log_knows_only_who(client, desk, contacts) -> None:
    contacts.add(ONE)
    (name,) = names(contacts)
    browser = client("reviewer")
    opened = browser.post(f"/calls/{name}/open")
    assert opened.status_code == 200 and opened.headers["Cache-Control"] == "no-store"
    assert ONE.name in opened.text and f'href="tel:{ONE.phone}"' in opened.text and "xã Đất Mũi" in opened.text
    assert "<b>khai sinh" not in opened.text and "&lt;b&gt;khai sinh" in opened.text
    assert browser.post(f"/calls/{name}/done").status_code == 303
    assert "Không có lời nhắn nào" in browser.get("/calls").text
    assert [(row[1], row[2]) for row in desk.audit.rows] == [("call.open", f"calls/{name}"), ("call.done", f"calls/{name}")]
    assert all(ONE.name not in str(row) and ONE.phone not in str(row) for row in desk.audit.rows)
    with desk.engine.connect() as connection:
        row = connection.execute(sa.select(CONTACTS)).one()
    assert row.state == "done" and row.done_by and row.done_at == desk.clock()


def test_a_second_press_and_an_unknown_message_are_said(client, desk, contacts) -> None:
    contacts.add(ONE)
    (name,) = names(contacts)
    browser = client("curator")
    browser.post(f"/calls/{name}/done")
    assert browser.post(f"/calls/{name}/done").status_code == 303 and len(desk.audit.rows) == 1
    assert "không còn" in browser.get("/calls").text
    for odd in (name, "x", "' or 1=1 --"):
        assert browser.post(f"/calls/{odd}/open").status_code == 404
    assert len(desk.audit.rows) == 1


def test_a_message_of_another_key_says_so_and_shows_nothing(client, desk) -> None:
    Contacts(desk.engine, b"another key of thirty-two bytes!", desk.settings.secret, desk.clock).add(ONE)
    with desk.engine.connect() as connection:
        name = connection.execute(sa.select(CONTACTS.c.id)).scalar_one()
    page = client("curator").post(f"/calls/{name}/open").text
    assert "không đọc được lời nhắn" in page and ONE.name not in page and "Traceback" not in page


def test_many_are_shown_by_twenty(client, contacts) -> None:
    for _ in range(21):
        contacts.add(OTHER)
    browser = client("curator")
    assert browser.get("/calls").text.count("/open\"") == 20 and browser.get("/calls?page=2").text.count("/open\"") == 1
    assert browser.get("/calls?page=999").text.count("/open\"") == 1 and browser.get("/calls?page=-1").text.count("/open\"") == 20


@pytest.mark.parametrize("role", ["publisher", "auditor", "admin"])
def test_who_calls_nobody_sees_nobody(client, contacts, role) -> None:
    contacts.add(ONE)
    (name,) = names(contacts)
    browser = client(role)
    assert browser.get("/calls").status_code == 403 and browser.post(f"/calls/{name}/open").status_code == 403
    assert browser.post(f"/calls/{name}/done").status_code == 403 and names(contacts) == [name]

"""What every address of the app keeps: who, may they, is the form ours, how large, and what becomes of what was typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse

from bot.staff.app import HEADERS
from bot.staff.entry import Entry
from bot.staff.menu import ALL, menu
from bot.staff.people import audit_words
from bot.staff.person import Person
from bot.staff.rights import RIGHTS, Right, Role
from bot.staff.sections import all_entries

from .conftest import person, token_in


def entry(method="POST", right=Right.EDIT, handler=None, **more):
    return (Entry(method, "/thing", right, handler or (lambda visit: PlainTextResponse(visit.text("word"))), **more),)


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(client) -> None:
    answer = client(None).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/can-bo/login?next=/")


@pytest.mark.parametrize("role", list(Role))
def test_the_right_alone_decides(client, role) -> None:
    answer = client(role.value, entries=entry("GET")).get("/thing")
    assert answer.status_code == (200 if Right.EDIT in RIGHTS[role] else 403)
    assert "stack" not in answer.text.lower()


@pytest.mark.parametrize("token", [None, "", "token-of-another"])
def test_a_form_without_its_token_is_refused(client, token) -> None:
    called = []
    browser = client("curator", entries=entry(handler=lambda visit: called.append(1)))
    assert browser.post("/thing", {"word": "a"}, csrf=token).status_code == 403 and not called


def test_a_form_of_who_is_not_signed_in_needs_the_token_of_its_own_browser(client) -> None:
    entries = entry(right=None) + (Entry("GET", "/form", None, lambda visit: visit.page("refused.html", sentence=visit.csrf)),)
    one, other = client(None, entries=entries), client(None, entries=entries)
    one.get("/form"), other.get("/form")
    token = one.get("/form").text.split('role="alert">')[1].split("<")[0]
    assert one.post("/thing", {"word": "a"}, csrf=token).text == "a"
    assert other.post("/thing", {"word": "a"}, csrf=token).status_code == 403


def test_what_was_typed_in_a_session_that_ended_is_kept_for_its_owner_alone(client, desk) -> None:
    browser = client("curator", entries=entry())
    desk.sessions.ended.add("curator1")
    answer = browser.post("/thing", {"word": "một câu dài", "new_password": "bí mật"})
    assert answer.headers["location"] == "/can-bo/login?next=/kept/1"
    assert desk.kept.forms == [(person("curator").id, "/thing", {"word": ["một câu dài"]})]
    client(None, entries=entry()).post("/thing", {"word": "của người lạ"})
    assert len(desk.kept.forms) == 1


def test_a_body_is_counted_while_it_comes(client) -> None:
    browser = client("curator", entries=entry(most_bytes=1000))
    answer = browser.post("/thing", {"word": "a" * 2000})
    assert answer.status_code == 413 and "lớn hơn" in answer.text
    assert browser.post("/thing", {"word": "a" * 200}).status_code == 200


@pytest.mark.parametrize("body, kind", [(b"--x", "multipart/form-data"), (b"--x\r\nbroken", "multipart/form-data; boundary=x")])
def test_what_is_no_form_is_refused_in_words(client, body, kind) -> None:
    answer = client("curator", entries=entry()).http.post("/can-bo/thing", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 403) and "biểu mẫu" in answer.text.lower()


def test_a_fault_becomes_words(client) -> None:
    def broken(visit):
        raise RuntimeError("secret detail")

    answer = client("curator", entries=entry("GET", handler=broken)).get("/thing")
    assert answer.status_code == 500 and "secret detail" not in answer.text and "chưa được ghi" in answer.text


def test_a_notice_is_shown_once_and_as_text(client) -> None:
    entries = entry(handler=lambda visit: visit.see("/", "Đã lưu <b>hết</b>")) + (
        Entry("GET", "/", Right.READ, lambda visit: visit.page("home.html")),
    )
    browser = client("curator", entries=entries)
    browser.post("/thing")
    assert "Đã lưu &lt;b&gt;hết&lt;/b&gt;" in browser.get("/").text
    assert "Đã lưu" not in browser.get("/").text


def test_every_page_says_what_a_browser_must_know(client) -> None:
    answer = client("curator").get("/")
    assert all(answer.headers[name] == value for name, value in HEADERS.items())
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert client("curator").get("/nowhere").status_code == 404


def test_a_part_that_must_go_elsewhere_moves_the_whole_page(client) -> None:
    answer = client(None).http.get("/can-bo/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, "/can-bo/login?next=/")


def test_only_our_own_files_are_served(client) -> None:
    browser = client(None)
    assert browser.get("/static/staff.css").status_code == 200
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/vendor/../../app.py", "/static/%00"):
        assert browser.get(path).status_code in (303, 404)


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_offers_what_may_be_opened(role) -> None:
    offered = {item.path for item in menu(person(role.value), "/")}
    assert offered == {path for path, _, right in ALL if right in RIGHTS[role]}


@pytest.mark.parametrize(("at", "title"), [
    ("/queue/abc", "Hàng việc"), ("/explain", "Hàng việc"), ("/faq/edit", "Nội dung khác"), ("/nlu", "Nội dung khác"), ("/queues", None), ("/me", None),
])
def test_the_menu_tells_where_one_is(at, title) -> None:
    everybody = Person("1" * 22, "moi.nguoi", "Mọi người", frozenset(Role))
    assert [item.title for item in menu(everybody, at) if item.here] == ([title] if title else [])


def test_whatever_a_section_writes_into_the_log_has_a_name() -> None:
    code = [path.read_text("utf-8") for path in Path(audit_words.__file__).parents[1].rglob("*.py")]
    written = {action for text in code for action in re.findall(r"\.note\(\s*\"([a-z_.]+)\"", text)}
    written |= {f"publish.{action}" for text in code for action in re.findall(r"_act\(visit, \"([a-z]+)\"", text)}
    assert len(written) > 30 and written - set(audit_words.TITLES) == set()


def test_no_address_is_open_twice(desk) -> None:
    addresses = [(one.method, one.path) for one in all_entries(desk)]
    assert len(addresses) == len(set(addresses))


def test_the_form_carries_its_token(client) -> None:
    assert token_in(client("curator").get("/").text) == "token-of-the-form"

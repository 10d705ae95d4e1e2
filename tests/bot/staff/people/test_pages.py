"""The pages of signing in, of one's own account, of people, of the log and of kept forms, through the real door of the app."""

from __future__ import annotations

import json
import re

import pyotp
import pytest
from starlette.testclient import TestClient

from bot.staff.people.addresses import safe_next
from bot.staff.people.sessions import IDLE
from bot.staff.people.tries import PAIR
from bot.staff.rights import Role

from ..conftest import token_in
from .conftest import ADDRESS, GOOD, Visitor, add, secret_in

NEW = "mười hai con giáp vàng"


@pytest.fixture
def admin(door, visitor):
    """An admin's browser, signed in."""
    add(door)
    browser = visitor()
    assert browser.enter("lan").status_code == 303
    return browser


def temporary_in(page: str) -> str:
    return re.search(r"<code>([a-z0-9-]{19})</code>", page)[1]


@pytest.mark.parametrize("path", ["/", "/queue", "/queue/a-b_c.d?state=open&page=2", "/kept/abc"])
def test_one_is_led_back_to_a_page_of_ours(path) -> None:
    assert safe_next(path) == path


@pytest.mark.parametrize("path", [
    "", "queue", "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/../../lien-he", "/./..", "/%2e%2e/x", "/%2f%2fevil",
    "/a//b", "/x\r\nSet-Cookie: a=b", "/\tx", "javascript:alert(1)", "/login", "/login?next=/login", "/logout", "/" + "a" * 600, "/x\0",
])
def test_nowhere_else(path) -> None:
    assert safe_next(path) == "/"


def test_signing_in_leads_to_where_one_wanted_to_go(door, visitor) -> None:
    add(door, "lan", Role.CURATOR)
    browser = visitor()
    answer = browser.get("/work")
    assert answer.headers["location"] == "/can-bo/login?next=/work"
    assert browser.enter("lan", after="/work").headers["location"] == "/can-bo/work"
    assert browser.get("/work").status_code == 200
    assert browser.get("/login?next=/work").headers["location"] == "/can-bo/work"


def test_no_page_of_signing_in_leads_elsewhere(door, visitor) -> None:
    add(door)
    browser = visitor()
    assert 'name="next" value="/"' in browser.get("/login?next=//evil.example").text
    assert browser.enter("lan", after="https://evil.example/").headers["location"] == "/can-bo/"


def test_the_cookie_is_for_this_app_alone(door, visitor, desk) -> None:
    add(door)
    cookie = visitor().enter("lan").headers["set-cookie"]
    assert cookie.startswith("can_bo=") and all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Path=/can-bo")) and "Domain" not in cookie


def test_over_tls_the_cookie_is_bound_to_the_host(door, desk) -> None:
    add(door)
    object.__setattr__(desk.settings, "public_url", "https://hoi.tinh.example")
    cookie = Visitor(desk, base="https://hoi.tinh.example").enter("lan").headers["set-cookie"]
    assert cookie.startswith("__Host-can_bo=") and "Secure" in cookie and "Path=/;" in cookie and "Domain" not in cookie


def test_a_token_planted_before_signing_in_never_gains_rights(door, visitor) -> None:
    add(door)
    planted = door.sessions.open(door.accounts.by_login("lan").person.id, "10.9.9.9", stage="code")
    browser = visitor()
    browser.http.cookies.set("can_bo", planted, path="/can-bo", domain="testserver.local")
    answer = browser.enter("lan")
    assert planted not in answer.headers["set-cookie"]
    assert door.sessions.read(planted) is None and door.sessions.waiting(planted) is None


def test_signing_in_and_out_needs_the_form_s_token(door, admin, visitor) -> None:
    fields = {"login": "lan", "password": GOOD, "csrf": "x"}
    assert visitor().http.post("/can-bo/login", data=fields).status_code == 403
    assert admin.http.post("/can-bo/logout", data={"csrf": "x"}).status_code == 403 and admin.get("/me").status_code == 200


def test_a_form_of_one_session_does_not_fit_another(admin, visitor) -> None:
    other = visitor()
    other.enter("lan")
    token = token_in(other.get("/me").text)
    assert admin.http.post("/can-bo/audit/verify", data={"csrf": token}).status_code == 403


def test_signing_out_ends_the_session_on_the_server(admin, door) -> None:
    token = admin.token
    assert admin.send("/logout", {}, "/me").headers["location"] == "/can-bo/login"
    assert door.sessions.read(token) is None and not admin.token


def test_a_wrong_password_says_nothing_and_shows_nothing(door, visitor) -> None:
    add(door)
    pages = [visitor().enter(login, "sai <b>đậm</b>") for login in ("lan", "khong-co")]
    plain = [re.sub(r'value="[^"]*"', "", page.text) for page in pages]
    assert plain[0] == plain[1] and "đậm" not in pages[0].text and {page.status_code for page in pages} == {403}


def test_a_pause_is_told_with_its_time(door, visitor) -> None:
    add(door)
    browser = visitor()
    answers = [browser.enter("lan", "sai") for _ in range(PAIR.free + 1)]
    assert answers[-1].status_code == 429 and answers[-1].headers["retry-after"] == "30" and "30 giây" in answers[-1].text


def test_the_whole_way_of_a_new_person(admin, door, visitor, clock) -> None:
    page = admin.send("/people", {"login": "Binh", "name": "Trần  Bình", "roles": ["curator"]}, "/people")
    temporary = temporary_in(page.text)
    binh = visitor("203.0.113.20")
    assert binh.enter("binh", temporary).headers["location"] == "/can-bo/me"
    assert binh.get("/work").headers["location"] == "/can-bo/me" and binh.send("/me/totp", {"totp_password": temporary}, "/me").status_code == 303
    old = binh.token
    change = {"password": temporary, "new_password": NEW, "again_password": NEW}
    assert binh.send("/me", change, "/me").headers["location"] == "/can-bo/"
    assert binh.token != old and door.sessions.read(old) is None and binh.get("/work").status_code == 200
    page = binh.send("/me/totp", {"totp_password": NEW}, "/me")
    totp = pyotp.TOTP(secret_in(page.text))
    assert "<svg" in page.text and binh.send("/me/totp/confirm", {"otp": "000000"}, "/me").status_code == 400
    page = binh.send("/me/totp/confirm", {"otp": totp.at(int(clock.now))}, "/me")
    codes = re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page.text)
    assert len(codes) == 10
    clock.now += 30
    again = visitor("203.0.113.21")
    assert again.enter("binh", NEW, "/work").headers["location"] == "/can-bo/login/totp?next=/work"
    assert again.get("/work").headers["location"].startswith("/can-bo/login")
    assert again.send("/login/totp", {"otp": "000000", "next": "/work"}, "/login/totp").status_code == 403
    half = again.token
    assert again.send("/login/totp", {"otp": totp.at(int(clock.now)), "next": "/work"}, "/login/totp").headers["location"] == "/can-bo/work"
    assert again.token != half and again.get("/work").status_code == 200
    assert binh.send("/me/totp/off", {"off_password": NEW}, "/me").status_code == 303 and visitor().enter("binh", NEW).headers["location"] == "/can-bo/"
    noted = [row.action for row in door.audit.all() if row.person_name == "Trần Bình"]
    assert noted == ["login", "password_changed", "totp_on", "totp_failed", "login", "totp_off", "login"] and door.audit.verify() is None
    log = str(list(door.audit.all()))
    assert not any(word in log for word in (temporary, NEW, GOOD, totp.secret, codes[0]))


@pytest.mark.parametrize("change, wrong", [
    ({"password": "sai", "new_password": NEW, "again_password": NEW}, "password"),
    ({"password": GOOD, "new_password": NEW, "again_password": NEW + "x"}, "again_password"),
    ({"password": GOOD, "new_password": "ngắn", "again_password": "ngắn"}, "new_password"),
])
def test_a_password_that_cannot_be_changed_says_why_beside_its_field(admin, change, wrong) -> None:
    answer = admin.send("/me", change, "/me")
    assert answer.status_code == 400 and f'id="{wrong}-error"' in answer.text and NEW not in answer.text
    assert admin.get("/me").status_code == 200


def test_guessing_the_password_in_a_session_left_open_brings_pauses(admin) -> None:
    answers = [admin.send("/me/totp", {"totp_password": "sai"}, "/me").text for _ in range(PAIR.free + 1)]
    assert "chờ" in answers[-1] and "chờ" not in answers[0]


def test_new_roles_end_the_sessions_under_the_old_ones(admin, door, visitor) -> None:
    who = add(door, "binh", Role.CURATOR)
    binh = visitor()
    binh.enter("binh")
    assert admin.send(f"/people/{who.id}/roles", {"roles": ["auditor"], "why": ""}, f"/people/{who.id}").status_code == 400
    admin.send(f"/people/{who.id}/roles", {"roles": ["auditor", "no-role"], "why": "đổi việc"}, f"/people/{who.id}")
    assert binh.get("/work").headers["location"].startswith("/can-bo/login")
    row = [row for row in door.audit.all() if row.action == "person_appointed"][0]
    assert (json.loads(row.before), json.loads(row.after), row.why, row.client) == (["curator"], ["auditor"], "đổi việc", ADDRESS)


def test_an_admin_shuts_out_resets_and_lets_in(admin, door, visitor) -> None:
    who = add(door, "binh", Role.CURATOR)
    page, binh = f"/people/{who.id}", visitor("203.0.113.30")
    binh.enter("binh")
    assert admin.send(f"{page}/disable", {"why": "nghỉ việc"}, page).status_code == 303
    assert binh.get("/me").status_code == 303 and binh.enter("binh").status_code == 403
    admin.send(f"{page}/enable", {"why": "trở lại"}, page)
    temporary = temporary_in(admin.send(f"{page}/password", {"why": "quên"}, page).text)
    assert binh.enter("binh").status_code == 403 and binh.enter("binh", temporary).headers["location"] == "/can-bo/me"
    door.totp.confirm(who.id, pyotp.TOTP(door.totp.start(who.id)).at(int(door.accounts._clock())))
    admin.send(f"{page}/totp", {"why": "mất máy"}, page)
    assert not door.accounts.get(who.id).totp
    assert {"person_disabled", "person_enabled", "password_reset", "totp_reset"} <= set(door.audit.actions())


def test_the_last_admin_cannot_leave(admin, door) -> None:
    page = f"/people/{door.accounts.by_login('lan').person.id}"
    for path, fields in (("disable", {"why": "x"}), ("roles", {"roles": "curator", "why": "x"})):
        answer = admin.send(f"{page}/{path}", fields, page)
        assert answer.status_code == 400 and "quản trị duy nhất" in answer.text
    assert admin.get(page).status_code == 200 and admin.get("/people/nobody").status_code == 404


def test_a_form_for_a_new_person_keeps_what_was_typed(admin) -> None:
    answer = admin.send("/people", {"login": "có dấu", "name": "<b>Bình</b>", "roles": "curator"}, "/people")
    assert answer.status_code == 400 and "&lt;b&gt;Bình" in answer.text and 'value="curator" checked' in answer.text and 'id="login-error"' in answer.text


@pytest.mark.parametrize("role", list(Role))
def test_people_and_the_log_are_for_those_who_may(door, visitor, role) -> None:
    add(door, "ai-do", role)
    browser = visitor()
    browser.enter("ai-do")
    allowed = {path for path in ("/people", "/audit", "/audit/export") if browser.get(path).status_code == 200}
    assert allowed == {Role.ADMIN: {"/people", "/audit", "/audit/export"}, Role.AUDITOR: {"/audit", "/audit/export"}}.get(role, set())


def test_the_log_is_filtered_exported_and_checked(admin, door) -> None:
    page = admin.get("/audit?action=login&from=2026-11-23&to=2026-11-23").text
    assert "<td data-label=\"Việc\">Đăng nhập</td>" in page and "Người Lan" in page
    assert "Không có dòng nào" in admin.get("/audit?to=2026-11-22").text
    assert admin.get("/audit?from=hôm%20nay").status_code == 400 and admin.get("/audit?page=999999").status_code == 200
    export = admin.get("/audit/export?kind=jsonl")
    assert "attachment" in export.headers["content-disposition"] and json.loads(export.text.splitlines()[0])["action"] == "login"
    assert admin.get("/audit/export?kind=exe").status_code == 400
    assert admin.send("/audit/verify", {}, "/audit").status_code == 303 and "nguyên vẹn" in admin.get("/audit").text
    assert {"audit_exported", "audit_verified"} <= set(door.audit.actions())


def test_what_was_typed_too_late_is_offered_to_its_owner_alone(door, visitor, clock) -> None:
    add(door, "lan", Role.CURATOR), add(door, "binh", Role.CURATOR)
    lan, binh = visitor("203.0.113.40"), visitor("203.0.113.41")
    lan.enter("lan")
    token = token_in(lan.get("/me").text)
    clock.now += IDLE
    binh.enter("binh")
    late = lan.http.post("/can-bo/work", data={"csrf": token, "text": "dòng 1\n</textarea><script>", "password": GOOD, "otp": "123456"})
    place = late.headers["location"].removeprefix("/can-bo/login?next=")
    assert place.startswith("/kept/") and lan.enter("lan", after=place).headers["location"] == f"/can-bo{place}"
    page = lan.get(place).text
    assert "&lt;/textarea&gt;&lt;script&gt;" in page and 'action="/can-bo/work"' in page and GOOD not in page and "123456" not in page
    assert binh.get(place).status_code == 404 and place in lan.get("/me").text and place not in binh.get("/me").text
    assert lan.send("/work", {"text": "dòng 1"}, place).status_code == 303
    binh.send(f"{place}/drop", {}, "/me")
    assert lan.get(place).status_code == 200
    lan.send(f"{place}/drop", {}, place)
    assert lan.get(place).status_code == 404


def test_kept_forms_do_not_heap_up(door, clock) -> None:
    who = add(door)
    for number in range(25):
        clock.now += 1
        last = door.kept.keep(who.id, "/work", {"text": [str(number)]})
    assert len(door.kept.of(who.id)) == 20 and door.kept.of(who.id)[0].id == last
    clock.now += 15 * 86_400
    assert door.kept.of(who.id) == [] and door.kept.read(last, who.id) is None


def test_every_page_has_one_heading_labels_and_nothing_inline(admin, door) -> None:
    pages = ["/me", "/people", f"/people/{door.accounts.by_login('lan').person.id}", "/audit"]
    for text in [*(admin.get(page).text for page in pages), TestClient(admin.http.app).get("/can-bo/login").text]:
        assert text.count("<h1>") == 1 and not re.search(r"\sstyle=|<style|\son[a-z]+=|<script>", text)
        named = {*re.findall(r'<label for="([^"]+)"', text)}
        boxes = re.findall(r'<(?:input type="(?!hidden|checkbox)[a-z]+"|select|textarea) id="([^"]+)"', text)
        assert set(boxes) <= named and len(re.findall(r'id="([^"]+)"', text)) == len(set(re.findall(r'id="([^"]+)"', text)))

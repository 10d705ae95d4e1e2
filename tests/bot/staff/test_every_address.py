"""Every address of the app, whatever section it is of: by role, without a session, with a foreign form, from another site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from bot.gateway.database import open_database
from bot.staff import files
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.pages import TEMPLATES
from bot.staff.people.accounts import Accounts
from bot.staff.people.audit import Audit
from bot.staff.people.kept import Kept
from bot.staff.people.passwords import Passwords
from bot.staff.people.sessions import Sessions
from bot.staff.rights import RIGHTS, Right, Role
from bot.staff.sections import all_entries

from .conftest import Browser, make_desk, person

OPEN = {"/login", "/login/totp", "/login/oidc", "/login/oidc/back", "/logout"}
"""What somebody may reach who has not signed in, or not any more."""


def filled(entry: Entry) -> str:
    """The path with something in every place."""
    return re.sub(r"\{[^}]*\}", "x", entry.path)


def send(browser: Browser, entry: Entry, **more):
    return browser.get(filled(entry)) if entry.method == "GET" else browser.post(filled(entry), **more)


class Staff:
    """People of every role with real accounts, sessions and log."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self._accounts = desk, Accounts(desk.engine, desk.clock, Passwords(PasswordHasher(1, 8, 1)))
        for role in Role:
            self._accounts.add(role.value, f"Cán bộ {role.value}", [role], "mat-khau-rat-dai-91", fresh=False)

    def browser(self, role: Role) -> Browser:
        """One that has just signed in."""
        browser = Browser(self.desk, None)
        account = self._accounts.by_login(role.value)
        token = self.desk.sessions.open(account.person.id, "testclient")
        browser.http.cookies.set("can_bo", token, path="/can-bo")
        browser.token = self.desk.sessions.read(token).csrf
        return browser

    def who_may(self, right: Right) -> Browser:
        """Of the first role that carries the right."""
        return self.browser(next(role for role in Role if right in RIGHTS[role]))


@pytest.fixture
def staff(tmp_path, clock) -> Iterator[Staff]:
    engine = open_database(tmp_path, f"sqlite:///{tmp_path / 'service.sqlite3'}")
    yield Staff(
        make_desk(engine, tmp_path, clock, sessions=Sessions(engine, clock), audit=Audit(engine, clock), kept=Kept(engine, clock))
    )
    engine.dispose()


@pytest.fixture
def entries(sqlite_desk) -> tuple[Entry, ...]:
    return all_entries(sqlite_desk)


def test_only_the_sign_in_is_open(entries) -> None:
    assert {entry.path for entry in entries if entry.right is None} <= OPEN


@pytest.mark.parametrize("role", list(Role))
def test_who_has_not_the_right_gets_nowhere_and_changes_nothing(sqlite_desk, entries, role) -> None:
    browser = Browser(sqlite_desk, person(role.value))
    for entry in entries:
        if entry.right is None or entry.right in RIGHTS[role]:
            continue
        before = len(sqlite_desk.audit.rows)
        answer = send(browser, entry)
        assert answer.status_code == 403, f"{role} {entry.method} {entry.path}: {answer.status_code}"
        assert "chưa được giao quyền" in answer.text and len(sqlite_desk.audit.rows) == before


def test_nobody_gets_in_without_signing_in(sqlite_desk, entries) -> None:
    browser = Browser(sqlite_desk, None)
    for entry in entries:
        if entry.right is not None:
            answer = send(browser, entry)
            assert answer.status_code == 303 and answer.headers["location"].startswith("/can-bo/login"), entry.path


def test_every_form_without_its_token_is_refused(sqlite_desk, entries) -> None:
    everybody = [Browser(sqlite_desk, person(role.value)) for role in Role]
    for entry in entries:
        if entry.method == "GET" or entry.right is None:
            continue
        browser = next(one for one in everybody if one.who.may(entry.right))
        for token in (None, "foreign"):
            answer = send(browser, entry, csrf=token)
            assert answer.status_code == 403 and "Biểu mẫu đã cũ" in answer.text, entry.path
    assert not sqlite_desk.audit.rows


@pytest.mark.parametrize("role", list(Role))
def test_every_page_answers_whoever_may_open_it(staff, role) -> None:
    """With nothing in the database, and with an id that names nothing: a page or words, never a fault."""
    browser = staff.browser(role)
    for entry in all_entries(staff.desk):
        if entry.method == "GET" and entry.right in RIGHTS[role]:
            answer = browser.get(filled(entry))
            assert answer.status_code < 500, f"{entry.path}: {answer.text[-300:]}"


def test_every_form_with_nothing_in_it_is_answered_in_words(staff) -> None:
    for entry in all_entries(staff.desk):
        if entry.method != "GET" and entry.right is not None:
            browser = staff.who_may(entry.right)
            answer = send(browser, entry, csrf=browser.token)
            assert answer.status_code < 500, f"{entry.path}: {answer.text[-300:]}"


def _templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", _templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_brings_script_style_or_unescaped_text(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<\w[^>]*\s(?:on[a-z]+|style)\s*=\s*[\"']|javascript:|<style", text, re.I)
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))", text)
    assert not re.search(r"\|\s*safe\b|autoescape false", text)
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.S | re.I):
        # keeping() of the content's parts draws the token too
        assert "csrf_field()" in form or "parts.keeping(" in form, form[:200]


def test_the_libraries_are_those_of_the_lock(root: Path) -> None:
    import json

    lock = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    for name in ("htmx.org", "chart.js"):
        assert lock[f"node_modules/{name}"]["version"] == json.loads((root / "package.json").read_text("utf-8"))["dependencies"][name]
    assert set(files.LIBRARIES) == {"vendor/htmx.min.js", "vendor/chart.umd.min.js", "chat.css", "favicon.svg"}


NAMES = sorted({name for path in _templates() for name in re.findall(r'name="([a-z_]+)"', path.read_text("utf-8"))} | {"page", "next", "from", "to", "parts", "turn", "code"})
"""Of all fields that any page draws, and those that only stand in addresses."""
ATTACKS = ("'", "' OR 1=1 --", "'; DROP TABLE turns; --", "\\", "%", "\x00", "\ud7ff\uffff", "9" * 40, "-1", "<script>alert(1)</script>")


@pytest.fixture(params=["sqlite", "postgresql"])
def attacked(request, tmp_path, clock) -> Iterator[Staff]:
    url = f"sqlite:///{tmp_path / 'service.sqlite3'}" if request.param == "sqlite" else request.getfixturevalue("postgres")
    engine = open_database(tmp_path, url)
    yield Staff(make_desk(engine, tmp_path, clock, sessions=Sessions(engine, clock), audit=Audit(engine, clock), kept=Kept(engine, clock)))
    engine.dispose()


def test_no_words_in_an_address_or_a_form_reach_the_database_as_anything_but_words(attacked) -> None:
    """Each address by who may open it: an answer in words or a page, no fault, no markup, no table gone."""
    tables = sorted(sa.inspect(attacked.desk.engine).get_table_names())
    for entry in all_entries(attacked.desk):
        if entry.right is None:
            continue
        for attack in ATTACKS:
            browser = attacked.who_may(entry.right)  # anew: the last one may have signed out
            if entry.method == "GET":
                answer = browser.http.get(f"/can-bo{filled(entry)}", params=dict.fromkeys(NAMES, attack))
            else:
                answer = browser.post(filled(entry), {name: attack for name in NAMES if name != "csrf"}, csrf=browser.token)
            assert answer.status_code < 500, f"{entry.method} {entry.path} {attack!r}: {answer.text[-300:]}"
            assert "<script>alert" not in answer.text, f"{entry.method} {entry.path}"
    assert sorted(sa.inspect(attacked.desk.engine).get_table_names()) == tables

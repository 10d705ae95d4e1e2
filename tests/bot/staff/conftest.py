"""A desk on an empty database of either kind, and browsers of people of every role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.gateway.settings import read_settings
from bot.gateway.tables import TABLES
from bot.staff.app import staff_mount
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.person import Person
from bot.staff.rights import Role
from bot.staff.sections import all_entries

NOW = 1_795_400_000.0
"""23 November 2026, 09:13 in Vietnam."""


@dataclass
class Clock:
    """A clock that only a test moves."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass
class OpenSession:
    person: Person
    csrf: str = "token-of-the-form"
    fresh: bool = False


@dataclass
class PlainSessions:
    """Tokens are logins. What people/sessions.py does is tested there."""

    people: dict[str, Person] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)

    def read(self, token: str) -> OpenSession | None:
        return OpenSession(self.people[token]) if token in self.people and token not in self.ended else None

    def former(self, token: str) -> str | None:
        return self.people[token].id if token in self.ended else None


class AuditDownError(Exception):
    """The log takes nothing."""


@dataclass
class PlainAudit:
    """rows: (person id, action, subject, before, after, why). down: the next note fails, and sets it back."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    down: bool = False

    def note(self, person, action, subject, before=None, after=None, why="", client="", *, connection=None) -> None:  # noqa: ANN001
        if self.down:
            self.down = False
            raise AuditDownError(action)
        self.rows.append((person.id if person else None, action, subject, before, after, why))


@dataclass
class PlainKept:
    forms: list[tuple[str, str, Mapping[str, list[str]]]] = field(default_factory=list)

    def keep(self, person_id: str, path: str, fields: Mapping[str, list[str]]) -> str:
        self.forms.append((person_id, path, fields))
        return str(len(self.forms))


def person(role: str, number: int = 1) -> Person:
    """The number-th person who holds just this role."""
    return Person(f"{role}{number}".ljust(22, "0"), f"{role}{number}", f"Cán bộ {role} {number}", frozenset({Role(role)}))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(service: Engine, tmp_path: Path, clock: Clock) -> Desk:
    """Sessions, audit and kept forms are plain stand-ins; the database and the content store are real."""
    return make_desk(service, tmp_path, clock)


@pytest.fixture
def sqlite_desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """As desk, on SQLite alone: for tests of pages, which no database changes."""
    from bot.gateway.database import open_database

    engine = open_database(tmp_path, f"sqlite:///{tmp_path / 'service.sqlite3'}")
    yield make_desk(engine, tmp_path, clock)
    engine.dispose()


def make_desk(engine: Engine, folder: Path, clock: Callable[[], float], **more: Any) -> Desk:
    try:
        from bot.staff.content.store import Content
    except ImportError:
        content = None
    else:
        content = Content(engine, clock)
    everything = {
        "engine": engine,
        "settings": read_settings({"MOT_CUA_VAR": str(folder / "var"), "MOT_CUA_RATE_LIMIT": "0"}),
        "clock": clock,
        "sessions": PlainSessions(),
        "audit": PlainAudit(),
        "kept": PlainKept(),
        "content": content,
        "search": lambda: None,
        "data_dir": folder / "data",
        "extra": {},
    }
    TABLES.create_all(engine)
    return Desk(**{**everything, **more})


OWN_LIFE = {"staff_login_tries", "staff_sessions"}
"""Tables that a request writes whatever becomes of it."""


def everything(engine: Engine) -> dict[str, list[str]]:
    """Table -> its rows."""
    with engine.connect() as connection:
        kept = [table for table in TABLES.sorted_tables if table.name not in OWN_LIFE]
        return {table.name: sorted(map(repr, connection.execute(table.select()))) for table in kept}


def pressed(desk: Desk, send: Callable[[], Any]) -> Any:
    """What a button does, pressed first while the audit log takes nothing: then nothing else may have changed either."""
    before, desk.audit.down = everything(desk.engine), True
    answer = send()
    if desk.audit.down:  # nothing was to be noted
        desk.audit.down = False
        return answer
    assert answer.status_code == 500
    assert everything(desk.engine) == before
    return send()


class Browser:
    """One person's browser. get, post: as httpx's, posts with the token of the form, and each as `pressed`."""

    def __init__(self, desk: Desk, who: Person | None, entries: tuple[Entry, ...] | None = None) -> None:
        app = Starlette(routes=[staff_mount(desk, all_entries(desk) if entries is None else entries)])
        self.desk = desk
        self.http = TestClient(app, follow_redirects=False, base_url="http://testserver")
        self.who = who
        if who is not None:
            desk.sessions.people[who.login] = who
            self.http.cookies.set("can_bo", who.login, path="/can-bo")

    def get(self, path: str, **more: Any):  # noqa: ANN201
        return self.http.get(f"/can-bo{path}", **more)

    def post(self, path: str, fields: Mapping[str, Any] | None = None, *, csrf: str | None = "token-of-the-form", **more: Any):  # noqa: ANN201
        fields = dict(fields or {}) if csrf is None else {"csrf": csrf, **(fields or {})}
        return pressed(self.desk, lambda: self.http.post(f"/can-bo{path}", data=fields, **more))


@pytest.fixture
def client(desk: Desk) -> Callable[..., Browser]:
    """client("curator") -> Browser of a person with that role; client(None): nobody signed in; number: the how-manieth person."""

    def open_browser(role: str | None, number: int = 1, entries: tuple[Entry, ...] | None = None) -> Browser:
        return Browser(desk, person(role, number) if role else None, entries)

    return open_browser


def token_in(page: str) -> str:
    """The token of the first form of a page."""
    return re.search(r'name="csrf" value="([^"]*)"', page)[1]

"""A door on an empty database of either kind, with hashing that takes no time, and browsers that sign in for real."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.staff.app import staff_mount
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.people.audit import Audit
from bot.staff.people.door import Door
from bot.staff.people.kept import Kept
from bot.staff.people.pages import entries
from bot.staff.people.passwords import Passwords
from bot.staff.people.sessions import Sessions
from bot.staff.rights import Right, Role

from ..conftest import AuditDownError, Clock, make_desk, pressed, token_in

GOOD = "cơn mưa ngang qua chợ"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ADDRESS = "203.0.113.7"


class DownAudit(Audit):
    """down: as PlainAudit's."""

    down = False

    def note(self, *row, **more) -> None:  # noqa: ANN002, ANN003
        if self.down:
            self.down = False
            raise AuditDownError(row[1])
        super().note(*row, **more)


def people_desk(service: Engine, folder: Path, clock: Clock, **more: object) -> Desk:
    sessions, audit, kept = Sessions(service, clock), DownAudit(service, clock), Kept(service, clock)
    return make_desk(service, folder, clock, sessions=sessions, audit=audit, kept=kept, extra={"passwords": Passwords(QUICK), **more})


@pytest.fixture
def desk(service: Engine, tmp_path: Path, clock: Clock) -> Desk:
    """Everything real but the cost of hashing."""
    return people_desk(service, tmp_path, clock)


@pytest.fixture
def door(desk: Desk) -> Door:
    return Door(desk.engine, desk.clock, desk.settings, desk.extra["passwords"])


class Visitor:
    """A browser. visit: GET with redirects shown; send: POST with the token of the page it was typed on."""

    def __init__(self, desk: Desk, address: str = ADDRESS, base: str = "http://testserver") -> None:
        work = (Entry("GET", "/work", Right.EDIT, lambda visit: visit.page("home.html")), Entry("POST", "/work", Right.EDIT, lambda visit: visit.see("/")))
        home = (Entry("GET", "/", Right.READ, lambda visit: visit.page("home.html")),)
        app = Starlette(routes=[staff_mount(desk, (*entries(desk), *work, *home))])
        self.desk = desk
        self.http = TestClient(app, follow_redirects=False, base_url=base, client=(address, 1))

    def get(self, path: str, **more):  # noqa: ANN201
        return self.http.get(f"/can-bo{path}", **more)

    def send(self, path: str, fields: dict, page: str = "/login"):  # noqa: ANN201
        return pressed(self.desk, lambda: self.http.post(f"/can-bo{path}", data={"csrf": token_in(self.get(page).text), **fields}))

    def enter(self, login: str, password: str = GOOD, after: str = "/"):  # noqa: ANN201
        return self.send("/login", {"login": login, "password": password, "next": after})

    @property
    def token(self) -> str:
        return self.http.cookies.get("can_bo") or ""


@pytest.fixture
def visitor(desk: Desk) -> Callable[..., Visitor]:
    return lambda address=ADDRESS: Visitor(desk, address)


def add(door: Door, login: str = "lan", *roles: Role, fresh: bool = False):  # noqa: ANN201
    return door.accounts.add(login, f"Người {login.title()}", roles or (Role.ADMIN,), GOOD, fresh=fresh)


def secret_in(page: str) -> str:
    """What the page of enrolment shows as letters."""
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")

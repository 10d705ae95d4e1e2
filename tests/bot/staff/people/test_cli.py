"""`make staff-user` at the machine, with and without a terminal."""

from __future__ import annotations

import io
import sys

import pytest

from bot.gateway.database import open_database
from bot.gateway.settings import read_settings
from bot.staff.people import cli
from bot.staff.people.door import Door, Opened
from bot.staff.people.passwords import Passwords
from bot.staff.rights import Role

from .conftest import GOOD, QUICK

FIRST = ("--login", "nguyen.lan", "--name", "Nguyễn Thị Lan")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def env(service_url, tmp_path):
    return {"MOT_CUA_VAR": str(tmp_path / "var"), "DATABASE_URL": service_url}


@pytest.fixture
def run(env, monkeypatch):
    """run(*words, password=…): without a terminal."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return lambda *words, password=GOOD: cli.main(words, {**env, "MOT_CUA_STAFF_PASSWORD": password}, Passwords(QUICK))


@pytest.fixture
def door(env, clock, tmp_path):
    settings = read_settings(env)
    engine = open_database(settings.var, settings.database_url)
    import time

    yield Door(engine, time.time, settings, Passwords(QUICK))
    engine.dispose()


def test_the_first_one_is_admin_and_can_sign_in(run, door, capsys) -> None:
    assert run(*FIRST) == 0
    assert door.accounts.by_login("nguyen.lan").person.roles == {Role.ADMIN}
    opened = door.enter("nguyen.lan", GOOD, "x")
    said = capsys.readouterr().out
    assert isinstance(opened, Opened) and not opened.fresh and "Quản trị" in said and GOOD not in said
    assert [row.action for row in door.audit.all()] == ["person_added", "login"] and GOOD not in str(list(door.audit.all()))


@pytest.mark.parametrize("words, password, said", [
    (("--login", "nguyen.lan"), GOOD, "--name"), ((), GOOD, "--login"), (FIRST, "", "MOT_CUA_STAFF_PASSWORD"), (FIRST, "ngắn", "ít nhất 12"),
    ((*FIRST, "--roles", "king"), GOOD, "Không có quyền"), ((*FIRST, "--roles", "curator"), GOOD, "Người đầu tiên"),
])
def test_what_is_missing_is_said_and_nothing_is_written(run, door, capsys, words, password, said) -> None:
    assert run(*words, password=password) == 1
    assert said in capsys.readouterr().err and door.accounts.all() == []


def test_a_second_one_gets_the_roles_asked_for(run, door) -> None:
    run(*FIRST)
    assert run("--login", "binh", "--name", "Trần Bình", "--roles", "curator, reviewer") == 0
    assert door.accounts.by_login("binh").person.roles == {Role.CURATOR, Role.REVIEWER}


def test_who_is_there_already_is_reset_only_when_told(run, door, capsys) -> None:
    run(*FIRST)
    who = door.accounts.by_login("nguyen.lan").person
    token = door.sessions.open(who.id, "x")
    assert run("--login", "nguyen.lan", password="một câu hoàn toàn khác") == 1 and "--reset" in capsys.readouterr().err
    assert door.accounts.check("nguyen.lan", GOOD)
    assert run("--login", "nguyen.lan", "--reset", password="một câu hoàn toàn khác") == 0
    assert door.accounts.check("nguyen.lan", "một câu hoàn toàn khác") and door.sessions.read(token) is None


def test_on_a_terminal_it_asks_and_the_password_twice(env, door, monkeypatch, capsys) -> None:
    typed, secret = iter(["nguyen.lan", "Nguyễn Thị Lan"]), iter([GOOD, GOOD + "x", GOOD, GOOD])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda question: next(typed))
    monkeypatch.setattr(cli.getpass, "getpass", lambda question: next(secret))
    assert cli.main([], env, Passwords(QUICK)) == 1 and "không giống nhau" in capsys.readouterr().err
    typed = iter(["nguyen.lan", "Nguyễn Thị Lan"])
    assert cli.main([], env, Passwords(QUICK)) == 0 and door.accounts.by_login("nguyen.lan")


def test_a_database_that_does_not_answer_is_named(tmp_path, capsys) -> None:
    assert cli.main([], {"MOT_CUA_VAR": str(tmp_path), "DATABASE_URL": "nonsense://x"}) == 1
    assert "DATABASE_URL" in capsys.readouterr().err

"""The people who work here: added, appointed, shut out, never deleted; their passwords set and compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.staff.ids import new_id
from bot.staff.people.passwords import Passwords, trouble
from bot.staff.people.rows import person_of, role_text
from bot.staff.people.tables import PEOPLE
from bot.staff.person import Person
from bot.staff.rights import Role
from bot.staff.transaction import reading, writing

FRESH_SECONDS = 7 * 86_400.0
"""How long a password that somebody else chose opens the door."""
LAST_ADMIN = "Đây là người quản trị duy nhất còn làm việc. Anh/chị giao quyền Quản trị cho một người khác trước."
NO_ROLE = "Chưa chọn quyền nào. Mỗi người cần ít nhất một quyền."


class AccountError(ValueError):
    """Cannot be done. field: of the form; sentence: Vietnamese, for it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True, slots=True)
class Account:
    """What the pages show of a person. Times: seconds since 1970. local: has a password here; oidc: may come through the provider."""

    person: Person
    local: bool
    oidc: bool
    fresh: bool
    totp: bool
    at: float
    disabled_at: float | None
    last_login_at: float | None


class Accounts:
    """clock: seconds since 1970. Each method is one transaction; sessions and the log are the caller's."""

    def __init__(self, engine: Engine, clock: Callable[[], float], passwords: Passwords | None = None) -> None:
        self._engine, self._clock = engine, clock
        self._passwords = passwords or Passwords()

    def add(
        self, login: str, name: str, roles: Iterable[Role], password: str | None, *, fresh: bool = True, oidc: str | None = None
    ) -> Person:
        """password: None = signs in through the provider only. Raises AccountError."""
        login, name, roles = clean_login(login), clean_name(name), frozenset(roles)
        if not roles:
            raise AccountError("roles", NO_ROLE)
        if password is not None and (wrong := trouble(password, login, name)):
            raise AccountError("password", wrong)
        now = self._clock()
        row = {
            "id": new_id(), "login": login, "name": name, "roles": role_text(roles), "fresh": int(fresh and password is not None), "oidc": oidc, "at": now,
            "password": self._passwords.hash(password) if password is not None else None, "password_at": now, "totp_step": 0,
        }
        try:
            with writing(self._engine) as connection:
                connection.execute(PEOPLE.insert(), [row])
        except sa.exc.IntegrityError as error:
            raise AccountError("login", f"Đã có người dùng tên đăng nhập “{login}”. Anh/chị chọn tên khác.") from error
        return Person(str(row["id"]), login, name, frozenset(roles))

    def check(self, login: str, password: str) -> Account | None:
        """Whose login and password these are; None for wrong, unknown, disabled and out-of-date ones, all after the same work."""
        row = self._row(PEOPLE.c.login == login.strip().lower()[:64])
        fits = self._passwords.fits(password, row.password if row else None)
        if row is None or not fits or row.disabled_at is not None:
            return None
        if row.fresh and row.password_at <= self._clock() - FRESH_SECONDS:
            return None
        if self._passwords.is_weak(row.password):
            with writing(self._engine) as connection:
                # Only while it is still the one that was compared.
                same = PEOPLE.update().where(PEOPLE.c.id == row.id, PEOPLE.c.password == row.password)
                connection.execute(same.values(password=self._passwords.hash(password)))
        return _account(row)

    def has_password(self, person_id: str, password: str) -> bool:
        """Asked again before something that matters."""
        row = self._row(PEOPLE.c.id == person_id)
        return self._passwords.fits(password, row.password if row else None)

    def set_password(self, person_id: str, password: str, *, fresh: bool) -> None:
        """fresh: chosen by another one, to be changed at the next sign-in. Raises AccountError."""
        row = self._row(PEOPLE.c.id == person_id)
        if row is None:
            raise AccountError("password", "Không có người này.")
        if wrong := trouble(password, row.login, row.name):
            raise AccountError("password", wrong)
        if not fresh and row.password and self._passwords.fits(password, row.password):
            raise AccountError("password", "Mật khẩu mới giống mật khẩu đang dùng. Anh/chị chọn mật khẩu khác.")
        values = {"password": self._passwords.hash(password), "password_at": self._clock(), "fresh": int(fresh)}
        with writing(self._engine) as connection:
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person_id).values(**values))

    def appoint(self, person_id: str, roles: Iterable[Role]) -> tuple[list[str], list[str]]:
        """(roles before, roles after). Raises AccountError: none chosen, or the last admin's."""
        held = role_text(roles)
        if not held:
            raise AccountError("roles", NO_ROLE)
        with writing(self._engine) as connection:
            row = self._keeping_an_admin(connection, person_id, "roles", stays="admin" in held.split())
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person_id).values(roles=held))
        return row.roles.split(), held.split()

    def disable(self, person_id: str) -> None:
        """Shut out; the name stays in log and history. Raises AccountError for the last admin."""
        with writing(self._engine) as connection:
            self._keeping_an_admin(connection, person_id, "why", stays=False)
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person_id).values(disabled_at=self._clock()))

    def enable(self, person_id: str) -> None:
        """Let in again, with the password of before."""
        with writing(self._engine) as connection:
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person_id).values(disabled_at=None))

    def came(self, person_id: str) -> None:
        """Signed in just now."""
        with writing(self._engine) as connection:
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person_id).values(last_login_at=self._clock()))

    def get(self, person_id: str) -> Account | None:
        """One person, disabled or not."""
        row = self._row(PEOPLE.c.id == person_id)
        return _account(row) if row else None

    def by_login(self, login: str) -> Account | None:
        """As typed."""
        row = self._row(PEOPLE.c.login == login.strip().lower()[:64])
        return _account(row) if row else None

    def by_oidc(self, mark: str) -> Account | None:
        """mark: oidc_people.mark_of."""
        row = self._row(PEOPLE.c.oidc == mark)
        return _account(row) if row else None

    def all(self) -> list[Account]:
        """Those who work here first, then those shut out; each by login."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(PEOPLE).order_by(PEOPLE.c.login)).all()
        return sorted(map(_account, rows), key=lambda account: account.disabled_at is not None)

    def _row(self, where: Any) -> Any:
        with reading(self._engine) as connection:
            return connection.execute(sa.select(PEOPLE).where(where)).first()

    def _keeping_an_admin(self, connection: Connection, person_id: str, field: str, *, stays: bool) -> Any:
        """The person's row, everybody's held until the transaction ends: of two admins who remove each other, one is refused."""
        everybody = connection.execute(sa.select(PEOPLE).order_by(PEOPLE.c.id).with_for_update()).all()
        row = next((one for one in everybody if one.id == person_id), None)
        if row is None:
            raise AccountError(field, "Không có người này.")
        others = [one for one in everybody if one.id != person_id and one.disabled_at is None and "admin" in one.roles.split()]
        if not stays and not others and row.disabled_at is None and "admin" in row.roles.split():
            raise AccountError(field, LAST_ADMIN)
        return row


def clean_login(login: str) -> str:
    """As it is kept: lower case ASCII. Raises AccountError."""
    login = login.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._@-]{1,62}", login):
        raise AccountError("login", "Tên đăng nhập gồm 2–63 chữ không dấu, chữ số, dấu chấm, gạch hoặc @. Ví dụ: nguyen.lan")
    return login


def clean_name(name: str) -> str:
    """Blanks single. Raises AccountError."""
    name = " ".join(name.replace("\0", "").split())
    if not 2 <= len(name) <= 120:
        raise AccountError("name", "Họ tên có 2–120 ký tự. Ví dụ: Nguyễn Thị Lan")
    return name


def _account(row: Any) -> Account:
    return Account(
        person_of(row), row.password is not None, row.oidc is not None, bool(row.fresh), row.totp is not None, row.at, row.disabled_at,
        row.last_login_at,
    )

"""A login and a password, or a code, in; a session or the reason why not out."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy.engine import Engine

from bot.gateway.settings import Settings
from bot.staff.people.accounts import Account, Accounts
from bot.staff.people.audit import Audit
from bot.staff.people.kept import Kept
from bot.staff.people.passwords import Passwords
from bot.staff.people.sessions import Sessions
from bot.staff.people.totp import Totp
from bot.staff.people.tries import Tries
from bot.staff.person import Person
from bot.staff.transaction import act

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Mật khẩu tạm chỉ dùng được trong 7 ngày."
"""One sentence for unknown, wrong, disabled and out of date: whoever guesses learns nothing."""
WRONG_CODE = "Mã không đúng hoặc đã dùng rồi. Anh/chị chờ mã tiếp theo trong ứng dụng rồi thử lại."


@dataclass(frozen=True, slots=True)
class Opened:
    """token: for the cookie. stage: "full", or "code" when the second step is still to come."""

    token: str
    stage: str
    person: Person
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Shut:
    """sentence: Vietnamese. wait: seconds, 0 = may try at once."""

    sentence: str
    wait: float = 0.0


class Door:
    """All that signing in takes, over one database."""

    def __init__(self, engine: Engine, clock: Callable[[], float], settings: Settings, passwords: Passwords | None = None) -> None:
        self._engine = engine
        self.accounts = Accounts(engine, clock, passwords)
        self.sessions = Sessions(engine, clock)
        self.tries = Tries(engine, clock, settings.data_key)
        self.totp = Totp(engine, clock, settings.data_key)
        self.audit = Audit(engine, clock)
        self.kept = Kept(engine, clock)

    def act(self) -> AbstractContextManager[None]:
        """See transaction.py."""
        return act(self._engine)

    def enter(self, login: str, password: str, client: str, before: str = "") -> Opened | Shut:
        """before: the token that the browser brought; it is closed, never taken over."""
        found = self.accounts.by_login(login)
        known = self.sessions.knows(found.person.id if found else "", client)  # asked either way: the same work
        one = self.tries.begin("password", login.strip().lower()[:64], client, known=known)
        if one.wait:
            return Shut(patience(one.wait), one.wait)
        account = self.accounts.check(login, password)
        if account is None:
            # The log never holds what was typed: it may have been a password.
            self.audit.note(None, "login_failed", f"people/{found.person.id}" if found else "people/?", client=client)
            return Shut(WRONG)
        self.tries.well(one)
        self.sessions.close(before)
        if account.totp:
            return Opened(self.sessions.open(account.person.id, client, stage="code"), "code", account.person)
        return self.let_in(account, client, "password")

    def second(self, token: str, code: str, client: str) -> Opened | Shut | None:
        """token: of the first step; a new one comes back. None: the first step is too long ago, or was never made."""
        person = self.sessions.waiting(token)
        account = self.accounts.get(person.id) if person else None
        if person is None or account is None:
            return None
        one = self.tries.begin("otp", person.id, client, known=self.sessions.knows(person.id, client))
        if one.wait:
            return Shut(patience(one.wait), one.wait)
        if not self.totp.accepts(person.id, code):
            self.audit.note(person, "totp_failed", f"people/{person.id}", client=client)
            return Shut(WRONG_CODE)
        self.tries.well(one)
        self.sessions.close(token)
        return self.let_in(account, client, "totp")

    def confirm(self, person: Person, password: str, client: str) -> str | None:
        """The password asked again before something that matters: None when it fits, else why not."""
        one = self.tries.begin("password", person.login, client, known=True)
        if one.wait:
            return patience(one.wait)
        if not self.accounts.has_password(person.id, password):
            self.audit.note(person, "confirm_failed", f"people/{person.id}", client=client)
            return "Mật khẩu đang dùng không đúng."
        self.tries.well(one)
        return None

    def let_in(self, account: Account, client: str, how: str) -> Opened:
        """how: "password", "totp" or "oidc"."""
        with self.act():
            self.accounts.came(account.person.id)
            self.audit.note(account.person, "login", f"people/{account.person.id}", after={"how": how}, client=client)
            token = self.sessions.open(account.person.id, client)
        for part in (self.sessions, self.tries, self.kept):
            part.tidy()
        return Opened(token, "full", account.person, account.fresh)


def patience(seconds: float) -> str:
    """A sentence for somebody who has to wait."""
    minutes = math.ceil(seconds / 60)
    return f"Thử sai nhiều lần nên phải chờ. Anh/chị thử lại sau {minutes} phút." if minutes > 1 else (
        f"Thử sai nhiều lần nên phải chờ. Anh/chị thử lại sau {math.ceil(seconds)} giây."
    )

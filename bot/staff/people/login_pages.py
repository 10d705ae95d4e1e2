"""/login, /login/totp, /logout: who comes in, in one step or two, and goes out."""

from __future__ import annotations

import math

from starlette.responses import Response

from bot.staff.entry import Entry
from bot.staff.people.addresses import safe_next
from bot.staff.people.cookies import token_of, with_token, without_token
from bot.staff.people.door import Door, Opened, Shut
from bot.staff.visit import Visit

TOO_LATE = "Đã quá 5 phút kể từ khi nhập mật khẩu. Anh/chị đăng nhập lại từ đầu."


class LoginPages:
    """oidc: is there a sign-in by the office's own provider?"""

    def __init__(self, door: Door, *, oidc: bool) -> None:
        self._door, self._oidc = door, oidc

    def entries(self) -> tuple[Entry, ...]:
        """Open to all."""
        return (
            Entry("GET", "/login", None, self.form), Entry("POST", "/login", None, self.enter),
            Entry("GET", "/login/totp", None, self.code_form), Entry("POST", "/login/totp", None, self.second),
            Entry("POST", "/logout", None, self.leave),
        )

    def form(self, visit: Visit) -> Response:
        """Who is in already goes on."""
        after = safe_next(visit.query.get("next", "/"))
        return visit.see(after) if visit.person else self.shown(visit, after=after)

    def enter(self, visit: Visit) -> Response:
        """A password is taken as it was typed, blanks and all."""
        after, login, password = safe_next(visit.text("next")), visit.text("login"), str(visit.form.get("password", ""))
        if not login or not password:
            return self.shown(visit, 400, "Anh/chị nhập cả tên đăng nhập và mật khẩu.", after, login)
        opened = self._door.enter(login, password, visit.client, token_of(visit))
        if isinstance(opened, Shut):
            return _patient(self.shown(visit, 429 if opened.wait else 403, opened.sentence, after, login), opened)
        if opened.stage == "code":
            return with_token(visit, visit.see(f"/login/totp?next={after}"), opened.token)
        return welcome(visit, opened, after)

    def code_form(self, visit: Visit) -> Response:
        """Only between the two steps."""
        after = safe_next(visit.query.get("next", "/"))
        if self._door.sessions.waiting(token_of(visit)) is None:
            return visit.see("/login")
        return visit.page("people/totp_login.html", next=after, error=None)

    def second(self, visit: Visit) -> Response:
        """A code of the app or a recovery code."""
        after = safe_next(visit.text("next"))
        opened = self._door.second(token_of(visit), visit.text("otp"), visit.client)
        if opened is None:
            return self.shown(visit, 403, TOO_LATE, after)
        if isinstance(opened, Shut):
            status = 429 if opened.wait else 403
            return _patient(visit.page("people/totp_login.html", status, next=after, error=opened.sentence), opened)
        return welcome(visit, opened, after)

    def leave(self, visit: Visit) -> Response:
        """Also for a session that has ended meanwhile."""
        with visit.act():
            self._door.sessions.close(token_of(visit))
            if visit.person is not None:
                visit.note("logout", f"people/{visit.person.id}")
        return without_token(visit, visit.see("/login", "Anh/chị đã đăng xuất."))

    def shown(self, visit: Visit, status: int = 200, error: str | None = None, after: str = "/", login: str = "") -> Response:
        """The form, with what is wrong."""
        return visit.page("people/login.html", status, next=after, login=login, error=error, oidc=self._oidc)


def welcome(visit: Visit, opened: Opened, after: str) -> Response:
    """In: with the new token, first to a new password where one is due."""
    if opened.fresh:
        return with_token(visit, visit.see("/me", "Anh/chị đổi mật khẩu tạm trước khi làm việc."), opened.token)
    return with_token(visit, visit.see(after), opened.token)


def _patient(answer: Response, shut: Shut) -> Response:
    if shut.wait:
        answer.headers["Retry-After"] = str(math.ceil(shut.wait))
    return answer

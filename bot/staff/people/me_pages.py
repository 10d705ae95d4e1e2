"""/me: one's own password and second step, and the forms that were kept."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from bot.staff.entry import Entry
from bot.staff.people.accounts import Account, AccountError
from bot.staff.people.cookies import token_of, with_token
from bot.staff.people.door import Door
from bot.staff.people.totp import qr
from bot.staff.rights import Right
from bot.staff.visit import Visit

NOT_LOCAL = "Anh/chị đăng nhập qua hệ thống của cơ quan; mật khẩu và bước xác thực thứ hai đổi ở đó."
NOT_SAME = "Hai lần nhập mật khẩu mới không giống nhau."
CODE_WRONG = "Mã chưa đúng. Anh/chị xem đồng hồ của điện thoại có đúng giờ không, rồi nhập mã đang hiện."


class MePages:
    """Every change here asks for the password once more and ends one's sessions elsewhere."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def entries(self) -> tuple[Entry, ...]:
        """For whoever is signed in. The new password goes to /me itself: the one page that is open before it is changed."""
        posts = {"/me": self.password, "/me/totp": self.start, "/me/totp/confirm": self.confirm, "/me/totp/off": self.off, "/me/totp/codes": self.codes}
        return (Entry("GET", "/me", Right.READ, self.show), *(Entry("POST", path, Right.READ, handler) for path, handler in posts.items()))

    def show(self, visit: Visit) -> Response:
        """The page as it is."""
        return self._page(visit)

    def password(self, visit: Visit) -> Response:
        """A new one, typed twice."""
        account, new = self._account(visit), _raw(visit, "new_password")
        if not account.local:
            return visit.refuse(NOT_LOCAL)
        if (wrong := self._door.confirm(visit.me, _raw(visit, "password"), visit.client)) is not None:
            return self._page(visit, {"password": wrong})
        if new != _raw(visit, "again_password"):
            return self._page(visit, {"again_password": NOT_SAME})
        try:
            with visit.act():
                self._door.accounts.set_password(visit.me.id, new, fresh=False)
                visit.note("password_changed", f"people/{visit.me.id}")
                token = self._anew(visit)
        except AccountError as error:
            return self._page(visit, {"new_password": error.sentence})
        told = "Đã đổi mật khẩu. Các nơi đăng nhập khác đã được đăng xuất."
        return with_token(visit, visit.see("/" if account.fresh else "/me", told), token)

    def start(self, visit: Visit) -> Response:
        """The secret, as a drawing and as letters; it counts only after its first code."""
        if (refused := self._unconfirmed(visit, "totp_password")) is not None:
            return refused
        return self._enrol(visit, self._door.totp.start(visit.me.id), None)

    def confirm(self, visit: Visit) -> Response:
        """The first code → on, and the recovery codes, shown this once."""
        secret = self._door.totp.waiting(visit.me.id)
        if secret is None:
            return visit.see("/me", "Anh/chị bấm “Bật xác thực hai bước” lại từ đầu.")
        with visit.act():
            codes = self._door.totp.confirm(visit.me.id, visit.text("otp"))
            if codes is not None:
                visit.note("totp_on", f"people/{visit.me.id}")
                token = self._anew(visit)
        if codes is None:
            return self._enrol(visit, secret, CODE_WRONG)
        return with_token(visit, visit.page("people/codes.html", codes=codes), token)

    def off(self, visit: Visit) -> Response:
        """No second step any more."""
        if (refused := self._unconfirmed(visit, "off_password")) is not None:
            return refused
        with visit.act():
            self._door.totp.off(visit.me.id)
            visit.note("totp_off", f"people/{visit.me.id}")
            token = self._anew(visit)
        return with_token(visit, visit.see("/me", "Đã tắt xác thực hai bước."), token)

    def codes(self, visit: Visit) -> Response:
        """Ten new recovery codes."""
        if (refused := self._unconfirmed(visit, "codes_password")) is not None:
            return refused
        if not self._account(visit).totp:
            return visit.see("/me", "Anh/chị bật xác thực hai bước trước.")
        with visit.act():
            codes = self._door.totp.renew_codes(visit.me.id)
            visit.note("recovery_renewed", f"people/{visit.me.id}")
            token = self._anew(visit)
        return with_token(visit, visit.page("people/codes.html", codes=codes), token)

    def _anew(self, visit: Visit) -> str:
        """Out everywhere; a new token to be in again here."""
        self._door.sessions.close_all(visit.me.id)
        return self._door.sessions.open(visit.me.id, visit.client)

    def _unconfirmed(self, visit: Visit, field: str) -> Response | None:
        if not self._account(visit).local:
            return visit.refuse(NOT_LOCAL)
        wrong = self._door.confirm(visit.me, _raw(visit, field), visit.client)
        return self._page(visit, {field: wrong}) if wrong else None

    def _enrol(self, visit: Visit, secret: str, error: str | None) -> Response:
        letters = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return visit.page("people/totp_enrol.html", 400 if error else 200, drawn=Markup(qr(secret, visit.me.login)), letters=letters, error=error)

    def _page(self, visit: Visit, errors: dict[str, Any] | None = None) -> Response:
        values = {"account": self._account(visit), "left": self._door.totp.codes_left(visit.me.id), "kept": self._door.kept.of(visit.me.id)}
        session = self._door.sessions.read(token_of(visit))
        return visit.page("people/me.html", 400 if errors else 200, errors=errors or {}, since=session.opened_at if session else None, **values)

    def _account(self, visit: Visit) -> Account:
        account = self._door.accounts.get(visit.me.id)
        if account is None:
            raise LookupError("a session without an account")
        return account


def _raw(visit: Visit, name: str) -> str:
    """A password as it was typed."""
    value = visit.form.get(name, "")
    return value if isinstance(value, str) else ""

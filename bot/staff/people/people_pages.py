"""/people: an admin adds people, appoints them, shuts them out, and gives a temporary password to who forgot theirs."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bot.staff.entry import Entry
from bot.staff.people.accounts import Account, AccountError
from bot.staff.people.door import Door
from bot.staff.people.passwords import made_up
from bot.staff.rights import Right, Role
from bot.staff.visit import Visit

NOBODY = "Không có người này. Anh/chị chọn lại trong danh sách."
WHY = "Anh/chị ghi lý do, để sau này xem nhật ký còn hiểu."
BY_PROVIDER = "Người này đăng nhập qua hệ thống của cơ quan; quyền và mật khẩu do nơi đó cấp."


class PeoplePages:
    """Whatever changes a person ends their sessions: rights never change under a token that is in use."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def entries(self) -> tuple[Entry, ...]:
        """For admins."""
        posts = {"roles": self.roles, "disable": self.disable, "enable": self.enable, "password": self.password, "totp": self.totp}
        return (
            Entry("GET", "/people", Right.PEOPLE, self.list), Entry("POST", "/people", Right.PEOPLE, self.add),
            Entry("GET", "/people/{id}", Right.PEOPLE, self.show),
            *(Entry("POST", f"/people/{{id}}/{name}", Right.PEOPLE, handler) for name, handler in posts.items()),
        )

    def list(self, visit: Visit) -> Response:
        """Everybody, and the form for one more."""
        return self._list(visit, {}, {})

    def add(self, visit: Visit) -> Response:
        """With a password that is told once."""
        typed = {"login": visit.text("login"), "name": visit.text("name"), "roles": visit.texts("roles")}
        password = made_up()
        try:
            with visit.act():
                person = self._door.accounts.add(typed["login"], typed["name"], _roles(visit), password)
                visit.note("person_added", f"people/{person.id}", after={"login": person.login, "name": person.name, "roles": person.roles})
        except AccountError as error:
            return self._list(visit, typed, {error.field: error.sentence})
        return visit.page("people/temporary.html", 201, who=person, temporary=password)

    def show(self, visit: Visit) -> Response:
        """One person."""
        account = self._door.accounts.get(visit.path["id"])
        return self._one(visit, account, {}) if account else visit.refuse(NOBODY, 404)

    def roles(self, visit: Visit) -> Response:
        """Appointed anew."""
        account = self._door.accounts.get(visit.path["id"])
        if account is None:
            return visit.refuse(NOBODY, 404)
        why = visit.text("why")
        if account.oidc:
            return self._one(visit, account, {"roles": BY_PROVIDER})
        if not why:
            return self._one(visit, account, {"roles-why": WHY})
        try:
            with visit.act():
                before, after = self._door.accounts.appoint(account.person.id, _roles(visit))
                return self._done(visit, account, "person_appointed", f"Đã giao quyền cho {account.person.name}.", before, after, why)
        except AccountError as error:
            return self._one(visit, account, {"roles": error.sentence})

    def disable(self, visit: Visit) -> Response:
        """Shut out at once, on every device."""
        account, why = self._door.accounts.get(visit.path["id"]), visit.text("why")
        if account is None:
            return visit.refuse(NOBODY, 404)
        if not why:
            return self._one(visit, account, {"disable-why": WHY})
        try:
            with visit.act():
                self._door.accounts.disable(account.person.id)
                return self._done(visit, account, "person_disabled", f"{account.person.name} không còn đăng nhập được.", why=why)
        except AccountError as error:
            return self._one(visit, account, {"disable-why": error.sentence})

    def enable(self, visit: Visit) -> Response:
        """In again."""
        account, why = self._door.accounts.get(visit.path["id"]), visit.text("why")
        if account is None:
            return visit.refuse(NOBODY, 404)
        if not why:
            return self._one(visit, account, {"disable-why": WHY})
        with visit.act():
            self._door.accounts.enable(account.person.id)
            return self._done(visit, account, "person_enabled", f"{account.person.name} đăng nhập lại được.", why=why)

    def password(self, visit: Visit) -> Response:
        """A temporary one, told once."""
        account, why = self._door.accounts.get(visit.path["id"]), visit.text("why")
        if account is None:
            return visit.refuse(NOBODY, 404)
        if account.oidc:
            return self._one(visit, account, {"password-why": BY_PROVIDER})
        if not why:
            return self._one(visit, account, {"password-why": WHY})
        password = made_up()
        with visit.act():
            self._door.accounts.set_password(account.person.id, password, fresh=True)
            self._done(visit, account, "password_reset", "", why=why)
        return visit.page("people/temporary.html", who=account.person, temporary=password)

    def totp(self, visit: Visit) -> Response:
        """The phone is lost: no second step until they set one up again."""
        account, why = self._door.accounts.get(visit.path["id"]), visit.text("why")
        if account is None:
            return visit.refuse(NOBODY, 404)
        if not why:
            return self._one(visit, account, {"totp-why": WHY})
        with visit.act():
            self._door.totp.off(account.person.id)
            return self._done(visit, account, "totp_reset", f"Đã tắt xác thực hai bước của {account.person.name}.", why=why)

    def _done(
        self, visit: Visit, account: Account, action: str, notice: str, before: object = None, after: object = None, why: str = ""
    ) -> Response:
        self._door.sessions.close_all(account.person.id)
        visit.note(action, f"people/{account.person.id}", before, after, why)
        return visit.see(f"/people/{account.person.id}", notice)

    def _one(self, visit: Visit, account: Account, errors: Mapping[str, str]) -> Response:
        return visit.page("people/person.html", 400 if errors else 200, account=account, errors=errors, roles=list(Role))

    def _list(self, visit: Visit, typed: Mapping[str, object], errors: Mapping[str, str]) -> Response:
        values = {"login": "", "name": "", "roles": [], **typed}
        return visit.page("people/list.html", 400 if errors else 200, accounts=self._door.accounts.all(), typed=values, errors=errors, roles=list(Role))


def _roles(visit: Visit) -> list[Role]:
    """What was ticked; a word that is no role is nothing."""
    return [Role(name) for name in visit.texts("roles") if name in set(Role)]

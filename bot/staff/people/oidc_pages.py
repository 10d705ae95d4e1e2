"""/login/oidc and the way back from the office's provider."""

from __future__ import annotations

import logging

from starlette.responses import RedirectResponse, Response

from bot.staff.entry import Entry
from bot.staff.people.addresses import safe_next
from bot.staff.people.cookies import OIDC, with_way, without_way
from bot.staff.people.door import Door
from bot.staff.people.login_pages import LoginPages, welcome
from bot.staff.people.oidc import REFUSED, OidcError, Provider
from bot.staff.people.oidc_people import let_in
from bot.staff.people.oidc_settings import OidcSettings
from bot.staff.visit import ROOT, Visit

log = logging.getLogger("bot.staff.people.oidc")


class OidcPages:
    """login: its form shows what went wrong."""

    def __init__(self, door: Door, provider: Provider, settings: OidcSettings, login: LoginPages) -> None:
        self._door, self._provider, self._settings, self._login = door, provider, settings, login

    def entries(self) -> tuple[Entry, ...]:
        """Open to all. Starting is a link, since a form may not lead to another host."""
        return Entry("GET", "/login/oidc", None, self.go), Entry("GET", "/login/oidc/back", None, self.back)

    def go(self, visit: Visit) -> Response:
        """To the provider."""
        try:
            way = self._provider.start(_back(visit), safe_next(visit.query.get("next", "/")))
        except OidcError as error:
            return self._refused(visit, error)
        return with_way(visit, RedirectResponse(way.address, 303, headers={"Cache-Control": "no-store"}), way.cookie)

    def back(self, visit: Visit) -> Response:
        """From the provider, with a code or with its refusal."""
        query, held = visit.query, (visit.cookies or {}).get(OIDC, "")
        try:
            if query.get("error"):
                raise OidcError(REFUSED, "provider_refused", 403)
            claims, after = self._provider.finish(_back(visit), held, query.get("state", ""), query.get("code", ""))
        except OidcError as error:
            return self._refused(visit, error)
        opened = let_in(self._door, claims, self._settings, visit.client)
        if isinstance(opened, str):
            return self._refused(visit, OidcError(opened, "not_appointed", 403))
        return without_way(visit, welcome(visit, opened, safe_next(after)))

    def _refused(self, visit: Visit, error: OidcError) -> Response:
        log.warning("staff_oidc_refused", extra={"reason": error.reason})
        if error.status == 403:
            self._door.audit.note(None, "oidc_refused", "people/?", why=error.reason, client=visit.client)
        return without_way(visit, self._login.shown(visit, error.status, error.sentence))


def _back(visit: Visit) -> str:
    """As it is registered at the provider."""
    return f"{visit.desk.settings.public_url or f'http://{visit.host}'}{ROOT}/login/oidc/back"

"""Addresses of People and audit: signing in, one's own account, everybody's, the log."""

from __future__ import annotations

from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.people.audit_pages import AuditPages
from bot.staff.people.door import Door
from bot.staff.people.kept_pages import KeptPages
from bot.staff.people.login_pages import LoginPages
from bot.staff.people.me_pages import MePages
from bot.staff.people.oidc import Provider
from bot.staff.people.oidc_pages import OidcPages
from bot.staff.people.people_pages import PeoplePages


def entries(desk: Desk) -> tuple[Entry, ...]:
    """desk.extra: "oidc" = OidcSettings or None; "passwords" = Passwords with other parameters, "oidc_transport", both for tests."""
    door = Door(desk.engine, desk.clock, desk.settings, desk.extra.get("passwords"))
    oidc = desk.extra.get("oidc")
    login = LoginPages(door, oidc=oidc is not None)
    own = [login, MePages(door), PeoplePages(door), AuditPages(door), KeptPages(door)]
    if oidc is not None:
        provider = Provider(oidc, desk.engine, desk.clock, desk.settings.data_key, desk.extra.get("oidc_transport"))
        own.append(OidcPages(door, provider, oidc, login))
    return tuple(entry for section in own for entry in section.entries())

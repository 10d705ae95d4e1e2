"""Environment variables in, the office's sign-in provider out; None when there is none."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.gateway.settings import SettingsError
from bot.staff.rights import Role

ROLES_EXPECTED = 'a claim and its values, such as "groups: mc-bien-tap=curator, mc-quan-tri=admin"; roles: ' + ", ".join(Role)


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """issuer: as its id tokens name it, no slash at the end is added or taken. client_secret: never printed.

    claim: where the provider says what a person may ("groups", "realm_access.roles"). roles: value of the claim -> role.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str
    roles: Mapping[str, Role]


def read_oidc_settings(env: Mapping[str, str] = os.environ) -> OidcSettings | None:
    """None while MOT_CUA_OIDC_ISSUER is unset. Raises SettingsError for what is half set."""
    issuer = (env.get("MOT_CUA_OIDC_ISSUER") or "").strip()
    if not issuer:
        return None
    if not is_safe(issuer):
        raise SettingsError(f'MOT_CUA_OIDC_ISSUER is "{issuer}"; expected an https address (http only on this machine)')
    needed = {name: (env.get(name) or "").strip() for name in ("MOT_CUA_OIDC_CLIENT_ID", "MOT_CUA_OIDC_CLIENT_SECRET", "MOT_CUA_OIDC_ROLES")}
    for name, value in needed.items():
        if not value:
            raise SettingsError(f"{name} is not set; expected it beside MOT_CUA_OIDC_ISSUER")
    client_id, client_secret, roles = needed.values()
    claim, _, pairs = roles.partition(":")
    mapping: dict[str, Role] = {}
    for pair in pairs.split(","):
        value, equals, role = (part.strip() for part in pair.rpartition("="))
        if not value or not equals or role not in set(Role):
            raise SettingsError(f'MOT_CUA_OIDC_ROLES is "{roles}"; expected {ROLES_EXPECTED}')
        mapping[value] = Role(role)
    return OidcSettings(issuer, client_id, client_secret, claim.strip(), mapping)


def is_safe(address: str) -> bool:
    """https anywhere, http on loopback only."""
    return re.fullmatch(r"https://[^\s/?#@]+(/[^\s?#]*)?|http://(127\.0\.0\.1|localhost)(:\d+)?(/[^\s?#]*)?", address) is not None

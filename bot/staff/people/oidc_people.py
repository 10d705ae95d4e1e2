"""Claims of a person whom the office's provider knows in; their account here out, made at the first sign-in, never without a role."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from bot.staff.people.accounts import Account, AccountError
from bot.staff.people.door import Door, Opened
from bot.staff.people.oidc_settings import OidcSettings
from bot.staff.rights import Role
from index.text import fold

NO_ROLE = "Cơ quan chưa giao cho anh/chị quyền nào trong hệ thống này. Anh/chị liên hệ người quản trị."
SHUT_OUT = "Tài khoản của anh/chị ở đây đã ngừng hoạt động. Anh/chị liên hệ người quản trị."


def roles_of(claims: Mapping[str, Any], settings: OidcSettings) -> frozenset[Role]:
    """What the claim gives; nothing when it is missing."""
    value: Any = claims
    for part in (settings.claim,) if settings.claim in claims else settings.claim.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    values = value if isinstance(value, list) else [value]
    return frozenset(settings.roles[one] for one in values if isinstance(one, str) and one in settings.roles)


def mark_of(claims: Mapping[str, Any]) -> str:
    """Whom the provider means, for ever: 64 hex digits of issuer and subject. Logins and names may change there."""
    return hashlib.sha256(f"{claims['iss']}\0{claims['sub']}".encode()).hexdigest()


def let_in(door: Door, claims: Mapping[str, Any], settings: OidcSettings, client: str) -> Opened | str:
    """A session, or the sentence why not. The provider's word on roles holds at every sign-in, also when it takes one away."""
    roles, account = roles_of(claims, settings), door.accounts.by_oidc(mark_of(claims))
    if account is not None and account.disabled_at is not None:
        return SHUT_OUT
    if not roles:
        if account is not None:
            door.sessions.close_all(account.person.id)
        return NO_ROLE
    if account is None:
        account = _add(door, claims, roles, client)
    elif account.person.roles != roles:
        try:
            with door.act():
                before, after = door.accounts.appoint(account.person.id, roles)
                door.sessions.close_all(account.person.id)
                door.audit.note(None, "person_appointed", f"people/{account.person.id}", before, after, "OIDC", client)
        except AccountError as error:
            return error.sentence
        account = door.accounts.get(account.person.id) or account
    return door.let_in(account, client, "oidc")


def _add(door: Door, claims: Mapping[str, Any], roles: frozenset[Role], client: str) -> Account:
    """Never joined to an account that has the same login: whoever may choose names at the provider would get in as another."""
    wanted = str(claims.get("preferred_username") or claims.get("email") or "").lower()
    base = re.sub(r"[^a-z0-9._@-]+", "", fold(wanted)).lstrip("._@-")[:50]
    base = base if len(base) >= 2 else f"oidc-{mark_of(claims)[:8]}"
    name = " ".join(str(claims.get("name") or "").replace("\0", "").split())[:120]
    for login in (base, *(f"{base}-{number}" for number in range(2, 100))):
        if door.accounts.by_login(login) is None:
            break
    with door.act():
        person = door.accounts.add(login, name if len(name) >= 2 else login, roles, None, oidc=mark_of(claims))
        what = {"login": login, "name": person.name, "roles": roles}
        door.audit.note(None, "person_added", f"people/{person.id}", after=what, why="OIDC", client=client)
    account = door.accounts.get(person.id)
    assert account is not None
    return account

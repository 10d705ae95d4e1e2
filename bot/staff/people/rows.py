"""A row of staff_people in, a Person out; roles as they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.staff.person import Person
from bot.staff.rights import Role


def person_of(row: Any) -> Person:
    """row: with id, login, name, roles. A role that this version no longer knows gives nothing."""
    return Person(row.id, row.login, row.name, frozenset(Role(name) for name in row.roles.split() if name in set(Role)))


def role_text(roles: Iterable[Role]) -> str:
    """In the order of Role, blanks between."""
    held = set(roles)
    return " ".join(role.value for role in Role if role in held)

"""Who is at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from bot.staff.rights import RIGHTS, Right, Role


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff. id: 22 characters, never given to anybody else; login: what is typed; name: what is shown."""

    id: str
    login: str
    name: str
    roles: frozenset[Role]

    def may(self, right: Right) -> bool:
        """Does one of the roles carry the right?"""
        return any(right in RIGHTS[role] for role in self.roles)


SYSTEM = Person("system", "system", "Hệ thống", frozenset())
"""Whoever acts when nobody does: the first filling of the content, a background job."""

"""Roles and what each may do: closed lists."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Right(StrEnum):
    """What an entry of the app asks for."""

    READ = "read"
    QUEUE = "queue"
    CALL = "call"
    EDIT = "edit"
    REVIEW = "review"
    PUBLISH = "publish"
    SWITCH = "switch"
    FIGURES = "figures"
    AUDIT = "audit"
    PEOPLE = "people"


class Role(StrEnum):
    """What a person is appointed to; one person may hold several."""

    CURATOR = "curator"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    ADMIN = "admin"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CURATOR: frozenset({Right.READ, Right.QUEUE, Right.CALL, Right.EDIT, Right.FIGURES}),
    Role.REVIEWER: frozenset({Right.READ, Right.QUEUE, Right.CALL, Right.EDIT, Right.REVIEW, Right.FIGURES}),
    Role.PUBLISHER: frozenset({Right.READ, Right.QUEUE, Right.REVIEW, Right.PUBLISH, Right.SWITCH, Right.FIGURES}),
    Role.AUDITOR: frozenset({Right.READ, Right.FIGURES, Right.AUDIT}),
    # An admin appoints people and stops the bot in need, but neither writes content nor publishes it.
    Role.ADMIN: frozenset({Right.READ, Right.PEOPLE, Right.AUDIT, Right.SWITCH, Right.FIGURES}),
}
ROLE_NAMES: Mapping[Role, str] = {
    Role.CURATOR: "Biên tập",
    Role.REVIEWER: "Duyệt",
    Role.PUBLISHER: "Xuất bản",
    Role.AUDITOR: "Kiểm tra",
    Role.ADMIN: "Quản trị",
}

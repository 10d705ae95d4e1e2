"""One address of the app: method and path, the right it asks for, and who handles it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from bot.staff.rights import Right

if TYPE_CHECKING:
    from bot.staff.visit import Visit

FORM_BYTES = 2 * 1024 * 1024
"""A record of 500 fields, typed with every mark, is a tenth of that."""


@dataclass(frozen=True, slots=True)
class Entry:
    """path: below /can-bo, "/queue/{id}". right: None = open to whoever comes, signed in or not.

    handler: runs in a thread. most_bytes: of the body; an entry that takes files asks for more.
    """

    method: str
    path: str
    right: Right | None
    handler: Callable[[Visit], Response]
    most_bytes: int = FORM_BYTES

"""What every section works with, put together once (app.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy.engine import Connection, Engine

from bot.gateway.settings import Settings
from bot.staff.person import Person

if TYPE_CHECKING:
    from bot.staff.content.store import Content
    from index.search import ProcedureSearch


class Session(Protocol):
    """One person signed in. csrf: what each of their forms must carry. fresh: the account still has to change its password."""

    @property
    def person(self) -> Person: ...

    @property
    def csrf(self) -> str: ...

    @property
    def fresh(self) -> bool: ...


class Sessions(Protocol):
    """Who is behind a cookie (people/sessions.py)."""

    def read(self, token: str) -> Session | None:
        """None: unknown, ended or idle for too long."""

    def former(self, token: str) -> str | None:
        """Person.id of a session that has ended, so that what was posted too late can be kept for its owner; None = unknown."""


class Audit(Protocol):
    """The append-only log (people/audit.py)."""

    def note(
        self, person: Person | None, action: str, subject: str, before: object = None, after: object = None, why: str = "",
        client: str = "", *, connection: Connection | None = None,
    ) -> None: ...


class Kept(Protocol):
    """Forms that came after their session had ended (people/kept.py)."""

    def keep(self, person_id: str, path: str, fields: Mapping[str, list[str]]) -> str:
        """-> id under which it is offered again."""


@dataclass(frozen=True, slots=True)
class Desk:
    """engine: the service's database, synchronous. clock: seconds since 1970. data_dir: the content that came with the program.

    search: the search that serves now, opened at first use; None while there is no release. ask: (question) -> messages of the bot's
    own chat API, None when there is no engine to ask.
    """

    engine: Engine
    settings: Settings
    clock: Callable[[], float]
    sessions: Sessions
    audit: Audit
    kept: Kept
    content: Content
    search: Callable[[], ProcedureSearch | None]
    data_dir: Path
    extra: Mapping[str, Any]

"""Who is behind a cookie: tokens of 256 random bits, of which only the SHA-256 is kept; nothing shared with citizens' tokens."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.staff.people.rows import person_of
from bot.staff.people.tables import PEOPLE, SESSIONS
from bot.staff.person import Person
from bot.staff.transaction import reading, writing

IDLE = 30 * 60.0
LONGEST = 10 * 3600.0
CODE_SECONDS = 5 * 60.0
"""Between the password and the second step."""
SEEN_EVERY = 60.0
"""The time of the last visit is written at most this often: a session may end a minute before its thirty."""
REMEMBERED = 30 * 86_400.0
"""How long an ended session still tells whose it was, and from which address."""
TOKEN_LENGTH = 43


@dataclass(frozen=True, slots=True)
class Session:
    """csrf: what each form of the session carries. fresh: the password has to be changed first. opened_at: seconds since 1970."""

    person: Person
    csrf: str
    opened_at: float
    fresh: bool = False


class Sessions:
    """clock: seconds since 1970."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self._clock = engine, clock

    def open(self, person_id: str, client: str, *, stage: str = "full") -> str:
        """A new token at every sign-in and every change of rights: one that somebody brought along never gains any.

        stage: "full", or "code" when the second step is still to come.
        """
        token, now = secrets.token_urlsafe(32), self._clock()
        row = {"token_hash": _hash(token), "person": person_id, "stage": stage, "opened_at": now, "seen_at": now, "client": client[:64]}
        with writing(self._engine) as connection:
            connection.execute(SESSIONS.insert(), [row])
        return token

    def read(self, token: str) -> Session | None:
        """None: unknown, ended, idle for IDLE, older than LONGEST, of somebody who was shut out, or without its second step."""
        now = self._clock()
        row = self._row(token, SESSIONS.c.stage == "full", SESSIONS.c.opened_at > now - LONGEST, SESSIONS.c.seen_at > now - IDLE)
        if row is None:
            return None
        if row.seen_at < now - SEEN_EVERY:
            with writing(self._engine) as connection:
                connection.execute(SESSIONS.update().where(SESSIONS.c.token_hash == row.token_hash).values(seen_at=now))
        csrf = hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()
        return Session(person_of(row), csrf, row.opened_at, bool(row.fresh))

    def waiting(self, token: str) -> Person | None:
        """Whose second step is still to come."""
        row = self._row(token, SESSIONS.c.stage == "code", SESSIONS.c.opened_at > self._clock() - CODE_SECONDS)
        return person_of(row) if row else None

    def former(self, token: str) -> str | None:
        """Person.id of a full session, also of one that has ended; None = unknown."""
        if len(token) != TOKEN_LENGTH:
            return None
        owner = sa.select(SESSIONS.c.person).where(SESSIONS.c.token_hash == _hash(token), SESSIONS.c.stage == "full")
        with reading(self._engine) as connection:
            return connection.execute(owner).scalar()

    def knows(self, person_id: str, client: str) -> bool:
        """Was there a full session of this person from this address within REMEMBERED?"""
        seen = sa.select(SESSIONS.c.token_hash).where(
            SESSIONS.c.person == person_id, SESSIONS.c.client == client[:64], SESSIONS.c.stage == "full",
            SESSIONS.c.opened_at > self._clock() - REMEMBERED,
        )
        with reading(self._engine) as connection:
            return connection.execute(seen.limit(1)).first() is not None

    def close(self, token: str) -> None:
        """Sign out; one that is unknown is no error."""
        self._close(SESSIONS.c.token_hash == _hash(token))

    def close_all(self, person_id: str) -> None:
        """Everywhere: the password, the roles or the second step changed."""
        self._close(SESSIONS.c.person == person_id)

    def tidy(self) -> None:
        """Forget what was opened more than REMEMBERED ago."""
        with writing(self._engine) as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.opened_at < self._clock() - REMEMBERED))

    def _row(self, token: str, *where: Any) -> Any:
        if len(token) != TOKEN_LENGTH:
            return None
        columns = (SESSIONS.c.token_hash, SESSIONS.c.opened_at, SESSIONS.c.seen_at, *(PEOPLE.c[name] for name in ("id", "login", "name", "roles", "fresh")))
        chosen = sa.select(*columns).select_from(SESSIONS.join(PEOPLE, PEOPLE.c.id == SESSIONS.c.person)).where(
            SESSIONS.c.token_hash == _hash(token), SESSIONS.c.closed_at.is_(None), PEOPLE.c.disabled_at.is_(None), *where
        )
        with reading(self._engine) as connection:
            return connection.execute(chosen).first()

    def _close(self, which: Any) -> None:
        with writing(self._engine) as connection:
            connection.execute(SESSIONS.update().where(which, SESSIONS.c.closed_at.is_(None)).values(closed_at=self._clock()))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()

"""Contacts in, sealed rows of CONTACTS out, and back for the officer who calls. Every call blocks: call it in a thread."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.contact_form import Contact
from bot.gateway.erasure_code import ErasureCodes
from bot.gateway.seal import Seal
from bot.gateway.tables import CONTACTS

PURPOSE = "contacts"


@dataclass(frozen=True, slots=True)
class OpenContact:
    """at: seconds since 1970. contact: None when this server's key does not open it."""

    id: str
    at: float
    contact: Contact | None


class Contacts:
    """data_key, secret: Settings'. clock: seconds since 1970."""

    def __init__(self, engine: Engine, data_key: bytes, secret: bytes, clock: Callable[[], float]) -> None:
        self._engine, self._seal, self._codes, self._clock = engine, Seal(data_key, PURPOSE), ErasureCodes(secret), clock

    def add(self, contact: Contact) -> str:
        """→ the code with which the citizen withdraws it. Raises SQLAlchemyError."""
        name = secrets.token_hex(11)  # typed on a command line: "-Ab…" would be read as an option
        code = self._codes.of("contact", name)
        sealed = self._seal.seal(dataclasses.asdict(contact))
        row = {"id": name, "code_hash": self._codes.hash_of(code), "at": self._clock(), "state": "open", "sealed": sealed}
        with self._engine.begin() as connection:
            connection.execute(CONTACTS.insert().values(**row))
        return code

    def open_ones(self) -> list[OpenContact]:
        """Oldest first. Raises SQLAlchemyError."""
        asked = sa.select(CONTACTS.c.id, CONTACTS.c.at, CONTACTS.c.sealed).where(CONTACTS.c.state == "open")
        with self._engine.connect() as connection:
            rows = connection.execute(asked.order_by(CONTACTS.c.at, CONTACTS.c.id)).all()
        return [OpenContact(row.id, row.at, self._opened(row.sealed)) for row in rows]

    def waiting(self) -> list[tuple[str, float]]:
        """(id, seconds since 1970) of the open ones, oldest first; nothing is unsealed. Raises SQLAlchemyError."""
        asked = sa.select(CONTACTS.c.id, CONTACTS.c.at).where(CONTACTS.c.state == "open").order_by(CONTACTS.c.at, CONTACTS.c.id)
        with self._engine.connect() as connection:
            return [(row.id, row.at) for row in connection.execute(asked)]

    def one(self, name: str) -> OpenContact | None:
        """None when no open contact has this id. Raises SQLAlchemyError."""
        asked = sa.select(CONTACTS.c.id, CONTACTS.c.at, CONTACTS.c.sealed).where(CONTACTS.c.id == name, CONTACTS.c.state == "open")
        with self._engine.connect() as connection:
            row = connection.execute(asked).first()
        return OpenContact(row.id, row.at, self._opened(row.sealed)) if row else None

    def done(self, name: str, by: str, connection: Connection | None = None) -> bool:
        """False when no open contact has this id. by: who called, <= 80 characters. connection: of a transaction that the caller
        holds. Raises SQLAlchemyError."""
        if connection is None:
            with self._engine.begin() as own:
                return self.done(name, by, own)
        change = CONTACTS.update().where(CONTACTS.c.id == name, CONTACTS.c.state == "open")
        return connection.execute(change.values(state="done", done_at=self._clock(), done_by=by[:80])).rowcount > 0

    def _opened(self, sealed: str) -> Contact | None:
        try:
            return Contact(**self._seal.open(sealed))
        except (ValueError, TypeError):
            return None

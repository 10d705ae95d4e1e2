"""Who did what, when, from what to what and why: rows that are only ever added, each chained to the one before by SHA-256.

The chain shows any row that was changed, put in or taken out. Whoever owns the database could cut off its end or write the whole
chain anew; an exported file, or the last row's mark written down elsewhere, shows that too (`verify(known)`).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.staff.people.tables import AUDIT
from bot.staff.person import Person
from bot.staff.transaction import reading, writing

START = "0" * 64
PAGE = 50
MOST = 65_536
"""Characters of JSON a side; of more, the length and the SHA-256 are kept (the content's own history holds the text)."""
HIDDEN = ("password", "secret", "token", "totp", "recovery", "cookie", "csrf")
"""A key with one of these in its name never shows its value."""


@dataclass(frozen=True, slots=True)
class Row:
    """before, after: JSON text or None. previous, hash: 64 hex digits."""

    id: int
    at: float
    person: str | None
    person_name: str
    action: str
    subject: str
    before: str | None
    after: str | None
    why: str
    client: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Filter:
    """"" = any. subject: what the subject begins with. since, until: seconds since 1970, until exclusive."""

    person: str = ""
    action: str = ""
    subject: str = ""
    since: float | None = None
    until: float | None = None


class Audit:
    """clock: seconds since 1970."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self._clock = engine, clock

    def note(
        self, person: Person | None, action: str, subject: str, before: object = None, after: object = None, why: str = "",
        client: str = "", *, connection: Connection | None = None,
    ) -> None:
        """Add a row. connection: of a transaction that the row shall share the fate of; without it, that of the act that is open here
        (transaction.py), else one of its own."""
        values = {
            "at": self._clock(), "person": person.id if person else None, "person_name": _text(person.name if person else "", 120),
            "action": _text(action, 60), "subject": _text(subject, 300), "before": _json(before), "after": _json(after),
            "why": _text(why, 2000), "client": _text(client, 64),
        }
        if connection is not None:
            _append(connection, values)
        else:
            with writing(self._engine) as own:
                _append(own, values)

    def rows(self, wanted: Filter = Filter(), page: int = 1) -> tuple[list[Row], int]:
        """(PAGE rows, newest first; number of pages, at least 1)."""
        where = _where(wanted)
        with reading(self._engine) as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(AUDIT).where(*where)).scalar_one()
            chosen = sa.select(AUDIT).where(*where).order_by(AUDIT.c.id.desc()).limit(PAGE).offset(PAGE * (max(page, 1) - 1))
            return [Row(**row._mapping) for row in connection.execute(chosen)], max(1, math.ceil(count / PAGE))

    def all(self, wanted: Filter = Filter()) -> Iterator[Row]:
        """Oldest first, read in parts of 500, so that a long log never lies in memory."""
        last, where = 0, _where(wanted)
        while True:
            chosen = sa.select(AUDIT).where(AUDIT.c.id > last, *where).order_by(AUDIT.c.id).limit(500)
            with reading(self._engine) as connection:
                part = [Row(**row._mapping) for row in connection.execute(chosen)]
            yield from part
            if len(part) < 500:
                return
            last = part[-1].id

    def actions(self) -> list[str]:
        """All that occur, in alphabetical order."""
        with reading(self._engine) as connection:
            return list(connection.execute(sa.select(AUDIT.c.action).distinct().order_by(AUDIT.c.action)).scalars())

    def head(self) -> tuple[int, str]:
        """(id, hash) of the last row; (0, START) of an empty log."""
        with reading(self._engine) as connection:
            return _head(connection)

    def verify(self, known: tuple[int, str] | None = None) -> int | None:
        """The id of the first row that does not fit, None when the chain holds. known: an earlier `head` that must still be there."""
        before, expected = START, 1
        for row in self.all():
            if row.id != expected or row.previous != before or row.hash != _mark(asdict(row)):
                return min(row.id, expected)
            if known and row.id == known[0] and row.hash != known[1]:
                return row.id
            before, expected = row.hash, expected + 1
        return expected if known and known[0] >= expected else None


def _append(connection: Connection, values: dict[str, Any]) -> None:
    if connection.dialect.name == "postgresql":
        # One writer at a time, readers go on: else two rows would follow the same one. SQLite has one writer anyway.
        connection.exec_driver_sql("LOCK TABLE staff_audit IN SHARE ROW EXCLUSIVE MODE")
    last, previous = _head(connection)
    row = {**values, "id": last + 1, "previous": previous}
    connection.execute(AUDIT.insert(), [{**row, "hash": _mark(row)}])


def _head(connection: Connection) -> tuple[int, str]:
    row = connection.execute(sa.select(AUDIT.c.id, AUDIT.c.hash).order_by(AUDIT.c.id.desc()).limit(1)).first()
    return (row.id, row.hash) if row else (0, START)


def _mark(row: Mapping[str, Any]) -> str:
    fields = {name: value for name, value in row.items() if name != "hash"}
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _where(wanted: Filter) -> list[Any]:
    where: list[Any] = []
    if wanted.person:
        where.append(AUDIT.c.person == wanted.person)
    if wanted.action:
        where.append(AUDIT.c.action == wanted.action)
    if wanted.subject:
        where.append(AUDIT.c.subject.startswith(wanted.subject, autoescape=True))
    if wanted.since is not None:
        where.append(AUDIT.c.at >= wanted.since)
    if wanted.until is not None:
        where.append(AUDIT.c.at < wanted.until)
    return where


def _text(value: str, most: int) -> str:
    """What both databases can hold: no NUL, no half of a character."""
    return value.replace("\0", "").encode("utf-8", "replace").decode()[:most]


def _json(value: object) -> str | None:
    if value is None:
        return None
    text = json.dumps(_shown(value), ensure_ascii=False, default=str, sort_keys=True)
    if len(text) > MOST:
        text = json.dumps({"characters": len(text), "sha256": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()})
    return _text(text, MOST)


def _shown(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): "…" if any(word in str(key).lower() for word in HIDDEN) else _shown(one) for key, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(str(one) for one in value)
    if isinstance(value, (list, tuple)):
        return [_shown(one) for one in value]
    return value

"""What somebody has typed into a form and not saved: kept every few seconds, offered again, theirs alone.

Not a revision: half a sentence every five seconds is no history, and nobody else shall stumble over it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway.upsert import put
from bot.staff.content.tables import DRAFTS
from bot.staff.person import Person
from bot.staff.transaction import reading, writing


@dataclass(frozen=True, slots=True)
class Draft:
    """path: the file, or a name of its own for a new one ("faq/"). page: where it was typed, below /can-bo. base: the revision that
    was on the screen. fields: name -> its values as they were sent. at: seconds since 1970."""

    path: str
    page: str
    base: int | None
    fields: Mapping[str, list[str]]
    at: float

    def text(self, name: str, default: str = "") -> str:
        """The first value of a field."""
        return next(iter(self.fields.get(name, ())), default)


class Drafts:
    """engine: stays the caller's. clock: seconds since 1970."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self._clock = engine, clock

    def keep(self, person: Person, path: str, page: str, base: int | None, fields: Mapping[str, Sequence[str]]) -> Draft:
        """Instead of what was kept of this person and path before."""
        kept = Draft(path, page, base, {name: list(values) for name, values in fields.items()}, self._clock())
        row = {"person": person.id, "path": path, "page": page, "base": base, "at": kept.at}
        row["fields"] = json.dumps(kept.fields, ensure_ascii=False)
        change = dict.fromkeys(("page", "base", "fields", "at"), "excluded")
        with writing(self._engine) as connection:
            put(connection, DRAFTS, [row], ["person", "path"], change)
        return kept

    def get(self, person: Person, path: str) -> Draft | None:
        """None: nothing unsaved."""
        asked = sa.select(DRAFTS).where(DRAFTS.c.person == person.id, DRAFTS.c.path == path)
        with reading(self._engine) as connection:
            row = connection.execute(asked).one_or_none()
        return None if row is None else _draft(row)

    def mine(self, person: Person) -> list[Draft]:
        """All of a person, the newest first."""
        asked = sa.select(DRAFTS).where(DRAFTS.c.person == person.id).order_by(DRAFTS.c.at.desc(), DRAFTS.c.path)
        with reading(self._engine) as connection:
            return [_draft(row) for row in connection.execute(asked)]

    def drop(self, person: Person, path: str) -> None:
        """It was saved, or thrown away by its owner."""
        with writing(self._engine) as connection:
            connection.execute(DRAFTS.delete().where(DRAFTS.c.person == person.id, DRAFTS.c.path == path))


def _draft(row: Any) -> Draft:
    return Draft(row.path, row.page, row.base, json.loads(row.fields), row.at)

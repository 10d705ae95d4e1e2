"""Who has which file open: a sign of life every few seconds from each open form, forgotten after a minute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway.upsert import put
from bot.staff.content.tables import EDITING
from bot.staff.person import Person
from bot.staff.transaction import reading, writing

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else at the same file. at: the last sign of life, seconds since 1970."""

    person: str
    name: str
    at: float


class Editing:
    """engine: stays the caller's. clock: seconds since 1970."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self._clock = engine, clock

    def note_editing(self, path: str, person: Person) -> None:
        """This person has the form of `path` open now."""
        now = self._clock()
        row = {"path": path, "person": person.id, "name": person.name, "at": now}
        with writing(self._engine) as connection:
            connection.execute(EDITING.delete().where(EDITING.c.at < now - SECONDS))
            put(connection, EDITING, [row], ["path", "person"], {"at": "excluded", "name": "excluded"})

    def left(self, path: str, person: Person) -> None:
        """This person has saved and gone."""
        with writing(self._engine) as connection:
            connection.execute(EDITING.delete().where(EDITING.c.path == path, EDITING.c.person == person.id))

    def others(self, path: str, person: Person) -> list[Other]:
        """Everybody else who showed up within SECONDS, in the order of names."""
        asked = sa.select(EDITING.c.person, EDITING.c.name, EDITING.c.at).where(
            EDITING.c.path == path, EDITING.c.person != person.id, EDITING.c.at >= self._clock() - SECONDS
        )
        with reading(self._engine) as connection:
            return [Other(*row) for row in connection.execute(asked.order_by(EDITING.c.name, EDITING.c.person))]

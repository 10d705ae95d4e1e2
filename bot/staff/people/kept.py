"""Forms that came after their session had ended: kept for their owner alone, offered again at the next sign-in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine, Row

from bot.staff.ids import new_id
from bot.staff.people.tables import KEPT
from bot.staff.transaction import reading, writing

DAYS = 14
MOST = 20
"""Forms a person; the oldest go."""
NEVER = ("password", "csrf", "secret", "otp")
"""A field with one of these in its name is not kept."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """path: below /can-bo, where it was to go. fields: each with all its values. at: seconds since 1970."""

    id: str
    path: str
    fields: Mapping[str, list[str]]
    at: float


class Kept:
    """clock: seconds since 1970."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self._clock = engine, clock

    def keep(self, person_id: str, path: str, fields: Mapping[str, list[str]]) -> str:
        """-> the id under which it is offered again."""
        row = {"id": new_id(), "person": person_id, "path": path[:300], "fields": _text(fields), "at": self._clock()}
        mine = KEPT.c.person == person_id
        newest = sa.select(KEPT.c.id).where(mine).order_by(KEPT.c.at.desc(), KEPT.c.id).limit(MOST).scalar_subquery()
        with writing(self._engine) as connection:
            connection.execute(KEPT.insert(), [row])
            kept = list(connection.execute(sa.select(KEPT.c.id).where(KEPT.c.id.in_(newest))).scalars())
            connection.execute(KEPT.delete().where(mine, KEPT.c.id.notin_([*kept, row["id"]])))
        return str(row["id"])

    def of(self, person_id: str) -> list[KeptForm]:
        """Newest first."""
        chosen = sa.select(KEPT).where(KEPT.c.person == person_id, KEPT.c.at > self._oldest()).order_by(KEPT.c.at.desc(), KEPT.c.id)
        with reading(self._engine) as connection:
            return [_form(row) for row in connection.execute(chosen)]

    def read(self, kept_id: str, person_id: str) -> KeptForm | None:
        """None: unknown, too old, or somebody else's."""
        return next((form for form in self.of(person_id) if form.id == kept_id), None)

    def drop(self, kept_id: str, person_id: str) -> None:
        """The owner does not want it any more."""
        with writing(self._engine) as connection:
            connection.execute(KEPT.delete().where(KEPT.c.id == kept_id, KEPT.c.person == person_id))

    def tidy(self) -> None:
        """Forget what is older than DAYS."""
        with writing(self._engine) as connection:
            connection.execute(KEPT.delete().where(KEPT.c.at <= self._oldest()))

    def _oldest(self) -> float:
        return self._clock() - DAYS * 86_400


def _text(fields: Mapping[str, list[str]]) -> str:
    held = {name: values for name, values in fields.items() if not any(word in name.lower() for word in NEVER)}
    return json.dumps(held, ensure_ascii=False).encode("utf-8", "replace").decode()


def _form(row: Row) -> KeptForm:
    return KeptForm(row.id, row.path, json.loads(row.fields), row.at)

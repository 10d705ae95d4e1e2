"""Who takes care of which kind of doubt."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway.upsert import put
from bot.staff.person import Person
from bot.staff.procedures.tables import OWNERS
from bot.staff.transaction import reading, writing


def owners(engine: Engine) -> dict[str, str]:
    """Kind -> name."""
    with reading(engine) as connection:
        return dict(connection.execute(sa.select(OWNERS.c.kind, OWNERS.c.name)).all())


def set_owner(engine: Engine, kind: str, person: Person | None, at: float) -> str | None:
    """None = nobody. -> Person.id of who had it before."""
    with writing(engine) as connection:
        before = connection.execute(sa.select(OWNERS.c.person).where(OWNERS.c.kind == kind).with_for_update()).scalar()
        if person is None:
            connection.execute(OWNERS.delete().where(OWNERS.c.kind == kind))
        else:
            row = {"kind": kind, "person": person.id, "name": person.name, "at": at}
            put(connection, OWNERS, [row], ["kind"], dict.fromkeys(("person", "name", "at"), "excluded"))
    return before

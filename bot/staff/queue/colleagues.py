"""Who may be put in charge of a cluster: the people of the office who may also fix it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.staff.people.rows import person_of
from bot.staff.people.tables import PEOPLE
from bot.staff.person import Person
from bot.staff.rights import Right
from bot.staff.transaction import reading
from index.text import fold


def colleagues(engine: Engine, me: Person | None = None) -> list[Person]:
    """Those who work here and may edit, and `me`, who may always take something on; by name without diacritics, of equals by id.

    A publisher may look into the queue but cannot fix what is in it, so nobody else can give a cluster to one.
    """
    with reading(engine) as connection:
        everybody = [person_of(row) for row in connection.execute(sa.select(PEOPLE).where(PEOPLE.c.disabled_at.is_(None)))]
    found = {one.id: one for one in everybody if one.may(Right.EDIT)}
    if me is not None:
        found[me.id] = me
    return sorted(found.values(), key=lambda one: (fold(one.name).lower(), one.id))

"""The changes of one import: a filter in, rows out; a person's word on them, one by one or all of a filter."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.staff.imports.tables import CHANGES, IMPORTS
from bot.staff.transaction import reading, writing
from index.content import Store
from index.content_staged import KINDS, StagedChange, accept

PAGE = 50


@dataclass(frozen=True, slots=True)
class Rule:
    """Which changes. None or "" = all. parts: every part that differs is one of these (a fee alone, say). clean: the import has no
    doubt about the new record. reviewed: the office has a record of its own."""

    kind: str | None = None
    state: str | None = "waiting"
    parts: tuple[str, ...] = ()
    clean: bool = False
    reviewed: bool | None = None
    field: str = ""
    word: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], parts: Sequence[str]) -> Rule:
        """From an address or a form; what is unknown counts as not said."""
        kind, state = query.get("kind", ""), query.get("state", "waiting")
        own = {"yes": True, "no": False}.get(query.get("reviewed", ""))
        return cls(
            kind if kind in KINDS else None, state or None, tuple(parts), query.get("clean") == "1", own,
            query.get("field", "").strip(), query.get("word", "").strip(),
        )  # fmt: skip


def rows(engine: Engine, import_id: str, rule: Rule) -> list[Any]:
    """Rows of CHANGES in code order, `parts` as a tuple."""
    with reading(engine) as connection:
        return _rows(connection, import_id, rule)


def counts(engine: Engine, import_id: str) -> dict[tuple[str, str], int]:
    """(kind, state) -> how many."""
    query = sa.select(CHANGES.c.kind, CHANGES.c.state, sa.func.count()).where(CHANGES.c.import_id == import_id)
    with reading(engine) as connection:
        return {(row[0], row[1]): row[2] for row in connection.execute(query.group_by(CHANGES.c.kind, CHANGES.c.state))}


def decide(
    engine: Engine, store: Store, import_id: str, codes: Sequence[str] | Rule, accepted: bool, by_name: str, at: float
) -> tuple[list[str], list[str]]:
    """Accept or refuse waiting changes -> (codes decided, codes passed over because the record had moved meanwhile).

    codes: those named, or all that a rule finds at this moment. A press repeated decides nothing twice. The content store is moved
    first: when this process dies between the two, the changes still wait and accepting them again is harmless.
    """
    with writing(engine) as connection:
        rule = codes if isinstance(codes, Rule) else Rule()
        found = [row for row in _rows(connection, import_id, rule, lock=True) if row["state"] == "waiting"]
        if not isinstance(codes, Rule):
            found = [row for row in found if row["code"] in set(codes)]
        passed: list[str] = []
        if accepted and found:
            store_id = connection.execute(sa.select(IMPORTS.c.store_id).where(IMPORTS.c.id == import_id)).scalar_one()
            passed = accept(store, store_id, [StagedChange(row["code"], row["kind"], row["before"], row["after"]) for row in found])
        decided = [row["code"] for row in found if row["code"] not in set(passed)]
        _mark(connection, import_id, decided, "accepted" if accepted else "refused", by_name, at)
        _mark(connection, import_id, passed, "passed", by_name, at)
    return decided, passed


def _mark(connection: Connection, import_id: str, codes: Sequence[str], state: str, by_name: str, at: float) -> None:
    for first in range(0, len(codes), 500):  # SQLite takes no more than some thousand parameters
        part = codes[first : first + 500]
        where = sa.and_(CHANGES.c.import_id == import_id, CHANGES.c.code.in_(part))
        connection.execute(CHANGES.update().where(where).values(state=state, by_name=by_name, at=at))


def _rows(connection: Connection, import_id: str, rule: Rule, lock: bool = False) -> list[dict[str, Any]]:
    query = sa.select(CHANGES).where(CHANGES.c.import_id == import_id).order_by(CHANGES.c.code)
    for column, value in ((CHANGES.c.kind, rule.kind), (CHANGES.c.state, rule.state), (CHANGES.c.field, rule.field or None)):
        if value is not None:
            query = query.where(column == value)
    if rule.reviewed is not None:
        query = query.where(CHANGES.c.reviewed == rule.reviewed)
    if rule.clean:
        query = query.where(CHANGES.c.findings == 0)
    if rule.word:
        query = query.where(sa.or_(CHANGES.c.code.contains(rule.word, autoescape=True), CHANGES.c.name.ilike(f"%{_escaped(rule.word)}%", escape="\\")))
    found = [{**row._mapping, "parts": tuple(json.loads(row.parts))} for row in connection.execute(query.with_for_update() if lock else query)]
    return [row for row in found if not rule.parts or (row["parts"] and set(row["parts"]) <= set(rule.parts))]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

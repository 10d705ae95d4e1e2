"""INSERT … ON CONFLICT in the words of the database at hand: SQLAlchemy 1.4 has it only in the dialects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def put(
    connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], keys: Sequence[str], change: Mapping[str, Any]
) -> None:
    """Insert rows; where one with the same `keys` exists, set `change` on it instead ({} leaves it as it is).

    change: column -> value, or "excluded" for the value of the row that was to be inserted, or "+excluded" for the sum.
    """
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    if change:
        values = {name: _value(table, statement, name, wanted) for name, wanted in change.items()}
        statement = statement.on_conflict_do_update(index_elements=list(keys), set_=values)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(keys))
    connection.execute(statement, [dict(row) for row in rows])


def _value(table: sa.Table, statement: Any, name: str, wanted: Any) -> Any:
    if wanted == "excluded":
        return statement.excluded[name]
    return table.c[name] + statement.excluded[name] if wanted == "+excluded" else wanted

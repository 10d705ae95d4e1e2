"""A table in, the triggers out that make the database itself refuse to change or delete its rows.

`create_all` runs them with the table; a migration that makes the table runs `append_only(…)` and, backwards, `no_longer(…)`.
"""

from __future__ import annotations

import sqlalchemy as sa

SAID = "this log is append-only"


def append_only(dialect: str, table: str) -> list[str]:
    """Statements for "sqlite" or "postgresql", each to be run alone. Raises ValueError for another database."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    if dialect == "postgresql":
        return [
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ]
    raise ValueError(f'no append-only triggers for "{dialect}"; expected sqlite or postgresql')


def no_longer(dialect: str, table: str) -> list[str]:
    """Undoes `append_only`."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_update", f"DROP TRIGGER IF EXISTS {table}_no_delete"]
    return [f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}", f"DROP FUNCTION IF EXISTS {table}_refuse()"]


def make_append_only(table: sa.Table) -> None:
    """From now on `create_all` makes the triggers with the table, and `drop_all` takes PostgreSQL's function along."""
    for dialect in ("sqlite", "postgresql"):
        for statement in append_only(dialect, table.name):
            sa.event.listen(table, "after_create", sa.DDL(statement).execute_if(dialect=dialect))
    gone = sa.DDL(f"DROP FUNCTION IF EXISTS {table.name}_refuse()")
    sa.event.listen(table, "after_drop", gone.execute_if(dialect="postgresql"))

"""The schema of the service's database: brought to this program's version when it opens, forwards and, by command, back.

A new database gets today's tables at once; an older one goes through the migrations, each in a transaction of its own, so that what
fails leaves the version before it.

    python -m bot.gateway.schema show | up | down <revision>
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.tables import TABLES
from bot.staff.content import tables as content  # noqa: F401 - each adds its tables to TABLES
from bot.staff.figures import tables as figures  # noqa: F401
from bot.staff.imports import tables as imports  # noqa: F401
from bot.staff.people import tables as people  # noqa: F401
from bot.staff.procedures import tables as procedures  # noqa: F401
from bot.staff.publish import tables as publish  # noqa: F401
from bot.staff.queue import tables as queue  # noqa: F401

FIRST = "0001"
"""What a database has that was made before there were migrations."""
HEAD = "0003"
LOCK = 7_014_201
"""PostgreSQL's advisory lock while one process migrates and others wait."""
MIGRATIONS = Path(__file__).with_name("migrations")


class SchemaError(RuntimeError):
    """The database has a schema that this program cannot bring up to date. One line: found, expected, remedy."""


def bring_up(engine: Engine) -> str:
    """-> the revision it had before, "" for a new database. Cheap when it is up to date. Raises SchemaError, SQLAlchemy's errors."""
    with engine.connect() as connection:
        if (before := _version(connection)) == HEAD:
            return before
    with _alone(engine) as connection:
        before = _version(connection)
        if before == HEAD:
            return before
        if not before and not sa.inspect(connection).has_table("turns"):
            TABLES.create_all(connection)
            _stamp(connection, HEAD)
            return ""
        if not before:
            before = FIRST
            _stamp(connection, FIRST)
        _run(connection, HEAD)
        return before


def go_back(engine: Engine, revision: str) -> None:
    """To an older revision: for a program that is rolled back. What only the newer one keeps is lost. Raises SchemaError."""
    with _alone(engine) as connection:
        _run(connection, revision, down=True)


def _version(connection: Connection) -> str:
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(sa.text("select version_num from alembic_version")).scalar() or ""


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction that no other process migrates beside. SQLite's begins with the write lock (database.py)."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text(f"select pg_advisory_xact_lock({LOCK})"))
        yield connection


def _stamp(connection: Connection, revision: str) -> None:
    _context(connection)[1].stamp(_context(connection)[0], revision)


def _run(connection: Connection, revision: str, down: bool = False) -> None:
    from alembic.operations import Operations
    from alembic.util import CommandError

    script, _ = _context(connection)

    def steps(found: Any, _context: Any) -> Any:
        return (script._downgrade_revs if down else script._upgrade_revs)(revision, found)

    _, context = _context(connection, steps)
    try:
        with Operations.context(context):
            context.run_migrations()
    except CommandError as error:
        found = _version(connection)
        raise SchemaError(f"the database has schema {found}, this program reads up to {HEAD}; use the program that made it, or a copy of before ({error})") from error


def _context(connection: Connection, steps: Any = None) -> tuple[Any, Any]:
    from alembic.config import Config  # 0.2 s, needed only when something has to be done
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    options: dict[str, Any] = {"transactional_ddl": True, "script": script, "target_metadata": TABLES}
    if steps:
        options["fn"] = steps
    return script, MigrationContext.configure(connection, opts=options)


def main(argv: list[str] | None = None) -> int:
    """0 = done; 1 = the database refuses, said in one line."""
    from bot.gateway.database import DatabaseError, connect
    from bot.gateway.settings import SettingsError, read_settings

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("show", "up", "down"))
    parser.add_argument("revision", nargs="?", help=f"for down: {FIRST} …")
    args = parser.parse_args(argv)
    try:
        settings = read_settings()
        engine = connect(settings.var, settings.database_url)
        if args.what == "up":
            bring_up(engine)
        elif args.what == "down":
            if not args.revision:
                parser.error("down needs a revision")
            go_back(engine, args.revision)
        with engine.connect() as connection:
            print(f"schema {_version(connection) or '(none)'}; this program reads {HEAD}")
    except (SettingsError, DatabaseError, SchemaError, sa.exc.SQLAlchemyError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The service's own database: SQLite below var/ by default, PostgreSQL by DATABASE_URL; the schema is this program's when open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

FILE = "service.sqlite3"
BUSY_SECONDS = 5.0
"""How long a writer of SQLite waits for another one."""
WAIT_SECONDS = 3
"""How long a server is waited for: while connecting, while it is silent, while all connections are in use."""


class DatabaseError(RuntimeError):
    """The database cannot be used. One line: which, why, remedy."""


def open_database(var: Path, url: str | None = None) -> Engine:
    """Open, and bring the schema to this program's (schema.py). url: `sqlite:///…` or `postgresql://…`; None = var/service.sqlite3.

    The engine is synchronous and safe among threads; call it through a thread, never from the event loop.
    Raises DatabaseError when the database does not answer, the address is none, or a newer program has changed its schema.
    """
    from bot.gateway.schema import SchemaError, bring_up  # knows the staff's tables too, which know this package

    engine = connect(var, url)
    try:
        bring_up(engine)
    except (sa.exc.SQLAlchemyError, SchemaError) as error:
        raise _told(url or f"sqlite:///{var / FILE}", error) from error
    return engine


def connect(var: Path, url: str | None = None) -> Engine:
    """The engine as `open_database` has it; nothing is asked of the database yet. Raises DatabaseError."""
    address = url or f"sqlite:///{var / FILE}"
    try:
        parsed = sa.engine.make_url(address)
        if parsed.get_backend_name() == "sqlite":
            if parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            # Kept open: whoever closes the last connection moves the whole -wal file, at every commit.
            options = {"poolclass": sa.pool.QueuePool, "pool_timeout": BUSY_SECONDS} if parsed.database else {}
            engine = sa.create_engine(parsed, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, **options)
            sa.event.listen(engine, "connect", _prepare_sqlite)
            sa.event.listen(engine, "begin", _begin_at_once)
        else:
            # A connection that a restart of the server closed is noticed before it is used.
            engine = sa.create_engine(parsed, pool_pre_ping=True, pool_timeout=WAIT_SECONDS, connect_args=_patience(parsed))
    except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
        raise _told(address, error) from error
    return engine


def _told(address: str, error: Exception) -> DatabaseError:
    shown = sa.engine.make_url(address).render_as_string(hide_password=True) if "://" in address else address
    reason = " ".join(str(getattr(error, "orig", None) or error).split())
    return DatabaseError(f"{shown}: {reason}; check DATABASE_URL")


def truncate_log(engine: Engine) -> bool:
    """SQLite: move everything from the -wal file into the database and empty it, so that no erased byte stays there.

    False when a reader was in the way for BUSY_SECONDS: the next one does it. Other databases: True, nothing to do here.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        return connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    finally:
        connection.close()


def _patience(parsed: sa.engine.URL) -> dict[str, Any]:
    """What the address itself says holds."""
    defaults = {"connect_timeout": WAIT_SECONDS, "tcp_user_timeout": 1000 * WAIT_SECONDS}
    return {name: value for name, value in defaults.items() if name not in parsed.query}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL: readers and the one writer do not wait for each other. FULL: an event that was acknowledged survives a power cut."""
    connection.isolation_level = None  # the driver's own BEGIN comes too late to hold the write lock from a first SELECT on
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")  # what is erased leaves no bytes in free pages


def _begin_at_once(connection: Any) -> None:
    """A transaction takes the write lock when it begins, so that read-then-write never fails half-way with "locked"."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")

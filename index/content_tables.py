"""Tables of the content store, and how it is opened: SQLite by default, PostgreSQL by address.

`revisions` is only ever added to; `heads` says which revision of a code holds and whether the newest file still has the code;
`imports` is the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

TABLES = sa.MetaData()
IMPORTS = sa.Table(
    "imports",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("started_at", sa.String(32), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("finished_at", sa.String(32)),
    sa.Column("counts", sa.Text),
)
REVISIONS = sa.Table(
    "revisions",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(16), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.UniqueConstraint("code", "hash"),
)
HEADS = sa.Table(
    "heads",
    TABLES,
    sa.Column("code", sa.String(16), primary_key=True),
    sa.Column("revision_id", sa.Integer, sa.ForeignKey("revisions.id"), nullable=False),
    sa.Column("status", sa.String(16), sa.CheckConstraint("status in ('present', 'withdrawn')"), nullable=False),
    sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), nullable=False),
)


class StoreError(RuntimeError):
    """The store cannot be used. One line: which, why, remedy."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; its tables exist."""

    engine: Engine


def open_store(url: str) -> Store:
    """Open, and make what is missing. url: `sqlite:///path/content.db`, `postgresql://…`, or a plain path of a SQLite file.

    Raises StoreError when the database does not answer or the address is none.
    """
    try:
        address = sa.engine.make_url(url if "://" in url else f"sqlite:///{url}")
        if address.get_backend_name() == "sqlite" and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(address)
        TABLES.create_all(engine)
    except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
        shown = sa.engine.make_url(url).render_as_string(hide_password=True) if "://" in url else url
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise StoreError(f"{shown}: {reason}; check --database or DATABASE_URL") from error
    return Store(engine)

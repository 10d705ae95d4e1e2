"""Tables of the content: every revision of every file, who edits what now, what is typed and not saved yet."""

from __future__ import annotations

import sqlalchemy as sa

from bot.gateway.tables import TABLES

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")

REVISIONS = sa.Table(
    # Rows are only ever added. Ids grow in the order of the commits (store.py locks for it), so that an id is a snapshot of all.
    "staff_revisions",
    TABLES,
    sa.Column("id", _ID, primary_key=True, autoincrement=True),
    sa.Column("path", sa.String(200), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("text", sa.Text),  # NULL = the file was removed
    sa.Column("author", sa.String(22), nullable=False, index=True),
    sa.Column("author_name", sa.String(120), nullable=False),  # as of then
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("state", sa.String(10), sa.CheckConstraint("state in ('draft', 'submitted')"), nullable=False),
    sa.Column("origin", sa.String(10), sa.CheckConstraint("origin in ('staff', 'import', 'seed')"), nullable=False),
    sa.UniqueConstraint("path", "number"),
    sa.Index("staff_revisions_newest", "state", "path", "id"),
    sa.Index("staff_revisions_path", "path", "id"),
)
DRAFTS = sa.Table(
    # What one person has typed into the form of one file and not saved: one row each, overwritten, gone when it is saved.
    "staff_drafts",
    TABLES,
    sa.Column("person", sa.String(22), primary_key=True),
    sa.Column("path", sa.String(200), primary_key=True),
    sa.Column("page", sa.String(300), nullable=False),  # where it was typed, below /can-bo
    sa.Column("base", _ID),  # the revision that was on the screen; NULL = a new file
    sa.Column("fields", sa.Text, nullable=False),  # JSON: name -> list of values
    sa.Column("at", sa.Float, nullable=False),
)
EDITING = sa.Table(
    "staff_editing",
    TABLES,
    sa.Column("path", sa.String(200), primary_key=True),
    sa.Column("person", sa.String(22), primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("at", sa.Float, nullable=False),  # the last sign of life
)

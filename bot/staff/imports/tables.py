"""Tables of the imports: one row a file, one row a change that it proposes."""

from __future__ import annotations

import sqlalchemy as sa

from bot.gateway.tables import TABLES

IMPORT_STATES = ("reading", "ready", "failed", "closed")
CHANGE_STATES = ("waiting", "accepted", "refused", "passed")
"""passed: somebody else's import had moved the record meanwhile."""

IMPORTS = sa.Table(
    "staff_imports",
    TABLES,
    sa.Column("id", sa.String(22), primary_key=True),
    sa.Column("file", sa.String(200), nullable=False),  # as the uploader named it
    sa.Column("by", sa.String(22), nullable=False),
    sa.Column("by_name", sa.String(80), nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("state", sa.String(8), sa.CheckConstraint(f"state in {IMPORT_STATES}"), nullable=False),
    sa.Column("done", sa.Integer, nullable=False, server_default="0"),  # rows read
    sa.Column("beat", sa.Float, nullable=False),  # last sign of life of who reads
    sa.Column("store_id", sa.Integer),  # index/content_tables.py imports.id
    sa.Column("summary", sa.Text),  # JSON: unchanged, repeated, complete, broken lines
    sa.Column("trouble", sa.String(300)),
)
CHANGES = sa.Table(
    "staff_import_changes",
    TABLES,
    sa.Column("import_id", sa.String(22), sa.ForeignKey("staff_imports.id"), primary_key=True),
    sa.Column("code", sa.String(16), primary_key=True),
    sa.Column("kind", sa.String(9), nullable=False),
    sa.Column("before", sa.Integer),
    sa.Column("after", sa.Integer),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),  # lĩnh vực
    sa.Column("parts", sa.Text, nullable=False),  # JSON list: parts of the record that differ
    sa.Column("findings", sa.Integer, nullable=False),  # doubts of the import about the new record
    sa.Column("reviewed", sa.Boolean, nullable=False),  # the office has a record of its own: citizens do not read the official one
    sa.Column("state", sa.String(8), sa.CheckConstraint(f"state in {CHANGE_STATES}"), nullable=False),
    sa.Column("by_name", sa.String(80)),
    sa.Column("at", sa.Float),
    sa.Index("staff_import_changes_state", "import_id", "state", "kind"),
)

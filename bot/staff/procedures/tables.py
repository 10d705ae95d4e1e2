"""Who takes care of one kind of doubt. A row a kind; taken over means written over, and the audit log keeps who had it."""

from __future__ import annotations

import sqlalchemy as sa

from bot.gateway.tables import TABLES

OWNERS = sa.Table(
    "staff_doubt_owners",
    TABLES,
    sa.Column("kind", sa.String(40), primary_key=True),
    sa.Column("person", sa.String(22), nullable=False),
    sa.Column("name", sa.String(120), nullable=False),  # as of then
    sa.Column("at", sa.Float, nullable=False),
)

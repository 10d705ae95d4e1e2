"""Finished days of the figures, counted up; the turns that are still linked to a talk, by time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forwards; the staff app counts up the days that lie there already."""
    op.create_table(
        "staff_figure_days",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "day", "key"),
        sqlite_with_rowid=False,
    )
    linked = sa.text("conversation IS NOT NULL")
    op.create_index(
        "turns_linked", "turns", ["at", "status", "conversation", "id"], unique=False, sqlite_where=linked, postgresql_where=linked
    )


def downgrade() -> None:
    """Back; nothing is lost that could not be counted again."""
    op.drop_index("turns_linked", "turns")
    op.drop_table("staff_figure_days")

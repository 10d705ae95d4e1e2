"""Tables of publishing: candidates, the one lease that a job works under, and the journal of what has served."""

from __future__ import annotations

import sqlalchemy as sa

from bot.gateway.tables import TABLES

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")

CANDIDATES = sa.Table(
    "staff_candidates",
    TABLES,
    sa.Column("id", sa.String(22), primary_key=True),
    sa.Column("snapshot", _ID, nullable=False),  # a revision id: the content that it is made of
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("anew", sa.Boolean, nullable=False),  # learn phrasings too, even if the model that serves would do
    sa.Column("state", sa.String(10), nullable=False, index=True),
    sa.Column("tree", sa.String(16)),  # folder below var/content
    sa.Column("release_id", sa.String(64)),
    sa.Column("model", sa.String(80)),  # file below var/models
    sa.Column("against", sa.Text),  # JSON: what served when the gate compared
    sa.Column("gate", sa.Text, nullable=False),  # JSON: part -> its result
    sa.Column("step", sa.String(40), nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("trouble", sa.Text),  # why it failed, a sentence for staff
    sa.Column("cancelled", sa.Boolean, nullable=False),
    sa.Column("made_by", sa.String(22), nullable=False),
    sa.Column("made_name", sa.String(120), nullable=False),
    sa.Column("made_at", sa.Float, nullable=False),
    sa.Column("checked_at", sa.Float),
    sa.Column("approved_by", sa.String(22)),
    sa.Column("approved_name", sa.String(120)),
    sa.Column("approved_at", sa.Float),
    sa.Column("approved_why", sa.Text),
    sa.Column("live_at", sa.Float),
)
LEASES = sa.Table(
    # One row, "job": whoever holds it builds and checks. It runs out when its holder is gone.
    "staff_publish_leases",
    TABLES,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("holder", sa.String(22)),
    sa.Column("candidate", sa.String(22)),
    sa.Column("until", sa.Float, nullable=False),
)
JOURNAL = sa.Table(
    # Rows are only added; `state` goes from moving to done once the pointers have moved.
    "staff_live",
    TABLES,
    sa.Column("id", _ID, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(10), sa.CheckConstraint("kind in ('found', 'live', 'rollback')"), nullable=False),
    sa.Column("state", sa.String(8), sa.CheckConstraint("state in ('moving', 'done')"), nullable=False),
    sa.Column("candidate", sa.String(22)),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("snapshot", _ID, nullable=False),
    sa.Column("tree", sa.String(16)),  # NULL = the content that came with the program
    sa.Column("release_id", sa.String(64), nullable=False),
    sa.Column("model", sa.String(80), nullable=False),
    sa.Column("by", sa.String(22), nullable=False),
    sa.Column("by_name", sa.String(120), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
)

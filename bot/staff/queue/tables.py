"""Tables of the queue: clusters of questions, which turn is in which, and how far turns were read.

No question stands here but a cluster's title, which `forget` (clusters.py) takes away with its turn.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.gateway.tables import TABLES

STATES = ("open", "done", "ignored")

CLUSTERS = sa.Table(
    "staff_clusters",
    TABLES,
    sa.Column("id", sa.String(22), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),  # the most central question, masked; '' once none is left
    sa.Column("n", sa.Integer, nullable=False),  # questions that are left
    sa.Column("newest_at", sa.Float, nullable=False),
    sa.Column("signals", sa.Text, nullable=False),  # JSON: kind -> questions
    sa.Column("state", sa.String(8), sa.CheckConstraint("state in ('open', 'done', 'ignored')"), nullable=False, index=True),
    sa.Column("owner", sa.String(22)),  # Person.id
    sa.Column("owner_name", sa.String(120)),  # as of then
    sa.Column("due", sa.String(10)),  # ISO day
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("opened_at", sa.Float, nullable=False),
    sa.Column("closed_at", sa.Float),
    sa.Column("closed_by", sa.String(22)),
    sa.Column("closed_by_name", sa.String(120)),
    sa.Column("how", sa.String(16)),  # a key of resolve.HOW, or 'ignored', 'merged'
    sa.Column("reason", sa.Text),
    sa.Column("revision", sa.BigInteger().with_variant(sa.Integer, "sqlite")),  # the last revision of the fix
    sa.Column("published_at", sa.Float, index=True),  # the first release with that revision went live
)
MEMBERS = sa.Table(
    # A turn is in one cluster at most. Rows go with the question (erasure, retention).
    "staff_cluster_turns",
    TABLES,
    sa.Column("turn", sa.String(22), primary_key=True),
    sa.Column("cluster", sa.String(22), nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False),  # when the turn was
    sa.Column("signals", sa.String(80), nullable=False),  # kinds, sorted, parted by commas
    sa.Column("vector", sa.LargeBinary, nullable=False),  # float16 (dim,), unit length
)
CURSORS = sa.Table(
    # Turns and thumbs up to `at` were looked at. The row is also the lock of whoever adds to clusters.
    "staff_queue_cursors",
    TABLES,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("encoder", sa.String(80)),  # whose vectors are kept; another one's cannot be compared with them
)

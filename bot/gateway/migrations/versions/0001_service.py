"""What the service kept before there were migrations: turns, feedback, contacts, the messengers' in- and outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "channel_users",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("last_seen_ms", sa.BigInteger(), nullable=False),
        sa.Column("greeted_at", sa.Float(), nullable=True),
        sa.Column("choices", sa.Text(), nullable=True),
        sa.Column("unreachable", sa.String(length=80), nullable=True),
        sa.Column("unreachable_at", sa.Float(), nullable=True),
        sa.Column("paused_until", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "user"),
    )
    op.create_table(
        "chores",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("taken_until", sa.Float(), nullable=False),
        sa.Column("done_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("done_at", sa.Float(), nullable=True),
        sa.Column("done_by", sa.String(length=80), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_hash"),
        sa.CheckConstraint("state in ('open', 'done')"),
    )
    op.create_index(op.f("ix_contacts_at"), "contacts", ["at"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("last_seen", sa.Float(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_conversations_last_seen"), "conversations", ["last_seen"], unique=False)
    op.create_table(
        "counts",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("procedure", sa.String(length=16), nullable=False),
        sa.Column("aspect", sa.String(length=24), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "channel", "status", "procedure", "aspect"),
    )
    op.create_table(
        "erasure_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=22), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", "conversation"),
    )
    op.create_index(op.f("ix_erasure_codes_at"), "erasure_codes", ["at"], unique=False)
    op.create_index(op.f("ix_erasure_codes_conversation"), "erasure_codes", ["conversation"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("turn", sa.String(length=22), nullable=False),
        sa.Column("conversation", sa.String(length=22), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("value", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("turn"),
        sa.CheckConstraint("value in ('up', 'down')"),
    )
    op.create_index(op.f("ix_feedback_at"), "feedback", ["at"], unique=False)
    op.create_index(op.f("ix_feedback_conversation"), "feedback", ["conversation"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("sent_ms", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.Float(), server_default="0", nullable=False),
        sa.Column("lease", sa.String(length=22), nullable=True),
        sa.Column("taken_until", sa.Float(), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "key"),
        sa.CheckConstraint("state in ('waiting', 'taken', 'done', 'dead')"),
    )
    op.create_index("inbox_next", "inbox", ["state", "channel", "user", "sent_ms"], unique=False)
    op.create_index(
        "inbox_one_a_user",
        "inbox",
        ["channel", "user"],
        unique=True,
        sqlite_where=sa.text("state = 'taken'"),
        postgresql_where=sa.text("state = 'taken'"),
    )
    op.create_index(op.f("ix_inbox_at"), "inbox", ["at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("echo", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unsure", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("lease", sa.String(length=22), nullable=True),
        sa.Column("lease_until", sa.Float(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("message_id", sa.String(length=80), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("sent_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("inbox_id", "part"),
        sa.CheckConstraint("state in ('waiting', 'sending', 'sent', 'dropped', 'dead')"),
    )
    op.create_index(op.f("ix_outbox_at"), "outbox", ["at"], unique=False)
    op.create_index("outbox_next", "outbox", ["state", "not_before"], unique=False)
    op.create_index(
        "outbox_one_a_user",
        "outbox",
        ["channel", "user"],
        unique=True,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index("outbox_user", "outbox", ["channel", "user", "id"], unique=False)
    op.create_table(
        "ratings",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("conversation", sa.String(length=22), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation"),
        sa.CheckConstraint("stars between 1 and 5"),
    )
    op.create_index(op.f("ix_ratings_at"), "ratings", ["at"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("refresh_expires_at", sa.Float(), nullable=False),
        sa.Column("refreshed_at", sa.Float(), nullable=False),
        sa.Column("lease", sa.String(length=40), nullable=True),
        sa.Column("lease_until", sa.Float(), nullable=True),
        sa.Column("lost", sa.Integer(), server_default="0", nullable=False),
        sa.Column("retry_at", sa.Float(), nullable=True),
        sa.Column("trouble", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("provider"),
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("conversation", sa.String(length=22), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("procedure", sa.String(length=16), nullable=True),
        sa.Column("aspects", sa.Text(), nullable=False),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.Column("release", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_turns_at"), "turns", ["at"], unique=False)
    op.create_index(op.f("ix_turns_conversation"), "turns", ["conversation"], unique=False)


def downgrade() -> None:
    """Back; what only these tables hold is lost."""
    op.drop_table("turns")
    op.drop_table("tokens")
    op.drop_table("ratings")
    op.drop_table("outbox")
    op.drop_table("inbox")
    op.drop_table("feedback")
    op.drop_table("erasure_codes")
    op.drop_table("counts")
    op.drop_table("conversations")
    op.drop_table("contacts")
    op.drop_table("chores")
    op.drop_table("channel_users")

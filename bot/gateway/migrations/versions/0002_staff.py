"""The staff app, and why the bot answered as it did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.staff.people.audit_ddl import append_only, no_longer

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forwards."""
    op.add_column("turns", sa.Column("margin", sa.Float(), nullable=True))
    op.add_column("turns", sa.Column("why", sa.Text(), nullable=True))
    op.create_index("turns_figures", "turns", ["at", "status", "channel", "procedure", "conversation", "id"], unique=False)
    op.create_index("counts_figures", "counts", ["day", "aspect", "n"], unique=False)
    op.create_table(
        "staff_audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("person", sa.String(length=22), nullable=True),
        sa.Column("person_name", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_staff_audit_action"), "staff_audit", ["action"], unique=False)
    op.create_index(op.f("ix_staff_audit_at"), "staff_audit", ["at"], unique=False)
    op.create_index(op.f("ix_staff_audit_person"), "staff_audit", ["person"], unique=False)
    op.create_index(op.f("ix_staff_audit_subject"), "staff_audit", ["subject"], unique=False)
    op.create_table(
        "staff_candidates",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("snapshot", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("anew", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tree", sa.String(length=16), nullable=True),
        sa.Column("release_id", sa.String(length=64), nullable=True),
        sa.Column("model", sa.String(length=80), nullable=True),
        sa.Column("against", sa.Text(), nullable=True),
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(length=22), nullable=False),
        sa.Column("made_name", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("checked_at", sa.Float(), nullable=True),
        sa.Column("approved_by", sa.String(length=22), nullable=True),
        sa.Column("approved_name", sa.String(length=120), nullable=True),
        sa.Column("approved_at", sa.Float(), nullable=True),
        sa.Column("approved_why", sa.Text(), nullable=True),
        sa.Column("live_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_staff_candidates_state"), "staff_candidates", ["state"], unique=False)
    op.create_table(
        "staff_cluster_turns",
        sa.Column("turn", sa.String(length=22), nullable=False),
        sa.Column("cluster", sa.String(length=22), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("signals", sa.String(length=80), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("turn"),
    )
    op.create_index(op.f("ix_staff_cluster_turns_cluster"), "staff_cluster_turns", ["cluster"], unique=False)
    op.create_table(
        "staff_clusters",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("newest_at", sa.Float(), nullable=False),
        sa.Column("signals", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("owner", sa.String(length=22), nullable=True),
        sa.Column("owner_name", sa.String(length=120), nullable=True),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Float(), nullable=False),
        sa.Column("closed_at", sa.Float(), nullable=True),
        sa.Column("closed_by", sa.String(length=22), nullable=True),
        sa.Column("closed_by_name", sa.String(length=120), nullable=True),
        sa.Column("how", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("published_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("state in ('open', 'done', 'ignored')"),
    )
    op.create_index(op.f("ix_staff_clusters_published_at"), "staff_clusters", ["published_at"], unique=False)
    op.create_index(op.f("ix_staff_clusters_state"), "staff_clusters", ["state"], unique=False)
    op.create_table(
        "staff_doubt_owners",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )
    op.create_table(
        "staff_drafts",
        sa.Column("person", sa.String(length=22), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("page", sa.String(length=300), nullable=False),
        sa.Column("base", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("person", "path"),
    )
    op.create_table(
        "staff_editing",
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("path", "person"),
    )
    op.create_table(
        "staff_imports",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=22), nullable=False),
        sa.Column("by_name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("beat", sa.Float(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("trouble", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("state in ('reading', 'ready', 'failed', 'closed')"),
    )
    op.create_index(op.f("ix_staff_imports_at"), "staff_imports", ["at"], unique=False)
    op.create_table(
        "staff_judgements",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("turn", sa.String(length=22), nullable=False),
        sa.Column("judge", sa.String(length=22), nullable=False),
        sa.Column("judge_name", sa.String(length=120), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("fault", sa.String(length=24), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("week", "turn", "judge"),
        sa.CheckConstraint("verdict in ('right', 'wrong', 'unsure')"),
    )
    op.create_table(
        "staff_kept_forms",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("person", sa.String(length=22), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_staff_kept_forms_person"), "staff_kept_forms", ["person"], unique=False)
    op.create_table(
        "staff_live",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("candidate", sa.String(length=22), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("snapshot", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tree", sa.String(length=16), nullable=True),
        sa.Column("release_id", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=22), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("kind in ('found', 'live', 'rollback')"),
        sa.CheckConstraint("state in ('moving', 'done')"),
    )
    op.create_table(
        "staff_login_tries",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("wait_until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_staff_login_tries_at"), "staff_login_tries", ["at"], unique=False)
    op.create_table(
        "staff_oidc_used",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash"),
    )
    op.create_index(op.f("ix_staff_oidc_used_at"), "staff_oidc_used", ["at"], unique=False)
    op.create_table(
        "staff_people",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("roles", sa.String(length=120), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("password_at", sa.Float(), nullable=True),
        sa.Column("fresh", sa.Integer(), server_default="0", nullable=False),
        sa.Column("totp", sa.Text(), nullable=True),
        sa.Column("totp_next", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("oidc", sa.String(length=64), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("disabled_at", sa.Float(), nullable=True),
        sa.Column("last_login_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
        sa.UniqueConstraint("oidc"),
    )
    op.create_table(
        "staff_publish_leases",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.String(length=22), nullable=True),
        sa.Column("candidate", sa.String(length=22), nullable=True),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "staff_queue_cursors",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("encoder", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "staff_recovery_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=22), nullable=False),
        sa.Column("used_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index(op.f("ix_staff_recovery_codes_person"), "staff_recovery_codes", ["person"], unique=False)
    op.create_table(
        "staff_revisions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("author", sa.String(length=22), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("path", "number"),
        sa.CheckConstraint("origin in ('staff', 'import', 'seed')"),
        sa.CheckConstraint("state in ('draft', 'submitted')"),
    )
    op.create_index(op.f("ix_staff_revisions_author"), "staff_revisions", ["author"], unique=False)
    op.create_index("staff_revisions_newest", "staff_revisions", ["state", "path", "id"], unique=False)
    op.create_index("staff_revisions_path", "staff_revisions", ["path", "id"], unique=False)
    op.create_table(
        "staff_sample",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("turn", sa.String(length=22), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("week", "turn"),
    )
    op.create_table(
        "staff_sample_weeks",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("by", sa.String(length=22), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("week"),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=22), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("opened_at", sa.Float(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.Column("closed_at", sa.Float(), nullable=True),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
        sa.CheckConstraint("stage in ('code', 'full')"),
    )
    op.create_index(op.f("ix_staff_sessions_opened_at"), "staff_sessions", ["opened_at"], unique=False)
    op.create_index(op.f("ix_staff_sessions_person"), "staff_sessions", ["person"], unique=False)
    op.create_table(
        "staff_switches",
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("scope"),
    )
    op.create_table(
        "staff_import_changes",
        sa.Column("import_id", sa.String(length=22), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("by_name", sa.String(length=80), nullable=True),
        sa.Column("at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["staff_imports.id"],
        ),
        sa.PrimaryKeyConstraint("import_id", "code"),
        sa.CheckConstraint("state in ('waiting', 'accepted', 'refused', 'passed')"),
    )
    op.create_index("staff_import_changes_state", "staff_import_changes", ["import_id", "state", "kind"], unique=False)
    for statement in append_only(op.get_bind().dialect.name, "staff_audit"):
        op.execute(statement)


def downgrade() -> None:
    """Back; what only these tables hold is lost."""
    for statement in no_longer(op.get_bind().dialect.name, "staff_audit"):
        op.execute(statement)
    op.drop_table("staff_import_changes")
    op.drop_table("staff_switches")
    op.drop_table("staff_sessions")
    op.drop_table("staff_sample_weeks")
    op.drop_table("staff_sample")
    op.drop_table("staff_revisions")
    op.drop_table("staff_recovery_codes")
    op.drop_table("staff_queue_cursors")
    op.drop_table("staff_publish_leases")
    op.drop_table("staff_people")
    op.drop_table("staff_oidc_used")
    op.drop_table("staff_login_tries")
    op.drop_table("staff_live")
    op.drop_table("staff_kept_forms")
    op.drop_table("staff_judgements")
    op.drop_table("staff_imports")
    op.drop_table("staff_editing")
    op.drop_table("staff_drafts")
    op.drop_table("staff_doubt_owners")
    op.drop_table("staff_clusters")
    op.drop_table("staff_cluster_turns")
    op.drop_table("staff_candidates")
    op.drop_table("staff_audit")
    op.drop_index("counts_figures", "counts")
    op.drop_index("turns_figures", "turns")
    op.drop_column("turns", "margin")
    op.drop_column("turns", "why")

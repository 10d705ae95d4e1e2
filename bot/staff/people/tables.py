"""People of the office, their sessions and codes, the log of what they did, as tables.

Nothing here opens a door for whoever only reads it: passwords are argon2id, tokens and codes are hashes, TOTP secrets are sealed.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.gateway.tables import TABLES
from bot.staff.people.audit_ddl import make_append_only

PEOPLE = sa.Table(
    "staff_people",
    TABLES,
    sa.Column("id", sa.String(22), primary_key=True),
    sa.Column("login", sa.String(64), nullable=False, unique=True),  # as accounts.clean_login leaves it
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("roles", sa.String(120), nullable=False),  # "admin curator", in the order of Role
    sa.Column("password", sa.String(200)),  # argon2id; NULL: signs in through the office's provider only
    sa.Column("password_at", sa.Float),
    sa.Column("fresh", sa.Integer, nullable=False, server_default="0"),  # 1: has to change a password that another one chose
    sa.Column("totp", sa.Text),  # sealed secret; NULL: no second step
    sa.Column("totp_next", sa.Text),  # sealed secret that no code has confirmed yet
    sa.Column("totp_step", sa.BigInteger, nullable=False, server_default="0"),  # the last 30-second step whose code was used
    sa.Column("oidc", sa.String(64), unique=True),  # SHA-256 of issuer and subject
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("disabled_at", sa.Float),  # never deleted: the log and the history name them
    sa.Column("last_login_at", sa.Float),
)
RECOVERY = sa.Table(
    "staff_recovery_codes",
    TABLES,
    sa.Column("code_hash", sa.String(64), primary_key=True),  # keyed
    sa.Column("person", sa.String(22), nullable=False, index=True),
    sa.Column("used_at", sa.Float),
)
SESSIONS = sa.Table(
    "staff_sessions",
    TABLES,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("person", sa.String(22), nullable=False, index=True),
    # "code": the password was right, the second step is still to come; carries no rights.
    sa.Column("stage", sa.String(8), sa.CheckConstraint("stage in ('code', 'full')"), nullable=False),
    sa.Column("opened_at", sa.Float, nullable=False, index=True),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Column("closed_at", sa.Float),
    sa.Column("client", sa.String(64), nullable=False),
)
TRIES = sa.Table(
    "staff_login_tries",
    TABLES,
    sa.Column("key", sa.String(64), primary_key=True),  # keyed hash: what was typed as a login may have been a password
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("wait_until", sa.Float, nullable=False),
)
OIDC_USED = sa.Table(
    "staff_oidc_used",
    TABLES,
    sa.Column("state_hash", sa.String(64), primary_key=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
)
KEPT = sa.Table(
    "staff_kept_forms",
    TABLES,
    sa.Column("id", sa.String(22), primary_key=True),
    sa.Column("person", sa.String(22), nullable=False, index=True),
    sa.Column("path", sa.String(300), nullable=False),
    sa.Column("fields", sa.Text, nullable=False),  # JSON: name -> list of values
    sa.Column("at", sa.Float, nullable=False),
)
AUDIT = sa.Table(
    "staff_audit",
    TABLES,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),  # 1, 2, 3… no gaps
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("person", sa.String(22), index=True),  # NULL: nobody was signed in
    sa.Column("person_name", sa.String(120), nullable=False),  # as of then
    sa.Column("action", sa.String(60), nullable=False, index=True),
    sa.Column("subject", sa.String(300), nullable=False, index=True),
    sa.Column("before", sa.Text),  # JSON
    sa.Column("after", sa.Text),  # JSON
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("client", sa.String(64), nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),  # hash of the row before; 64 zeros for the first
    sa.Column("hash", sa.String(64), nullable=False),  # SHA-256 over everything else of the row
)
make_append_only(AUDIT)

"""What the service itself keeps, as tables: turns and what citizens thought of them, contacts, the messengers' in- and outbox.

Nothing here holds a personal number: texts are masked before they come, names and phones of contacts are sealed (seal.py).
Times are seconds since 1970 (float) unless a name ends in _ms.
"""

from __future__ import annotations

import sqlalchemy as sa

TABLES = sa.MetaData()

TURNS = sa.Table(
    "turns",
    TABLES,
    sa.Column("id", sa.String(22), primary_key=True),
    # NULL, like question and answer, once retention has passed: what is left is a counter that belongs to nobody.
    sa.Column("conversation", sa.String(22), index=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
    # Masked.
    sa.Column("question", sa.Text),
    sa.Column("answer", sa.Text),
    sa.Column("status", sa.String(40), nullable=False),
    sa.Column("procedure", sa.String(16)),
    sa.Column("aspects", sa.Text, nullable=False),  # JSON list
    sa.Column("candidates", sa.Text, nullable=False),  # JSON list of codes
    sa.Column("release", sa.String(64)),
    sa.Column("margin", sa.Float),  # best − second probability of the search; NULL = nothing was searched
    sa.Column("why", sa.Text),  # JSON (actions/why.py), at most 4 KB; NULL past retention, as the question
)
FEEDBACK = sa.Table(
    "feedback",
    TABLES,
    sa.Column("turn", sa.String(22), primary_key=True),
    sa.Column("conversation", sa.String(22), index=True),  # NULL past retention, as reason
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("value", sa.String(8), sa.CheckConstraint("value in ('up', 'down')"), nullable=False),
    sa.Column("reason", sa.Text),  # masked
)
RATINGS = sa.Table(
    "ratings",
    TABLES,
    sa.Column("id", sa.String(22), primary_key=True),
    sa.Column("conversation", sa.String(22), unique=True),  # NULL past retention, as comment
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("stars", sa.Integer, sa.CheckConstraint("stars between 1 and 5"), nullable=False),
    sa.Column("comment", sa.Text),  # masked
)
COUNTS = sa.Table(
    "counts",
    TABLES,
    # Vietnam's day, ISO. '' where there is no procedure or aspect. A turn about two aspects counts in two rows.
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("status", sa.String(40), primary_key=True),
    sa.Column("procedure", sa.String(16), primary_key=True),
    sa.Column("aspect", sa.String(24), primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
)
CODES = sa.Table(
    "erasure_codes",
    TABLES,
    # Keyed hash of the code a citizen holds (erasure_code.py), so that the table alone erases nothing.
    sa.Column("code_hash", sa.String(64), primary_key=True),
    sa.Column("conversation", sa.String(22), primary_key=True, index=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
)
CONTACTS = sa.Table(
    "contacts",
    TABLES,
    sa.Column("id", sa.String(22), primary_key=True),
    sa.Column("code_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("state", sa.String(8), sa.CheckConstraint("state in ('open', 'done')"), nullable=False),
    sa.Column("done_at", sa.Float),
    sa.Column("done_by", sa.String(80)),
    sa.Column("sealed", sa.Text, nullable=False),  # name, phone, question, commune
)
CONVERSATIONS = sa.Table(
    # The dialogue state where several gateways share one database (sql_store.py). Holds no text.
    "conversations",
    TABLES,
    sa.Column("id", sa.String(22), primary_key=True),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("last_seen", sa.Float, nullable=False, index=True),
    sa.Column("turns", sa.Integer, nullable=False),
    sa.Column("state", sa.Text),  # JSON
)
CHORES = sa.Table(
    # What only one gateway may do at a time (retention_job.py).
    "chores",
    TABLES,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("taken_until", sa.Float, nullable=False),
    sa.Column("done_at", sa.Float, nullable=False),
)
SWITCHES = sa.Table(
    # What the staff have switched off (switches.py).
    "staff_switches",
    TABLES,
    sa.Column("scope", sa.String(16), primary_key=True),  # "bot" or a procedure's code
    sa.Column("text", sa.String(500), nullable=False),  # what citizens read instead
    sa.Column("by", sa.String(80), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
INBOX = sa.Table(
    "inbox",
    TABLES,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("key", sa.String(160), nullable=False),  # what makes an event the same event again
    sa.Column("user", sa.String(64), nullable=False),
    sa.Column("sent_ms", sa.BigInteger, nullable=False),  # the messenger's own clock: the order within a user
    sa.Column("event", sa.Text),  # JSON, texts masked; NULL once done or dead, the key stays against repeats
    sa.Column("state", sa.String(8), sa.CheckConstraint("state in ('waiting', 'taken', 'done', 'dead')"), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("not_before", sa.Float, nullable=False, server_default="0"),
    sa.Column("lease", sa.String(22)),  # who answers it, until when; past that another one may
    sa.Column("taken_until", sa.Float),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.UniqueConstraint("channel", "key"),
    sa.Index("inbox_next", "state", "channel", "user", "sent_ms"),
    # Never two of one user at once, whatever two processes believe to see.
    sa.Index(
        "inbox_one_a_user", "channel", "user", unique=True,
        sqlite_where=sa.text("state = 'taken'"), postgresql_where=sa.text("state = 'taken'"),
    ),
)
OUTBOX = sa.Table(
    "outbox",
    TABLES,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("user", sa.String(64), nullable=False),
    sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer, "sqlite")),  # NULL: not an answer to one event
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("payload", sa.Text),  # JSON of what is to be sent; NULL once sent or dropped, or past retention
    sa.Column("echo", sa.String(64)),  # fingerprint of the text, by which the messenger's echo of it is known
    sa.Column("state", sa.String(8), sa.CheckConstraint("state in ('waiting', 'sending', 'sent', 'dropped', 'dead')"), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("unsure", sa.Integer, nullable=False, server_default="0"),  # times it went out and no answer came back
    sa.Column("not_before", sa.Float, nullable=False),
    sa.Column("lease", sa.String(22)),  # who is sending it, until when; past that it is unsure
    sa.Column("lease_until", sa.Float),
    sa.Column("reason", sa.String(200)),
    sa.Column("message_id", sa.String(80)),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("sent_at", sa.Float),
    sa.UniqueConstraint("inbox_id", "part"),  # an event is answered once
    sa.Index("outbox_next", "state", "not_before"),
    sa.Index("outbox_user", "channel", "user", "id"),
    # Never two of one user in flight, whatever two processes believe to see.
    sa.Index(
        "outbox_one_a_user", "channel", "user", unique=True,
        sqlite_where=sa.text("state = 'sending'"), postgresql_where=sa.text("state = 'sending'"),
    ),
)
CHANNEL_USERS = sa.Table(
    "channel_users",
    TABLES,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("user", sa.String(64), primary_key=True),
    sa.Column("last_seen_ms", sa.BigInteger, nullable=False),
    sa.Column("greeted_at", sa.Float),  # the notice was told last
    sa.Column("choices", sa.Text),  # JSON list: what the numbers of the last answer stand for, each a question of ours
    sa.Column("unreachable", sa.String(80)),  # why nothing can be sent; NULL = reachable
    sa.Column("unreachable_at", sa.Float),  # a later interaction makes the user reachable again; NULL = none does
    sa.Column("paused_until", sa.Float),  # a person of the office has taken over
)
TOKENS = sa.Table(
    "tokens",
    TABLES,
    sa.Column("provider", sa.String(32), primary_key=True),
    sa.Column("sealed", sa.Text, nullable=False),  # access and refresh token
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
    sa.Column("refresh_expires_at", sa.Float, nullable=False),
    sa.Column("refreshed_at", sa.Float, nullable=False),
    sa.Column("lease", sa.String(40)),
    sa.Column("lease_until", sa.Float),
    sa.Column("lost", sa.Integer, nullable=False, server_default="0"),  # refreshes without an answer: the pair may be spent
    sa.Column("retry_at", sa.Float),  # no refresh before
    sa.Column("trouble", sa.String(200)),
)

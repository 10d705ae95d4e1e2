"""(Database, moment) in, what has been kept long enough gone: the periods of docs/privacy.md as one list of rules.

A period is over the second it is full: what is kept 30 days goes when it is 30 days old, not one second earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.database import truncate_log
from bot.gateway.erasure import forget_clusters
from bot.gateway.tables import CHANNEL_USERS, CODES, CONTACTS, FEEDBACK, INBOX, OUTBOX, RATINGS, TURNS

DAY = 86_400.0
CONTACT_DONE, CONTACT_OPEN = 7 * DAY, 30 * DAY
MESSAGE = DAY
"""What was received from a messenger and answered, and what was sent."""
REPEATS = 8 * DAY
"""A messenger repeats an event for up to seven days; until then its key must be known."""
CHUNK = 1_000
"""Rows a transaction: the writers of answers wait for no longer."""
TURN_TEXTS = ("conversation", "question", "answer", "why")
"""Columns of TURNS that do not outlive the period; what is left is a counter that belongs to nobody."""

Condition = sa.sql.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """due: (now, keep) → which rows, both in seconds. values: what is set on them; None = the rows go."""

    name: str
    title: str
    table: sa.Table
    due: Callable[[float, float], Condition]
    values: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """counts: rule's name -> rows, in the order of RULES."""

    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Rows in all; one whose text goes and which then goes itself counts twice."""
        return sum(self.counts.values())


def plan(engine: Engine, now: float, keep_days: int) -> Plan:
    """What `apply` would do at this moment. Changes nothing. Raises SQLAlchemyError."""
    with engine.connect() as connection:
        return Plan({rule.name: _count(connection, rule, now, keep_days * DAY) for rule in RULES})


def apply(engine: Engine, now: float, keep_days: int) -> Plan:
    """Do it, a chunk a transaction; interrupted, the next run goes on. → what was done. Raises SQLAlchemyError."""
    counted = {rule.name: _apply(engine, rule, now, keep_days * DAY) for rule in RULES}
    with engine.begin() as connection:
        forget_clusters(connection)
    truncate_log(engine)
    return Plan(counted)


def _count(connection: Connection, rule: Rule, now: float, keep: float) -> int:
    asked = sa.select(sa.func.count()).select_from(rule.table).where(rule.due(now, keep))
    return connection.execute(asked).scalar_one()


def _apply(engine: Engine, rule: Rule, now: float, keep: float) -> int:
    keys = list(rule.table.primary_key.columns)
    chunk = sa.select(*keys).where(rule.due(now, keep)).limit(CHUNK)
    row = keys[0] if len(keys) == 1 else sa.tuple_(*keys)
    change = rule.table.delete() if rule.values is None else rule.table.update().values(**rule.values)
    total = 0
    while True:
        with engine.begin() as connection:
            found = connection.execute(change.where(row.in_(chunk))).rowcount
        total += found
        if found < CHUNK:
            return total


def _turns(now: float, keep: float) -> Condition:
    texts = sa.or_(*(TURNS.c[name].isnot(None) for name in TURN_TEXTS))
    return sa.and_(TURNS.c.at <= now - keep, texts)


def _feedback(now: float, keep: float) -> Condition:
    return sa.and_(FEEDBACK.c.at <= now - keep, sa.or_(FEEDBACK.c.conversation.isnot(None), FEEDBACK.c.reason.isnot(None)))


def _ratings(now: float, keep: float) -> Condition:
    return sa.and_(RATINGS.c.at <= now - keep, sa.or_(RATINGS.c.conversation.isnot(None), RATINGS.c.comment.isnot(None)))


def _codes(now: float, keep: float) -> Condition:
    """A code lives as long as there is something that it erases."""
    younger = [
        sa.exists().where(table.c.conversation == CODES.c.conversation, table.c.at > now - keep).correlate(CODES)
        for table in (TURNS, FEEDBACK, RATINGS)
    ]
    return sa.and_(CODES.c.at <= now - keep, sa.not_(sa.or_(*younger)))


def _contacts(now: float, keep: float) -> Condition:
    done = sa.and_(CONTACTS.c.state == "done", CONTACTS.c.done_at <= now - CONTACT_DONE)
    return sa.or_(done, CONTACTS.c.at <= now - CONTACT_OPEN)


def _events(now: float, keep: float) -> Condition:
    done = sa.and_(INBOX.c.state == "done", INBOX.c.at <= now - MESSAGE)
    return sa.and_(INBOX.c.event.isnot(None), sa.or_(done, INBOX.c.at <= now - keep))


def _inbox(now: float, keep: float) -> Condition:
    done = sa.and_(INBOX.c.state == "done", INBOX.c.at <= now - REPEATS)
    return sa.or_(done, INBOX.c.at <= now - max(keep, REPEATS))


def _payloads(now: float, keep: float) -> Condition:
    over = sa.and_(OUTBOX.c.state.in_(("sent", "dropped")), sa.func.coalesce(OUTBOX.c.sent_at, OUTBOX.c.at) <= now - MESSAGE)
    return sa.and_(OUTBOX.c.payload.isnot(None), sa.or_(over, OUTBOX.c.at <= now - keep))


def _outbox(now: float, keep: float) -> Condition:
    over = sa.and_(OUTBOX.c.state.in_(("sent", "dropped")), OUTBOX.c.at <= now - REPEATS)
    return sa.or_(over, OUTBOX.c.at <= now - max(keep, REPEATS))


def _users(now: float, keep: float) -> Condition:
    return CHANNEL_USERS.c.last_seen_ms <= int((now - keep) * 1000)


def _none(*columns: str) -> dict[str, None]:
    return dict.fromkeys(columns)


RULES = (
    # Texts before rows, so that a plan and its application count alike.
    Rule(
        "turns", "Câu hỏi, câu trả lời: xóa chữ, bỏ mã cuộc trò chuyện", TURNS, _turns, _none(*TURN_TEXTS)
    ),
    Rule("feedback", "Góp ý từng câu: xóa lý do, bỏ mã cuộc trò chuyện", FEEDBACK, _feedback, _none("conversation", "reason")),
    Rule("ratings", "Đánh giá: xóa lời ghi, bỏ mã cuộc trò chuyện", RATINGS, _ratings, _none("conversation", "comment")),
    Rule("codes", "Mã xóa không còn gì để xóa: xóa dòng", CODES, _codes),
    Rule("contacts", "Lời nhắn gọi lại: xóa dòng", CONTACTS, _contacts),
    Rule("inbox_texts", "Tin nhận từ Zalo: xóa chữ", INBOX, _events, _none("event")),
    Rule("inbox", "Tin nhận từ Zalo: xóa dòng", INBOX, _inbox),
    Rule("outbox_texts", "Tin gửi qua Zalo: xóa chữ", OUTBOX, _payloads, _none("payload")),
    Rule("outbox", "Tin gửi qua Zalo: xóa dòng", OUTBOX, _outbox),
    Rule("users", "Người dùng Zalo lâu không nhắn: xóa dòng", CHANNEL_USERS, _users),
)

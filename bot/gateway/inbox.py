"""A messenger's event in, a row that survives a crash out; the same event again changes nothing.

Every function works inside the caller's transaction. Who answers the rows stands in inbox_worker.py, how they move in inbox_queue.py.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.channels.messenger_event import SILENT, Event, Kind
from bot.gateway.outbox import Outbox
from bot.gateway.tables import CHANNEL_USERS, INBOX, OUTBOX

SETTLE_SECONDS = 0.3
"""How long an event waits for an earlier one that the messenger delivers later."""
PAUSE_SECONDS = 1800.0
"""How long the bot is silent towards a user once a person of the office has written to them."""
ANSWERED_LATELY = 60.0
UNFOLLOWED = "người dùng bỏ quan tâm"
USER, SENT = CHANNEL_USERS.c, OUTBOX.c


class Inbox:
    """No state of its own: the table is the box."""

    @staticmethod
    def put(connection: Connection, event: Event, now: float, settle: float = SETTLE_SECONDS) -> bool:
        """Keep an event to be answered; one that needs no answer takes effect here. False: it was known already."""
        silent = event.kind in SILENT
        row = {
            "channel": event.channel, "key": event.key, "user": event.user, "sent_ms": event.sent_ms, "at": now,
            "event": None if silent else event.to_json(), "state": "done" if silent else "waiting", "not_before": now + settle,
        }  # fmt: skip
        if not connection.execute(_insert(connection, INBOX).values(row).on_conflict_do_nothing(index_elements=["channel", "key"])).rowcount:
            return False
        if event.kind is Kind.ECHO:
            _echoed(connection, event, now)
        elif event.kind is Kind.UNFOLLOW:
            _unfollowed(connection, event)
        elif event.kind is not Kind.WITHDRAW:
            _touch(connection, event, last_seen_ms=event.sent_ms, unreachable=None)
        return True

    @staticmethod
    def forget(connection: Connection, channel: str, user: str, *, waiting: bool) -> None:
        """Erase a user: what they wrote, what they were sent, that they exist. waiting: also what is not answered yet.

        Of events only their keys stay, without the user: else the messenger's next repeat of one would be answered anew.
        """
        Outbox.forget(connection, channel, user)
        connection.execute(CHANNEL_USERS.delete().where(USER.channel == channel, USER.user == user))
        states = ("done", "dead", "waiting") if waiting else ("done", "dead")
        theirs = sa.and_(INBOX.c.channel == channel, INBOX.c.user == user, INBOX.c.state.in_(states))
        connection.execute(INBOX.update().where(theirs).values(user="", event=None, state="done"))


def _echoed(connection: Connection, event: Event, now: float) -> None:
    ours = Outbox.confirm(connection, event.channel, event.user, event.message_id, event.echo, now)
    if ours or not (event.by_person or _answered_lately(connection, event, now)):
        return
    until = min(event.sent_ms / 1000, now) + PAUSE_SECONDS
    _touch(connection, event, last_seen_ms=0, paused_until=until)


def _answered_lately(connection: Connection, event: Event, now: float) -> bool:
    """Whether somebody who is not us wrote into a talk of ours. False while a message of ours is on its way: its id is not known
    yet, so the echo may be ours though Zalo changed a sign of it; silence for half an hour would be the worse mistake."""
    theirs = sa.and_(SENT.channel == event.channel, SENT.user == event.user)
    flying = sa.or_(SENT.state == "sending", sa.and_(SENT.state == "waiting", SENT.attempts + SENT.unsure > 0))
    if connection.execute(sa.select(SENT.id).where(theirs, flying).limit(1)).first():
        return False
    lately = sa.and_(SENT.state == "sent", SENT.sent_at > min(event.sent_ms / 1000, now) - ANSWERED_LATELY)
    return connection.execute(sa.select(SENT.id).where(theirs, lately).limit(1)).first() is not None


def _unfollowed(connection: Connection, event: Event) -> None:
    """Unless they did something later. The mark ends with their next interaction."""
    which = sa.and_(USER.channel == event.channel, USER.user == event.user, USER.last_seen_ms <= event.sent_ms)
    connection.execute(CHANNEL_USERS.update().where(which).values(unreachable=UNFOLLOWED, unreachable_at=event.sent_ms / 1000))


def _touch(connection: Connection, event: Event, *, last_seen_ms: int, **columns: Any) -> None:
    """The user's row, made if it is missing. The last interaction never moves back."""
    statement = _insert(connection, CHANNEL_USERS)
    row = {"channel": event.channel, "user": event.user, "last_seen_ms": last_seen_ms, **columns}
    later = sa.case((statement.excluded.last_seen_ms > USER.last_seen_ms, statement.excluded.last_seen_ms), else_=USER.last_seen_ms)
    changed = {name: statement.excluded[name] for name in columns}
    connection.execute(
        statement.values(row).on_conflict_do_update(index_elements=["channel", "user"], set_={"last_seen_ms": later, **changed})
    )


def _insert(connection: Connection, table: sa.Table) -> Any:
    """SQLAlchemy 1.4 has INSERT … ON CONFLICT only in the dialects."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)

"""How rows of the inbox move: waiting → taken (under a lease) → done or dead; one event of a user at a time, the oldest first.

Works inside the caller's transaction, on SQLite and PostgreSQL; several processes may take from one table.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.channels.messenger_event import Kind
from bot.channels.outgoing import Outgoing
from bot.gateway.inbox import Inbox
from bot.gateway.outbox import Outbox
from bot.gateway.tables import CHANNEL_USERS, INBOX

LIVE = ("waiting", "taken")
ROW, USER = INBOX.c, CHANNEL_USERS.c


@dataclass(frozen=True, slots=True)
class Taken:
    """An event to be answered now. attempts: this one included. at: when it came in. key: as in Event.

    Of its user: greeted_at, paused_until (None = never, not), choices (what the numbers of the last answer stand for).
    """

    id: int
    channel: str
    user: str
    kind: Kind
    text: str
    sent_ms: int
    at: float
    attempts: int
    lease: str
    greeted_at: float | None = None
    paused_until: float | None = None
    choices: tuple[str, ...] = ()
    key: str = ""


class Forget(Enum):
    """What else of a user goes with an event. TALK: all up to it. ALL: also what they wrote since."""

    TALK = "talk"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from an event. choices: what numbers mean from now on, None = as before. unless_paused: a person of the office
    who writes meanwhile goes before."""

    messages: tuple[Outgoing, ...] = ()
    greeted: bool = False
    choices: tuple[str, ...] | None = None
    forget: Forget | None = None
    unless_paused: bool = True


def take(connection: Connection, channels: Collection[str], most: int, lease_seconds: float, now: float) -> list[Taken]:
    """Up to `most` events, the oldest first, each the oldest unsettled one of its user by the messenger's clock."""
    other = INBOX.alias()
    before = sa.or_(
        other.c.state == "taken",
        sa.and_(other.c.state == "waiting", sa.or_(other.c.sent_ms < ROW.sent_ms, sa.and_(other.c.sent_ms == ROW.sent_ms, other.c.id < ROW.id))),
    )
    blocked = sa.exists().where(other.c.channel == ROW.channel, other.c.user == ROW.user, before)
    due = sa.and_(ROW.state == "waiting", ROW.not_before <= now, ROW.channel.in_(channels), ~blocked)
    found = connection.execute(
        sa.select(INBOX).where(due).order_by(ROW.sent_ms, ROW.id).limit(most).with_for_update(skip_locked=True)
    ).all()
    return [taken for row in found if (taken := _lease(connection, row, now + lease_seconds))]


def _lease(connection: Connection, row: sa.engine.Row, until: float) -> Taken | None:
    """None when another process took an event of this user in the same moment: the table's index allows only one; and for an
    event that nobody answered until its text was past retention: it is over."""
    if row.event is None:
        connection.execute(INBOX.update().where(ROW.id == row.id).values(state="done"))
        return None
    lease = secrets.token_urlsafe(16)
    values = {"state": "taken", "lease": lease, "taken_until": until, "attempts": row.attempts + 1}
    try:
        with connection.begin_nested():
            connection.execute(INBOX.update().where(ROW.id == row.id).values(**values))
    except IntegrityError:
        return None
    user = connection.execute(sa.select(CHANNEL_USERS).where(USER.channel == row.channel, USER.user == row.user)).first()
    event = json.loads(row.event)
    taken = (row.id, row.channel, row.user, Kind(event["kind"]), event["text"], row.sent_ms, row.at, row.attempts + 1, lease)
    if user is None:
        return Taken(*taken, key=row.key)
    return Taken(*taken, user.greeted_at, user.paused_until, tuple(json.loads(user.choices or "[]")), row.key)


def recover(connection: Connection, now: float) -> int:
    """Events whose worker vanished wait again; the attempt counts. Returns how many."""
    lost = sa.and_(ROW.state == "taken", ROW.taken_until < now)
    ids = [row.id for row in connection.execute(sa.select(ROW.id).where(lost).with_for_update(skip_locked=True))]
    if ids:
        connection.execute(INBOX.update().where(ROW.id.in_(ids)).values(state="waiting", lease=None, taken_until=None))
    return len(ids)


def finish(connection: Connection, taken: Taken, outcome: Outcome, now: float, state: str = "done") -> bool:
    """The event is settled and its answer put into the outbox, in one transaction. state: "done" or "dead".

    False, and nothing changed: the lease ran out and another process has the event.
    """
    values = {"state": state, "event": None, "lease": None, "taken_until": None}
    if not connection.execute(INBOX.update().where(_held(taken)).values(**values)).rowcount:
        return False
    if outcome.forget:
        Inbox.forget(connection, taken.channel, taken.user, waiting=outcome.forget is Forget.ALL)
    if outcome.messages and not (outcome.unless_paused and _paused(connection, taken, now)):
        Outbox.put(connection, taken.channel, taken.user, outcome.messages, taken.id, now)
        _remember(connection, taken, outcome, now)
    return True


def put_back(connection: Connection, taken: Taken, not_before: float, *, failed: bool) -> None:
    """failed: False takes the attempt back, nothing was tried."""
    values = {"state": "waiting", "lease": None, "taken_until": None, "not_before": not_before, "attempts": taken.attempts - (not failed)}
    connection.execute(INBOX.update().where(_held(taken)).values(**values))


def counts(connection: Connection) -> dict[tuple[str, str], int]:
    """(channel, state) → rows that are not done."""
    rows = connection.execute(sa.select(ROW.channel, ROW.state, sa.func.count()).where(ROW.state != "done").group_by(ROW.channel, ROW.state))
    return {(channel, state): n for channel, state, n in rows}


def oldest(connection: Connection) -> float | None:
    """When the event came in that waits longest; None when none waits."""
    return connection.execute(sa.select(sa.func.min(ROW.at)).where(ROW.state.in_(LIVE))).scalar()


def _held(taken: Taken) -> sa.sql.ColumnElement[bool]:
    return sa.and_(ROW.id == taken.id, ROW.state == "taken", ROW.lease == taken.lease)


def _paused(connection: Connection, taken: Taken, now: float) -> bool:
    theirs = sa.and_(USER.channel == taken.channel, USER.user == taken.user)
    until = connection.execute(sa.select(USER.paused_until).where(theirs)).scalar()
    return until is not None and until > now


def _remember(connection: Connection, taken: Taken, outcome: Outcome, now: float) -> None:
    values: dict[str, object] = {"greeted_at": now} if outcome.greeted else {}
    if outcome.choices is not None:
        values["choices"] = _json(outcome.choices)
    if values:
        theirs = sa.and_(USER.channel == taken.channel, USER.user == taken.user)
        connection.execute(CHANNEL_USERS.update().where(theirs).values(**values))


def _json(choices: Sequence[str]) -> str:
    return json.dumps(list(choices), ensure_ascii=False)

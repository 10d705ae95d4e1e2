"""How rows of the outbox move: waiting → sending (under a lease) → sent, dropped or dead; one message of a user at a time.

Works inside the caller's transaction, on SQLite and PostgreSQL; several processes may take from one table.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.channels.outgoing import Outgoing
from bot.gateway.outbox import sent_values
from bot.gateway.tables import CHANNEL_USERS, OUTBOX

MOST_UNSURE = 2
"""Sendings whose answer was lost, after which a message is not sent again: a citizen reads it twice at the most."""
UNSURE = "không rõ tin đã tới người dân chưa: hai lần gửi đều mất câu trả lời của Zalo"
LIVE = ("waiting", "sending")
ROW, USER = OUTBOX.c, CHANNEL_USERS.c


@dataclass(frozen=True, slots=True)
class Taken:
    """A row to be sent now. attempts: failures so far. unsure: sendings so far whose answer was lost.

    last_seen: the user's last interaction in seconds since 1970, when unknown the moment the row was put (rows answer events).
    unreachable: why this user cannot be sent anything, None = can.
    """

    id: int
    channel: str
    user: str
    message: Outgoing
    attempts: int
    unsure: int
    last_seen: float
    unreachable: str | None
    lease: str


def take(connection: Connection, channels: Collection[str], most: int, lease_seconds: float, now: float) -> list[Taken]:
    """Up to `most` rows, the oldest first, each the oldest unsettled one of its user: parts arrive in order, one at a time."""
    heads = sa.select(sa.func.min(ROW.id)).where(ROW.state.in_(LIVE)).group_by(ROW.channel, ROW.user)
    other = OUTBOX.alias()
    # An old dead letter that was told to go again must not overtake what is in flight.
    busy = sa.exists().where(other.c.channel == ROW.channel, other.c.user == ROW.user, other.c.state == "sending")
    due = sa.and_(ROW.state == "waiting", ROW.not_before <= now, ROW.channel.in_(channels), ROW.id.in_(heads), ~busy)
    found = connection.execute(sa.select(OUTBOX).where(due).order_by(ROW.id).limit(most).with_for_update(skip_locked=True)).all()
    taken = []
    for row in found:
        lease = secrets.token_urlsafe(16)
        connection.execute(
            OUTBOX.update().where(ROW.id == row.id).values(state="sending", lease=lease, lease_until=now + lease_seconds)
        )
        user = connection.execute(sa.select(CHANNEL_USERS).where(USER.channel == row.channel, USER.user == row.user)).first()
        seen = user.last_seen_ms / 1000 if user else row.at
        marked = user and user.unreachable and not (user.unreachable_at is not None and user.unreachable_at < seen)
        message = Outgoing.from_dict(json.loads(row.payload)) if row.payload else Outgoing("")
        taken.append(
            Taken(row.id, row.channel, row.user, message, row.attempts, row.unsure, seen, user.unreachable if marked else None, lease)
        )
    return taken


def recover(connection: Connection, echo_wait: float, now: float) -> int:
    """Rows whose sender vanished while sending: nobody knows whether they arrived. They wait for their echo. Returns how many.

    The wait counts from the discovery: while this service was down nobody heard an echo, the messenger repeats it.
    """
    lost = sa.and_(ROW.state == "sending", ROW.lease_until < now)
    count = 0
    for row in connection.execute(sa.select(ROW.id, ROW.unsure).where(lost).with_for_update(skip_locked=True)).all():
        count += 1
        _unsure(connection, row.id, row.unsure, echo_wait, now)
    return count


def mark_sent(connection: Connection, row: int, message_id: str, now: float) -> None:
    """Delivered, whoever holds the row by now: that is a fact."""
    connection.execute(OUTBOX.update().where(ROW.id == row, ROW.state.in_(LIVE)).values(**sent_values(message_id, now)))


def mark_unsure(connection: Connection, taken: Taken, echo_wait: float, now: float) -> None:
    """The answer was lost: wait for the echo, then send once more; the second time give up."""
    if _holds(connection, taken):
        _unsure(connection, taken.id, taken.unsure, echo_wait, now)


def put_back(connection: Connection, taken: Taken, not_before: float, reason: str | None, failed: bool) -> None:
    """Surely not delivered; again from `not_before` on. failed: counts as an attempt (a channel at rest does not)."""
    values = {"state": "waiting", "not_before": not_before, "reason": reason[:200] if reason else None, "attempts": taken.attempts + failed}
    _settle(connection, taken, values)


def give_up(connection: Connection, taken: Taken, state: str, reason: str) -> None:
    """state: "dead" keeps the message for `bot.zalo retry`; "dropped" forgets it, sending it later would be wrong."""
    _settle(connection, taken, {"state": state, "reason": reason[:200], **({"payload": None} if state == "dropped" or taken.message.passing else {})})


def mark_user(connection: Connection, channel: str, user: str, reason: str, now: float) -> None:
    """Nothing can be sent to this user until they write again. A user who is not known (erased) stays unknown."""
    which = sa.and_(USER.channel == channel, USER.user == user)
    connection.execute(CHANNEL_USERS.update().where(which).values(unreachable=reason[:80], unreachable_at=now))


def _unsure(connection: Connection, row: int, before: int, echo_wait: float, now: float) -> None:
    state = "dead" if before + 1 >= MOST_UNSURE else "waiting"
    connection.execute(
        OUTBOX.update().where(ROW.id == row, ROW.state == "sending").values(
            state=state, unsure=before + 1, not_before=now + echo_wait, reason=UNSURE if state == "dead" else None,
            lease=None, lease_until=None,
        )
    )


def _settle(connection: Connection, taken: Taken, values: dict[str, object]) -> None:
    held = sa.and_(ROW.id == taken.id, ROW.state == "sending", ROW.lease == taken.lease)
    connection.execute(OUTBOX.update().where(held).values(lease=None, lease_until=None, **values))


def _holds(connection: Connection, taken: Taken) -> bool:
    """False when an echo settled the row meanwhile, or another process took it over."""
    held = sa.select(ROW.id).where(ROW.id == taken.id, ROW.state == "sending", ROW.lease == taken.lease)
    return connection.execute(held.with_for_update()).first() is not None

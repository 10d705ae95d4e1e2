"""Messages for a messenger's user in, rows that survive a crash out; an echo of what was sent in, "that was ours" out.

Every function works inside the caller's transaction: an event is marked done and answered in one commit or not at all.
Who sends the rows stands in outbox_worker.py, how they move in outbox_queue.py.
"""

from __future__ import annotations

import hashlib
import json
import time
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.channels.outgoing import Outgoing
from bot.gateway.tables import OUTBOX

OURS = OUTBOX.c


def echo_key(text: str) -> str:
    """A text's fingerprint, 64 hex digits: the same for two that differ only in normal form or in white space.

    What comes back as an echo is compared by it, so that nobody needs to keep what a person of the office may have written.
    """
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode()).hexdigest()


class Outbox:
    """No state of its own: the table is the box."""

    @staticmethod
    def put(
        connection: Connection, channel: str, user: str, messages: Sequence[Outgoing], inbox_id: int | None, now: float
    ) -> None:
        """Append, in the order given. inbox_id: the event that is answered; an event that has an answer keeps it, nothing is added.

        Raises sqlalchemy.exc.IntegrityError when two transactions answer one event at once: the later one has to be rolled back.
        """
        if inbox_id is not None and connection.execute(sa.select(OURS.id).where(OURS.inbox_id == inbox_id).limit(1)).first():
            return
        # One statement a row: the ids must rise in the order of the parts.
        for part, message in enumerate(messages):
            connection.execute(
                OUTBOX.insert().values(
                    channel=channel, user=user, inbox_id=inbox_id, part=part, state="waiting", not_before=now, at=now,
                    payload=json.dumps(message.to_dict(), ensure_ascii=False), echo=echo_key(message.text),
                )
            )

    @staticmethod
    def forget(connection: Connection, channel: str, user: str) -> None:
        """Delete all rows of a user, sent ones too."""
        connection.execute(OUTBOX.delete().where(_of(channel, user)))

    @staticmethod
    def confirm(
        connection: Connection, channel: str, user: str, message_id: str, echo: str | None = None, now: float | None = None
    ) -> bool:
        """The messenger tells what it delivered to a user. echo: `echo_key` of that text, None when the event held no text.

        A row that is being sent, or whose answer was lost, becomes sent. Returns whether the message was ours; one that was not
        was written by a person, or by another program of the office.
        """
        mine = _of(channel, user)
        if connection.execute(sa.select(OURS.id).where(mine, OURS.message_id == message_id).limit(1)).first():
            return True
        if echo is None:
            return False
        went_out = sa.or_(OURS.state == "sending", sa.and_(OURS.state == "waiting", OURS.attempts + OURS.unsure > 0))
        row = connection.execute(sa.select(OURS.id).where(mine, OURS.echo == echo, went_out).order_by(OURS.id).limit(1)).first()
        if row:
            connection.execute(OUTBOX.update().where(OURS.id == row.id).values(**sent_values(message_id, now or time.time())))
            return True
        # An echo may come twice, or after the answer told another id.
        was_sent = sa.select(OURS.id).where(mine, OURS.echo == echo, OURS.state == "sent").limit(1)
        return connection.execute(was_sent).first() is not None


def sent_values(message_id: str, now: float) -> dict[str, object]:
    """Columns of a row that has been delivered: its text is not needed any more, only its fingerprint."""
    return {
        "state": "sent", "message_id": message_id[:80] or None, "sent_at": now,
        "payload": None, "reason": None, "lease": None, "lease_until": None,
    }


def _of(channel: str, user: str) -> sa.sql.ColumnElement:
    return sa.and_(OURS.channel == channel, OURS.user == user)

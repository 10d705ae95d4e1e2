"""What citizens think of answers in, rows of FEEDBACK and RATINGS out; and how often a procedure was asked for.

Words are cleaned and masked here, before they come near a database. Every call blocks: call it in a thread.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.masking import mask
from bot.gateway.recorder import SqlRecorder
from bot.gateway.tables import COUNTS, FEEDBACK, RATINGS, TURNS
from bot.gateway.text_guard import MessageError, TooLong, clean
from bot.gateway.upsert import put

MAX_WORDS = 500
"""Characters of a reason or a comment."""
FEWEST_ASKED = 20
"""Below that, what was asked may point to who asked."""


class UnknownTurn(LookupError):
    """No such turn in this conversation, or no turn at all."""


class Records:
    """recorder: knows the turns that are not written yet. clock: seconds since 1970."""

    def __init__(self, engine: Engine, recorder: SqlRecorder, clock: Callable[[], float]) -> None:
        self._engine, self._recorder, self._clock = engine, recorder, clock

    def judge(self, conversation: str, turn: str, value: str | None, reason: str | None) -> None:
        """value: "up", "down", None = taken back. Again replaces. Raises UnknownTurn, SQLAlchemyError."""
        if self._recorder.waits(conversation, turn):
            self._recorder.flush()
        with self._engine.begin() as connection:
            _require(connection, TURNS.c.id == turn, TURNS.c.conversation == conversation)
            if value is None:
                connection.execute(FEEDBACK.delete().where(FEEDBACK.c.turn == turn))
                return
            row = {"turn": turn, "conversation": conversation, "at": self._clock(), "value": value, "reason": reason}
            put(connection, FEEDBACK, [row], ["turn"], dict.fromkeys(("at", "value", "reason"), "excluded"))

    def rate(self, conversation: str, stars: int, comment: str | None) -> None:
        """stars: 1..5. Again replaces. Raises UnknownTurn when nothing is kept of the conversation (any more), SQLAlchemyError."""
        if self._recorder.waits(conversation):
            self._recorder.flush()
        with self._engine.begin() as connection:
            _require(connection, TURNS.c.conversation == conversation)
            row = {
                "id": secrets.token_urlsafe(16),
                "conversation": conversation,
                "at": self._clock(),
                "stars": stars,
                "comment": comment,
            }
            put(connection, RATINGS, [row], ["conversation"], dict.fromkeys(("at", "stars", "comment"), "excluded"))

    def most_asked(self, today: date, days: int = 30, top: int = 12) -> list[str]:
        """Codes of procedures, most asked first; only those asked for FEWEST_ASKED times and more."""
        n = sa.func.sum(COUNTS.c.n)
        since = (today - timedelta(days=days)).isoformat()
        asked = (
            sa.select(COUNTS.c.procedure)
            .where(COUNTS.c.day > since, COUNTS.c.procedure != "", COUNTS.c.status.like("answered%"))
            .group_by(COUNTS.c.procedure)
            .having(n >= FEWEST_ASKED)
            .order_by(n.desc(), COUNTS.c.procedure)
            .limit(top)
        )
        with self._engine.connect() as connection:
            return list(connection.execute(asked).scalars())


def kept_words(given: str | None) -> str | None:
    """Cleaned and masked; None when nothing readable is left. Raises TooLong beyond MAX_WORDS characters."""
    try:
        text = clean(given) if given else ""
    except TooLong:
        raise
    except MessageError:
        return None
    if len(text) > MAX_WORDS:
        raise TooLong
    return mask(text) or None


def _require(connection: Connection, *conditions: sa.sql.ColumnElement[bool]) -> None:
    """Raises UnknownTurn. The row is held until the commit, so that an erasure at the same moment comes wholly before or after."""
    asked = sa.select(TURNS.c.id).where(*conditions).limit(1).with_for_update(read=True)
    if connection.execute(asked).first() is None:
        raise UnknownTurn

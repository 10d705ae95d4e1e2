"""Turns and thumbs in, those that want a person's look out: why each does, as one or more kinds."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.gateway.tables import FEEDBACK, TURNS

UNANSWERED, UNCLEAR, DOWN, HANDED, LOW = "unanswered", "unclear", "thumbs_down", "handed_over", "low_margin"
KIND_NAMES = {
    UNANSWERED: "Không trả lời được",
    UNCLEAR: "Phải hỏi lại",
    DOWN: "Bị chê",
    HANDED: "Chuyển cho cán bộ",
    LOW: "Trả lời nhưng phân vân",
}
LOW_MARGIN = 0.70
"""Best less second probability below which an answer is looked at. Source: docs/decisions/0023-queue.md."""
NO_WORK = ("unanswerable_switched_off", "unanswerable_own_case")
"""Silent on purpose: a procedure that staff switched off, and questions about one's own case."""
OVERLAP = 900.0
"""Seconds before the cursor that are looked at again: turns are written a little after they happen, by several gateways."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One turn that wants a look. kinds: sorted; question: masked."""

    turn: str
    at: float
    question: str
    kinds: tuple[str, ...]


def kinds_of(status: str, margin: float | None, down: bool) -> tuple[str, ...]:
    """() for a turn that needs nobody."""
    found = {DOWN} if down else set()
    if status.startswith("unanswerable_") and status not in NO_WORK:
        found.add(UNANSWERED)
    elif status.startswith("unclear_"):
        found.add(UNCLEAR)
    elif status in ("redirected_officer", "redirected_complaint"):
        found.add(HANDED)
    elif status.startswith("answered") and margin is not None and margin < LOW_MARGIN:
        found.add(LOW)
    return tuple(sorted(found))


def read_signals(connection: Connection, since: float, most: int, known: sa.Table) -> list[Signal]:
    """Those of turns or thumbs after `since` less OVERLAP that are not in `known` (a table with column turn), oldest first and of
    one moment by id; at most `most`. Erased and outdated turns have no question and never come."""
    wanted = sa.or_(
        sa.and_(TURNS.c.status.like("unanswerable\\_%", escape="\\"), TURNS.c.status.notin_(NO_WORK)),
        TURNS.c.status.like("unclear\\_%", escape="\\"),
        TURNS.c.status.in_(("redirected_officer", "redirected_complaint")),
        sa.and_(TURNS.c.status.like("answered%"), TURNS.c.margin < LOW_MARGIN),
    )
    down = FEEDBACK.c.value == "down"
    fresh = sa.or_(sa.and_(TURNS.c.at > since - OVERLAP, wanted), sa.and_(FEEDBACK.c.at > since - OVERLAP, down))
    asked = (
        sa.select(TURNS.c.id, TURNS.c.at, TURNS.c.question, TURNS.c.status, TURNS.c.margin, FEEDBACK.c.turn.label("thumb"))
        .select_from(
            TURNS.outerjoin(FEEDBACK, sa.and_(FEEDBACK.c.turn == TURNS.c.id, down)).outerjoin(known, known.c.turn == TURNS.c.id)
        )
        .where(TURNS.c.question.isnot(None), TURNS.c.question != "", known.c.turn.is_(None), fresh)
        .order_by(TURNS.c.at, TURNS.c.id)
        .limit(most)
    )
    return [signal for row in connection.execute(asked) if (signal := _signal(row)).kinds]


def late_thumbs(connection: Connection, since: float, known: sa.Table) -> list[Row]:
    """(turn, cluster, signals) of turns in `known` that were thumbed down after they came there."""
    asked = (
        sa.select(known.c.turn, known.c.cluster, known.c.signals)
        .join(FEEDBACK, FEEDBACK.c.turn == known.c.turn)
        .where(FEEDBACK.c.value == "down", FEEDBACK.c.at > since - OVERLAP, known.c.signals.notlike(f"%{DOWN}%"))
        .order_by(known.c.turn)
    )
    return list(connection.execute(asked))


def newest_moment(connection: Connection) -> float:
    """Of all turns and thumbs; 0 when there is nothing yet."""
    turns, thumbs = (connection.execute(sa.select(sa.func.max(table.c.at))).scalar() or 0.0 for table in (TURNS, FEEDBACK))
    return max(turns, thumbs)


def _signal(row: Row) -> Signal:
    return Signal(row.id, row.at, row.question, kinds_of(row.status, row.margin, row.thumb is not None))

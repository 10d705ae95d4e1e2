"""A few turns, thumbs and stars whose figures fit on the back of an envelope."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Engine

from bot.gateway.tables import COUNTS, FEEDBACK, RATINGS, TURNS
from bot.staff.pages import VIETNAM


def at(text: str) -> float:
    """ "2026-11-16 09:30", Vietnam's clock -> seconds since 1970."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).timestamp()


def turn(number: int, when: str, **more: Any) -> dict[str, Any]:
    """One row of TURNS, with its text."""
    return {
        "id": f"turn{number:018d}", "conversation": "A" * 22, "channel": "web", "at": at(when), "question": f"câu hỏi {number}",
        "answer": f"trả lời {number}", "status": "answered", "procedure": "1.001193", "aspects": json.dumps(["fees"]),
        "candidates": "[]", "release": "r1", **more,
    }


SILENT = {"status": "unanswerable_not_found", "procedure": None, "aspects": "[]"}
TURNS_OF_THE_WEEK = (
    turn(1, "2026-11-16 00:00"),  # Monday, the period's first second
    turn(2, "2026-11-16 09:30", conversation="B" * 22, channel="zalo"),
    turn(3, "2026-11-16 09:59", conversation="B" * 22, channel="zalo", procedure="2.000815"),
    turn(4, "2026-11-17 14:00", conversation="C" * 22, **SILENT, question="Nuôi HỔ có cần giấy phép không?"),
    turn(5, "2026-11-17 14:10", conversation="C" * 22, **SILENT, question="nuôi hổ có cần  giấy phép không"),
    turn(6, "2026-11-22 23:59", conversation="D" * 22, status="unclear_procedure", procedure=None),
    turn(7, "2026-11-22 23:59", conversation=None, question=None, answer=None, status="answered_expired_warning"),
    turn(8, "2026-11-23 00:00", conversation="D" * 22, status="error_engine"),  # the period's last second is over
)
COUNTED = (
    ("2026-11-16", "web", "answered", "1.001193", "fees", 1),
    ("2026-11-16", "zalo", "answered", "1.001193", "fees", 7),
    ("2026-11-16", "zalo", "answered", "2.000815", "documents", 1),
    ("2026-11-19", "web", "answered", "2.000815", "fees", 3),  # a day of which no turn is left
    ("2026-11-19", "web", "unanswerable_out_of_scope", "", "", 6),
    ("2026-11-23", "web", "answered", "1.001193", "fees", 40),
)


def fill(engine: Engine) -> None:
    """Monday 16 to Sunday 22 November 2026, and the first moment after."""
    thumbs = [("up", "2026-11-16 10:00"), ("up", "2026-11-17 10:00"), ("down", "2026-11-18 10:00"), ("down", "2026-11-23 00:00")]
    stars = [(5, "2026-11-16 10:00"), (4, "2026-11-20 10:00"), (1, "2026-11-30 10:00")]
    with engine.begin() as connection:
        connection.execute(TURNS.insert(), list(TURNS_OF_THE_WEEK))
        connection.execute(COUNTS.insert(), [dict(zip(("day", "channel", "status", "procedure", "aspect", "n"), row)) for row in COUNTED])
        rows = [{"turn": f"f{i}", "conversation": "A" * 22, "at": at(when), "value": value} for i, (value, when) in enumerate(thumbs)]
        connection.execute(FEEDBACK.insert(), rows)
        rows = [{"id": f"r{i}", "conversation": f"c{i}", "at": at(when), "stars": n} for i, (n, when) in enumerate(stars)]
        connection.execute(RATINGS.insert(), rows)

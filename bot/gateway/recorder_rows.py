"""One Turn in, what is written of it out. Pure; cheap enough for the event loop."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from actions.answer import Answer
from bot.gateway.conversation import Turn

MAX_ANSWER = 20_000
"""Characters of an answer that are kept; the longest list of papers has a third of that."""


@dataclass(frozen=True, slots=True)
class Rows:
    """turn: columns of TURNS. counts: keys of COUNTS, each to be raised by one."""

    conversation: str
    turn: dict[str, Any]
    counts: tuple[tuple[str, ...], ...]


def rows_of(turn: Turn, day: str) -> Rows:
    """day: Vietnam's, ISO. Of several answers the first one's status stands in the turn; each of them counts."""
    answers = turn.answers
    aspects = list(dict.fromkeys(aspect for answer in answers for aspect in answer.aspects))
    candidates = list(dict.fromkeys(row.code for answer in answers for row in answer.candidates))
    row = {
        "id": turn.id,
        "conversation": turn.conversation,
        "channel": turn.channel,
        "at": turn.at,
        "question": turn.question,
        "answer": "\n\n".join(answer.text for answer in answers)[:MAX_ANSWER],
        "status": answers[0].status.value,
        "procedure": next((answer.procedure.code for answer in answers if answer.procedure), None),
        "aspects": json.dumps(aspects),
        "candidates": json.dumps(candidates),
    }
    return Rows(turn.conversation, row, tuple(key for answer in answers for key in _keys(turn, day, answer)))


def _keys(turn: Turn, day: str, answer: Answer) -> list[tuple[str, ...]]:
    """In the order of the primary key of COUNTS."""
    code = answer.procedure.code if answer.procedure else ""
    return [(day, turn.channel, answer.status.value, code, aspect) for aspect in dict.fromkeys(answer.aspects or ("",))]

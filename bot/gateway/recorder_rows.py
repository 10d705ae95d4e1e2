"""One Turn in, what is written of it out. Pure; cheap enough for the event loop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.answer import Answer
from actions.why import margin
from bot.gateway.conversation import Turn

MAX_ANSWER = 20_000
"""Characters of an answer that are kept; the longest list of papers has a third of that."""
MAX_WHY = 4_096
"""Bytes of JSON of an answer's `why`."""


@dataclass(frozen=True, slots=True)
class Rows:
    """turn: columns of TURNS. counts: keys of COUNTS, each to be raised by one."""

    conversation: str
    turn: dict[str, Any]
    counts: tuple[tuple[str, ...], ...]


def rows_of(turn: Turn, day: str) -> Rows:
    """day: Vietnam's, ISO. Of several answers the first one's status and why stand in the turn; each of them counts."""
    answers = turn.answers
    why = next((answer.why for answer in answers if answer.why), None)
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
        "margin": margin(why),
        "why": _json(why) if why else None,
    }
    return Rows(turn.conversation, row, tuple(key for answer in answers for key in _keys(turn, day, answer)))


def _json(why: Mapping[str, Any]) -> str:
    """What does not fit goes without the names, which the codes stand for; what still does not is left out but for its rule."""
    bare = {**why, "hits": [{"code": hit["code"], "score": hit["score"]} for hit in why.get("hits", ())]}
    told = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (why, bare))
    return next((text for text in told if len(text.encode()) <= MAX_WHY), json.dumps({"rule": str(why.get("rule"))[:40]}))


def _keys(turn: Turn, day: str, answer: Answer) -> list[tuple[str, ...]]:
    """In the order of the primary key of COUNTS."""
    code = answer.procedure.code if answer.procedure else ""
    return [(day, turn.channel, answer.status.value, code, aspect) for aspect in dict.fromkeys(answer.aspects or ("",))]

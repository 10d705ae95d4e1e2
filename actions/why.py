"""Why an answer came out as it did, for the staff who judge it: the rule that decided, what was searched. Never shown to a citizen.

Plain data, no word of the message: {"rule", "hits": [{"code", "name", "score"}], "vague": [{"code", "score"}], "none", "best",
"intent", "confidence", "aspects": {name: score}, "faq"}; what was not looked at is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from actions.answer import Answer
from index.procedure import Procedure
from index.shelf import Shelf

if TYPE_CHECKING:  # numpy and faiss come with it; the gateway, which reads `margin`, starts without
    from index.search import Found

MAX_HITS = 5
MAX_NAME = 120
"""Characters of a procedure's name: with five of them the whole stays below 4 KB."""


class Rule(StrEnum):
    """What decided; a closed list, in the order in which it is looked at."""

    DUE = "due"  # actions.special: a due day, ...
    LIFE_EVENT = "life_event"
    WHERE = "where"
    FAQ = "faq"
    TWO = "two"  # two procedures asked for at once
    CHOSEN = "chosen"  # one of those offered before
    CODE = "code"  # a code stands in the message
    RETURNED = "returned"  # back to a procedure of before
    FOLLOW_UP = "follow_up"  # names nothing: the procedure of the talk
    ONLY_ONE = "only_one"  # yes to the only one offered
    SUPPOSED = "supposed"  # follow-up although a choice is open
    WHICH = "which"  # yes to a choice of several: asked again
    NO_TOPIC = "no_topic"  # names nothing, no talk: asked back
    OUT_OF_SCOPE = "out_of_scope"  # NLU: no question; search not sure enough against it
    USUAL = "usual"  # a family: its usual member
    FAMILY = "family"  # a family: asked which member
    FOUND = "found"  # search, clear
    POINTS_BACK = "points_back"  # search not clear, "cái này": the procedure of the talk
    OFFERED = "offered"  # search not clear: some to choose from
    NOT_FOUND = "not_found"
    ASKED_ENOUGH = "asked_enough"  # asked back twice already
    FIXED = "fixed"  # a reply of domain.yml, by intent
    OFFICER = "officer"
    RESTART = "restart"
    ERROR = "error"


def heard(latest: Mapping[str, Any]) -> dict[str, Any]:
    """What NLU made of a message, as Rasa's tracker holds it -> intent, confidence, aspects."""
    intent = latest.get("intent") or {}
    return {
        "intent": intent.get("name") or "",
        "confidence": round(float(intent.get("confidence") or 0.0), 4),
        "aspects": {str(name): round(float(score), 4) for name, score in (latest.get("aspects") or {}).items()},
    }


def searched(answer: Answer, found: Found, procedures: Mapping[str, Procedure]) -> Answer:
    """The same answer, knowing what was found for it."""
    hits = [{"code": hit.code, "name": _name(procedures, hit.code), "score": round(hit.score, 4)} for hit in found.hits[:MAX_HITS]]
    vague = [{"code": hit.code, "score": round(hit.score, 4)} for hit in found.vague]
    return answer.because(hits=hits, vague=vague, none=round(found.none, 4), best=round(found.best, 4))


def margin(why: Mapping[str, Any] | None) -> float | None:
    """Best − second probability, procedures and families together; None when nothing was searched for the answer."""
    if not why or "hits" not in why:
        return None
    scores = sorted((row["score"] for row in (*why["hits"], *why["vague"])), reverse=True)
    best, second = (*scores, 0.0, 0.0)[:2]
    return round(best - second, 4)


def _name(procedures: Mapping[str, Procedure], code: str) -> str:
    """From the heads where there are some: opening five records would take longer than the answer."""
    whole = procedures.heads[code].name if isinstance(procedures, Shelf) else procedures[code].name
    return whole[:MAX_NAME]

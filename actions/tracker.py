"""What Rasa's tracker says of one turn -> plain values. The only place that knows Rasa's dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker

from actions.deadline_input import VIETNAM
from actions.dialogue import State
from actions.gate import kinds
from actions.reply import Understood
from actions.why import heard
from index.asking import asked_in_words, claimed
from index.openers import without_nods
from index.procedure import ASPECTS

OUTSIDE = ("out_of_scope", "nonsense", "affirm", "deny", "react")
"""Intents that may still turn out to be a choice or a question, but say of themselves that they are none."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message with what NLU made of it, the state of the talk and when it was said (Vietnam's time, naive). heard: what NLU made
    of it in numbers, as actions.why keeps it; question: confidence of the likeliest intent that asks about a procedure; kinds: of each kind of message (actions.gate)."""

    message: str
    intent: str
    confidence: float
    understood: Understood
    state: State
    now: datetime
    heard: Mapping[str, Any]
    question: float = 0.0
    kinds: Mapping[str, float] = field(default_factory=dict)


def read_turn(tracker: Tracker) -> Turn:
    """State and clock come with the message (metadata) when the gateway sends it, else from slots and the machine's clock."""
    latest = tracker.latest_message or {}
    metadata = latest.get("metadata") or {}
    intent = (latest.get("intent") or {}).get("name") or ""
    raw_state: Any = (
        metadata.get("state") if "state" in metadata else {key: tracker.get_slot(key) for key in State.__dataclass_fields__}
    )
    state = State.from_dict(raw_state)
    message = without_nods(latest.get("text") or "")
    # In a talk "mấy ngày" is a question, whatever a classifier that sees it alone takes it for.
    asks = bool((state.procedure or state.options) and asked_in_words(message))
    aspects = asked_aspects("" if asks and intent in OUTSIDE else intent, latest.get("aspects") or {})
    if (asks or intent not in OUTSIDE) and not set(aspects) - {"overview"}:  # the classifier heard nothing exact; plain words of asking may still stand there
        aspects = asked_in_words(message) or aspects
    if "legal_basis" in aspects and "legal_basis" not in asked_in_words(message):  # "đổi người đại diện theo pháp luật" asks for no law
        aspects = tuple(aspect for aspect in aspects if aspect != "legal_basis") or ("overview",)
    aspects = claimed(message) or aspects
    return Turn(
        message=message,
        intent=intent,
        confidence=float((latest.get("intent") or {}).get("confidence") or 0.0),
        understood=Understood(
            aspects,
            intent == "correct",
            asks or intent not in OUTSIDE,
            intent in ("affirm", "react"),
            intent == "out_of_scope",
        ),
        state=state,
        now=_now(metadata.get("now")),
        heard=heard(latest),
        kinds=kinds(latest.get("intent_ranking")),
        question=max((float(row["confidence"]) for row in latest.get("intent_ranking") or () if row["name"].removeprefix("ask_") in ASPECTS), default=0.0),
    )


def asked_aspects(intent: str, scored: dict[str, float]) -> tuple[str, ...]:
    """The classifier's aspects; the intent's own when it found none. overview only when nothing more exact was asked."""
    if intent in OUTSIDE:
        return ()
    found = [aspect for aspect in ASPECTS if aspect in scored]
    named = intent.removeprefix("ask_")
    if not found and named in ASPECTS:
        found = [named]
    exact = [aspect for aspect in found if aspect != "overview"]
    return tuple(exact or found)


def _now(told: Any) -> datetime:
    try:
        now = datetime.fromisoformat(told)
    except (TypeError, ValueError):
        now = datetime.now(VIETNAM)
    return now.astimezone(VIETNAM).replace(tzinfo=None) if now.tzinfo else now

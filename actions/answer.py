"""Answer: what any channel can show. Values only; imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any


class AnswerStatus(StrEnum):
    """A closed list, counted by prefix (the part before the first underscore)."""

    ANSWERED = "answered"
    ANSWERED_EXPIRED_WARNING = "answered_expired_warning"
    UNCLEAR_PROCEDURE = "unclear_procedure"
    UNCLEAR_CASE = "unclear_case"
    UNCLEAR_QUESTION = "unclear_question"
    NOT_FOUND = "unanswerable_not_found"
    NOT_IN_RECORD = "unanswerable_not_in_record"
    OUT_OF_SCOPE = "unanswerable_out_of_scope"
    SWITCHED_OFF = "unanswerable_switched_off"
    OWN_CASE = "unanswerable_own_case"
    EMERGENCY = "redirected_emergency"
    COMPLAINT = "redirected_complaint"
    OFFICER = "redirected_officer"
    ABUSE = "refused_abuse"
    INJECTION = "refused_injection"
    SMALLTALK_GREETING = "smalltalk_greeting"
    SMALLTALK_GOODBYE = "smalltalk_goodbye"
    SMALLTALK_THANKS = "smalltalk_thanks"
    SMALLTALK_BOT = "smalltalk_bot"
    SMALLTALK_CHAT = "smalltalk_chat"
    ERROR_BAD_INPUT = "error_bad_input"
    ERROR_ENGINE = "error_engine"
    ERROR_NO_INDEX = "error_no_index"
    ERROR_UNVERIFIED = "error_unverified"
    ERROR_SWITCHED_OFF = "error_switched_off"


@dataclass(frozen=True, slots=True)
class ProcedureRef:
    """A procedure by code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the text: the record field it came from, as shown, with record code and version. A statement of
    province/post.yml holds for every procedure: its field begins with "post.", its code is "", its version that of the file; so with an answer of the FAQ ("faq.<slug>.answer")."""

    field: str
    value: str
    code: str
    version: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap: `title` is shown, `message` is what a tap sends back."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where the facts were read. checked_on: ISO day a person compared record and source."""

    title: str
    url: str | None
    checked_on: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One message to the citizen. text: plain text, lines parted by \\n, no markup.

    candidates and choices run in the same order when the citizen is asked to choose a procedure.
    state: what the next turn must know (see actions.dialogue); why: how it came about (see actions.why). Both travel from the engine
    to the gateway and are never shown.
    """

    status: AnswerStatus
    text: str
    procedure: ProcedureRef | None = None
    aspects: tuple[str, ...] = ()
    candidates: tuple[ProcedureRef, ...] = ()
    choices: tuple[Choice, ...] = ()
    facts: tuple[Fact, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    state: Mapping[str, Any] | None = None
    why: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; from_dict(to_dict(a)) == a."""
        return {name: _plain(getattr(self, name)) for name in _NAMES}

    def with_state(self, state: Mapping[str, Any]) -> Answer:
        """The same answer carrying `state`."""
        return replace(self, state=dict(state))

    def because(self, **known: Any) -> Answer:
        """The same answer, knowing more of why (keys of actions.why); what was known before stays unless it is told anew."""
        return replace(self, why={**(self.why or {}), **known})

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Answer:
        """Raises KeyError, TypeError or ValueError when `raw` is not an answer."""
        procedure = raw.get("procedure")
        return cls(
            status=AnswerStatus(raw["status"]),
            text=str(raw["text"]),
            procedure=ProcedureRef(**procedure) if procedure else None,
            aspects=tuple(raw.get("aspects") or ()),
            candidates=tuple(ProcedureRef(**row) for row in raw.get("candidates") or ()),
            choices=tuple(Choice(**row) for row in raw.get("choices") or ()),
            facts=tuple(Fact(**row) for row in raw.get("facts") or ()),
            sources=tuple(SourceRef(**row) for row in raw.get("sources") or ()),
            state=raw.get("state"),
            why=raw.get("why"),
        )


def _plain(value: Any) -> Any:
    """A value as `to_dict` gives it. dataclasses.asdict copies every leaf, 1 ms a message; leaves here are immutable."""
    if isinstance(value, (ProcedureRef, Fact, Choice, SourceRef)):
        return {name: getattr(value, name) for name in value.__slots__}
    if isinstance(value, tuple):
        return tuple([_plain(part) for part in value])
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


_NAMES = tuple(field.name for field in fields(Answer))

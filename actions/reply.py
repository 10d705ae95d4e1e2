"""A question understood -> an Answer: find the procedure, compose, verify, say what the next turn must know. No Rasa here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from actions import dialogue, texts, words
from actions.answer import Answer, AnswerStatus, Choice, ProcedureRef
from actions.compose import compose
from actions.dialogue import State
from actions.verify import UnverifiedError, verify
from index import settings
from index.asking import content_words
from index.procedure import Procedure
from index.retriever import Hit
from index.search import Found
from index.text import normalise


class Searching(Protocol):
    """What reply needs of ProcedureSearch."""

    procedures: Mapping[str, Procedure]

    def search(self, question: str, k: int = 10, favour: str | None = None) -> Found: ...

    def code_in(self, question: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Library:
    """What an answer is made from: the search over one release and the province's contacts."""

    search: Searching
    contacts: Mapping[str, Mapping[str, Any]]

    @property
    def office(self) -> str:
        """Whom to ask when no procedure was found."""
        return self.contacts["commune"]["name"]


@dataclass(frozen=True, slots=True)
class Understood:
    """What NLU made of a message. aspects: asked ones, may be empty; corrects: it takes back the procedure answered before;
    in_scope: False when the intent says that this is no question about a procedure."""

    aspects: tuple[str, ...] = ()
    corrects: bool = False
    in_scope: bool = True


SURE = 0.85
"""Probability from which a found procedure wins over an intent that says that this is no question."""


def reply(message: str, understood: Understood, state: State, library: Library, day: date) -> Answer:
    """One Answer, its `state` set for the next turn. Never raises for any message; an unverifiable answer becomes an apology."""
    search = library.search
    state = _known(state, search)
    aspects = understood.aspects
    if state.options:
        code = dialogue.chosen_number(message, state.options) or _chosen_by_words(message, state, search)
        if code:
            return _answer(code, _asked(aspects, message, state.option_aspects), library, day)
    if understood.corrects:
        message = dialogue.strip_correction(message) or message
    named = search.code_in(message)
    if named:
        return _answer(named, aspects or ("overview",), library, day)
    content = content_words(message)
    if state.procedure and not understood.corrects and not content and understood.in_scope:
        return _answer(state.procedure, aspects or state.aspects or ("overview",), library, day)
    if not content:
        return _ask_back(texts.WHICH_PROCEDURE if aspects else texts.UNCLEAR, AnswerStatus.UNCLEAR_QUESTION, state)
    current = None if understood.corrects else state.procedure
    found = _search(message, current, state, search)
    best = found.hits[0]
    if not understood.in_scope and best.score < SURE:
        return _ask_back(texts.OUT_OF_SCOPE, AnswerStatus.OUT_OF_SCOPE, state)
    hits = [hit for hit in found.hits if not (understood.corrects and hit.code == state.procedure)]
    if hits and hits[0].score >= settings.ANSWER_FROM:
        return _answer(hits[0].code, _carried(aspects, message, hits[0].code, state), library, day)
    offered = [hit for hit in hits if hit.score >= settings.MIN_CHOICE][: settings.MAX_CHOICES]
    if offered and sum(hit.score for hit in offered) >= settings.ASK_FROM:
        return _ask_procedure(offered, aspects, state, search)
    return _ask_back(texts.NOT_FOUND.format(office=library.office), AnswerStatus.NOT_FOUND, state)


def _search(message: str, current: str | None, state: State, search: Searching) -> Found:
    """The message alone; if that is not clear, once more with the name of the procedure the talk is about before it, which
    fills in what a follow-up leaves out ("vậy đổi thẻ mới tốn nhiêu")."""
    found = search.search(message, favour=current)
    if current and found.hits[0].score < settings.ANSWER_FROM:
        together = search.search(f"{search.procedures[current].name}. {message}", favour=current)
        if together.hits[0].score >= settings.ANSWER_FROM:
            return together
    return found


def _known(state: State, search: Searching) -> State:
    """Codes that this release does not hold are forgotten."""
    procedure = state.procedure if state.procedure in search.procedures else None
    return replace(state, procedure=procedure, options=tuple(code for code in state.options if code in search.procedures))


def _chosen_by_words(message: str, state: State, search: Searching) -> str | None:
    """The offered option that the message means. Whole names win; else search decides among the options alone, unless the
    message is clearly about something else."""
    text = normalise(message)
    for code in state.options:
        if normalise(search.procedures[code].name) == text:
            return code
    if not content_words(message):
        return None
    found = search.search(message, k=len(search.procedures))
    offered = [hit for hit in found.hits if hit.code in state.options]
    total = sum(hit.score for hit in offered)
    if not offered or (found.hits[0].code not in state.options and found.hits[0].score >= settings.ANSWER_FROM):
        return None
    return offered[0].code if total > 1e-9 and offered[0].score / total >= settings.ANSWER_FROM else None


def _asked(aspects: tuple[str, ...], message: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """What a choice asks: the aspects of the question that led to it, unless the choice itself asks something."""
    real = tuple(aspect for aspect in aspects if aspect != "overview")
    return (real if len(message.split()) > 3 and real else ()) or before or aspects or ("overview",)


def _carried(aspects: tuple[str, ...], message: str, code: str, state: State) -> tuple[str, ...]:
    """ "còn tạm trú thì sao" asks of the new procedure what was asked of the old one."""
    if aspects in ((), ("overview",)) and state.aspects and (code == state.procedure or dialogue.is_elliptic(message)):
        return state.aspects if dialogue.is_elliptic(message) or not aspects else aspects
    return aspects or ("overview",)


def _answer(code: str, aspects: Sequence[str], library: Library, day: date) -> Answer:
    procedure = library.search.procedures[code]
    state = State(code, tuple(aspects)).to_dict()
    contact = library.contacts[procedure.contact]
    if not procedure.valid_on(day):
        end = words.day(procedure.effective_to) if procedure.effective_to and procedure.effective_to < day else ""
        text = texts.EXPIRED.format(name=procedure.name, code=code, day=end, office=contact["name"]) if end else texts.NOT_FOUND.format(office=contact["name"])
        return Answer(AnswerStatus.NOT_IN_RECORD, text, ProcedureRef(code, procedure.name), state=state)
    try:
        return verify(compose(procedure, aspects, day, contact), procedure).with_state(state)
    except UnverifiedError:
        return Answer(AnswerStatus.ERROR_UNVERIFIED, texts.UNVERIFIED.format(office=contact["name"]), ProcedureRef(code, procedure.name), state=state)


def _ask_procedure(hits: Sequence[Hit], aspects: tuple[str, ...], state: State, search: Searching) -> Answer:
    refs = tuple(ProcedureRef(hit.code, search.procedures[hit.code].name) for hit in hits)
    lines = [texts.ASK_PROCEDURE, *(f"{n}. {ref.name}" for n, ref in enumerate(refs, 1))]
    question = ", ".join(words.ASPECT_QUESTIONS[aspect] for aspect in aspects or ("overview",))
    return Answer(
        AnswerStatus.UNCLEAR_PROCEDURE, "\n".join(lines), aspects=aspects, candidates=refs,
        choices=tuple(Choice(ref.name, f"{ref.name} (mã {ref.code}) {question}?") for ref in refs),
        state=replace(state, options=tuple(ref.code for ref in refs), option_aspects=aspects).to_dict(),
    )


def _ask_back(text: str, status: AnswerStatus, state: State) -> Answer:
    return Answer(status, text, state=replace(state, options=()).to_dict())

"""A message that leans on the talk and names little of its own -> the procedure it means, when that is not simply the one spoken of.

Search finds what words name. Here are the messages whose few words only say in what the thing wanted differs from the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actions import dialogue
from actions.counterpart import counterpart, for_age
from actions.dialogue import State
from actions.why import Rule
from index.text import fold, normalise, tokens

if TYPE_CHECKING:
    from actions.reply import Searching

VARIANT_FROM = 0.7
"""Probability from which that is another procedure than the one of the talk: of 13 tries, with the whole catalogue and without, those
that meant one had 0.80 and more, all others at most 0.52."""
MOST_WHOSE = 4
"""Words that name something, at most, in a follow-up that only says whose it is."""


@dataclass(frozen=True, slots=True)
class Leant:
    """code: the procedure meant; rule: how it was known."""

    code: str
    rule: Rule


def meant(message: str, topic: Sequence[str], corrects: bool, state: State, search: Searching) -> Leant | None:
    """topic: the words of the message that can tell a procedure; corrects: it takes back the answer before. None when there is no talk,
    or search has to say what is meant."""
    if not state.procedure:
        return None
    leans = dialogue.changes_topic(message) or dialogue.is_elliptic(message)
    spoken = named_before(topic, state, search) if topic and leans and not dialogue.tells_age(message) else None
    if spoken:
        return Leant(spoken, Rule.RETURNED)
    if state.options:
        return None
    other = _variant(message, topic, state.procedure, search) or _whose(message, corrects, state.procedure, search)
    return Leant(other, Rule.FOLLOW_UP) if other else None


def named_before(topic: Sequence[str], state: State, search: Searching) -> str | None:
    """The one procedure of the talk whose name holds all that a message names: "à mà cái thường trú thì mấy ngày"."""
    held = [code for code in (state.procedure, *state.past) if code in search.procedures and _syllables(topic) <= _name(code, search)]
    return held[0] if len(held) == 1 else None


def _variant(message: str, topic: Sequence[str], code: str, search: Searching) -> str | None:
    """What a message means that only says what happened to the thing of the talk, or what is to be done with it next: "sau này gia hạn
    thì sao" after a permit. None when it names anything else, or search is not sure."""
    name = search.procedures[code].name
    said = dialogue.variant(message, name)
    if said is None or not _syllables(topic) <= _name(code, search):
        return None
    found = search.search(f"{said} {name}", near=code).without(code)
    return found.hits[0].code if found.clear and found.best >= VARIANT_FROM else None


def _whose(message: str, corrects: bool, code: str, search: Searching) -> str | None:
    """The procedure that a message means which only says whose thing it is: the same at home or abroad, or, of an age, the one for that
    age, the one of its family that search is clear about, else the one spoken of."""
    leans = corrects or dialogue.is_elliptic(message)
    if dialogue.tells_age(message):
        aged = for_age(message, code, search)
        found = search.search(f"{search.procedures[code].name}. {message}", favour=code)
        near = found.hits[0].code if found.clear else code
        return aged or (near if search.family_of((near, code)) else code)
    if leans and for_age(message, code, search):
        return for_age(message, code, search)
    short = len(search.topic_words(message)) <= MOST_WHOSE
    return counterpart(message, code, search) if short and (leans or dialogue.asks_the_same(message)) else None


def _syllables(topic: Sequence[str]) -> set[str]:
    return {syllable for name in topic for syllable in name.split()}


def _name(code: str, search: Searching) -> set[str]:
    return set(tokens(fold(normalise(search.procedures[code].name))))

"""Questions that a procedure's record alone does not answer: asked before the ordinary reply, in this order.

Each takes (message, what NLU made of it, the talk, the library, now) and gives an Answer, or None when it is not meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from actions.answer import Answer
from actions.answer_due import answer_due, told_for_due
from actions.answer_faq import answer_faq
from actions.answer_life_event import answer_life_event
from actions.answer_where import answer_where
from actions.asked_hours import asks_hours
from actions.asked_old_place import old_places
from actions.dialogue import State
from actions.reply import Library, Understood
from actions.why import Rule

Special = Callable[[str, Understood, State, Library, datetime], Answer | None]
SPECIALS: Mapping[Rule, Special] = {
    Rule.DUE: answer_due,
    Rule.LIFE_EVENT: answer_life_event,
    Rule.WHERE: answer_where,
    Rule.FAQ: answer_faq,
}


def answer_special(message: str, understood: Understood, state: State, library: Library, now: datetime) -> Answer | None:
    """The first that is meant. now: Vietnam's time, naive."""
    for rule, special in SPECIALS.items():
        if answer := special(message, understood, state, library, now):
            return answer.because(rule=rule)
    return None


def is_special(message: str, state: State, library: Library, now: datetime) -> bool:
    """True when words of the message are those of one of the above, which may still find that it has nothing to say."""
    return bool(
        told_for_due(message, state, now)
        or library.life_events.find(message)
        or asks_hours(message)
        or library.faqs.alike(message)
        or (library.places and old_places(message, library.places))
    )

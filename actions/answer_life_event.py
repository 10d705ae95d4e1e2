"""A message that asks for all that a life event needs -> one verified Answer about its procedures."""

from __future__ import annotations

from datetime import datetime

from actions import dialogue, texts
from actions.answer import Answer, AnswerStatus
from actions.compose_life_event import compose_life_event
from actions.dialogue import MAX_PAST, State
from actions.reply import Library, Understood
from actions.verify import UnverifiedError, verify_all


def answer_life_event(message: str, understood: Understood, state: State, library: Library, now: datetime) -> Answer | None:
    """None when the message names a code, asks for no event as a whole, or no record of it is in force any more.

    The procedures are offered as choices, those of the steps first, then those of the notes; a number or a name chooses one in
    the next turn. An answer that does not verify becomes an apology.
    """
    if library.search.code_in(message):
        return None
    event = library.life_events.find(dialogue.strip_correction(message) if understood.corrects else message)
    if event is None:
        return None
    records = {code: library.search.procedures[code] for code in event.codes}
    if not any(records[step.code].valid_on(now.date()) for step in event.steps):
        return None
    past = tuple(dict.fromkeys(code for code in (state.procedure, *state.past) if code))
    after = State(options=event.codes, option_aspects=("overview",), past=past[:MAX_PAST]).to_dict()
    answer, frame = compose_life_event(event, records, library.contacts, now.date())
    try:
        return verify_all(answer, records, frame).with_state(after)
    except UnverifiedError:
        return Answer(AnswerStatus.ERROR_UNVERIFIED, texts.UNVERIFIED.format(office=library.office), state=state.to_dict())

"""A message that is a near paraphrase of a question of data/faq -> that answer, with its source; None when it is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.compose_faq import compose_faq
from actions.dialogue import State, chosen_number
from actions.reply import Library, Understood
from actions.verify import UnverifiedError, verify_faq
from index.asking import asked_in_words


def answer_faq(message: str, understood: Understood, state: State, library: Library, now: datetime) -> Answer | None:
    """None when the message names a code, chooses one of those offered, or asks in a talk what the record of that talk tells
    ("nhờ người khác nộp được không" of this procedure). The talk goes on; an open choice is closed."""
    search = library.search
    if search.code_in(message) or (state.options and chosen_number(message, state.options)):
        return None
    if state.procedure and (understood.aspects or asked_in_words(message)):
        return None
    faq = library.faqs.find(message, now.date())
    if faq is None:
        return None
    name = search.procedures[faq.procedure].name if faq.procedure in search.procedures else None
    after = replace(state, options=()).to_dict()
    try:
        return verify_faq(compose_faq(faq, name), faq).with_state(after).because(faq=faq.slug)
    except UnverifiedError:
        return Answer(AnswerStatus.ERROR_UNVERIFIED, texts.UNVERIFIED.format(office=library.office), state=state.to_dict()).because(faq=faq.slug)

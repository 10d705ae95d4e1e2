"""A question and what is known of the talk -> an Answer from the current release; whatever fails becomes an apology."""

from __future__ import annotations

import logging
from datetime import date

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.dialogue import State
from actions.reply import SURE, Understood, reply
from actions.resources import resources
from index.asking import asked_in_words
from index.release import ReleaseError

logger = logging.getLogger(__name__)

SURE_IN_TALK = 0.6
"""Probability from which, in a talk about a procedure, a message is a question whatever NLU says."""


def respond(message: str, understood: Understood, state: State, day: date) -> Answer:
    """Never raises: nobody is left in silence. The message itself is not logged."""
    try:
        return reply(message, understood, state, resources().library(), day)
    except ReleaseError as error:
        logger.error("no release: %s", error)
        return Answer(AnswerStatus.ERROR_NO_INDEX, texts.NO_INDEX.format(office=texts.OFFICE))
    except Exception:
        logger.exception("an answer failed")
        return Answer(AnswerStatus.ERROR_ENGINE, texts.SYSTEM_ERROR.format(office=texts.OFFICE))


def is_question(message: str, state: State) -> bool:
    """True when a message that NLU took for something else is about a procedure after all: it asks with plain words and names
    nothing else in a talk about one, or search is sure. False when there is no release to search."""
    try:
        search = resources().library().search
        if state.procedure and not search.topic_words(message):
            return bool(asked_in_words(message))
        found = search.search(message, favour=state.procedure)
    except Exception:
        logger.exception("a search failed")
        return False
    return bool(found.hits) and found.hits[0].score >= (SURE_IN_TALK if state.procedure else SURE)


def names_procedure(message: str) -> bool:
    """True when a message names something that the search knows, whatever is to be done with it."""
    try:
        search = resources().library().search
        return bool(search.topic_words(message)) and search.search(message).none < 0.5
    except Exception:
        logger.exception("a search failed")
        return False

"""A question and what is known of the talk -> an Answer from the current release; whatever fails becomes an apology."""

from __future__ import annotations

import logging
from datetime import date

from actions import texts
from actions.answer import Answer, AnswerStatus
from actions.dialogue import State
from actions.reply import SURE, Understood, reply
from actions.resources import resources
from index.release import ReleaseError

logger = logging.getLogger(__name__)


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


def answers_surely(message: str) -> bool:
    """True when search alone is sure which procedure the message is about. False when there is no release to search."""
    try:
        found = resources().library().search.search(message)
    except Exception:
        logger.exception("a search failed")
        return False
    return bool(found.hits) and found.hits[0].score >= SURE

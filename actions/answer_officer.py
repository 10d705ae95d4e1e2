"""A wish to speak to a person -> where that person is, and whether anybody is there now: open, after hours, weekend or holiday.

The machine puts nobody through. Outside the hours it says when the desk opens again, and always where to leave a message.
"""

from __future__ import annotations

import logging
from datetime import datetime

from actions import texts
from actions.answer import Answer, AnswerStatus, Fact
from actions.answer_hours import hours_at
from actions.calendar import CalendarError
from actions.dialogue import State
from actions.opening import Desk, desk, opening
from actions.reply import Library
from actions.resources import resources
from index.release import ReleaseError

logger = logging.getLogger(__name__)


def answer_officer(state: State, library: Library, now: datetime) -> Answer:
    """now: Vietnam's time, naive. The desk is that of the talk's procedure, else the commune's.

    Status OFFICER; the state of the talk stays. Raises CalendarError when the calendar could not be read even once.
    """
    procedure = library.search.procedures.get(state.procedure) if state.procedure else None
    place = desk(procedure, library.contacts) if procedure else Desk("commune", library.contacts["commune"])
    calendar = library.calendar()
    section = hours_at(place, now, calendar)
    closed = opening(place, now, calendar).open is False
    lines = [texts.OFFICER, *(f"{line[:1].upper()}{line[1:]}" for line in section.lines), texts.LEAVE_WORD_CLOSED if closed else texts.LEAVE_WORD]
    code, version = (procedure.code, procedure.version) if procedure else ("", "")
    facts = tuple(Fact(path, value, code, version) for path, value in dict.fromkeys(section.facts))
    return Answer(AnswerStatus.OFFICER, "\n".join(lines), facts=facts, state=state.to_dict())


def officer(state: State, now: datetime) -> Answer | None:
    """answer_officer from the current release; None when it cannot be made, for a plainer reply then."""
    try:
        library = resources().library()
        with texts.said_as(library.texts):
            return answer_officer(state, library, now)
    except (ReleaseError, CalendarError) as error:
        logger.error("no opening hours for a person: %s", error)
        return None

"""Where do I go: a message out of any procedure's scope that asks when an office is open or what an old place is called now.

None for every other message; those are for actions.reply. Facts have paths below `contacts`, `holidays` and `old_names`, the
files they were read from, and the code of the procedure whose desk it is, "" without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from actions.answer import Answer, AnswerStatus, Choice, Fact, ProcedureRef, SourceRef
from actions.answer_hours import hours_at, hours_of_week, hours_on
from actions.answer_old_place import asked_which_now, asked_which_old, told
from actions.asked_hours import asked_day, asks_hours, asks_now, without_hours
from actions.asked_old_place import chosen_now, old_places
from actions.compose import follow_ups
from actions.dialogue import State
from actions.opening import Desk, desk
from actions.places import Places
from actions.reply import Library, Understood
from actions.section import Section
from index import settings
from index.old_names import OldUnit
from index.procedure import Procedure
from index.text import expand, fold, normalise

_OFFICES = (
    ("police_province", r"\bcong an tinh\b"),
    ("police_commune", r"\bcong an\b"),
    ("province_centre", r"\b(?:trung tam|mot cua|hanh chinh cong)(?: \w+){0,6}? tinh\b"),
    ("tax", r"\b(?:chi cuc|co quan|ben|van phong) thue\b|\bthue co so\b"),
    ("social_insurance", r"\b(?:co quan|ben|van phong|tru so) (?:bao hiem|bhxh)|\bbao hiem xa hoi\b"),
    ("land_office", r"\bvan phong dang ky dat\b"),
    ("job_centre", r"\btrung tam (?:dich vu |gioi thieu )?viec lam\b"),
    ("power", r"\bdien luc\b"),
)
"""Folded words that name a desk, the more special first; "xã", "ủy ban" name none: the procedure's desk may be there too."""


def answer_where(message: str, understood: Understood, state: State, library: Library, now: datetime) -> Answer | None:
    """now: Vietnamese time. understood.corrects: the message takes something back, which is never for us.

    Status ANSWERED, or UNCLEAR_QUESTION with choices whose messages carry everything. Raises CalendarError when the calendar
    could not be read even once.
    """
    if understood.corrects:
        return None
    if library.places and (mentions := old_places(message, library.places)):
        return _old_place(message, mentions[0].units, state, library.places, library)
    return _hours(message, state, library, now) if asks_hours(message) else None


def _hours(message: str, state: State, library: Library, now: datetime) -> Answer:
    folded = fold(expand(normalise(message)))
    named = next((key for key, pattern in _OFFICES if key in library.contacts and re.search(pattern, folded)), None)
    procedure, place = _asked_of(message, without_hours(message), library)
    if not place and named:
        place = Desk(named, library.contacts[named])
    about = procedure or (None if place else _current(state, library))
    place = place or _desk(about, library)
    calendar, day = library.calendar(), asked_day(message, now.date())
    if asks_now(message):
        section = hours_at(place, now, calendar)
    elif day:
        section = hours_on(place, day, now.date(), calendar)
    else:
        section = hours_of_week(place, now.date(), calendar)
    return _answer(section, about, state)


def _old_place(message: str, units: Sequence[OldUnit], state: State, places: Places, library: Library) -> Answer:
    procedure, place = _asked_of(message, message, library)
    place, names, unit = place or _desk(_current(state, library), library), places.names, units[0]
    tail = f"{procedure.name} (mã {procedure.code}) nộp ở đâu?" if procedure else "nộp hồ sơ ở đâu?"
    sources = (SourceRef(names.source(unit), None, names.checked_on.isoformat()),)
    if len(units) > 1:
        section, choices = asked_which_old(units, tail if procedure else "nay thuộc đâu?")
        return _answer(section, procedure, state, AnswerStatus.UNCLEAR_QUESTION, choices, sources)
    now = chosen_now(message, unit.now)
    if unit.kind == "commune" and len(unit.now) > 1 and not now:
        section, choices = asked_which_now(unit, place, tail)
        return _answer(section, procedure, state, AnswerStatus.UNCLEAR_QUESTION, choices, sources)
    centre = Desk("province_centre", library.contacts["province_centre"])
    return _answer(told(unit, now, place, centre, names), procedure, state, sources=sources)


def _asked_of(message: str, rest: str, library: Library) -> tuple[Procedure | None, Desk | None]:
    """The procedure that the message clearly names, and its desk; the desk alone when it may mean several that have the same
    one, as all that "làm căn cước" may mean. rest: the message less what is asked of the desk."""
    search = library.search
    if code := search.code_in(message):
        return search.procedures[code], desk(search.procedures[code], library.contacts)
    if not search.topic_words(rest):
        return None, None
    found = search.search(message)
    if found.clear:
        procedure = search.procedures[found.hits[0].code]
        return procedure, desk(procedure, library.contacts)
    families = [search.families[hit.code].members for hit in found.vague if hit.score >= settings.MIN_CHOICE]
    codes = {hit.code for hit in found.hits if hit.score >= settings.MIN_CHOICE}.union(*families) if not found.unlikely else set()
    desks = {one.key: one for one in (desk(search.procedures[code], library.contacts) for code in codes if code in search.procedures)}
    return None, next(iter(desks.values())) if len(desks) == 1 else None


def _current(state: State, library: Library) -> Procedure | None:
    """The procedure of the talk, as this release has it."""
    return library.search.procedures.get(state.procedure) if state.procedure else None


def _desk(procedure: Procedure | None, library: Library) -> Desk:
    return desk(procedure, library.contacts) if procedure else Desk("commune", library.contacts["commune"])


def _answer(
    section: Section,
    procedure: Procedure | None,
    state: State,
    status: AnswerStatus = AnswerStatus.ANSWERED,
    choices: tuple[Choice, ...] = (),
    sources: tuple[SourceRef, ...] = (),
) -> Answer:
    head, *rest = section.lines
    first = f"Dạ, về thủ tục {procedure.name}:\n{head[:1].upper()}{head[1:]}" if procedure else f"Dạ, {head}"
    code, version = (procedure.code, procedure.version) if procedure else ("", "")
    facts = [("name", procedure.name), *section.facts] if procedure else section.facts
    return Answer(
        status,
        "\n".join([first, *rest]),
        procedure=ProcedureRef(procedure.code, procedure.name) if procedure else None,
        aspects=("place",) if procedure else (),
        choices=choices or (follow_ups(procedure, ("place",)) if procedure else ()),
        facts=tuple(Fact(path, value, code, version) for path, value in dict.fromkeys(facts)),
        sources=sources,
        state=(state.answered(procedure.code, ("place",)) if procedure else state).to_dict(),
    )

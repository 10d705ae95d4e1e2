"""A message that asks on which day a result comes, and says when it was handed in -> an Answer with that day, or what to ask first.

The procedure is the one that the ordinary answer to the same question would be about (actions.reply), so the two never differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from actions import texts, words
from actions.answer import Answer, AnswerStatus, Choice, ProcedureRef
from actions.calendar import CalendarError, OfficeCalendar
from actions.deadline_input import VIETNAM
from actions.deadline_step import weekday
from actions.dialogue import State
from actions.due_count import count
from actions.due_date import asks_due, asks_if_ready, compose_due, without_asking
from actions.reply import Library, Understood, reply
from actions.verify import UnverifiedError, verify
from actions.when import Received, received_on
from actions.when_found import without_days
from actions.when_words import written_out
from index.asking import asked_in_words
from index.procedure import Procedure
from index.text import expand, fold, normalise

TOLD_TOO = frozenset({"documents", "fees", "place", "template"})
"""What else a message may ask, told behind the day. Not the ways of filing: "nộp qua bưu điện hôm 20" asks for none."""
CHANNELS = {"direct": "trực tiếp ", "online": "trực tuyến ", "post": "qua bưu điện "}
FEW_WORDS = 10
WAYS = frozenset({"online", "post_submit"})
_MAY = re.compile(r"\b(?:duoc|dc) (?:khong|hong|ko|k|hok)\b")


def answer_due(message: str, understood: Understood, state: State, library: Library, now: datetime) -> Answer | None:
    """None unless it asks for a due day and tells a day of handing in, and where there is no calendar or nothing is found: the
    ordinary answer then says what it can. now: in Vietnam's time when it has no offset."""
    received = told_for_due(message, state, now)
    if received is None:
        return None
    try:
        calendar = library.calendar()
    except CalendarError:
        return None
    now = now.astimezone(VIETNAM).replace(tzinfo=None) if now.tzinfo else now
    rest = _rest(message)
    asked = replace(understood, aspects=("duration", *_told_too(asked_in_words(rest))), in_scope=True, corrects=False)
    usual = reply(rest, asked, state, library, now.date())[-1]
    if usual.procedure is None:
        return _ask_procedure(usual, received, now)
    procedure = library.search.procedures[usual.procedure.code]
    if usual.status not in (AnswerStatus.ANSWERED, AnswerStatus.ANSWERED_EXPIRED_WARNING) or not procedure.duration:
        return usual
    if received.day is None:
        return _ask_day(procedure, received, usual)
    return _with_others(_answer(procedure, received, now, calendar, library, usual), usual, received)


def told_for_due(message: str, state: State, now: datetime) -> Received | None:
    """The day of handing in when the message also asks for the day of the result, or answers the question for it; else None.
    Needs no release: it tells beforehand that a message is no mere looking after one's file. None too when the day is vague and
    something else is asked ("nộp cuối năm cần giấy gì"): that need not wait for a day."""
    told = _tells_day(message, state)
    ready = asks_if_ready(message)
    if not (told or ready or asks_due(message)):
        return None
    received = received_on(message, now, asked=told)
    if received is None or (received.planned and not told and not asks_due(message)):
        return None  # "mai nộp được chưa": may I?
    vague = received.day is None and not received.readings
    return None if vague and _told_too(asked_in_words(_rest(message))) else received


def _rest(message: str) -> str:
    """The message without its days and its question for one: they name no procedure and would mislead the search."""
    return without_asking(without_days(written_out(message)))


def _told_too(aspects: Sequence[str]) -> tuple[str, ...]:
    return tuple(aspect for aspect in aspects if aspect in TOLD_TOO)


def _tells_day(message: str, state: State) -> bool:
    """True for a few words that ask nothing new, after an answer about the time limit or a question back for the day: "hôm thứ 6
    đó" is then the day of handing in, and in "nếu gửi qua mạng sáng nay thì sao" the way is a way."""
    new = set(asked_in_words(message)) - {"duration", *WAYS} or _MAY.search(fold(expand(normalise(message))))
    return bool(state.procedure) and "duration" in state.aspects and not new and len(message.split()) <= FEW_WORDS


def _closed_way(procedure: Procedure, received: Received) -> tuple[str, ...]:
    """The part that says that the way told is none, or not known to be one, for this procedure."""
    if received.channel == "post" and procedure.post_submit.status != "accepted":
        return ("post_submit",)
    return ("online",) if received.channel == "online" and procedure.online.status not in ("full", "partial") else ()


def _answer(
    procedure: Procedure, received: Received, now: datetime, calendar: OfficeCalendar, library: Library, usual: Answer
) -> Answer:
    contact = library.contacts[procedure.contact]
    try:
        others = (*_told_too(usual.aspects), *_closed_way(procedure, received))
        answer = compose_due(procedure, received, now, calendar, contact, others, library.post)
        recount = count(procedure, received, calendar)
        return verify(answer, procedure, contact, post=library.post, count=recount).with_state(usual.state or {})
    except UnverifiedError:
        text = texts.UNVERIFIED.format(office=contact["name"])
        return Answer(AnswerStatus.ERROR_UNVERIFIED, text, usual.procedure, state=usual.state)


def _with_others(answer: Answer, usual: Answer, received: Received) -> Answer:
    """Where the ordinary answer offers other procedures, so does this one, each with the day."""
    said = usual.text.rsplit("\n", 1)[-1]
    if not usual.candidates or said not in (texts.USUAL, texts.ELSE, texts.SUPPOSED):
        return answer
    choices = tuple(_choice(ref, received, usual) for ref in usual.candidates)
    return replace(answer, text=f"{answer.text}\n{said}", candidates=usual.candidates, choices=choices)


def _ask_procedure(usual: Answer, received: Received, now: datetime) -> Answer | None:
    """Which procedure: one of those that were found, or any; None when the ordinary answer says it better."""
    if usual.candidates and received.day is not None:
        return replace(usual, choices=tuple(_choice(ref, received, usual) for ref in usual.candidates))
    if usual.status is not AnswerStatus.UNCLEAR_QUESTION:
        return None
    told = words.day(received.day or now.date())
    text = (
        "Dạ, anh/chị nộp hồ sơ của thủ tục nào ạ? Anh/chị nhắn cả tên thủ tục và ngày nộp, "
        f"ví dụ: “đổi bằng lái xe nộp ngày {told} bao giờ có”."
    )
    return replace(usual, text=text)


def _ask_day(procedure: Procedure, received: Received, usual: Answer) -> Answer:
    """Which day was meant, its readings to tap."""
    ref = ProcedureRef(procedure.code, procedure.name)
    choices = tuple(
        Choice(f"{weekday(day)} {words.day(day)}", _choice(ref, replace(received, day=day), usual).message)
        for day in received.readings
    )
    return Answer(AnswerStatus.UNCLEAR_QUESTION, received.unclear or "", ref, ("duration",), choices=choices, state=usual.state)


def _choice(ref: ProcedureRef, received: Received, usual: Answer) -> Choice:
    """A tap that sends the whole question: procedure, way, day and what else was asked."""
    day = words.day(received.day) if received.day else ""
    hour = f" lúc {received.time:%H:%M}" if received.time else ""
    way = CHANNELS.get(received.channel or "", "")
    asked = ", ".join(["thì bao giờ có kết quả", *(words.ASPECT_QUESTIONS[aspect] for aspect in _told_too(usual.aspects))])
    return Choice(ref.name, f"{ref.name} (mã {ref.code}) nộp {way}ngày {day}{hour} {asked}?")

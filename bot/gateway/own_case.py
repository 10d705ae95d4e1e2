"""Answers that only the office's own system can give: where an application's number was sent, its status takes the answer's place.

The number goes from the raw message to the provider and nowhere else: not to the engines, not to a store, not to a log.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from actions.answer import Answer, AnswerStatus
from actions.own_file import asks_after_file
from bot.gateway import case_status_words as words
from bot.gateway.case_status import StatusDesk, StatusLocked, StatusUnavailable

_PLACEHOLDER = re.compile(r"\[[^\]]*\]")
_LABEL = re.compile(r"\b(?:mã|số|ma|so|hồ sơ|ho so|của|cua|em|tôi|toi|tui|là|la|đây|day|nè|ne|ạ|dạ|da|biên nhận|bien nhan|tra|giúp|giup)\b", re.IGNORECASE)


async def with_status(
    answers: Sequence[Answer], question: str, numbers: Sequence[str], conversation: str, desk: StatusDesk | None, today: date,
    lost: bool = False, client: str = "",
) -> tuple[Answer, ...]:
    """question: masked. numbers: of applications, as they were sent; only the first is asked for. Without a desk nothing changes.

    lost: a number was masked and is not at hand any more (passing.py); it is asked for again. client: as StatusDesk.look_up takes it.
    """
    own = next((n for n, answer in enumerate(answers) if answer.status is AnswerStatus.OWN_CASE), None)
    if desk is None or (own is None and not ((numbers or lost) and _only_number(question))):
        return tuple(answers)
    if not numbers and not lost:
        ask = own is not None and asks_after_file(question)
        return tuple(_and(answer, words.SEND_NUMBER) if ask and n == own else answer for n, answer in enumerate(answers))
    told = await _told(numbers[0], conversation, desk, today, client) if numbers else words.SEND_AGAIN
    if own is None:
        return (Answer(AnswerStatus.OWN_CASE, told, state=answers[-1].state if answers else None),)
    return tuple(replace(answer, text=told) if n == own else answer for n, answer in enumerate(answers))


async def _told(number: str, conversation: str, desk: StatusDesk, today: date, client: str) -> str:
    try:
        found = await desk.look_up(number, conversation, client)
    except StatusUnavailable:
        return words.UNAVAILABLE
    except StatusLocked:
        return words.LOCKED
    return words.told(found, today) if found else words.NOT_FOUND


def _only_number(question: str) -> bool:
    """True when nothing but the number and its label was sent."""
    rest = _LABEL.sub(" ", _PLACEHOLDER.sub(" ", question))
    return not any(sign.isalnum() for sign in rest)


def _and(answer: Answer, line: str) -> Answer:
    return replace(answer, text=f"{answer.text}\n{line}")

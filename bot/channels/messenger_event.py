"""What happened at a messenger, in this service's own terms; texts are cleaned and masked when they become part of an event."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.channels.erase_phrase import asks_to_erase
from bot.gateway.masking import masked
from bot.gateway.text_guard import MessageError, TooLong, Unreadable, clean

MAX_USER, MAX_KEY = 64, 160
"""Characters, as the columns of INBOX are wide."""


class Kind(StrEnum):
    """By what follows from it."""

    QUESTION = "question"
    NEEDS_TEXT = "needs_text"
    """A picture, a voice message: an answer needs words."""
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    FORM = "form"
    """Name, phone and address were handed over: not wanted, never kept."""
    GREET = "greet"
    ERASE = "erase"
    """The user wants what is kept to be gone, and to be told so."""
    WITHDRAW = "withdraw"
    """The messenger says that the user took their consent back."""
    UNFOLLOW = "unfollow"
    ECHO = "echo"
    """The account itself sent something: we, or a person of the office."""


SILENT = frozenset({Kind.UNFOLLOW, Kind.ECHO})
"""Settled when they are taken in; nobody answers them."""


@dataclass(frozen=True, slots=True)
class Event:
    """key: the same event again has the same one. sent_ms: the messenger's clock, since 1970. text: masked, of a QUESTION only.
    numbers: of applications in it, as sent; for Passing and nothing else.

    Of an ECHO: message_id, echo (fingerprint of its text, None without one), by_person (the messenger names a person).
    """

    channel: str
    user: str
    key: str
    sent_ms: int
    kind: Kind
    text: str = ""
    message_id: str = ""
    echo: str | None = None
    by_person: bool = False
    numbers: tuple[str, ...] = ()

    def to_json(self) -> str:
        """What the inbox keeps until the event is answered."""
        return json.dumps({"kind": self.kind.value, "text": self.text}, ensure_ascii=False)


class Said(NamedTuple):
    """What a user wrote or did; text and numbers as in Event."""

    kind: Kind
    text: str = ""
    numbers: tuple[str, ...] = ()


def heard(message: object, *, typed: bool = True) -> Said:
    """typed: False for a button's payload, which never does more than ask."""
    try:
        text = clean(message)
    except TooLong:
        return Said(Kind.TOO_LONG)
    except Unreadable:
        return Said(Kind.UNREADABLE)
    except MessageError:
        return Said(Kind.NEEDS_TEXT)
    return Said(Kind.ERASE) if typed and asks_to_erase(text) else Said(Kind.QUESTION, *masked(text))

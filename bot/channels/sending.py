"""What may come of handing one message to a messenger: Sent, or a SendError that says what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.channels.outgoing import Outgoing


class Trouble(StrEnum):
    """Why a message was not sent, by what follows from it."""

    RETRY = "retry"
    """Surely not taken; later it may be."""
    UNSURE = "unsure"
    """It may have been taken: the answer was lost. Look for its echo before sending again."""
    RATE = "rate"
    """Too fast: the whole channel rests."""
    TOKEN = "token"
    """The messenger does not accept our key: the whole channel rests, a person must look."""
    OFFICE = "office"
    """The account itself may not send: the whole channel rests, a person must look."""
    WINDOW = "window"
    """This user may not be answered any more until they write again."""
    UNREACHABLE = "unreachable"
    """This user blocked us or cannot be reached."""
    UNSUPPORTED = "unsupported"
    """This kind of message is not taken; plain text may be."""
    PERMANENT = "permanent"
    """Never, in this form."""
    UNKNOWN = "unknown"
    """A code nobody has told us about."""


class SendError(RuntimeError):
    """words: Vietnamese, for staff, without a citizen's text. code: the messenger's own. wait: seconds asked for, None = not said."""

    def __init__(self, trouble: Trouble, words: str, code: int | None = None, wait: float | None = None) -> None:
        super().__init__(f"{words} ({code})" if code is not None else words)
        self.trouble, self.code, self.wait = trouble, code, wait


@dataclass(frozen=True, slots=True)
class Sent:
    """message_id: the messenger's, "" when it gave none. last: this user's quota of replies is used up with it."""

    message_id: str
    last: bool = False


class Sender(Protocol):
    """One messenger. reply_window: seconds since a user's last interaction in which they may be answered; None = no limit."""

    reply_window: float | None

    async def send(self, user: str, message: Outgoing) -> Sent:
        """Raises SendError only."""

"""A message that was not sent in, what happens to it out: pure decisions; the limits they follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.channels.sending import SendError, Trouble


@dataclass(frozen=True, slots=True)
class OutboxLimits:
    """Seconds, except tries and at_once.

    tries: of one message that was surely not taken; with first_pause doubling up to longest_pause 12 take about half an hour.
    unknown_tries: of one whose error code nobody knows. rest: of a channel that was too fast; token_rest, office_rest: of one
    that needs a person. lease: longer than a sender may take with all its time-outs. echo_wait: how long a lost answer waits
    for its echo. grace: for what is being sent when the service stops.
    """

    at_once: int = 8
    tries: int = 12
    unknown_tries: int = 3
    first_pause: float = 1.0
    longest_pause: float = 900.0
    rest: float = 5.0
    token_rest: float = 30.0
    office_rest: float = 900.0
    lease: float = 120.0
    echo_wait: float = 60.0
    poll: float = 1.0
    count_every: float = 15.0
    grace: float = 15.0


class Fate(StrEnum):
    """What becomes of the row."""

    AGAIN = "again"
    LISTEN = "listen"
    REST = "rest"
    DROP = "drop"
    DIE = "die"


def fate(error: SendError, attempts: int, limits: OutboxLimits) -> Fate:
    """attempts: failures before this one. AGAIN: later. LISTEN: for the echo. REST: the whole channel. DROP: also mark the user."""
    if error.trouble is Trouble.UNSURE:
        return Fate.LISTEN
    if error.trouble in (Trouble.RATE, Trouble.TOKEN, Trouble.OFFICE):
        return Fate.REST
    if error.trouble in (Trouble.WINDOW, Trouble.UNREACHABLE):
        return Fate.DROP
    if error.trouble in (Trouble.PERMANENT, Trouble.UNSUPPORTED):
        return Fate.DIE
    tries = limits.unknown_tries if error.trouble is Trouble.UNKNOWN else limits.tries
    return Fate.AGAIN if attempts + 1 < tries else Fate.DIE


def pause(failures: int, first: float, longest: float, chance: float) -> float:
    """Seconds: `first` doubled with each failure, at most `longest`, less up to half by chance in [0, 1)."""
    return min(first * 2 ** min(failures, 20), longest) * (1 - chance / 2)


class Rests:
    """Which channels must not be used now, and until when (seconds of the caller's clock)."""

    def __init__(self, limits: OutboxLimits) -> None:
        self._limits = limits
        self._until: dict[str, tuple[float, Trouble]] = {}
        self._in_a_row: dict[str, int] = {}

    def begin(self, channel: str, error: SendError, now: float, chance: float) -> tuple[float, bool]:
        """Until when, and whether the rest is a new one. The messenger's own wish goes first, else longer each time in a row."""
        limits = self._limits
        first = {Trouble.RATE: limits.rest, Trouble.TOKEN: limits.token_rest, Trouble.OFFICE: limits.office_rest}[error.trouble]
        # Counted once a rest, not once for each message that was in flight when it began.
        new = not self.resting(channel, now)
        self._in_a_row[channel] = self._in_a_row.get(channel, 0) + new
        length = error.wait if error.wait is not None else pause(self._in_a_row[channel] - 1, first, limits.longest_pause, chance)
        until = max(now + min(length, limits.longest_pause), self._until[channel][0] if not new else 0.0)
        self._until[channel] = (until, error.trouble)
        return until, new

    def over(self, channel: str) -> None:
        """Something was sent: the next rest is a short one again."""
        self._in_a_row.pop(channel, None)

    def resting(self, channel: str, now: float) -> Trouble | None:
        """Why the channel rests; None = it may be used."""
        until, trouble = self._until.get(channel, (0.0, None))
        return trouble if until > now else None

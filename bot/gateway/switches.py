"""What the staff have switched off, the bot or single procedures, each with a sentence for citizens: read from the database every
few seconds by every gateway, so that a switch takes effect everywhere without a release or a restart.

While the database is away the last known switches hold: what was switched off stays off.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from actions.answer import Answer, AnswerStatus
from bot.gateway.tables import SWITCHES

log = logging.getLogger("bot.gateway.switches")
BOT = "bot"
"""The scope that stands for everything."""
EVERY = 3.0
"""Seconds between two looks: a switch holds on every gateway within 10."""
MOST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Switch:
    """scope: BOT or a procedure's code. text: what a citizen reads instead. by: name of who switched it off."""

    scope: str
    text: str
    by: str
    at: float


def switch_off(connection: Connection, scope: str, text: str, by: str, at: float) -> None:
    """Inside the caller's transaction; a scope that is off already gets the new text. Raises ValueError for a text of no use."""
    text = " ".join(text.split())
    if not 10 <= len(text) <= MOST_TEXT:
        raise ValueError(f"Câu báo cho người dân cần từ 10 đến {MOST_TEXT} ký tự.")
    connection.execute(SWITCHES.delete().where(SWITCHES.c.scope == scope))
    connection.execute(SWITCHES.insert().values(scope=scope, text=text, by=by, at=at))


def switch_on(connection: Connection, scope: str) -> bool:
    """Inside the caller's transaction. False: it was not off."""
    return connection.execute(SWITCHES.delete().where(SWITCHES.c.scope == scope)).rowcount > 0


def read_switches(engine: Engine) -> dict[str, Switch]:
    """By scope. Raises SQLAlchemy's errors."""
    with engine.connect() as connection:
        return {row.scope: Switch(*row) for row in connection.execute(sa.select(SWITCHES).order_by(SWITCHES.c.scope))}


class Switches:
    """engine: None = nothing is ever switched off. Reading is free; `run` looks at the database."""

    def __init__(self, engine: Engine | None = None, every: float = EVERY) -> None:
        self._engine, self._every = engine, every
        self._now: Mapping[str, Switch] = MappingProxyType({})
        self.seen_at = 0.0
        """Monotonic seconds of the last look that succeeded."""

    def bot(self) -> str | None:
        """What citizens read while the bot is off; None while it is on."""
        return self.of(BOT)

    def of(self, code: str) -> str | None:
        """What citizens read about a procedure that is off; None while it is on."""
        found = self._now.get(code)
        return found.text if found else None

    def answers(self, given: Sequence[Answer]) -> list[Answer]:
        """Each answer that is about, or tells facts of, a procedure that is off, replaced by its sentence. State is kept: the talk
        goes on where it was once the procedure is back."""
        return [self._instead(answer) for answer in given] if self._now else list(given)

    def look(self) -> None:
        """Read the database now. Raises SQLAlchemy's errors."""
        if self._engine is not None:
            self._now = MappingProxyType(read_switches(self._engine))
            self.seen_at = time.monotonic()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await asyncio.to_thread(self.look)
            except sa.exc.SQLAlchemyError as error:
                log.warning("switches_unread", extra={"error": type(error).__name__})
            await asyncio.sleep(self._every)

    def _instead(self, answer: Answer) -> Answer:
        codes = ([answer.procedure.code] if answer.procedure else []) + [fact.code for fact in answer.facts]
        text = next((text for code in codes if (text := self.of(code))), None)
        if text is None:
            return answer
        bare = replace(answer, choices=(), facts=(), sources=(), candidates=(), aspects=())
        return replace(bare, status=AnswerStatus.SWITCHED_OFF, text=text)


def bot_off(text: str) -> Answer:
    """The answer to everything while the bot is off."""
    return Answer(AnswerStatus.ERROR_SWITCHED_OFF, text)


SwitchedOff = Callable[[str], str | None]
"""A procedure's code -> what citizens read instead; None while it is on."""

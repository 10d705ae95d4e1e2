"""Turns as Conversations makes them, for the tests of what is kept."""

from __future__ import annotations

import itertools
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from actions.answer import Answer, AnswerStatus, ProcedureRef
from bot.gateway.conversation import Turn

BIRTH = ProcedureRef("1.001193", "Đăng ký khai sinh")
NOW = 1_800_000_000.0
_ids = itertools.count()


def answered(*aspects: str, text: str = "Dạ, miễn phí.", procedure: ProcedureRef | None = BIRTH) -> Answer:
    return Answer(AnswerStatus.ANSWERED, text, procedure=procedure, aspects=aspects)


def turn(conversation: str = "A" * 22, *answers: Answer, question: str = "lệ phí khai sinh?", at: float = NOW, channel: str = "web") -> Turn:
    return Turn(f"turn{next(_ids):018d}", conversation, channel, at, question, answers or (answered("fees"),))


def rows(engine: Engine, table: sa.Table) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))]


def everything(engine: Engine, metadata: sa.MetaData) -> str:
    """All rows of all tables as one text."""
    return "\n".join(f"{table.name} {row}" for table in metadata.sorted_tables for row in rows(engine, table))

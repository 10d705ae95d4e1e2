"""A batch of Rows in, one transaction over TURNS, COUNTS and the erasure codes; a batch that was written already changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.erasure_code import ErasureCodes
from bot.gateway.recorder_rows import Rows
from bot.gateway.tables import CODES, COUNTS, TURNS
from bot.gateway.upsert import put
from bot.staff.figures.forget_days import day_of, forget_days

_COUNT_KEY = [column.name for column in COUNTS.primary_key]


class TurnWriter:
    """release: () → id of what is served, asked once a batch."""

    def __init__(self, engine: Engine, codes: ErasureCodes, release: Callable[[], str | None]) -> None:
        self._engine, self._codes, self._release = engine, codes, release

    def write(self, batch: Sequence[Rows]) -> None:
        """All or nothing. Raises what the database or its driver raises."""
        release = self._release()
        with self._engine.begin() as connection:
            # A turn that waited past midnight comes into a day that may be counted up.
            forget_days(connection, {day for rows in batch for day in (day_of(rows.turn["at"]), *(key[0] for key in rows.counts))})
            # A commit whose confirmation was lost is tried again: its turns are there and must not count twice.
            known = _known(connection, batch)
            new = [rows for rows in batch if rows.turn["id"] not in known]
            put(connection, TURNS, [{**rows.turn, "release": release} for rows in new], ["id"], {})
            put(connection, COUNTS, _counted(new), _COUNT_KEY, {"n": "+excluded"})
            put(connection, CODES, self._code_rows(new), ["code_hash", "conversation"], {"at": "excluded"})

    def _code_rows(self, batch: Sequence[Rows]) -> list[dict[str, Any]]:
        """Sorted, so that two gateways lock rows in one order and never wait for each other."""
        latest = {rows.conversation: rows.turn["at"] for rows in batch}
        coded = ((self._codes.hash_of(self._codes.of("conversation", name)), name, at) for name, at in latest.items())
        return [{"code_hash": code, "conversation": name, "at": at} for code, name, at in sorted(coded)]


def _known(connection: Connection, batch: Sequence[Rows]) -> set[str]:
    asked = sa.select(TURNS.c.id).where(TURNS.c.id.in_([rows.turn["id"] for rows in batch]))
    return set(connection.execute(asked).scalars())


def _counted(batch: Sequence[Rows]) -> list[dict[str, Any]]:
    """One row a key, for a statement may not touch a row twice; sorted as the codes are."""
    total: dict[tuple[str, ...], int] = {}
    for key in (key for rows in batch for key in rows.counts):
        total[key] = total.get(key, 0) + 1
    return [{**dict(zip(_COUNT_KEY, key)), "n": n} for key, n in sorted(total.items())]

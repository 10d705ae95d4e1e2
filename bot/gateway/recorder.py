"""Turns in, rows of TURNS, COUNTS and the erasure codes out: at once for the caller, written by a thread in batches.

A database that is slow or down costs an answer nothing: turns wait in memory until it is back, and beyond a limit they are lost,
counted and told in the log.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway.conversation import VIETNAM, Turn
from bot.gateway.erasure_code import ErasureCodes
from bot.gateway.metrics import Metrics
from bot.gateway.recorder_rows import Rows, rows_of
from bot.gateway.turn_writer import TurnWriter

log = logging.getLogger("bot.gateway.recorder")
MAX_WAITING = 10_000
"""Turns in memory; about 20 MB of text."""
BATCH = 200
EVERY = 0.5
"""Seconds a turn waits at most while the database is well."""
LONGEST_PAUSE = 30.0
CLOSE_WITHIN = 5.0
"""Seconds for the last turns when the server stops."""
AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
"""What is raised when the database is away, not a turn wrong."""


class SqlRecorder:
    """A Recorder (conversation.py). release: () → id of what is served, asked once a batch."""

    def __init__(
        self,
        engine: Engine,
        codes: ErasureCodes,
        metrics: Metrics,
        release: Callable[[], str | None] = lambda: None,
        *,
        max_waiting: int = MAX_WAITING,
        every: float = EVERY,
    ) -> None:
        self._write = TurnWriter(engine, codes, release).write
        self._metrics, self._max_waiting, self._every = metrics, max_waiting, every
        self._waiting: dict[str, Rows] = {}  # by turn, in order of arrival; a turn leaves once it is committed
        self._lock = threading.Lock()  # of _waiting; held for moments
        self._writing = threading.Lock()  # held while a batch is written
        self._lost = 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def record(self, turn: Turn) -> None:
        """See Recorder."""
        try:
            rows = rows_of(turn, datetime.fromtimestamp(turn.at, VIETNAM).date().isoformat())
        except Exception as error:  # noqa: BLE001 - the answer is already there and must reach its citizen
            log.error("turn_refused", extra={"error": type(error).__name__})
            rows = None
        with self._lock:
            if rows and len(self._waiting) < self._max_waiting and not self._closing.is_set():
                self._waiting[turn.id] = rows
                return
            self._lost += 1
        self._metrics.turns_lost.inc()

    def waits(self, conversation: str, turn: str | None = None) -> bool:
        """Is this turn (None: any) of the conversation still to be written."""
        with self._lock:
            if turn is not None:
                return turn in self._waiting and self._waiting[turn].conversation == conversation
            return any(rows.conversation == conversation for rows in self._waiting.values())

    def forget(self, conversation: str) -> None:
        """After this, nothing that was recorded of the conversation will be written. Waits for a batch under way."""
        with self._writing, self._lock:
            for turn in [turn for turn, rows in self._waiting.items() if rows.conversation == conversation]:
                del self._waiting[turn]

    def flush(self) -> None:
        """Write what waits now, in the caller's thread. Raises what the database raises."""
        while self._write_batch():
            pass

    def close(self) -> None:
        """Write what waits, within CLOSE_WITHIN seconds; what then still waits is lost."""
        self._closing.set()
        self._thread.join(CLOSE_WITHIN)
        with self._lock:
            left = len(self._waiting)
        if left:
            log.error("turns_lost", extra={"count": left})

    def _run(self) -> None:
        pause = self._every
        while not self._closing.wait(pause):
            pause = self._try(pause)
        with suppress(Exception):
            self.flush()

    def _try(self, pause: float) -> float:
        """→ seconds until the next try."""
        self._tell_losses()
        try:
            self.flush()
            return self._every
        except Exception as error:  # noqa: BLE001 - this thread must outlive whatever a database or its driver raises
            log.warning("turns_wait", extra={"error": type(error).__name__, "count": len(self._waiting)})
            return min(LONGEST_PAUSE, max(2 * pause, self._every))

    def _tell_losses(self) -> None:
        with self._lock:
            lost, self._lost = self._lost, 0
            self._metrics.turns_waiting.set(len(self._waiting))
        if lost:
            log.error("turns_lost", extra={"count": lost})

    def _write_batch(self) -> bool:
        """Write the oldest turns; False when none wait. One that the database can never take is dropped, not tried for ever."""
        with self._writing:
            with self._lock:
                batch = [rows for rows, _ in zip(self._waiting.values(), range(BATCH))]
            if not batch:
                return False
            try:
                self._write(batch)
            except AWAY:
                raise
            except Exception:  # noqa: BLE001 - a row at fault: find it
                self._write_singly(batch)
            with self._lock:
                for rows in batch:
                    self._waiting.pop(rows.turn["id"], None)
        return True

    def _write_singly(self, batch: Sequence[Rows]) -> None:
        for rows in batch:
            try:
                self._write([rows])
            except AWAY:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not hold back the others
                log.error("turn_refused", extra={"error": type(error).__name__})
                self._metrics.turns_lost.inc()

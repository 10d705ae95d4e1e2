"""The calendar in force: the file the staff edit, read again when it changes, so that nobody restarts anything."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from actions.calendar import CalendarError, OfficeCalendar
from actions.calendar_file import read_calendar

log = logging.getLogger("bot.actions.kept_calendar")
HOLIDAYS = Path(__file__).parents[1] / "data" / "province" / "holidays.yml"
"""Read where the office edits it, not from a release: a new day off must not wait for one."""


class KeptCalendar:
    """Of one file; safe in threads. A file that cannot be used is logged once and the last good calendar is kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: object = ()
        self._kept: OfficeCalendar | None = None
        self._lock = Lock()

    def now(self) -> OfficeCalendar:
        """Raises CalendarError while the file could not be read even once."""
        with self._lock:
            seen = self._stamp()
            if self._kept is None or seen != self._seen:
                changed, self._seen = seen != self._seen, seen
                try:
                    self._kept = read_calendar(self._path)
                except CalendarError as error:
                    if changed:
                        log.error("bad_calendar", extra={"error": str(error)})
                    if self._kept is None:
                        raise
            return self._kept

    def _stamp(self) -> object:
        """What differs after an edit; None when there is no file."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

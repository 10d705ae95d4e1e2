"""The calendar in force: the file the staff edit, read again when it changes, so that nobody restarts anything."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from actions.calendar import CalendarError, OfficeCalendar
from actions.calendar_file import read_calendar
from index.data_folder import data_folder

log = logging.getLogger("bot.actions.kept_calendar")
HOLIDAYS = Path(__file__).parents[1] / "data" / "province" / "holidays.yml"
"""Read where the office edits it, not from a release: a new day off must not wait for one."""
DATA = HOLIDAYS.parents[1]


class KeptCalendar:
    """Of one file; safe in threads. A file that cannot be used is logged once and the last good calendar is kept.

    path: a file, or what names it anew at every look.
    """

    def __init__(self, path: Path | Callable[[], Path]) -> None:
        self._where = path if callable(path) else lambda: path
        self._seen: object = ()
        self._kept: OfficeCalendar | None = None
        self._lock = Lock()

    def now(self) -> OfficeCalendar:
        """Raises CalendarError while the file could not be read even once."""
        with self._lock:
            path = self._where()
            seen = _stamp(path)
            if self._kept is None or seen != self._seen:
                changed, self._seen = seen != self._seen, seen
                try:
                    self._kept = read_calendar(path)
                except CalendarError as error:
                    if changed:
                        log.error("bad_calendar", extra={"error": str(error)})
                    if self._kept is None:
                        raise
            return self._kept


def kept_calendar(var: Path) -> KeptCalendar:
    """Of what staff have published below `var`, else of the file that came with the program."""
    return KeptCalendar(lambda: data_folder(var, DATA) / "province" / "holidays.yml")


def _stamp(path: Path) -> object:
    """What differs after an edit or another publication; None when there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_size, status.st_ino

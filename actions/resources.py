"""Opened once, at first use: the current release. Swaps to a newer one without a restart, the old one serving meanwhile."""

from __future__ import annotations

import ctypes
import gc
import os
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from actions.kept_calendar import kept_calendar
from actions.places import Places
from actions.reply import Library
from actions.texts_list import usable
from index.encoder import BundledEncoder
from index.faq import open_faqs
from index.life_events import open_life_events
from index.old_names import parse_old_names
from index.post import parse_post
from index.release import ReleaseError, current, open_release
from index.small_texts import open_texts

CHECK_EVERY = 2.0
"""Seconds between looks at the release pointer."""


class Resources:
    """The library that answers are made from. `library()` is cheap after the first call and safe from any thread."""

    def __init__(self, var: Path) -> None:
        self._var = var
        self._lock = threading.Lock()
        self._encoder: BundledEncoder | None = None
        self._library: Library | None = None
        self._serving: Path | None = None
        self._checked = 0.0
        self._calendar = kept_calendar(var)
        self._opener = ThreadPoolExecutor(1, thread_name_prefix="release")
        self._opening: Future[None] | None = None

    def library(self) -> Library:
        """The current release. Raises ReleaseError when none can be served; a damaged newer one leaves the old one serving."""
        with self._lock:
            if self._library is None:
                self._open(current(self._var))
            elif time.monotonic() - self._checked >= CHECK_EVERY:
                self._checked = time.monotonic()
                self._look()
            assert self._library is not None
            return self._library

    def refresh(self) -> None:
        """Opens the release that serves now, and returns when it is open: a copy of a process that had loaded a former one must not
        answer from that first. A damaged release leaves the former one serving, as `library` does."""
        with self._lock:
            if self._library is not None:
                self._look()
        if self._opening is not None:
            self._opening.exception()

    def _look(self) -> None:
        try:
            newest = current(self._var)
        except ReleaseError:
            return
        if newest != self._serving and (self._opening is None or self._opening.done()):
            self._opening = self._opener.submit(self._open, newest)

    def _open(self, folder: Path) -> None:
        self._encoder = self._encoder or BundledEncoder()
        search, province, _ = open_release(folder, self._encoder)
        search.search("đăng ký khai sinh")  # the first question must not pay for loading the encoder
        library = Library(
            search,
            province["contacts"],
            calendar=self._calendar.now,
            post=parse_post(province["post"]),
            life_events=open_life_events(folder),
            faqs=open_faqs(folder, lambda message: search.query(message).vector),
            texts=usable(open_texts(folder)),
            places=Places(parse_old_names(province["old_names"])),
        )
        former, self._library = self._library, library
        self._serving, self._checked = folder, time.monotonic()
        if former is not None:
            del former
            give_back()


def give_back() -> None:
    """What the former release took goes back to the system at once: else twenty swaps leave its holes, 370 MB (tools/swaps.py)."""
    gc.collect()
    with suppress(OSError, AttributeError):  # not glibc
        ctypes.CDLL(None).malloc_trim(0)


def served_texts() -> Mapping[str, str]:
    """The sentences that the current release says otherwise; {} while there is none."""
    try:
        return resources().library().texts
    except ReleaseError:
        return {}


_shared: dict[Path, Resources] = {}


def resources(var: Path | None = None) -> Resources:
    """The process's Resources for `var`, by default the folder named by MOT_CUA_VAR, else var/."""
    path = _resolved(str(var or os.environ.get("MOT_CUA_VAR") or "var"), os.getcwd())
    return _shared.get(path) or _shared.setdefault(path, Resources(path))


@lru_cache(maxsize=64)
def _resolved(path: str, _folder: str) -> Path:
    """Four times a message the same. _folder: what a relative path begins at."""
    return Path(path).resolve()

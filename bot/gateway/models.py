"""Which model the engines shall run: var/models/current, a symbolic link to a model or a text file that names one. And when the
release that they share the memory of is no longer the one that serves: then they are started anew, with the same model."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger("bot.gateway.models")
POLL_SECONDS = 2.0
RENEW_AFTER = 10.0
"""Seconds that a new release has served before the engines are renewed: a change that is taken back at once costs no renewal. Until
then each engine holds a copy of its own, and one that died comes back with the former release for a second (decision 28)."""
MAX_POINTER = 4096


@dataclass(frozen=True, slots=True)
class ModelPointer:
    """Where the pointer points now; stamp changes when the model behind the same name is written anew."""

    model: Path
    stamp: tuple[int, int]


def read_pointer(var: Path) -> ModelPointer | None:
    """None when there is no pointer, or nothing where it points (a model is then still to be trained)."""
    current = var / "models" / "current"
    try:
        if current.is_symlink() or current.is_dir():
            model = current.resolve(strict=True)
        else:
            with current.open("r", encoding="utf-8") as file:
                name = file.read(MAX_POINTER).strip()
            model = (current.parent / name).resolve(strict=True) if name else None
        if model is None:
            return None
        stat = model.stat()
        return ModelPointer(model, (stat.st_mtime_ns, stat.st_size))
    except (OSError, UnicodeDecodeError, ValueError):
        return None


class ModelWatch:
    """Calls `swap` when the pointer comes to rest on something new, when the release has changed for `renew_after` seconds, or when
    asked by `wake` (SIGHUP). release: () → the id of the one that serves, None when there is none."""

    def __init__(
        self,
        var: Path,
        swap: Callable[[Path], Awaitable[bool]],
        seen: ModelPointer | None,
        every: float = POLL_SECONDS,
        release: Callable[[], str | None] = lambda: None,
        renew_after: float = RENEW_AFTER,
    ) -> None:
        self._var, self._swap, self._every, self._release, self._renew_after = var, swap, every, release, renew_after
        self._seen, self._loaded = seen, release()
        self._changed: tuple[str | None, float] = self._loaded, 0.0
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """Swap to the pointer's model at once, even when it has not changed."""
        self._wanted.set()

    async def run(self) -> None:
        """Runs until cancelled. A swap that fails is not tried again until a pointer moves or wake is called."""
        before = self._seen
        while True:
            try:
                async with asyncio.timeout(self._every):  # wait_for of 3.11 can swallow a cancel
                    await self._wanted.wait()
            except TimeoutError:
                pass
            forced, now, release = self._wanted.is_set(), read_pointer(self._var), self._release()
            self._wanted.clear()
            # Two equal looks in a row: a model file that is still being written is left alone.
            if now and (forced or now != self._seen and now == before or self._outlived(release)):
                self._seen, self._loaded = now, release
                try:
                    await self._swap(now.model)
                except Exception as error:  # noqa: BLE001 - the watch must outlive one bad swap
                    log.error("swap_failed", extra={"error": type(error).__name__}, exc_info=True)
            before = now

    def _outlived(self, release: str | None) -> bool:
        """Whether the release that the engines were started with has been replaced for long enough."""
        if release != self._changed[0]:
            self._changed = release, time.monotonic()
        return release not in (None, self._loaded) and time.monotonic() - self._changed[1] >= self._renew_after

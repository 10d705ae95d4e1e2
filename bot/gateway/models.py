"""Which model the engines shall run: var/models/current, a symbolic link to a model or a text file that names one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger("bot.gateway.models")
POLL_SECONDS = 2.0
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
    """Calls `swap` whenever the pointer comes to rest on something new, or when asked by `wake` (SIGHUP)."""

    def __init__(
        self,
        var: Path,
        swap: Callable[[Path], Awaitable[bool]],
        seen: ModelPointer | None,
        every: float = POLL_SECONDS,
    ) -> None:
        self._var, self._swap, self._every = var, swap, every
        self._seen = seen
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """Swap to the pointer's model at once, even when it has not changed."""
        self._wanted.set()

    async def run(self) -> None:
        """Runs until cancelled. A swap that fails is not tried again until the pointer moves or wake is called."""
        before = self._seen
        while True:
            try:
                async with asyncio.timeout(self._every):  # wait_for of 3.11 can swallow a cancel
                    await self._wanted.wait()
            except TimeoutError:
                pass
            forced, now = self._wanted.is_set(), read_pointer(self._var)
            self._wanted.clear()
            # Two equal looks in a row: a model file that is still being written is left alone.
            if now and (forced or now != self._seen and now == before):
                self._seen = now
                try:
                    await self._swap(now.model)
                except Exception as error:  # noqa: BLE001 - the watch must outlive one bad swap
                    log.error("swap_failed", extra={"error": type(error).__name__}, exc_info=True)
            before = now

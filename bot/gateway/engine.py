"""EnginePool: keeps N engines alive, gives each message to the least busy one, swaps all for a new model without a gap."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from actions.answer import Answer
from bot.gateway.engine_process import EngineError, EngineProcess, free_port
from bot.gateway.engine_source import EngineStartError, Source, Sources
from bot.gateway.engine_watch import MAX_JUNK, PoolLimits, watch

log = logging.getLogger("bot.gateway.engine")


@dataclass(slots=True, eq=False)
class _Generation:
    """The engines of one model, where they come from, and the tasks that keep them."""

    model: Path
    source: Source
    engines: list[EngineProcess] = field(default_factory=list)
    keepers: list[asyncio.Task[None]] = field(default_factory=list)


class EnginePool:
    """start → ask, swap … → stop, all in one event loop."""

    def __init__(
        self,
        sources: Sources,
        count: int = 1,
        limits: PoolLimits | None = None,
        on_restart: Callable[[str], None] = lambda reason: None,
    ) -> None:
        self._sources, self._count = sources, count
        self._limits = limits or PoolLimits()
        self._on_restart = on_restart
        self._current: _Generation | None = None
        self._swapping = asyncio.Lock()
        self._launched: set[EngineProcess] = set()
        self._stopping = False
        self.last_error: str | None = None

    async def start(self, model: Path) -> None:
        """Returns at once; engines that fail are started again until they are ready."""
        self._current = self._keep(_Generation(model, self._sources(model)), [None] * self._count)

    @property
    def ready(self) -> int:
        """How many engines can take a message now."""
        return sum(engine.usable for engine in self._engines())

    def status(self) -> dict[str, Any]:
        """For /readyz: numbers and the model's name."""
        model = self._current.model.name if self._current else None
        return {"ready": self.ready, "wanted": self._count, "model": model}

    def pids(self) -> list[int]:
        """Of the engines that can take a message now."""
        return [engine.pid for engine in self._engines() if engine.usable]

    async def ask(
        self,
        sender: str,
        message: str,
        state: Mapping[str, Any] | None,
        now: str | None,
        limit: float,
    ) -> list[Answer]:
        """At least one Answer within `limit` seconds. Raises EngineError (its reason says what went wrong)."""
        deadline, retried = asyncio.get_running_loop().time() + limit, False
        while True:
            engine = min((e for e in self._engines() if e.usable), key=lambda e: e.load, default=None)
            if engine is None:
                raise EngineError("down")
            engine.load += 1  # also while waiting, so that a swap drains those who wait
            try:
                async with asyncio.timeout_at(deadline):
                    await engine.gate.acquire()
                try:
                    if engine.usable:
                        return await self._ask_one(engine, deadline, limit, sender, message, state, now)
                finally:
                    engine.gate.release()
            except TimeoutError:
                raise EngineError("overloaded") from None
            except EngineError as error:
                if error.reason != "lost" or retried:
                    raise
                # A kept connection may have closed: try once more. Not when the engine died on it: the message may be why.
                await asyncio.sleep(0.05)
                if not engine.alive or not engine.usable:
                    raise
                retried = True
            finally:
                engine.load -= 1

    async def _ask_one(self, engine: EngineProcess, deadline: float, limit: float, *message: Any) -> list[Answer]:
        entered = time.monotonic()
        try:
            async with asyncio.timeout_at(deadline):
                return await engine.ask(*message)
        except TimeoutError:
            # A message that came late to a busy engine proves nothing; the watch's probe will judge.
            if time.monotonic() - entered >= min(self._limits.hang, limit / 2):
                self._distrust(engine, "hang")
            raise EngineError("timeout") from None
        except EngineError as error:
            if error.reason == "junk" and engine.junk_in_a_row >= MAX_JUNK:
                self._distrust(engine, "junk")
            raise

    @staticmethod
    def _distrust(engine: EngineProcess, reason: str) -> None:
        """No further message; its keeper ends it at the next look."""
        engine.usable, engine.trouble = False, reason

    async def swap(self, model: Path) -> bool:
        """Start engines with `model`, hand over once all are ready, then end the old ones. False: the old ones stay."""
        async with self._swapping:
            began, fresh = time.monotonic(), _Generation(model, self._sources(model))
            results = await asyncio.gather(*(self._launch(fresh) for _ in range(self._count)), return_exceptions=True)
            started = [result for result in results if isinstance(result, EngineProcess)]
            failed = [result for result in results if not isinstance(result, EngineProcess)]
            if failed or self._stopping:
                await asyncio.gather(*(self._end(engine, 0) for engine in started))
                await fresh.source.close()
                self.last_error = str(failed[0]) if failed else "stopping"
                log.error("swap_refused", extra={"model": model.name, "error": self.last_error})
                return False
            old, self._current = self._current, self._keep(fresh, started)
            log.info("swapped", extra={"model": model.name, "seconds": round(time.monotonic() - began, 2)})
            if old:
                await self._retire(old, self._limits.drain)
            return True

    async def stop(self) -> None:
        """End every engine, also those still starting."""
        self._stopping = True
        if self._current:
            old, self._current = self._current, None
            await self._retire(old, 0)
        await asyncio.gather(*(self._end(engine, self._limits.grace) for engine in list(self._launched)))

    def _engines(self) -> list[EngineProcess]:
        return self._current.engines if self._current else []

    def _keep(self, generation: _Generation, engines: list[Any]) -> _Generation:
        generation.engines += [engine for engine in engines if engine]
        generation.keepers += [asyncio.create_task(self._keep_one(generation, engine)) for engine in engines]
        return generation

    async def _keep_one(self, generation: _Generation, engine: EngineProcess | None) -> None:
        """One place in the pool: an engine, its successor, and so on, until cancelled."""
        pause = self._limits.first_pause
        while True:
            if engine is None:
                try:
                    engine = await self._launch(generation)
                except EngineStartError as error:
                    self.last_error = str(error)
                    log.error("engine_not_ready", extra={"error": str(error), "pause": pause})
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, self._limits.longest_pause)
                    continue
                generation.engines.append(engine)
            reason = await watch(engine, self._limits)
            engine.usable = False
            generation.engines.remove(engine)
            log.warning("engine_lost", extra={"reason": reason, "engine_pid": engine.pid})
            self._on_restart(reason)
            lived = time.monotonic() - engine.started
            await self._end(engine, 0)
            pause = self._limits.first_pause if lived > self._limits.ready else min(2 * pause, self._limits.longest_pause)
            await asyncio.sleep(pause)
            engine = None

    async def _launch(self, generation: _Generation) -> EngineProcess:
        """A ready engine. Raises EngineStartError; leaves no process behind when it fails or is cancelled."""
        began, limit, port = time.monotonic(), self._limits.ready, free_port()
        try:
            async with asyncio.timeout(limit):
                process = await generation.source.start(port)
        except TimeoutError:
            raise EngineStartError(f"engine was not ready within {limit:g} s") from None
        engine = EngineProcess(process, port, self._limits.max_in_flight)
        self._launched.add(engine)
        try:
            await engine.until_ready(max(limit - (time.monotonic() - began), 1.0))
        except BaseException:
            await self._end(engine, 0)
            if not any(other.usable for other in generation.engines):
                await generation.source.close()  # what it has loaded may be why
            raise
        seconds = round(time.monotonic() - began, 2)
        log.info("engine_ready", extra={"engine_pid": engine.pid, "model": generation.model.name, "seconds": seconds})
        return engine

    async def _retire(self, generation: _Generation, drain: float) -> None:
        """Let messages inside finish, for at most `drain` seconds, then end the engines."""
        for engine in generation.engines:
            engine.usable = False  # those who wait at its gate choose again
        for keeper in generation.keepers:
            keeper.cancel()
        await asyncio.gather(*generation.keepers, return_exceptions=True)
        deadline = time.monotonic() + drain
        while any(engine.load for engine in generation.engines) and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        await asyncio.gather(*(self._end(engine, self._limits.grace) for engine in generation.engines))
        await generation.source.close()

    async def _end(self, engine: EngineProcess, grace: float) -> None:
        await engine.end(grace)
        self._launched.discard(engine)

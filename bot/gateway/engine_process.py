"""One engine process, one life: wait until it answers, send it messages, end it."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import aiohttp

from actions.answer import Answer
from bot.gateway.engine_source import EngineStartError, Started

HOST = "127.0.0.1"
PROBE_SECONDS = 2.0
KEEP_ALIVE_SECONDS = 3.0
"""Below the engine's own 5 s, so that a kept connection is never one the engine is about to close."""
WARM_UP = "Làm giấy khai sinh cần giấy tờ gì?"
"""Sent once before an engine counts as ready: it opens the release, and shows that this model answers at all."""


class EngineError(RuntimeError):
    """A message got no answer from an engine. reason: down | timeout | overloaded | lost | junk, for metrics."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class EngineProcess:
    """started: monotonic seconds. in_flight: monotonic start of each message now inside. load: inside or waiting for it."""

    def __init__(self, process: Started, port: int, max_in_flight: int) -> None:
        self.started = self.last_answer = time.monotonic()
        self.in_flight: dict[object, float] = {}
        self.load = 0
        self.usable = False
        self.trouble: str | None = None
        self.junk_in_a_row = 0
        self.gate = asyncio.Semaphore(max_in_flight)
        self._process = process
        # aiohttp, not httpx: 0.2 ms of CPU a message instead of 1.1 (measured here); it is in the lock with Rasa anyway.
        # trust_env off (the default): a proxy of the machine's environment must not see what goes to loopback.
        self._http = aiohttp.ClientSession(
            f"http://{HOST}:{port}",
            timeout=aiohttp.ClientTimeout(None),
            cookie_jar=aiohttp.DummyCookieJar(),
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_ALIVE_SECONDS),
        )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """False once the process has ended."""
        return self._process.alive

    @property
    def oldest(self) -> float:
        """Seconds the message longest inside has been there; 0 when idle."""
        return time.monotonic() - min(self.in_flight.values()) if self.in_flight else 0.0

    async def until_ready(self, limit: float) -> None:
        """Raises EngineStartError when it ends, or answers no first message, within `limit` seconds."""
        try:
            async with asyncio.timeout(limit):
                while not await self.probe():
                    if not self.alive:
                        raise EngineStartError(f"engine {self._process.ended} before it was ready")
                    await asyncio.sleep(0.1)
                await self.ask("warm-up", WARM_UP, None, None)
        except TimeoutError:
            raise EngineStartError(f"engine was not ready within {limit:g} s") from None
        except EngineError as error:
            raise EngineStartError(f"engine did not answer its first message ({error})") from error
        self.usable = True

    async def probe(self) -> bool:
        """One look at GET /; False on refusal, any other status than 200, or PROBE_SECONDS without an answer."""
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                async with self._http.get("/") as response:
                    return response.status == 200
        except (OSError, aiohttp.ClientError):
            return False

    async def ask(self, sender: str, message: str, state: Mapping[str, Any] | None, now: str | None) -> list[Answer]:
        """At least one Answer. Raises EngineError lost or junk; the caller sets the time limit."""
        body = {"sender": sender, "message": message, "metadata": {"state": state, "now": now}}
        with self._counted():
            try:
                async with self._http.post("/webhooks/gateway/webhook", json=body) as response:
                    rows = await response.json(content_type=None) if response.status == 200 else ()
                answers = [Answer.from_dict(row) for row in rows]
            except (OSError, aiohttp.ClientError) as error:
                raise EngineError("lost", type(error).__name__) from error
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                self.junk_in_a_row += 1
                raise EngineError("junk", type(error).__name__) from error
        if not answers or not all(answer.text.strip() for answer in answers):
            self.junk_in_a_row += 1
            raise EngineError("junk", f"status {response.status}, {len(answers)} answers")
        self.junk_in_a_row = 0
        self.last_answer = time.monotonic()
        return answers

    @contextmanager
    def _counted(self) -> Iterator[None]:
        key = object()
        self.in_flight[key] = time.monotonic()
        try:
            yield
        finally:
            del self.in_flight[key]

    async def end(self, grace: float) -> None:
        """SIGTERM, `grace` seconds, SIGKILL; afterwards the process is gone and reaped. May be called twice."""
        self.usable = False
        try:
            if grace:
                self._process.signal(signal.SIGTERM)
                deadline = time.monotonic() + grace
                while self.alive and time.monotonic() < deadline:
                    await asyncio.sleep(0.02)
        finally:
            self.kill()
            # Uninterruptible sleep may hold a killed process for a while: look on without blocking the loop.
            for _ in range(200):
                if not self.alive:
                    break
                await asyncio.sleep(0.01)
            self._process.forget()
            await self._http.close()

    def kill(self) -> None:
        """SIGKILL at once, to this process and what it started."""
        self._process.signal(signal.SIGKILL)


def free_port() -> int:
    """A port of loopback that was free a moment ago; an engine that loses the race ends and is started anew."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])

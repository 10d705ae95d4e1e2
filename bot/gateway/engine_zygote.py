"""Engines forked from one process that has loaded everything (bot/engine_zygote.py): they share its memory, and one that died is
replaced within a second instead of five."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from bot.gateway.engine_source import EngineStartError, OwnProcess, Sources

ZygoteCommand = Callable[[Path], Sequence[str]]
"""model → argv."""
END_SECONDS = 1.0
"""For a zygote to end by itself once its orders have ended."""


class Forked:
    """A copy of the zygote: no child of ours, so it is watched and signalled by its descriptor, which never means another."""

    def __init__(self, pid: int, zygote: Zygote) -> None:
        """Raises EngineStartError when it has ended already, and its zygote with it."""
        self.pid, self._zygote = pid, zygote
        try:
            self._descriptor: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            raise EngineStartError("engine ended before it was ready") from None

    @property
    def alive(self) -> bool:
        if self._descriptor is None:
            return False
        ended = select.poll()
        ended.register(self._descriptor, select.POLLIN)
        return not ended.poll(0)

    @property
    def ended(self) -> str:
        return "ended"

    def signal(self, number: signal.Signals) -> None:
        if self._descriptor is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, number)

    def forget(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            self._zygote.reap(self.pid)


class Zygote:
    """The Source whose engines are forks. The process is started with the first of them, and anew when it has gone."""

    def __init__(self, command: ZygoteCommand, model: Path) -> None:
        self._command, self._model = command, model
        self._one_order = asyncio.Lock()
        self._process: OwnProcess | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def start(self, port: int) -> Forked:
        """Waits until the zygote has loaded. Cancelled while waiting, it leaves no zygote that owes an answer."""
        async with self._one_order:
            if self._process is None or not self._process.alive:
                await self._open()
            assert self._process and self._reader and self._writer
            try:
                self._writer.write(b"%d\n" % port)
                answer = await self._reader.readline()
            except OSError:
                answer = b""
            except BaseException:
                await self._close(0)
                raise
            if not answer.endswith(b"\n"):
                with suppress(TimeoutError):
                    async with asyncio.timeout(END_SECONDS):
                        while self._process.alive:
                            await asyncio.sleep(0.01)
                ended = "did not answer" if self._process.alive else self._process.ended
                await self._close(0)
                raise EngineStartError(f"engine {ended} before it was ready")
            return Forked(int(answer), self)

    def reap(self, pid: int) -> None:
        """The copy has ended, and may go."""
        if self._writer and not self._writer.is_closing():
            self._writer.write(b"reap %d\n" % pid)

    async def close(self) -> None:
        async with self._one_order:
            await self._close(END_SECONDS)

    async def _open(self) -> None:
        await self._close(0)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = OwnProcess(self._command(self._model), stdin=theirs)
            self._reader, self._writer = await asyncio.open_connection(sock=ours)
        except BaseException:
            ours.close()
            raise

    async def _close(self, grace: float) -> None:
        """Afterwards the process is gone and reaped, and the kernel has killed its copies."""
        if self._writer:
            self._writer.close()
            self._reader = self._writer = None
        process, self._process = self._process, None
        if process is None:
            return
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(grace):
                    while process.alive:
                        await asyncio.sleep(0.01)
        finally:
            process.signal(signal.SIGKILL)
            for _ in range(200):
                if not process.alive:
                    break
                await asyncio.sleep(0.01)


def zygotes(command: ZygoteCommand) -> Sources:
    return lambda model: Zygote(command, model)


def rasa_zygotes(releases: Path) -> Sources:
    """The real engines."""
    return zygotes(lambda model: (sys.executable, "-m", "bot.engine", "--release-dir", str(releases), "--model", str(model)))

"""Where the engines of one model come from. Source is the Protocol; OwnProcesses starts each as a program of its own,
bot/gateway/engine_zygote.py lets them be forked from one that has loaded everything."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)  # before any fork: the child may not load libraries


class EngineStartError(RuntimeError):
    """An engine ended, or did not answer, before it was ready."""


class Started(Protocol):
    """A process that was started: its id, whether it still runs, how it ended."""

    @property
    def pid(self) -> int: ...

    @property
    def alive(self) -> bool:
        """False once the process has ended; from then on its id may be another's."""
        ...

    @property
    def ended(self) -> str:
        """"ended with code 3", for a log."""
        ...

    def signal(self, number: signal.Signals) -> None:
        """To this process and what it started; nothing when it has ended."""
        ...

    def forget(self) -> None:
        """It has ended and nobody asks for it any more. May be called twice."""
        ...


class Source(Protocol):
    """Contract (tests/bot/gateway/test_engine.py runs on both): start → a process that serves the port once it has loaded; raises
    EngineStartError. Once closed its processes end; start may be called again and begins anew."""

    async def start(self, port: int) -> Started: ...

    async def close(self) -> None: ...


Sources = Callable[[Path], Source]
"""model → where its engines come from."""
Command = Callable[[int, Path], Sequence[str]]
"""(port, model) → argv."""


class OwnProcess:
    """Started by Popen."""

    def __init__(self, argv: Sequence[str], stdin: Any = subprocess.DEVNULL) -> None:
        """Raises EngineStartError."""
        parent = os.getpid()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - argv list of our own making
                list(argv),
                stdin=stdin,
                stdout=sys.stderr.fileno() if _has_fileno() else None,
                env=_environment(os.environ),
                start_new_session=True,
                preexec_fn=lambda: _die_with(parent),
            )
        except (OSError, ValueError) as error:
            raise EngineStartError(f"engine could not be started: {error}") from error

    @property
    def pid(self) -> int:
        """The process id (also the id of its process group)."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def ended(self) -> str:
        return f"ended with code {self._process.returncode}"

    def signal(self, number: signal.Signals) -> None:
        if self.alive:  # never a pid that was reaped: the system may have given it to another
            with suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def forget(self) -> None:
        """poll() has reaped it."""


class OwnProcesses:
    """Each engine is a program of its own."""

    def __init__(self, command: Command, model: Path) -> None:
        self._command, self._model = command, model

    async def start(self, port: int) -> OwnProcess:
        return OwnProcess(self._command(port, self._model))

    async def close(self) -> None:
        """Nothing is kept: the pool ends each of them."""


def own_processes(command: Command) -> Sources:
    return lambda model: OwnProcesses(command, model)


def _die_with(parent: int) -> None:
    """In the child, before exec: be killed when the gateway goes, however it goes."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went in between
        os._exit(1)


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    """One BLAS thread (measured: more of them stall for seconds), no telemetry, no key that an engine does not need."""
    quiet = {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",  # an arena a thread keeps 50 MB that nobody uses
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    return {**quiet, **{name: value for name, value in env.items() if name != "MOT_CUA_SECRET"}}


def _has_fileno() -> bool:
    try:
        return sys.stderr.fileno() >= 0
    except (AttributeError, OSError, ValueError):
        return False

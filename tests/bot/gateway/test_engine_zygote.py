"""Engines that are forked: what they are forked from may go as well, and refuses to fork what it cannot copy."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from bot.gateway.engine_watch import limits_for

from .harness import running

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_without_what_they_are_forked_from_engines_come_back(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path) as gateway:
        before = gateway.pool.pids()
        zygote = psutil.Process(before[0]).parent()
        zygote.send_signal(number)
        os.kill(before[0], signal.SIGKILL)
        gateway.until(lambda: gateway.pool.pids() not in ([], before))
        assert "turn=1" in gateway.text("xin chào")
        gateway.until(lambda: not zygote.is_running())


@pytest.mark.parametrize(("engines", "cores", "at_once"), [(1, 1, 2), (2, 2, 2), (1, 2, 4), (2, 8, 4), (8, 2, 2)])
def test_fewer_messages_at_a_time_where_each_engine_fills_a_core(engines: int, cores: int, at_once: int) -> None:
    assert limits_for(engines, cores).max_in_flight == at_once


def test_copies_share_what_was_loaded() -> None:
    """100 MB written before the fork are nobody's own afterwards."""
    program = "import os, signal, time; from bot import engine_zygote; loaded = b'x' * 100_000_000; engine_zygote.run(lambda port: time.sleep(60))"
    with zygote_of(program) as (control, _):
        control.sendall(b"1\n2\n")
        with control.makefile("r") as answers:
            copies = [psutil.Process(int(answers.readline())) for _ in range(2)]
        own = [copy.memory_full_info().uss for copy in copies]
    assert max(own) < 30e6


def test_a_process_with_threads_is_not_copied() -> None:
    program = "import threading, time; from bot import engine_zygote; threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); engine_zygote.run(print)"
    with zygote_of(program) as (control, process):
        control.sendall(b"1\n")
        assert control.recv(10) == b""
        assert process.wait(10) == 1 and "ThreadsError: 2 threads run; expected 1" in process.stderr.read()


@contextmanager
def zygote_of(program: str) -> Iterator[tuple[socket.socket, subprocess.Popen[str]]]:
    ours, theirs = socket.socketpair()
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdin=theirs, stderr=subprocess.PIPE, text=True)
    theirs.close()
    with ours, process:
        ours.settimeout(20)
        yield ours, process
        ours.close()
        process.wait(10)

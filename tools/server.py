"""A real server on a free port for measuring, ended with everything it started."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

START_LIMIT = 180.0
"""Seconds a server may take until it is ready."""


def free_port() -> int:
    """A port of loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(var: Path, environment: Mapping[str, str] | None = None) -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """-> (base address, process, seconds until ready). Limits off and the test clock on. Raises RuntimeError if it never gets ready."""
    port = free_port()
    env = {
        **os.environ,
        "PORT": str(port),
        "MOT_CUA_VAR": str(var),
        "MOT_CUA_TEST_CLOCK": "1",
        "MOT_CUA_RATE_LIMIT": "0",
        **(environment or {}),
    }
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bot.serve"], env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        base = f"http://127.0.0.1:{port}"
        wait_until_ready(f"{base}/readyz", process)
        yield base, process, time.perf_counter() - started
    finally:
        stop(process)


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    """Returns once `address` answers 200. Raises RuntimeError when the process ends or START_LIMIT passes."""
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode} before it was ready")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{address} was not ready after {START_LIMIT:.0f} s")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and, after 15 s, the group that it leads."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)


def say(base: str, message: str, conversation: str | None = None) -> dict:
    """One message through the public API -> its JSON."""
    body = json.dumps({"message": message, "conversation": conversation}).encode()
    request = urllib.request.Request(f"{base}/api/chat", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)

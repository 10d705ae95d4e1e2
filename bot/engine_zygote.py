"""A process that has loaded everything and forks an engine whenever it is told to: the copies share what was loaded, and are ready
at once. The gateway's end of it is bot/gateway/engine_zygote.py.

It speaks over its standard input, which is a socket: "<port>" forks a copy that serves the port and answers its process id;
"reap <pid>" lets a copy go, which is reaped when it has ended. At the end of the input it ends, and its copies with it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import select
import signal
import socket
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
REAP_SECONDS = 0.2
"""Between two looks at copies that were let go and have not ended yet."""
_libc = ctypes.CDLL(None, use_errno=True)  # before any fork: the child may not load libraries


class ThreadsError(RuntimeError):
    """More than one thread runs: a copy would inherit the locks that the others hold, and nobody to open them."""


def run(serve: Callable[[int], None]) -> None:
    """Returns at the end of the input. serve: runs in each copy with its port. Raises ThreadsError at the first order."""
    control = socket.socket(fileno=os.dup(0))
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    gc.collect()
    gc.freeze()  # or the copies' first collection writes to every object, and nothing is shared any more
    let_go: set[int] = set()
    rest = b""
    while True:
        told = select.select([control], [], [], REAP_SECONDS if let_go else None)[0]
        let_go = {pid for pid in let_go if not _reaped(pid)}
        if not told:
            continue
        read = control.recv(4096)
        if not read:
            return
        *orders, rest = (rest + read).split(b"\n")
        for order in orders:
            word, _, pid = order.partition(b" ")
            if word == b"reap":
                let_go.add(int(pid))
            else:
                let_go = {pid for pid in let_go if not _reaped(pid)}
                control.sendall(b"%d\n" % _fork(control, serve, int(word)))


def _fork(control: socket.socket, serve: Callable[[int], None], port: int) -> int:
    running = len(list(Path("/proc/self/task").iterdir()))
    if running > 1:
        raise ThreadsError(f"{running} threads run; expected 1")
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == parent:  # else it went in between
            control.close()
            os.setsid()
            serve(port)
            code = 0
    finally:
        os._exit(code)
    raise AssertionError


def _reaped(pid: int) -> bool:
    """False while it has not ended yet: a killed process may take its time on a busy machine."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:  # told twice
        return True

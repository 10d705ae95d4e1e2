"""A server on loopback that serves a candidate to the gate and to a private preview: own folder, own database, no limits, no traces.

    python -m bot.staff.publish.trial VAR NAME RELEASE MODEL [TREE]      # the preview: until nobody has asked for a while
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from bot.gateway.engine_process import free_port
from bot.gateway.settings import ROOT
from bot.staff.publish.served import Served, point

START_SECONDS = 180.0
ASK_SECONDS = 30.0
IDLE_SECONDS = 600.0
_HIDDEN = ("DATABASE_URL", "REDIS_URL", "MOT_CUA_STATUS_URL", "MOT_CUA_STATUS_TOKEN", "MOT_CUA_SECRET", "MOT_CUA_DATA_KEY", "MOT_CUA_ORIGINS")
_libc = ctypes.CDLL(None, use_errno=True)
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""A proxy of the machine's environment must not see what goes to loopback."""


class TrialError(RuntimeError):
    """The trial server did not start or does not answer. A Vietnamese sentence."""


class Trial(Protocol):
    """A running trial server."""

    @property
    def base(self) -> str:
        """Its address, for a measuring script."""

    def ask(self, question: str, before: Sequence[str] = ()) -> list[dict[str, Any]]:
        """One conversation of its own -> the messages of its last reply. Raises TrialError."""


class TrialServer:
    """base: its address. now: ISO time that every question is asked at, None = the real one."""

    def __init__(self, base: str, now: str | None = None) -> None:
        self.base, self._now = base, now

    def ask(self, question: str, before: Sequence[str] = ()) -> list[dict[str, Any]]:
        """See Trial."""
        conversation, messages = None, []
        for message in (*before, question):
            conversation, messages = self.say(message, conversation)
        return messages

    def say(self, message: str, conversation: str | None) -> tuple[str | None, list[dict[str, Any]]]:
        """One message of a conversation -> (its id, messages). A refusal (400) is a message too."""
        body = {"message": message, "conversation": conversation, **({"now": self._now} if self._now else {})}
        request = urllib.request.Request(f"{self.base}/api/chat", json.dumps(body).encode(), {"Content-Type": "application/json"})
        try:
            with _DIRECT.open(request, timeout=ASK_SECONDS) as answer:
                said = json.load(answer)
        except urllib.error.HTTPError as error:
            refused = json.loads(error.read() or b"{}").get("error") or {}
            empty = {"procedure": None, "aspects": [], "candidates": [], "choices": [], "facts": [], "sources": []}
            return conversation, [{"text": refused.get("message", ""), "answer": {"status": refused.get("status", f"error_http_{error.code}"), **empty}}]
        except (OSError, ValueError) as error:
            raise TrialError("Máy chủ thử không trả lời. Bấm “Kiểm tra lại”; nếu vẫn vậy thì báo người quản trị máy chủ.") from error
        return said["conversation"], said["messages"]


Trials = Callable[[Path, str, Served], Any]
"""(var, name of its folder, what it serves) -> context manager of a Trial; tests put a plain one in its place."""


@contextmanager
def trial_server(var: Path, name: str, served: Served, *, now: str | None = None, port: int | None = None) -> Iterator[TrialServer]:
    """A real server, ready; ended with all that it started, its folder gone. It dies with this process.

    Raises TrialError when it does not get ready. Call it from a thread that lives as long as the server shall.
    """
    folder = folder_for(var, name, served)
    port = port or free_port()
    process = subprocess.Popen(  # noqa: S603 - argv of our own making
        [sys.executable, "-m", "bot.serve"], cwd=ROOT, env=_environment(os.environ, folder, port), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with(os.getpid()),
    )  # fmt: skip
    try:
        base = f"http://127.0.0.1:{port}"
        _until_ready(base, process)
        yield TrialServer(base, now)
    finally:
        _end(process)
        shutil.rmtree(folder, ignore_errors=True)


def folder_for(var: Path, name: str, served: Served) -> Path:
    """var/trials/<name> with links to the parts of `served` and nothing else; what a killed trial left there is gone."""
    folder = var / "trials" / name
    shutil.rmtree(folder, ignore_errors=True)
    for part, file in (("releases", served.release_id), ("models", served.model), ("content", served.tree)):
        (folder / part).mkdir(parents=True)
        if file is not None:
            (folder / part / file).symlink_to((var / part / file).resolve())
    point(folder, served)
    return folder


def _environment(env: Mapping[str, str], folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in env.items() if name not in _HIDDEN and not name.startswith("ZALO_")}
    own = {"PORT": str(port), "MOT_CUA_HOST": "127.0.0.1", "MOT_CUA_VAR": str(folder), "MOT_CUA_LOG_LEVEL": "error"}
    # Limits off and the clock free: the gate asks hundreds of questions at one and the same moment.
    return {**kept, **own, "MOT_CUA_RATE_LIMIT": "0", "MOT_CUA_TEST_CLOCK": "1", "MOT_CUA_STAFF": "0", "OMP_NUM_THREADS": "1"}


def _die_with(parent: int) -> Callable[[], None]:
    def before_exec() -> None:
        _libc.prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


def _until_ready(base: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise TrialError(f"Máy chủ thử dừng khi đang khởi động (mã {process.returncode}). Báo người quản trị máy chủ.")
        try:
            with _DIRECT.open(f"{base}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    raise TrialError(f"Máy chủ thử không sẵn sàng sau {START_SECONDS:.0f} giây. Máy có thể đang quá tải; thử lại sau.")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("var", "name", "release", "model"):
        parser.add_argument(name, type=Path if name == "var" else str)
    parser.add_argument("tree", nargs="?")
    args = parser.parse_args()
    sign = args.var / "trials" / f"{args.name}.port"
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        with trial_server(args.var, args.name, Served(args.release, args.model, args.tree)) as server:
            sign.write_text(server.base.rsplit(":", 1)[1], "ascii")
            # Whoever asks touches the sign (preview.py).
            while sign.exists() and time.time() - sign.stat().st_mtime < IDLE_SECONDS:
                time.sleep(1)
    finally:
        sign.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

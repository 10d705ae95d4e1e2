"""The real server as one process tree (gateway, engine, actions, model, release), and a citizen who talks to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

from tools.server import free_port, stop, wait_until_ready

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-25T09:00:00+07:00"
"""The day of every conversation: records and fees end, tests shall not."""
ENGINE_TIMEOUT = 8.0
"""Seconds the gateway may take for an answer, whatever happens behind (its own default)."""


@dataclass(frozen=True)
class Reply:
    """What one message brought: the whole body of a 200, and the one message that answers."""

    body: dict[str, Any]

    @property
    def notices(self) -> list[str]:
        return [message["text"] for message in self.body["messages"] if message.get("notice")]

    @property
    def message(self) -> dict[str, Any]:
        answers = [message for message in self.body["messages"] if message["answer"]]
        assert len(answers) == 1, self.body
        return answers[0]

    @property
    def text(self) -> str:
        return self.message["text"]

    @property
    def answer(self) -> dict[str, Any]:
        return self.message["answer"]

    @property
    def status(self) -> str:
        return self.answer["status"]

    @property
    def code(self) -> str | None:
        return self.answer["procedure"]["code"] if self.answer["procedure"] else None

    @property
    def aspects(self) -> set[str]:
        return set(self.answer["aspects"])

    @property
    def candidates(self) -> list[str]:
        return [candidate["code"] for candidate in self.answer["candidates"]]

    @property
    def choices(self) -> list[dict[str, str]]:
        return self.answer["choices"]

    def __str__(self) -> str:
        return f"{self.status} {self.code} {sorted(self.aspects)} {self.candidates}\n{self.text}"


@dataclass
class RealServer:
    """base: its address. var: its own folder; model and release in it are links. log: its stderr."""

    base: str
    process: subprocess.Popen[bytes]
    var: Path
    log: Path
    http: httpx.Client
    _records: dict[str, dict[str, Any]] = field(default_factory=dict)

    def post(self, message: object, conversation: object = None, **more: Any) -> httpx.Response:
        return self.http.post("/api/chat", json={"message": message, "conversation": conversation, "now": NOW, **more})

    def say(self, message: str, conversation: str | None = None) -> Reply:
        """Raises AssertionError unless it is answered."""
        response = self.post(message, conversation)
        assert response.status_code == 200, f"{message!r}: {response.status_code} {response.text}"
        return Reply(response.json())

    def talk(self) -> Talk:
        return Talk(self)

    def record(self, code: str) -> dict[str, Any]:
        """The whole record that the server serves."""
        if code not in self._records:
            response = self.http.get(f"/api/procedures/{code}")
            assert response.status_code == 200, response.text
            self._records[code] = response.json()
        return self._records[code]

    def engine(self) -> psutil.Process:
        """The one engine, a fork of what the gateway has started; while a swap is under way the youngest."""
        engines = [child for started in psutil.Process(self.process.pid).children() for child in started.children()]
        assert engines, "the gateway has no engine"
        return max(engines, key=lambda child: child.create_time())

    def parts(self) -> dict[str, Any]:
        return self.http.get("/readyz").json()

    def is_ready(self) -> bool:
        return self.http.get("/readyz").status_code == 200

    def until_ready(self, seconds: float = 60) -> float:
        """Seconds it took. Raises AssertionError when it takes longer than `seconds`."""
        started = time.monotonic()
        while not self.is_ready():
            assert time.monotonic() - started < seconds, f"not ready after {seconds} s"
            time.sleep(0.1)
        return time.monotonic() - started


@dataclass
class Talk:
    """One citizen's conversation."""

    server: RealServer
    conversation: str | None = None
    replies: list[Reply] = field(default_factory=list)

    def say(self, message: str) -> Reply:
        reply = self.server.say(message, self.conversation)
        self.conversation = reply.body["conversation"]
        self.replies.append(reply)
        return reply


UNCLEAR = [
    "xóa đăng ký", "xóa đăng ký cần giấy tờ gì", "cấp bản sao", "cấp bản sao mất bao lâu", "người có công", "đăng ký cư trú", "tách",
    "bị mất giấy chứng nhận", "bị mất giấy chứng nhận thì làm lại ở đâu", "cấp lại sổ ở đâu", "mai táng phí cần giấy tờ gì",
    "trợ cấp thất nghiệp đang hưởng thay đổi",
]
"""What nobody could answer without asking back: at least half of these must be asked back."""


def asked_back_of(server: RealServer) -> list[str]:
    """Those of UNCLEAR that bring at least two procedures to choose from now."""
    return [message for message in UNCLEAR if len(server.talk().say(message).candidates) >= 2]


def built(var: Path) -> Path:
    """The folder with a model and a release; what is missing is built into it, which takes minutes."""
    if not (var / "releases" / "current").exists():
        from index.encoder import BundledEncoder
        from index.release import build

        build(ROOT / "data", var, BundledEncoder())
    if not (var / "models" / "current").exists():
        from bot.train import train

        train(ROOT, var)
    return var


def borrow(source: Path, var: Path) -> Path:
    """A new folder that serves the model and the release of `source`: its store, secret and pointers are its own."""
    for kind in ("models", "releases"):
        (var / kind).mkdir(parents=True)
        (var / kind / "current").symlink_to((source / kind / "current").resolve(strict=True))
    return var


@contextmanager
def running(folder: Path, source: Path) -> Iterator[RealServer]:
    """A real server whose files are below `folder`, ready; ended with all it started."""
    var, log, port = borrow(source, folder / "var"), folder / "stderr.log", free_port()
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MOT_CUA_")},
        "PORT": str(port), "MOT_CUA_VAR": str(var), "MOT_CUA_TEST_CLOCK": "1", "MOT_CUA_RATE_LIMIT": "0", "MOT_CUA_LOG_LEVEL": "info",
        "MOT_CUA_ENGINE_TIMEOUT": str(ENGINE_TIMEOUT), "MOT_CUA_ENGINES": "1",
    }
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.serve"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True,
        )
    base = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(base_url=base, trust_env=False, timeout=30) as http:
            wait_until_ready(f"{base}/readyz", process)
            yield RealServer(base, process, var, log, http)
    finally:
        for child in _children(process.pid):
            if child.status() == psutil.STATUS_STOPPED:
                child.send_signal(signal.SIGCONT)
        stop(process)


def _children(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True) if psutil.pid_exists(pid) else []

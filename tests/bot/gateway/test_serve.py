"""`python -m bot.serve` as a process: what it prints, how it stops, that nothing survives it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from .harness import FAKE, Gateway, point_to, write_model

ROOT = Path(__file__).resolve().parents[3]
START = f"""
import os, sys
from bot import serve
from bot.gateway.engine_zygote import zygotes
code = serve.main(zygotes(lambda model: [sys.executable, {str(FAKE)!r}, "--model", str(model)]))
sys.stdout.flush()
os._exit(code)
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def serving(var: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """With a model and a release in var/; killed at the end if it still runs."""
    point_to(var, write_model(var / "models" / "a", "name=A slow=0.3"))
    folder = var / "releases" / "r1"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text("{}")
    if not (folder.parent / "current").is_symlink():
        (folder.parent / "current").symlink_to("r1")
    env = {**os.environ, "PORT": str(port), "MOT_CUA_VAR": str(var), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", START], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def lines_until(process: subprocess.Popen[str], word: str) -> list[str]:
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.strip())
        if word in line:
            return lines
    raise AssertionError(f"{lines} {process.stderr.read()}")


def gone(pids: list[int], seconds: float = 5) -> bool:
    limit = time.monotonic() + seconds
    while any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids):
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True


def test_start_ready_stop(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port) as process:
        lines = lines_until(process, "Mời mở")
        assert [line.split(" sau ")[0] for line in lines] == [
            "Một Cửa đang khởi động…", f"Cổng {port} mở", "Máy hiểu câu hỏi sẵn sàng", f"Mời mở http://localhost:{port}",
        ]
        assert httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code == 200
        assert httpx.post(f"http://127.0.0.1:{port}/api/chat", json={"message": "a"}, trust_env=False).status_code == 200
        engines = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
        assert len(engines) == 3  # two, and what they are forked from
        process.send_signal(signal.SIGHUP)
        limit = time.monotonic() + 10
        while psutil.pid_exists(engines[0]):
            assert time.monotonic() < limit, "SIGHUP swaps the engine"
            time.sleep(0.05)
        engines = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0 and gone(engines)
        assert process.stdout.read().strip() == "Một Cửa đã dừng."
        assert "Traceback" not in process.stderr.read()


def test_engines_die_with_a_gateway_that_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path, free_port()) as process:
        lines_until(process, "Mời mở")
        engines = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
        process.kill()
        assert engines and gone(engines)


def test_ctrl_c_while_starting(tmp_path: Path) -> None:
    with serving(tmp_path, free_port()) as process:
        write_model(tmp_path / "models" / "a", "slow=30")
        lines_until(process, "mở sau")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        with serving(tmp_path, one.getsockname()[1]) as process:
            assert process.wait(20) == 2
            said = process.stderr.read().strip()
            assert said.startswith("Không mở được cổng") and "\n" not in said and process.stdout.read() == ""


def test_a_bad_setting_is_one_clear_line(tmp_path: Path) -> None:
    env = {**os.environ, "PORT": "http", "MOT_CUA_VAR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", "bot.serve"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr.strip() == 'Không khởi động được: PORT is "http"; expected a number from 1 to 65535'


def test_a_database_that_does_not_answer_is_one_clear_line(tmp_path: Path) -> None:
    env = {**os.environ, "PORT": str(free_port()), "MOT_CUA_VAR": str(tmp_path), "DATABASE_URL": "postgresql://me:secret-word@127.0.0.1:1/none"}
    done = subprocess.run([sys.executable, "-m", "bot.serve"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr.startswith("Không khởi động được: postgresql://me:***@127.0.0.1:1/none: ")
    assert done.stderr.strip().endswith("check DATABASE_URL") and done.stderr.count("\n") == 1


def test_an_answer_is_not_held_back_by_nagle(shared: Gateway) -> None:
    """asyncio sets TCP_NODELAY only on sockets that name their protocol; without it every answer takes 40 ms more."""
    times = []
    for _ in range(15):
        began = time.perf_counter()
        shared.say("xin chào")
        times.append(time.perf_counter() - began)
    assert sorted(times)[5] < 0.03

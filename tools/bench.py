"""`make bench`: how fast, how much memory, how long to start and to build; beside a stock Rasa set-up of the same NLU data.

Distinct questions (tests/retrieval, and those of data/phrasings whose procedure has no record), so that no vector comes from
the cache. Figures go to standard output as Markdown tables. The stock set-up is `rasa run` + `rasa run actions` with DIET
(tools/stock/config.yml) and the very same actions, so it searches too.

    python -m tools.bench [--no-stock] [--no-build]
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import aiohttp
import psutil

from index.catalogue import load_procedures
from index.phrasings import read_asked
from tools.server import free_port, running, stop, wait_until_ready
from tools.topics import read_topics

LEVELS = ((1, 160), (8, 640), (30, 480))
"""Concurrent users and messages of each level."""
ROUNDS = 8
"""Turns of each level: within one the speed of a shared host swings by half, so both set-ups meet it often."""
WARM = 40
"""Messages before the first that counts."""
Send = Callable[[aiohttp.ClientSession, str, str], Awaitable[None]]


def questions() -> list[str]:
    """Distinct questions, the judged ones first."""
    asked = [topic.question for topic in read_topics()]
    ours = {procedure.code for procedure in load_procedures(Path("data/procedures"))}
    others = [question.text for question in read_asked(Path("data/phrasings")) if question.code not in ours]
    return list(dict.fromkeys([*asked, *others]))


async def load(send: Send, users: int, messages: Sequence[str]) -> tuple[list[float], float]:
    """-> seconds of each message, wall seconds of all. Each user sends the next message when the last is answered."""
    times: list[float] = []
    queue = iter(messages)

    async def user(name: str, session: aiohttp.ClientSession) -> None:
        for message in queue:
            started = time.perf_counter()
            await send(session, name, message)
            times.append(time.perf_counter() - started)

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as session:
        started = time.perf_counter()
        await asyncio.gather(*(user(f"user-{n}", session) for n in range(users)))
        return times, time.perf_counter() - started


Figures = dict[int, tuple[float, float, float]]
"""users -> (p50 ms, p95 ms, messages a second)."""


def levels(senders: Mapping[str, Send], asked: list[str]) -> dict[str, Figures]:
    """Each level in ROUNDS turns, the set-ups taking turns within it: what else the machine does strikes them alike. All get the same
    questions, taken from the end of `asked` and never reused for the same set-up."""
    warm = [asked.pop() for _ in range(WARM)]
    for send in senders.values():
        asyncio.run(load(send, 8, warm))
    result: dict[str, Figures] = {name: {} for name in senders}
    for users, count in LEVELS:
        times: dict[str, list[float]] = {name: [] for name in senders}
        wall = dict.fromkeys(senders, 0.0)
        for _ in range(ROUNDS):
            turn = [asked.pop() for _ in range(count // ROUNDS)]
            for name, send in senders.items():
                took, seconds = asyncio.run(load(send, users, turn))
                times[name] += took
                wall[name] += seconds
        for name in senders:
            ordered = sorted(times[name])
            rate = len(ordered) / wall[name]
            result[name][users] = (1000 * statistics.median(ordered), 1000 * ordered[int(0.95 * len(ordered))], rate)
    return result


def gateway_sender(base: str) -> Send:
    async def send(session: aiohttp.ClientSession, name: str, message: str) -> None:
        async with session.post(f"{base}/api/chat", json={"message": message, "conversation": None}) as answer:
            assert answer.status == 200 and (await answer.json())["messages"], answer.status

    return send


def rest_sender(base: str) -> Send:
    async def send(session: aiohttp.ClientSession, name: str, message: str) -> None:
        async with session.post(
            f"{base}/webhooks/rest/webhook", json={"sender": f"{name}-{hash(message)}", "message": message}
        ) as answer:
            assert answer.status == 200 and await answer.json(), answer.status

    return send


def memory(pid: int) -> dict[str, float]:
    """name -> MB of a process and its children, those of one name together. What they share is counted once (PSS): engines are forks
    of one process, whose resident sizes would count it three times."""
    root = psutil.Process(pid)
    used: dict[str, float] = defaultdict(float)
    for process in (root, *root.children(recursive=True)):
        used[_name(process)] += process.memory_full_info().pss / 1e6
    return {name: value for name, value in used.items() if name}


def _name(process: psutil.Process) -> str:
    line = " ".join(process.cmdline())
    return next(
        (
            name
            for key, name in (
                ("bot.serve", "gateway"),
                ("bot.engine", "engines, and what they are forked from"),
                ("run actions", "action server"),
                ("rasa_command run", "rasa server"),
            )
            if key in line
        ),
        "",
    )


def steps(var: Path, asked: Sequence[str]) -> dict[str, float]:
    """step -> median ms a message, each measured alone in this process on one thread."""
    from datetime import date

    from rasa.core.agent import Agent

    from actions.compose import compose
    from actions.resources import resources
    from actions.verify import verify
    from bot.gateway.masking import mask

    library = resources(var).library()
    agent = Agent.load(str((var / "models" / "current").resolve()))
    loop = asyncio.new_event_loop()
    record = library.search.procedures["1.001193"]
    contact = library.contacts[record.contact]
    jobs: dict[str, Callable[[str], object]] = {
        "mask": mask,
        "NLU": lambda text: loop.run_until_complete(agent.parse_message(text)),
        "search": library.search.search,
        "compose and verify": lambda text: verify(compose(record, ("documents", "fees"), date(2026, 11, 22), contact), record, contact),
    }
    result = {}
    for name, job in jobs.items():
        times = []
        for text in asked:
            started = time.perf_counter()
            job(text)
            times.append(time.perf_counter() - started)
        result[name] = 1000 * statistics.median(times)
    return result


def build_times() -> tuple[float, float]:
    """Seconds of a release built from nothing, and of training from nothing."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        env = {**os.environ, "OMP_NUM_THREADS": str(os.cpu_count()), "OMP_WAIT_POLICY": "PASSIVE"}
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "index.release", "build", "data", str(folder)], check=True, stdout=subprocess.DEVNULL, env=env
        )
        released = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "bot.train", str(folder)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return released - started, time.perf_counter() - released
    finally:
        shutil.rmtree(folder)


def make_run_seconds(var: Path) -> float:
    """Seconds from typing `make run` until ready, with everything built."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        env={**os.environ, "PORT": str(port), "MOT_CUA_VAR": str(var)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz", process)
        return time.perf_counter() - started
    finally:
        stop(process)


@contextmanager
def stock(var: Path) -> Iterator[tuple[str, dict[str, int], float]]:
    """-> address, process ids by name, seconds until ready of `rasa run` + `rasa run actions`. Trains the DIET model once into
    var/bench."""
    model = var / "bench" / "stock.tar.gz"
    rasa = [sys.executable, "-m", "bot.rasa_command"]
    if not model.exists():
        subprocess.run(
            [
                *rasa,
                "train",
                "--config",
                "tools/stock/config.yml",
                "--data",
                "data/nlu",
                "data/rules",
                "--domain",
                "domain.yml",
                "--out",
                str(model.parent),
                "--fixed-model-name",
                "stock",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    server, actions = free_port(), free_port()
    endpoints = var / "bench" / "endpoints.yml"
    endpoints.write_text(f'action_endpoint:\n  url: "http://127.0.0.1:{actions}/webhook"\n', "utf-8")
    # As a user would start them: without the thread settings that our own processes bring.
    env = {key: value for key, value in os.environ.items() if key not in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")} | {
        "MOT_CUA_VAR": str(var)
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": env, "start_new_session": True}
    started = time.perf_counter()
    processes = [
        subprocess.Popen([sys.executable, "-m", "rasa", "run", "actions", "--port", str(actions)], **quiet),
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "rasa",
                "run",
                "-m",
                str(model),
                "--endpoints",
                str(endpoints),
                "--credentials",
                "credentials.yml",
                "--port",
                str(server),
                "-i",
                "127.0.0.1",
            ],
            **quiet,
        ),
    ]
    try:
        wait_until_ready(f"http://127.0.0.1:{actions}/health", processes[0])
        wait_until_ready(f"http://127.0.0.1:{server}/", processes[1])
        ready = time.perf_counter() - started
        ids = {name: process.pid for name, process in zip(("action server", "rasa server"), processes, strict=True)}
        yield f"http://127.0.0.1:{server}", ids, ready
    finally:
        for process in processes:
            stop(process)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-stock", action="store_true", help="leave the yardstick out")
    parser.add_argument("--no-build", action="store_true", help="leave building and training out")
    args = parser.parse_args()
    var = Path(os.environ.get("MOT_CUA_VAR") or "var")
    asked = questions()
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
        platform.machine(),
    )
    print(
        f"Machine: {model}, {os.cpu_count()} cores, {psutil.virtual_memory().total / 1e9:.0f} GB, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    )
    spare = list(reversed(asked[:100]))
    with running(var) as (_, _, cold):
        pass
    start = {"ours, first start": cold, "ours, `make run` with everything built": make_run_seconds(var)}
    with ExitStack() as servers:
        base, process, start["ours, second start"] = servers.enter_context(running(var))
        senders = {"ours": gateway_sender(base)}
        if not args.no_stock:
            address, ids, start["stock Rasa"] = servers.enter_context(stock(var))
            senders["stock Rasa"] = rest_sender(address)
        measured = levels(senders, asked[100:])
        used = memory(process.pid)
        if not args.no_stock:
            used |= {f"stock: {name}": psutil.Process(pid).memory_full_info().pss / 1e6 for name, pid in ids.items()}
    print("\n| set-up | users | p50 ms | p95 ms | messages/s |\n|---|---|---|---|---|")
    for name, figures in measured.items():
        for users, (p50, p95, rate) in figures.items():
            print(f"| {name} | {users} | {p50:.0f} | {p95:.0f} | {rate:.1f} |")
    print("\n| process | MB after load (PSS) |\n|---|---|")
    for name, value in used.items():
        print(f"| {name} | {value:.0f} |")
    print("\n| start | s until ready |\n|---|---|")
    for name, value in start.items():
        print(f"| {name} | {value:.1f} |")
    parts = steps(var, spare)
    total = measured["ours"][1][0]
    parts["hops: HTTP, policies, sessions, less what runs side by side"] = total - sum(parts.values())
    print(f"\n| step of one message (p50 {total:.0f} ms) | ms | share % |\n|---|---|---|")
    for name, value in parts.items():
        print(f"| {name} | {value:.1f} | {100 * value / total:.0f} |")
    if not args.no_build:
        release, training = build_times()
        print(f"\n| built from nothing | s |\n|---|---|\n| release | {release:.0f} |\n| model | {training:.0f} |")
    return 0


if __name__ == "__main__":
    from bot.quiet import quiet

    quiet()
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)  # Rasa prints every parsed text at debug level otherwise
    sys.exit(main())

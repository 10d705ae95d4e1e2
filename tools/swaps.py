"""Swaps of release under load: how soon the new answer comes, what fails meanwhile, what memory becomes of it.

    python -m tools.swaps [SWAPS]

Serves a scratch copy of MOT_CUA_VAR (or var/), builds a second release whose one record bears another day of review, and moves the
pointer to and fro as publishing does. Memory is read a second after the new answer, and again when the engines have been renewed
(bot/gateway/models.py); the next swap comes after that. Nothing of the folder it started from is changed.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bot.staff.publish.served import Served, point, serving
from index.data_folder import data_folder
from index.encoder import BundledEncoder
from index.imported import read_imported
from index.release import build
from tools.server import running, say

QUESTION = "Phí chứng thực bản sao từ bản chính bao nhiêu tiền?"
RECORD = "2.000815"
OTHERS = ("Đăng ký thường trú cần những giấy tờ gì?", "Cấp đổi thẻ căn cước mất mấy ngày?", "Ngày mai có mưa không?", "xóa đăng ký cần giấy tờ gì")
THREADS = 3
LIMIT = 60.0
"""Seconds after which a swap counts as not noticed."""
RENEWED = 120.0
"""Seconds after which engines that are not renewed are an error."""


@dataclass
class Load:
    """Citizens who ask without a pause. failed: replies that were none, or an error."""

    base: str
    asked: int = 0
    failed: int = 0
    slowest: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        n = 0
        while not self.over.is_set():
            n, began = n + 1, time.perf_counter()
            try:
                answers = [message["answer"] for message in say(self.base, OTHERS[n % len(OTHERS)])["messages"] if message["answer"]]
                bad = not answers or any(answer["status"].startswith("error_") for answer in answers)
            except OSError:
                bad = True
            self.asked, self.failed = self.asked + 1, self.failed + bad
            self.slowest = max(self.slowest, time.perf_counter() - began)
            time.sleep(0.05)


def other_content(data: Path, folder: Path) -> Path:
    """A copy of `data` in which RECORD was reviewed on another day."""
    shutil.copytree(data, folder)
    path = next((folder / "procedures").rglob(f"{RECORD}-*.yml"))
    text, n = re.subn(r"^checked_on:.*$", 'checked_on: "2026-11-01"', path.read_text("utf-8"), flags=re.M)
    if n != 1:
        raise SystemExit(f"{path}: checked_on is not one line; the tool needs another record")
    path.write_text(text, "utf-8")
    return folder


def scratch(var: Path, folder: Path) -> tuple[Path, Served, Served]:
    """-> (a var folder, what serves, what it will be swapped for)."""
    first = serving(var)
    if first is None:
        raise SystemExit(f"{var}: needs a release and a model; run make release train")
    own = folder / "var"
    for part, name in (("releases", first.release_id), ("models", first.model)):
        (own / part).mkdir(parents=True)
        (own / part / name).symlink_to((var / part / name).resolve())
    for part in ("cache", "encoder"):
        if (var / part).exists():
            shutil.copytree(var / part, own / part)
    data = data_folder(var)
    trees = {"a": data, "b": other_content(data, folder / "b")}
    (own / "content").mkdir()
    for name, tree in trees.items():
        (own / "content" / name).symlink_to(tree.resolve())
    second = build(trees["b"], own, BundledEncoder(), imported=read_imported(var), make_current=False)
    return own, Served(first.release_id, first.model, "a"), Served(second.name, first.model, "b")


def sizes(gateway: psutil.Process) -> tuple[float, float]:
    """MB of the gateway, and of its engines and what they are forked from together; what processes share is counted once (PSS)."""
    mb = [process.memory_full_info().pss / 1e6 for process in gateway.children(recursive=True)]
    return gateway.memory_full_info().pss / 1e6, sum(mb)


def renewed(gateway: psutil.Process, former: set[int]) -> None:
    """Returns when every process of `former` has gone. Raises SystemExit after RENEWED seconds."""
    began = time.perf_counter()
    while former & {process.pid for process in gateway.children(recursive=True)}:
        if time.perf_counter() - began > RENEWED:
            raise SystemExit(f"engines not renewed within {RENEWED:.0f} s")
        time.sleep(0.2)


def source_line(base: str) -> str:
    """What tells the releases apart: the source line of QUESTION's answer."""
    text = "\n".join(message["text"] for message in say(base, QUESTION)["messages"])
    return next((line for line in text.splitlines() if line.startswith("Nguồn")), "")


def main() -> int:
    swaps = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    var = Path(os.environ.get("MOT_CUA_VAR") or "var").resolve()
    with tempfile.TemporaryDirectory(prefix="swaps-") as name:
        own, first, second = scratch(var, Path(name))
        point(own, first)
        with running(own) as (base, process, _):
            gateway, load = psutil.Process(process.pid), Load(base)
            threads = [threading.Thread(target=load.run, daemon=True) for _ in range(THREADS)]
            lines = {first: source_line(base)}
            [thread.start() for thread in threads]
            print("| swap | seconds to the new answer | asked | failed | gateway MB | engines MB | renewed: gateway MB | engines MB |\n|---|---|---|---|---|---|---|---|")
            print("| before | | | |", " | ".join(f"{value:.0f}" for value in sizes(gateway)), "| | |")
            there, back = [], []
            for n in range(1, swaps + 1):
                former = {process.pid for process in gateway.children(recursive=True)}
                wanted, old = (second, lines[first]) if n % 2 else (first, None)
                began, asked, failed = time.perf_counter(), load.asked, load.failed
                point(own, wanted)
                while (line := source_line(base)) == old or (old is None and line != lines[first]):
                    if time.perf_counter() - began > LIMIT:
                        raise SystemExit(f"swap {n}: no new answer within {LIMIT:.0f} s")
                    time.sleep(0.05)
                took = time.perf_counter() - began
                (there if n % 2 else back).append(took)
                time.sleep(1)
                at_once = sizes(gateway)
                renewed(gateway, former)
                time.sleep(1)
                figures = (f"{value:.0f}" for value in (*at_once, *sizes(gateway)))
                print(f"| {n} | {took:.1f} | {load.asked - asked} | {load.failed - failed} | " + " | ".join(figures) + " |", flush=True)
            load.over.set()
            [thread.join() for thread in threads]
    print(f"\n{load.asked} asked, {load.failed} failed, slowest {load.slowest:.2f} s")
    for title, seconds in (("to live", there), ("back", back)):
        if seconds:
            print(f"{title}: median {statistics.median(seconds):.1f} s, longest {max(seconds):.1f} s")
    return load.failed > 0


if __name__ == "__main__":
    sys.exit(main())

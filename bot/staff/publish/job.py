"""The background job: a candidate's content written, checked, built, trained where needed, and asked in a trial server.

    python -m bot.staff.publish.job CANDIDATE

Works under a lease; killed at any moment, another start goes on where it was. Exit: 0 done, 1 failed, 3 another job is at work.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from bot.gateway.database import open_database
from bot.gateway.settings import ROOT, read_settings
from bot.staff.content.folder import read_tree, write_tree
from bot.staff.content.store import Content
from bot.staff.ids import new_id
from bot.staff.pages import VIETNAM
from bot.staff.publish import blast, gate, measured
from bot.staff.publish.candidates import Candidate, Candidates, Refused, State
from bot.staff.publish.live import Live, against
from bot.staff.publish.served import Served, serving
from bot.staff.publish.trial import TrialError, trial_server
from bot.train import fitting
from index.catalogue import DataError
from index.data_folder import data_folder

RENEW_SECONDS = 10.0
TOLD_SECONDS = 0.5
"""Between two looks at whether the work is still wanted, and two writings of progress."""


class Stopped(Exception):
    """Cancelled, or the lease went to another job."""


class Failed(Exception):
    """It cannot be built or asked. A Vietnamese sentence."""


@dataclass(frozen=True)
class Makers:
    """What takes minutes with the real bot. build: content -> release id. train: (content, anew, stopped) -> model's file name.

    trials: (var, folder's name, what it serves, now=) -> context manager of a Trial. questions: the eval set's folder, or None.
    """

    build: Callable[[Path], str]
    train: Callable[[Path, bool, Callable[[], None]], str]
    trials: Callable[..., Any] = trial_server
    questions: Path | None = None
    data: Path = ROOT / "data"


class Job:
    """One run over one candidate."""

    def __init__(self, engine: Engine, var: Path, clock: Callable[[], float], makers: Makers) -> None:
        self._engine, self._var, self._clock, self._makers = engine, var, clock, makers
        self._candidates, self._content = Candidates(engine, clock), Content(engine, clock)
        self._holder = new_id()
        self._over = threading.Event()
        self._lost = threading.Event()
        self._told = ("", 0.0)

    def run(self, candidate_id: str) -> int:
        """-> the exit code."""
        if not self._candidates.claim(candidate_id, self._holder):
            return 3
        heart = threading.Thread(target=self._renew, args=(candidate_id,), daemon=True, name="lease")
        heart.start()
        try:
            Live(self._engine, self._var, self._clock).settle()
            self._sweep()
            passed = self._work(candidate_id)
            if not self._candidates.renew(candidate_id, self._holder):
                raise Stopped
            self._candidates.move(candidate_id, State.READY if passed else State.BLOCKED, checked_at=self._clock(), step="done")
            return 0
        except Stopped:
            if self._candidates.get(candidate_id).cancelled:
                self._fail(candidate_id, "Đã hủy theo yêu cầu.")
            return 1
        except Refused:
            return 1  # the lease ran out and another job goes on
        except (Failed, TrialError, measured.MeasureError) as error:
            self._fail(candidate_id, str(error))
            return 1
        except DataError as error:
            self._fail(candidate_id, f"Không tạo được bản phát hành: {error}")
            return 1
        except OSError as error:
            self._fail(candidate_id, f"Không ghi được tệp ({error.strerror}). Báo người quản trị máy chủ xem còn chỗ trống trên đĩa không.")
            return 1
        finally:
            self._over.set()
            heart.join()
            self._candidates.release(self._holder)

    def _sweep(self) -> None:
        """Folders of trials that were killed: their databases hold questions. Only the holder of the lease has trials but previews."""
        for folder in (self._var / "trials").glob("*"):
            if folder.is_dir() and folder.name not in ("answers", "figures") and not folder.name.startswith("preview-"):
                shutil.rmtree(folder, ignore_errors=True)

    def _work(self, candidate_id: str) -> bool:
        """Every step may be done a second time and is then quick; parts of the gate that are there already are left."""
        candidate = self._candidates.get(candidate_id)
        tell = partial(self._tell, candidate_id)
        live = serving(self._var)
        if candidate.gate and candidate.against != (live.to_dict() if live else None):
            self._candidates.record(candidate_id, self._holder, gate="{}")
        self._candidates.record(candidate_id, self._holder, against=against(live) if live else None)
        tell("write", 0, 0)
        tree = self._write(candidate)
        self._candidates.record(candidate_id, self._holder, tree=tree.name)
        today = datetime.fromtimestamp(self._clock(), VIETNAM)
        tell("validators", 0, 0)
        found = gate.validators(tree, data_folder(self._var, self._makers.data), today.date())
        self._candidates.record(candidate_id, self._holder, part="validators", result=found)
        if not found["ok"]:
            if candidate.state is State.BUILDING:
                self._candidates.move(candidate_id, State.CHECKING)
            return False
        tell("build", 0, 0)
        release_id = self._makers.build(tree)
        self._candidates.record(candidate_id, self._holder, release_id=release_id)
        tell("train", 0, 0)
        model = self._makers.train(tree, candidate.anew, lambda: tell("train", 0, 0))
        self._candidates.record(candidate_id, self._holder, model=model)
        if candidate.state is State.BUILDING:
            self._candidates.move(candidate_id, State.CHECKING)
        now = f"{today:%Y-%m-%d}T09:00:00+07:00"
        self._ask(candidate_id, Served(release_id, model, tree.name), live, tree, now)
        return gate.passed(dict(self._candidates.get(candidate_id).gate))

    def _ask(self, candidate_id: str, wanted: Served, live: Served | None, tree: Path, now: str) -> None:
        """What serves first, as far as it has not been asked on this day already; then the candidate."""
        tell, there = partial(self._tell, candidate_id), self._candidates.get(candidate_id).gate
        questions = blast.recent(self._engine) if live else []
        script = measured.script_for(self._makers.questions)
        kept = blast.LiveAnswers(self._var, live or wanted, now)
        figures = measured.LiveFigures(self._var, live or wanted, self._makers.questions) if script and self._makers.questions else None
        missing = kept.missing(questions) if "blast" not in there else []
        unmeasured = live is not None and figures is not None and "measured" not in there and figures.read() is None
        if live is not None and (missing or unmeasured):
            tell("live", 0, 0)
            with self._trial(f"{candidate_id}-live", live, now) as trial:
                if missing:
                    kept.keep(missing, blast.answers(trial, missing, partial(tell, "live_blast")))
                if unmeasured:
                    figures.keep(measured.measure(script, self._makers.questions, trial.base, partial(tell, "live_measured")))
        left = [part for part in gate.PARTS if part not in there and part != "validators"]
        if not left:
            return
        tell("start", 0, 0)
        with self._trial(candidate_id, wanted, now) as trial:
            for part in left:
                ticked = partial(tell, part)
                if part in ("golden", "regression"):
                    result = gate.asked(trial, gate.expected_in(tree, part), ticked, needed=part == "golden")
                elif part == "measured" and figures is not None:
                    result = measured.judged(figures.read() if live else None, measured.measure(script, self._makers.questions, trial.base, ticked))
                elif part == "measured":
                    result = measured.SKIPPED
                else:
                    result = blast.compared(questions, kept.of(questions), blast.answers(trial, questions, ticked))
                self._candidates.record(candidate_id, self._holder, part=part, result=result)

    @contextmanager
    def _trial(self, name: str, served: Served, now: str) -> Iterator[Any]:
        with self._makers.trials(self._var, name, served, now=now) as trial:
            yield trial

    def _write(self, candidate: Candidate) -> Path:
        """The snapshot as a folder named by its content; one that a killed job left half-written is written again."""
        texts = self._content.tree(candidate.snapshot)
        if not any(path.startswith("procedures/") for path in texts):
            raise Failed("Kho nội dung chưa có thủ tục nào; nạp nội dung vào kho trước khi xuất bản.")
        folder = self._var / "content" / tree_name(texts)
        if folder.is_dir() and tree_name(read_tree(folder)) == folder.name:
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        temporary = folder.with_name(f".{folder.name}-{self._holder}")
        write_tree(texts, temporary)
        temporary.rename(folder)
        return folder

    def _tell(self, candidate_id: str, step: str, done: int, total: int) -> None:
        """Progress, seldom. Raises Stopped when the work is no longer wanted."""
        if self._lost.is_set():
            raise Stopped
        now = time.monotonic()
        if step == self._told[0] and now - self._told[1] < TOLD_SECONDS:
            return
        self._told = (step, now)
        if not self._candidates.renew(candidate_id, self._holder):
            raise Stopped
        self._candidates.record(candidate_id, self._holder, step=step, done=done, total=total)

    def _renew(self, candidate_id: str) -> None:
        """A step may be silent for minutes; the lease must not run out meanwhile."""
        while not self._over.wait(RENEW_SECONDS):
            try:
                if not self._candidates.renew(candidate_id, self._holder):
                    self._lost.set()
            except Exception:  # noqa: BLE001, S112 - a database that is away for a moment ends no job; the lease tells
                continue

    def _fail(self, candidate_id: str, why: str) -> None:
        try:
            self._candidates.move(candidate_id, State.FAILED, trouble=why, only_from=(State.BUILDING, State.CHECKING))
        except Refused:
            return  # somebody else has settled it


def tree_name(texts: Mapping[str, str]) -> str:
    """12 hex digits over paths and texts."""
    digest = hashlib.sha256()
    for path in sorted(texts):
        digest.update(f"{path}\0".encode() + texts[path].encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:12]


def real_makers(var: Path, questions: Path | None) -> Makers:
    """The real encoder, Rasa in a process of its own, real trial servers."""

    def build(tree: Path) -> str:
        from index.encoder import BundledEncoder
        from index.imported import read_imported
        from index.release import build as build_release

        return build_release(tree, var, BundledEncoder(), imported=read_imported(var), make_current=False, log=lambda line: None).name

    def train(tree: Path, anew: bool, stopped: Callable[[], None]) -> str:
        name = fitting(ROOT, var, tree, anew=anew)
        if name is not None:
            return name
        command = [sys.executable, "-m", "bot.train", str(var), "--data", str(tree), "--aside", *(["--anew"] if anew else [])]
        # Rasa's own lines go nowhere: they may quote what was learnt.
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            while process.poll() is None:
                stopped()
                time.sleep(1)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        name = fitting(ROOT, var, tree, anew=anew)
        if process.returncode or name is None:
            raise Failed("Máy không học được từ các ví dụ mới. Xem lại các thay đổi trong nlu/ và rules/, hoặc báo người phát triển.")
        return name

    return Makers(build, train, questions=questions)


def main() -> int:
    if len(sys.argv) != 2:
        print("python -m bot.staff.publish.job CANDIDATE", file=sys.stderr)
        return 2
    settings = read_settings()
    os.environ["MOT_CUA_VAR"] = str(settings.var)
    questions = os.environ.get("MOT_CUA_QUESTIONS")
    engine = open_database(settings.var, settings.database_url)
    return Job(engine, settings.var, time.time, real_makers(settings.var, Path(questions) if questions else None)).run(sys.argv[1])


if __name__ == "__main__":
    sys.exit(main())

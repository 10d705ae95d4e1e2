"""The small world in the content store, served from a var folder of its own, and trial servers that answer at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.staff.desk import Desk
from bot.staff.person import SYSTEM, Person
from bot.staff.publish.candidates import Candidate, Candidates
from bot.staff.publish.job import Job, Makers
from bot.staff.publish.live import Live
from bot.staff.publish.served import Served
from index.release import build

from ....small import REGISTER, HashedEncoder, write_data
from ..conftest import make_desk, person

GOLDEN = f"""question: nuôi ong cần giấy gì
expect: {{status: answered, procedure: "{REGISTER}", aspects: [documents]}}
origin: bộ câu hỏi chuẩn
created: "2026-11-23"
"""
FILE = "phrasings/tat-ca.yml"


def reply(text: str = "Cần tờ khai.", status: str = "answered", code: str | None = REGISTER, aspects: tuple[str, ...] = ("documents",)) -> list[dict[str, Any]]:
    return [{"text": text, "answer": {"status": status, "procedure": {"code": code, "name": "Ong"} if code else None, "aspects": list(aspects)}}]


@dataclass
class FakeTrials:
    """answer: (what serves, question) -> messages. started: what was served, in order. before_ask: called before each question."""

    answer: Callable[[Served, str], list[dict[str, Any]]] = lambda served, question: reply()
    before_ask: Callable[[], None] = lambda: None
    started: list[Served] = field(default_factory=list)
    base: str = "http://127.0.0.1:9"

    @contextmanager
    def __call__(self, var: Path, name: str, served: Served, *, now: str | None = None) -> Iterator[Any]:
        self.started.append(served)
        trials = self

        class Trial:
            base = trials.base

            def ask(self, question: str, before: tuple[str, ...] = ()) -> list[dict[str, Any]]:
                trials.before_ask()
                return trials.answer(served, question)

        yield Trial()


@dataclass
class World:
    """desk, its var with a release and a model that serve, and the makers of small releases."""

    desk: Desk
    var: Path
    data: Path
    trials: FakeTrials
    trained: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def candidates(self) -> Candidates:
        return Candidates(self.desk.engine, self.desk.clock)

    @property
    def live(self) -> Live:
        return Live(self.desk.engine, self.var, self.desk.clock)

    def edit(self, who: Person, line: str = '"3.900010": {overview: [xin thả diều đêm]}') -> int:
        """One more phrasing, submitted -> the snapshot."""
        now = self.desk.content.read(FILE)
        self.desk.content.save(FILE, f"{now.text}{line}\n", base=now.id, who=who, why="Người dân hỏi vậy")
        return self.desk.content.head()

    def makers(self, **more: Any) -> Makers:
        def small_build(tree: Path) -> str:
            return build(tree, self.var, HashedEncoder(), make_current=False, log=lambda line: None).name

        def train(tree: Path, anew: bool, stopped: Callable[[], None]) -> str:
            self.trained.append((tree.name, anew))
            return "m1.tar.gz"

        return Makers(**{"build": small_build, "train": train, "trials": self.trials, "data": self.data, **more})

    def job(self, **more: Any) -> Job:
        return Job(self.desk.engine, self.var, self.desk.clock, self.makers(**more))

    def checked(self, who: Person, *, name: str = "Thêm cách hỏi", snapshot: int | None = None) -> Candidate:
        """A candidate that went through the job."""
        made = self.candidates.add(snapshot or self.desk.content.head(), name, "", who)
        assert self.job().run(made.id) == 0
        return self.candidates.get(made.id)


def make_world(desk: Desk, folder: Path, root: Path) -> World:
    data = write_data(folder / "data")
    shutil.copy(root / "data" / "province" / "holidays.yml", data / "province")
    lines = (data / "province" / "holidays.yml").read_text("utf-8")
    (data / "province" / "holidays.yml").write_text(lines.split("saturday_mornings")[0], "utf-8")
    (data / "golden").mkdir()
    (data / "golden" / "ong.yml").write_text(GOLDEN, "utf-8")
    var = desk.settings.var
    build(data, var, HashedEncoder(), log=lambda line: None)
    (var / "models").mkdir()
    (var / "models" / "m1.tar.gz").write_bytes(b"model")
    (var / "models" / "current").symlink_to("m1.tar.gz")
    desk.content.seed(data, SYSTEM)
    return World(desk, var, data, FakeTrials())


@pytest.fixture
def world(desk: Desk, tmp_path: Path, root: Path) -> World:
    """On SQLite and on PostgreSQL."""
    return make_world(desk, tmp_path, root)


@pytest.fixture
def sqlite_world(sqlite_desk: Desk, tmp_path: Path, root: Path) -> World:
    return make_world(sqlite_desk, tmp_path, root)


__all__ = ["make_desk", "person"]

"""The private preview with everything real: the bot that citizens reach, a release built of an edited record, and the trial server as a
process of its own, asked through the page."""

from __future__ import annotations

import html
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from bot.gateway.settings import read_settings
from bot.staff.person import SYSTEM
from bot.staff.publish.job import Job, real_makers
from tests.conversations.harness import ROOT, RealServer, built, running

from ..conftest import Browser, make_desk, person
from .conftest import FakeTrials

CODE, RECORD = "1.000656", "procedures/ho-tich/"
NEW = "Câu mới, ghi nhận một người đã mất, và cấp giấy trích lục khai tử cho người thân."
STARTS = 120.0
"""Seconds for a trial server to get ready."""


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """What the build left in var/, by links where the disk allows; what is made here moves nothing there."""
    source = built(Path(os.environ.get("MOT_CUA_VAR") or ROOT / "var").absolute())

    def link(old: str, new: str) -> None:
        try:
            os.link(old, new)
        except OSError:
            shutil.copy2(old, new)

    for part in ("releases", "models", "cache", "encoder"):
        if (source / part).is_dir():
            shutil.copytree(source / part, tmp_path / "var" / part, symlinks=True, copy_function=link)
    return tmp_path / "var"


@pytest.fixture
def office(var: Path, sqlite_desk, monkeypatch: pytest.MonkeyPatch):  # noqa: ANN001, ANN201
    """A desk whose content is the program's, beside the var that serves."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    desk = make_desk(sqlite_desk.engine, var.parent, time.time)
    desk = replace(desk, settings=read_settings({"MOT_CUA_VAR": str(var), "MOT_CUA_RATE_LIMIT": "0"}))
    desk.content.seed(ROOT / "data", SYSTEM)
    return desk


@contextmanager
def no_preview_left(var: Path) -> Iterator[None]:
    """Whatever became of the test, its trial server ends with it, and nothing of it stays."""
    try:
        yield
        for sign in (var / "trials").glob("preview-*.port"):
            sign.unlink()  # as after ten idle minutes
        end = time.monotonic() + 30
        while trials_of(var):
            assert time.monotonic() < end, "the trial server outlived its sign"
            time.sleep(0.2)
        assert not [path for path in (var / "trials").iterdir() if path.is_dir()]
    finally:
        for process in trials_of(var):
            process.kill()


def trials_of(var: Path) -> list[psutil.Process]:
    """Trial servers that this process started, of this var."""
    mine = psutil.Process().children()
    return [one for one in mine if one.status() != psutil.STATUS_ZOMBIE and "bot.staff.publish.trial" in (line := one.cmdline()) and str(var) in line]


def overview(live: RealServer) -> str:
    return live.talk().say(CODE).text


def test_a_candidate_is_asked_in_private_while_citizens_read_the_old_text(office, var: Path, tmp_path: Path) -> None:  # noqa: ANN001
    path = next(path for path in office.content.paths(RECORD) if CODE in path)
    now = office.content.read(path)
    old = next(line for line in now.text.split("\n") if line.startswith("overview: ")).removeprefix("overview: ")
    office.content.save(path, now.text.replace(old, NEW), base=now.id, who=person("curator"), why="Viết dễ hiểu hơn")

    with running(tmp_path / "live", var) as live, no_preview_left(var):
        assert old in overview(live) and NEW not in overview(live)
        job = Job(office.engine, var, time.time, replace(real_makers(var, None), trials=FakeTrials()))  # the gate is not what is looked at
        candidate = job._candidates.add(office.content.head(), "Khai tử dễ hiểu", "", person("reviewer"))
        assert job.run(candidate.id) == 0
        reviewer, chat = Browser(office, person("reviewer")), f"/publish/{candidate.id}/chat"

        end = time.monotonic() + STARTS
        while 'name="message"' not in (page := reviewer.get(chat).text):
            assert "đang khởi động" in page and time.monotonic() < end
            time.sleep(0.3)
        said = html.unescape(reviewer.post(chat, {"message": CODE}).text)
        assert NEW in said and old not in said

        assert old in overview(live) and NEW not in overview(live)
        assert Browser(office, person("auditor")).get(chat).status_code == 403

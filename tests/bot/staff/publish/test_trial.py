"""Trial servers: what they are given, what they are not, and that nothing of them stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from bot.staff.publish import preview, trial
from bot.staff.publish.candidates import Refused
from bot.staff.publish.served import serving
from bot.staff.publish.trial import TrialError, folder_for, trial_server

from ..conftest import person


@pytest.fixture
def world(sqlite_world):
    return sqlite_world


def test_it_serves_what_it_was_given_from_a_folder_of_its_own(world) -> None:
    now = serving(world.var)
    folder = folder_for(world.var, "one", now)
    assert serving(folder) == now and (folder / "releases" / "current").resolve() == (world.var / "releases" / "current").resolve()
    (folder / "service.sqlite3").write_text("left by a killed trial", "utf-8")
    assert not (folder_for(world.var, "one", now) / "service.sqlite3").exists()


def test_it_is_told_no_secret_and_no_database_of_ours(monkeypatch, tmp_path) -> None:
    for name in ("DATABASE_URL", "ZALO_OA_SECRET", "MOT_CUA_SECRET", "MOT_CUA_DATA_KEY", "MOT_CUA_STATUS_TOKEN"):
        monkeypatch.setenv(name, "x" * 20)
    told = trial._environment(os.environ, tmp_path, 1234)
    assert not {name for name in told if name.startswith("ZALO_")} and not {*trial._HIDDEN} & set(told)
    assert (told["MOT_CUA_VAR"], told["MOT_CUA_HOST"], told["MOT_CUA_STAFF"], told["PORT"]) == (str(tmp_path), "127.0.0.1", "0", "1234")


def test_a_server_that_cannot_start_is_told_and_its_folder_goes(world, monkeypatch) -> None:
    monkeypatch.setenv("MOT_CUA_PROVINCE", "not a slug")
    with pytest.raises(TrialError, match="dừng khi đang khởi động"), trial_server(world.var, "one", serving(world.var)):
        pass
    assert not (world.var / "trials" / "one").exists()


def test_it_dies_with_whoever_started_it(tmp_path) -> None:
    child = "import subprocess, sys, os; from bot.staff.publish.trial import _die_with; p = subprocess.Popen(['sleep', '600'], preexec_fn=_die_with(os.getpid())); print(p.pid, flush=True); input()"
    parent = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    for _ in range(200):
        try:
            state = open(f"/proc/{pid}/stat").read().split()[2]
        except FileNotFoundError:
            break
        if state == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the child outlived its parent")


def test_a_preview_is_started_once_found_by_its_sign_and_few_at_a_time(world, monkeypatch) -> None:
    made, started = world.checked(person("reviewer")), []
    monkeypatch.setattr(preview, "detached", lambda settings, module, *arguments: started.append(arguments))
    settings = world.desk.settings
    assert preview.open_preview(settings, made) is None and preview.open_preview(settings, made) is None
    assert started == [(str(world.var), f"preview-{made.id}", made.release_id, made.model, made.tree)]
    (world.var / "trials" / f"preview-{made.id}.port").write_text("4711", "ascii")
    assert preview.open_preview(settings, made).base == "http://127.0.0.1:4711"
    for n in range(preview.MOST):
        (world.var / "trials" / f"preview-other{n}.port").write_text("1", "ascii")
    (world.var / "trials" / f"preview-{made.id}.port").unlink()
    with pytest.raises(Refused, match="10 phút"):
        preview.open_preview(settings, made)


def test_what_is_not_built_cannot_be_previewed(world) -> None:
    made = world.candidates.add(world.desk.content.head(), "a", "", person("reviewer"))
    with pytest.raises(Refused, match="chưa tạo xong"):
        preview.open_preview(world.desk.settings, made)

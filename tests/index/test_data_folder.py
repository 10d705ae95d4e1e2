"""Which content serves: what staff published, else what came with the program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from actions.calendar import CalendarError
from actions.kept_calendar import KeptCalendar, kept_calendar
from index.data_folder import data_folder, published
from index.release import build, current

from ..small import HashedEncoder


def publish(var: Path, data: Path, name: str) -> Path:
    shutil.copytree(data, var / "content" / name)
    link = var / "content" / "current"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    return var / "content" / name


def test_what_staff_published_goes_before_what_came_with_the_program(tmp_path: Path, data: Path) -> None:
    assert published(tmp_path) is None and data_folder(tmp_path, data) == data
    folder = publish(tmp_path, data, "abc")
    assert data_folder(tmp_path, data) == folder.resolve()


@pytest.mark.parametrize("make", ["dangling", "empty"])
def test_a_broken_pointer_is_no_publication(tmp_path: Path, data: Path, make: str) -> None:
    (tmp_path / "content" / "there").mkdir(parents=True)
    (tmp_path / "content" / "current").symlink_to("there" if make == "empty" else "gone")
    assert data_folder(tmp_path, data) == data


def test_the_command_says_which_folder_and_tells_when_it_is_not_the_one_asked_for(tmp_path: Path, data: Path, root: Path) -> None:
    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "index.data_folder", str(data), str(tmp_path)], cwd=root, capture_output=True, text=True, check=True)

    assert (run().stdout, run().stderr) == (f"{data}\n", "")
    folder = publish(tmp_path, data, "abc")
    assert run().stdout == f"{folder.resolve()}\n" and "cán bộ đã xuất bản" in run().stderr


def test_a_release_may_be_built_beside_the_one_that_serves(tmp_path: Path, data: Path) -> None:
    first = build(data, tmp_path / "var", HashedEncoder(), log=lambda line: None)
    (data / "phrasings" / "tat-ca.yml").open("a", encoding="utf-8").write('"3.900010": {overview: [xin thả diều đêm]}\n')
    for _ in range(2):  # made, and found made
        second = build(data, tmp_path / "var", HashedEncoder(), make_current=False, log=lambda line: None)
        assert second != first and (second / "manifest.json").exists() and current(tmp_path / "var") == first


def test_the_calendar_of_the_next_publication_is_read_at_once(tmp_path: Path, data: Path, root: Path) -> None:
    holidays = root / "data" / "province" / "holidays.yml"
    shutil.copy(holidays, data / "province")
    calendar = kept_calendar(tmp_path)
    before = calendar.now()
    text = holidays.read_text("utf-8")
    (data / "province" / "holidays.yml").write_text(text.replace("checked_on:", "checked_on: # xem lại\n ", 1), "utf-8")
    publish(tmp_path, data, "abc")
    assert calendar.now() is not before


def test_a_calendar_that_was_never_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CalendarError):
        KeptCalendar(tmp_path / "none.yml").now()

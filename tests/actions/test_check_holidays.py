"""The second half of `make check-data`: the office's calendar, and that its contacts are contacts."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions import check_holidays as module
from actions.check_holidays import check_holidays

from ..small import write_yaml
from .calendars import raw


def test_the_office_s_own_files_have_no_problem(root: Path) -> None:
    assert check_holidays(root / "data") == []


@pytest.mark.parametrize(("changes", "message"), [
    ({"saturday_mornings": [{"contact": "police_comune", "source": "x"}]}, 'không có nơi liên hệ "police_comune" trong province/ca-mau.yml; cần một trong commune, library'),
    ({"timetables": []}, "cần ít nhất một khung giờ làm việc"),
])
def test_a_problem_is_told_and_the_command_ends_with_one(
    data: Path, changes: dict, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture,
) -> None:
    write_yaml(data / "province" / "holidays.yml", raw(**changes))
    monkeypatch.setattr("sys.argv", ["check_holidays", str(data)])
    assert module.main() == 1
    assert message in capsys.readouterr().out


def test_one_command_checks_both_halves(root: Path) -> None:
    lines = (root / "Makefile").read_text("utf-8").split("check-data:")[1].split("\n\n")[0]
    assert "index.check" in lines and "actions.check_holidays" in lines and "exit $$(( records | holidays | $$? ))" in lines

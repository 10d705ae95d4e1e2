"""The command line, on a database of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.staff.content.__main__ import main


def test_import_status_export_are_a_round_trip(service_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    env = {"DATABASE_URL": service_url, "MOT_CUA_VAR": str(tmp_path / "var")}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_bytes(b"M\r\n")
    assert main(["import", str(tmp_path / "in"), "--why", "thử"], env) == 0
    assert main(["status"], env) == 0
    assert main(["export", str(tmp_path / "out")], env) == 0
    assert "a.md\n1 files changed; revision 1" in capsys.readouterr().out
    assert (tmp_path / "out" / "a.md").read_bytes() == b"M\r\n"
    assert main(["export", str(tmp_path / "out")], env) == 1
    (tmp_path / "in" / "texts.yml").write_text("- a")
    assert main(["import", str(tmp_path / "in"), "--why", "thử"], env) == 1
    assert "texts.yml" in capsys.readouterr().err

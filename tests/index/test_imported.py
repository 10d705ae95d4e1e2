"""What an import left for the release; nothing when there was none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.content import open_store
from index.imported import Imported, StoredDrafts, read_imported
from index.portal_record import draft
from index.shelf import RECORDS

from ..small import procedure
from .portal_rows import DAY
from .portal_rows import row as portal_row


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_without_an_import_there_is_nothing_and_no_database_is_made(tmp_path: Path) -> None:
    assert read_imported(tmp_path) == Imported() == Imported((), {}, "")
    assert list(tmp_path.iterdir()) == []


def test_without_an_import_no_database_library_is_loaded(tmp_path: Path, root: Path) -> None:
    code = "import sys; from pathlib import Path; from index.imported import read_imported; read_imported(Path(sys.argv[1])); sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=root, timeout=60).returncode == 0


def test_drafts_are_made_when_first_looked_at_and_only_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr("index.importer.drafts", lambda store, province: (made.append(province), [procedure()])[1])
    drafts = StoredDrafts(None, "ca-mau")
    assert made == []
    assert list(drafts) == [drafts[0]] == [procedure()] and len(drafts) == 1
    assert made == ["ca-mau"]


def test_an_import_that_is_there_gives_its_stamp_and_the_use(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'content.db'}")
    (tmp_path / "use.csv").write_text("code,weight\n1.000001,99\n", "utf-8")
    found = read_imported(tmp_path)
    assert len(found.procedures) == 0 and found.use == {"1.000001": 0.25}
    assert found.stamp == read_imported(tmp_path).stamp != read_imported(tmp_path, "an-giang").stamp


def test_kept_drafts_are_the_same_and_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [draft(row, DAY, "ca-mau") for row in (portal_row(), portal_row("2.000815", executionMethods=...))]
    made: list[str] = []
    monkeypatch.setattr("index.importer.drafts", lambda store, province: (made.append(province), [pair[0] for pair in rows])[1])
    first = StoredDrafts(None, "ca-mau", tmp_path / "cache" / "drafts-1")
    again = StoredDrafts(None, "ca-mau", tmp_path / "cache" / "drafts-1")
    assert list(first) == list(again) == [pair[0] for pair in rows] and made == ["ca-mau"]
    assert list(StoredDrafts(None, "ca-mau", tmp_path / "cache" / "drafts-2")) == list(first) and len(made) == 2
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["drafts-2"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]\n", b'{"code": "1.000001"}\n'])
def test_kept_drafts_that_cannot_be_read_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    monkeypatch.setattr("index.importer.drafts", lambda store, province: [procedure()])
    list(StoredDrafts(None, "ca-mau", tmp_path / "drafts-1"))
    (tmp_path / "drafts-1" / RECORDS).write_bytes(damage)
    assert list(StoredDrafts(None, "ca-mau", tmp_path / "drafts-1")) == [procedure()]

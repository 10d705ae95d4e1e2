"""`make import` on small files: what is told, what is written, what goes on in spite of a fault."""

from __future__ import annotations

import contextlib
import json
import lzma
import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.content import open_store
from index.importer import drafts, main, taken_day
from index.portal_files import Broken, open_catalogue

from .portal_rows import DAY, JUNE, row

A, B, C = "1.900001", "1.900002", "2.900003"


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


def lines(*values: Any) -> bytes:
    return b"".join(value if isinstance(value, bytes) else json.dumps(value).encode() + b"\n" for value in values)


def run(path: Path, var: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """-> (exit status, the newest report file)."""
    status = main([str(path), "--var", str(var), *options])
    reports = sorted((var / "imports").glob("*.json"), key=lambda file: int(file.stem.rsplit("-", 1)[1])) if (var / "imports").exists() else []
    return status, json.loads(reports[-1].read_text("utf-8")) if reports else {}


@pytest.mark.parametrize(("name", "content"), [
    ("a.jsonl", lines(row(A), row(B))), ("a.jsonl.xz", lzma.compress(lines(row(A), row(B)))), ("a.json", json.dumps([row(A), row(B)]).encode()),
    ("a.jsonl", b"\xef\xbb\xbf" + lines(row(A)) + b"\n" + lines(row(B))),
])
def test_every_kind_of_file_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    status, report = run(tmp_path / name, tmp_path / "var")
    assert (status, report["added"], report["broken"]) == (0, [A, B], [])
    assert (tmp_path / "var" / "content.db").exists()


def test_one_object_is_a_file_of_one_record(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(row(A)))
    assert run(tmp_path / "a.json", tmp_path / "var")[1]["added"] == [A]


def test_a_folder_is_one_catalogue(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.json").write_text(json.dumps(row(A)))
    (folder / "2.jsonl").write_bytes(lines(row(B)))
    (folder / "notes.txt").write_text("no catalogue")
    assert run(folder, tmp_path / "var")[1]["added"] == [A, B]
    (folder / "1.json").unlink()
    assert run(folder, tmp_path / "var")[1]["withdrawn"] == [A]


def test_the_report_counts_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines(row(A), row(B), row("3.900004", isInternal=True)))
    run(file, tmp_path / "var")
    file.write_bytes(lines(row(A, isFullProcess=False), row(C, executionCases=[]), row("3.900004", isInternal=True)))
    capsys.readouterr()
    status, report = run(file, tmp_path / "var")
    assert status == 0
    assert (report["added"], report["changed"], report["withdrawn"], report["unchanged"], report["internal"]) == ([C], [A], [B], 1, 1)
    assert report["findings_by_kind"] == {"twin_name": 2, "no_documents": 1}
    assert {"code": C, "kind": "no_documents", "part": "documents", "detail": "no row"} in report["findings"]
    said = " ".join(capsys.readouterr().out.split())
    for part in ("added 1", "changed 1", "withdrawn 1", "unchanged 1", "internal 1", "broken 0", "finding 2 twin_name in 2 records", "finding 1 no_documents in 1 records"):
        assert part in said


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(row(A), row(B)))
    run(tmp_path / "a.jsonl", tmp_path / "var")
    status, report = run(tmp_path / "a.jsonl", tmp_path / "var")
    assert (status, report["added"], report["changed"], report["withdrawn"], report["unchanged"]) == (0, [], [], [], 2)


BROKEN = [
    (b'{"code": "1.9\n', 2, "no JSON"), (b"\xff\xfe\n", 2, "no JSON"), (b"[1]\n", 2, "is a list; expected an object"), (b"null\n", 2, "is null"), (b"[" * 100_000 + b"\n", 2, "no JSON"),
    (lines({"code": B, "detail": 3}), 2, "detail: is a int; expected an object"), (lines({"detail": {}}), 2, "code: is None; expected digit, dot, six digits"),
]


@pytest.mark.parametrize(("content", "line", "reason"), BROKEN, ids=[reason for _, _, reason in BROKEN])
def test_a_broken_line_is_told_and_the_rest_goes_on_without_withdrawing(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, line: int, reason: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(row(A), row(B), row(C)))
    run(tmp_path / "a.jsonl", tmp_path / "var")
    (tmp_path / "a.jsonl").write_bytes(lines(row(A), content, row(C)))
    status, report = run(tmp_path / "a.jsonl", tmp_path / "var")
    assert (status, report["unchanged"], report["withdrawn"], report["complete"]) == (0, 2, [], False)
    assert [(place["file"], place["line"]) for place in report["broken"]] == [("a.jsonl", line)]
    out = capsys.readouterr().out
    assert f"broken: a.jsonl:{line}: {reason}" in out and "nothing was withdrawn" in out


def test_a_code_that_no_record_can_bear_is_told_and_does_not_hinder_withdrawing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(row(A), row(B)))
    run(tmp_path / "a.jsonl", tmp_path / "var")
    (tmp_path / "a.jsonl").write_bytes(lines(row(A), row("1.900002-Xoa")))
    report = run(tmp_path / "a.jsonl", tmp_path / "var")[1]
    assert report["withdrawn"] == [B] and "1.900002-Xoa" in report["broken"][0]["reason"]


def test_a_torn_file_gives_its_rows_and_withdraws_nothing(tmp_path: Path) -> None:
    packed = lzma.compress(lines(*(row(f"1.{n:06d}", note=str(n) * 50) for n in range(400))), preset=0)
    (tmp_path / "a.jsonl.xz").write_bytes(packed)
    run(tmp_path / "a.jsonl.xz", tmp_path / "var")
    (tmp_path / "a.jsonl.xz").write_bytes(packed[: len(packed) // 2])
    status, report = run(tmp_path / "a.jsonl.xz", tmp_path / "var")
    assert report["withdrawn"] == [] and "the file ends here" in report["broken"][-1]["reason"]


def test_part_of_a_catalogue_withdraws_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(row(A), row(B)))
    run(tmp_path / "a.jsonl", tmp_path / "var")
    (tmp_path / "b.json").write_text(json.dumps(row(C)))
    report = run(tmp_path / "b.json", tmp_path / "var", "--partial")[1]
    assert (report["added"], report["withdrawn"]) == ([C], [])


@pytest.mark.parametrize("name", ["none.jsonl", "a.txt", "empty"])
def test_nothing_to_read_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / name), "--var", str(tmp_path / "var")]) == 1
    assert capsys.readouterr().err.startswith(str(tmp_path / name))


def test_a_database_that_does_not_answer_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(row(A)))
    assert main([str(tmp_path / "a.json"), "--var", str(tmp_path), "--database", "postgresql://x@127.0.0.1:1/x"]) == 1
    assert "check --database or DATABASE_URL" in capsys.readouterr().err


@pytest.mark.parametrize("packed", [False, True], ids=["jsonl", "jsonl.xz"])
def test_progress_on_a_terminal_is_a_bar_that_fills(tmp_path: Path, packed: bool) -> None:
    text = lines(*(row(f"1.{n:06d}") for n in range(300)))
    file = tmp_path / ("a.jsonl.xz" if packed else "a.jsonl")
    file.write_bytes(lzma.compress(text) if packed else text)
    here, there = pty.openpty()
    done = subprocess.run([sys.executable, "-m", "index.importer", str(file), "--var", str(tmp_path / "var")], stdout=subprocess.DEVNULL, stderr=there, check=False, timeout=120)
    os.close(there)
    seen = b""
    with contextlib.suppress(OSError):  # the end of a terminal whose other side is closed
        while piece := os.read(here, 65_536):
            seen += piece
    shares = [int(share) for share in re.findall(rb"(\d+) % \d+ rows", seen)]
    assert done.returncode == 0
    assert shares == sorted(shares) and shares[-1] == 100
    assert b"[" + b"#" * 30 + b"] 100 % 300 rows" in seen


def test_progress_is_a_line_every_thousand_rows_off_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(*(row(f"1.{n:06d}") for n in range(1001))))
    run(tmp_path / "a.jsonl", tmp_path / "var")
    assert capsys.readouterr().err == "1000 rows\n"


def test_drafts_are_public_present_and_in_code_order(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(row(C), row(A), row(B, isInternal=True), row("1.900009", updatedAt=JUNE + 86_400_000)))
    run(tmp_path / "a.jsonl", tmp_path / "var")
    store = open_store(f"sqlite:///{tmp_path / 'var' / 'content.db'}")
    assert taken_day(store) == date(2026, 6, 3)
    records = drafts(store, "ca-mau")
    assert [record.code for record in records] == [A, "1.900009", C]
    assert {record.source.taken_on for record in records} == {date(2026, 6, 3)}
    assert {record.checked_on for record in drafts(store, "ca-mau", DAY)} == {DAY}
    assert all(not record.reviewed for record in records)


def test_a_broken_place_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(row(A)) + b"{\n")
    catalogue = open_catalogue(tmp_path / "a.jsonl")
    assert [found["code"] for found in catalogue.rows()] == [A]
    assert [(place.file, place.line) for place in catalogue.broken] == [("a.jsonl", 2)] and isinstance(catalogue.broken[0], Broken)
    assert not catalogue.whole()

"""The page on abbreviations tells every entry of our tables, and its sources speak of entries that we have."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from index.words import ABBREVIATIONS
from index.words_readings import READINGS
from tools.abbreviations import AS_TYPED, SOURCES, count_catalogue, count_questions, entries, page, read_sources


def test_the_page_tells_every_entry_of_both_tables_and_no_other(root: Path) -> None:
    rows = re.findall(r"^\| (\S+) \| ([^|]+) \| \d+ \|", (root / "docs" / "abbreviations.md").read_text("utf-8"), re.M)
    assert {key for key, _ in entries()} == set(ABBREVIATIONS) | set(READINGS)
    assert sorted(row for row in rows if row[1] != "left as typed") == sorted(entries())


def test_sources_speak_of_our_entries_only_and_each_is_used(root: Path) -> None:
    listed, evidence = read_sources(root / SOURCES)
    assert set(evidence) - set(entries()) == set()
    assert set(listed) == {name for found in evidence.values() for name in found.names}


@pytest.mark.parametrize(("rows", "message"), [
    ("@a\tlist\tplace\nko\tkhông\tb\t", r":2: \['b'\] not among the sources above: a"),
    ("@a\tlist\tplace\nko\tkhông\ta", ":2: .* expected key, meaning, sources, elsewhere"),
    ("@a\tlist\tplace\nko\tkhông\ta\t\nko\tkhông\ta\t", ":3: .* each entry once"),
])
def test_a_bad_row_of_sources_is_named(tmp_path: Path, rows: str, message: str) -> None:
    (tmp_path / "s.tsv").write_text(rows, "utf-8")
    with pytest.raises(ValueError, match=message):
        read_sources(tmp_path / "s.tsv")


def test_questions_are_counted_by_what_they_are_read_as() -> None:
    counts = count_questions(["KO bik, ko cần không", "đk hộ kinh doanh", "đủ đk gì", "hs", "nộp hs cho hs lớp 6"])
    assert (counts["ko", "không"], counts["bik", "biết"]) == (2, 1)
    assert (counts["đk", "đăng ký"], counts["đk", "điều kiện"], counts["đk", AS_TYPED]) == (1, 1, 0)
    assert (counts["hs", "hồ sơ"], counts["hs", "học sinh"], counts["hs", AS_TYPED]) == (1, 1, 1)


def test_the_catalogue_is_counted_with_its_case(tmp_path: Path) -> None:
    detail = {"code": "1.000001", "steps": ["ubnd, UBND; Ubnd", "khai sinh"]}
    row = {"id": "UBND", "code": "1.000001", "name": "Nộp tại UBND xã", "detail": detail}
    (tmp_path / "c.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert count_catalogue(tmp_path / "c.jsonl") == (1, {"UBND": 2, "ubnd": 1, "Ubnd": 1})


def test_the_page_says_what_nobody_attests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ABBREVIATIONS, "qqq", "quả quýt")
    assert "| qqq | quả quýt | 1 |  |  | own |" in page(["mua qqq", "ko"], None)
    tables, _, nobody = page(["ko"], None).partition("## Neither counted nor attested")
    assert "| qqq | quả quýt | 0 |  |  | none found |" in tables and "`qqq` (quả quýt)" in nobody

"""A staged import changes nothing until it is accepted; what is accepted is what was compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.content import Store, import_rows, open_store, present
from index.content_staged import StagedChange, accept, raw_rows, stage
from index.portal_files import open_catalogue

from .portal_rows import CLEAN


def row(code: str, name: str = "Thủ tục", updated: int = 1) -> dict:
    return {"id": code, "code": code, "name": name, "detail": {**CLEAN, "name": name, "updatedAt": updated}}


OLD = [row("1.000001"), row("1.000002"), row("1.000003")]
NEW = [row("1.000001"), row("1.000002", "Thủ tục mới"), row("1.000004")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(str(tmp_path / "content.db"))
    import_rows(store, OLD, "old")
    return store


def kinds(changes) -> list[tuple[str, str]]:
    return [(change.code, change.kind) for change in changes]


def names(store: Store) -> dict[str, str]:
    return {one["code"]: one["name"] for one in present(store)}


def test_what_a_file_would_change_is_listed_and_nothing_moves(store: Store) -> None:
    before = names(store)
    staged = stage(store, NEW, "new")
    assert kinds(staged.changes) == [("1.000002", "changed"), ("1.000003", "withdrawn"), ("1.000004", "added")]
    assert (staged.unchanged, staged.complete) == (1, True) and names(store) == before
    assert kinds(stage(store, NEW, "again").changes) == kinds(staged.changes)


def test_accepting_some_moves_just_those(store: Store) -> None:
    staged = stage(store, NEW, "new")
    assert accept(store, staged.import_id, staged.changes[:1]) == []
    assert names(store) == {"1.000001": "Thủ tục", "1.000002": "Thủ tục mới", "1.000003": "Thủ tục"}
    accept(store, staged.import_id, staged.changes)
    assert set(names(store)) == {"1.000001", "1.000002", "1.000004"} and accept(store, staged.import_id, staged.changes) == []


def test_what_another_import_moved_meanwhile_is_left_alone(store: Store) -> None:
    staged = stage(store, NEW, "new")
    import_rows(store, [row("1.000002", "Của người khác")], "other", complete=lambda: False)
    assert accept(store, staged.import_id, staged.changes) == ["1.000002"]
    assert names(store)["1.000002"] == "Của người khác" and "1.000004" in names(store)


def test_a_part_of_a_file_withdraws_nothing(store: Store) -> None:
    assert ("1.000003", "withdrawn") not in kinds(stage(store, NEW, "new", complete=lambda: False).changes)
    assert stage(store, [], "empty").changes == ()


def test_of_a_code_that_stands_twice_the_newer_row_counts(store: Store) -> None:
    staged = stage(store, [*OLD, row("1.000005", "mới", 9), row("1.000005", "cũ", 3)], "twice")
    assert raw_rows(store, [staged.changes[0].after])[staged.changes[0].after]["name"] == "mới" and staged.repeated == 1


def test_a_withdrawn_code_may_return(store: Store) -> None:
    staged = stage(store, NEW, "new")
    accept(store, staged.import_id, staged.changes)
    back = stage(store, [*NEW, row("1.000003")], "back")
    assert kinds(back.changes) == [("1.000003", "added")] and isinstance(back.changes[0], StagedChange)
    accept(store, back.import_id, back.changes)
    assert "1.000003" in names(store)


def test_a_line_without_end_is_no_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import lzma

    monkeypatch.setattr("index.portal_files.MOST_LINE", 1000)
    monkeypatch.setattr("index.portal_files.MOST_BYTES", 5000)
    bomb, many = tmp_path / "bomb.jsonl.xz", tmp_path / "many.jsonl"
    bomb.write_bytes(lzma.compress(b'{"a": "' + b"0" * 1_000_000))
    many.write_bytes(b'{"a": 1}\n' * 2000)
    for path, said in ((bomb, "a line of more than"), (many, "more than")):
        catalogue = open_catalogue(path)
        assert list(catalogue.rows()) == [] and said in catalogue.broken[-1].reason and not catalogue.whole()

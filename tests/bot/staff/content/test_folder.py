"""data/ into the store and out again, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.staff.content.folder import read_tree
from bot.staff.content.store import Content, ContentError

from .conftest import DATA, LAN, MINH


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_our_data_comes_back_byte_for_byte(content: Content, tmp_path: Path) -> None:
    added = content.seed(DATA, LAN)
    content.write(tmp_path / "out")
    assert files(tmp_path / "out") == files(DATA) and sorted(files(DATA)) == added
    assert content.import_folder(tmp_path / "out", MINH, "lại", whole=True) == []


def test_our_data_passes_every_check(content: Content) -> None:
    assert len(content.import_folder(DATA, LAN, "lần đầu", whole=True)) == len(files(DATA))


def test_line_ends_marks_and_blank_ends_stay(content: Content, tmp_path: Path) -> None:
    odd = {
        "a.md": b"\xef\xbb\xbfM\xe1\xbb\x99t\r\nHai\r\n",
        "b/c.txt": b"",
        "d.txt": b"kh\xc3\xb4ng xu\xe1\xbb\x91ng d\xc3\xb2ng",
        "e.md": b"\n\n \n",
    }
    for name, raw in odd.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(raw)
    content.import_folder(tmp_path / "in", LAN, "")
    content.write(tmp_path / "out")
    assert files(tmp_path / "out") == odd


def test_seed_leaves_a_store_alone_that_holds_something(content: Content) -> None:
    content.save("a.md", "chữ", base=None, who=LAN, why="", state="draft")
    assert content.seed(DATA, LAN) == [] and content.paths() == ["a.md"]


def test_import_takes_only_what_changed_and_keeps_the_rest_unless_whole(content: Content, tmp_path: Path) -> None:
    content.save("a.md", "A", base=None, who=LAN, why="")
    content.save("b.md", "B", base=None, who=LAN, why="")
    data = tmp_path / "in"
    data.mkdir()
    (data / "a.md").write_text("A")
    (data / "c.md").write_text("C")
    assert content.import_folder(data, MINH, "nhập") == ["c.md"]
    assert content.tree() == {"a.md": "A", "b.md": "B", "c.md": "C"}
    assert content.import_folder(data, MINH, "nhập", whole=True) == ["b.md"]
    newest = content.history("b.md")[0]
    assert (newest.text, newest.number, newest.origin, newest.author) == (None, 2, "import", "minh")


def test_import_is_all_or_nothing_and_names_each_wrong_file(content: Content, tmp_path: Path) -> None:
    data = tmp_path / "in"
    (data / "faq").mkdir(parents=True)
    (data / "faq" / "x.yml").write_text("question: [")
    (data / "texts.yml").write_text("- a\n")
    (data / "good.md").write_text("A")
    with pytest.raises(ContentError) as caught:
        content.import_folder(data, LAN, "")
    assert [error.field.split(":")[0] for error in caught.value.errors] == ["faq/x.yml", "texts.yml"]
    assert content.head() == 0


def test_file_that_is_no_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x\ny \xff\n")
    with pytest.raises(ContentError) as caught:
        read_tree(tmp_path)
    assert caught.value.errors[0].field == "a.md" and "Dòng 2" in caught.value.errors[0].sentence


def test_hidden_files_and_links_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / "link.md").symlink_to("/etc/hostname")
    (tmp_path / "a.md").write_text("A")
    assert read_tree(tmp_path) == {"a.md": "A"}


def test_nothing_is_written_among_old_files(content: Content, tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("cũ")
    with pytest.raises(FileExistsError):
        content.write(tmp_path)

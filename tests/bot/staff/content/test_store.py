"""Revisions, snapshots, conflicts: the same on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.staff.content.store import Conflict, Content, ContentError
from bot.staff.content.tables import REVISIONS

from .conftest import LAN, MINH

PATH = "README.md"


def test_first_text_is_revision_one_and_is_read_back(content: Content) -> None:
    saved = content.save(PATH, "Một\r\n", base=None, who=LAN, why="bắt đầu")
    assert (saved.number, saved.text, saved.author_name, saved.state) == (1, "Một\r\n", "Nguyễn Thị Lan", "submitted")
    assert content.read(PATH) == saved == content.revision(saved.id)
    assert content.paths() == [PATH] and content.head() == saved.id


def test_unknown_file_reads_as_none(content: Content) -> None:
    assert content.read(PATH) is None and content.history(PATH) == [] and content.head() == 0 and content.tree() == {}
    with pytest.raises(KeyError):
        content.revision(7)


def test_same_text_adds_nothing(content: Content) -> None:
    first = content.save(PATH, "Một", base=None, who=LAN, why="")
    assert content.save(PATH, "Một", base=None, who=MINH, why="lại") == first
    assert len(content.history(PATH)) == 1


def test_who_read_an_older_text_is_told_and_nothing_is_written(content: Content) -> None:
    first = content.save(PATH, "Một", base=None, who=LAN, why="")
    second = content.save(PATH, "Hai", base=first.id, who=LAN, why="")
    with pytest.raises(Conflict) as caught:
        content.save(PATH, "Ba", base=first.id, who=MINH, why="")
    assert caught.value.current == second == content.read(PATH)
    with pytest.raises(Conflict):
        content.save(PATH, "Ba", base=None, who=MINH, why="")


def test_of_many_at_once_one_is_saved_and_the_others_learn_it(content: Content) -> None:
    base = content.save(PATH, "Một", base=None, who=LAN, why="").id
    gate = threading.Barrier(4)

    def write(n: int) -> str:
        gate.wait()
        try:
            return content.save(PATH, f"Của {n}", base=base, who=MINH, why="").text or ""
        except Conflict as conflict:
            return f"thua {conflict.current.text}"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(write, range(4)))
    won = [line for line in told if not line.startswith("thua")]
    assert len(won) == 1 and sorted(told) == sorted([*won, *[f"thua {won[0]}"] * 3])


def test_snapshot_never_changes_although_many_write_at_once(content: Content) -> None:
    """An id may not become visible after a higher one: the lower one would enter an old snapshot later."""
    seen: list[tuple[int, dict[str, str]]] = []
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            head = content.head()
            seen.append((head, content.tree(head)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: content.save(f"n{n}.md", "chữ", base=None, who=LAN, why=""), range(24)))
    over.set()
    watcher.join()
    assert all(content.tree(head) == tree for head, tree in seen)


def test_draft_is_read_but_is_in_no_snapshot(content: Content) -> None:
    first = content.save(PATH, "Một", base=None, who=LAN, why="")
    draft = content.save(PATH, "Một rưỡi", base=first.id, who=LAN, why="", state="draft")
    content.save("faq/moi.yml", "question: [", base=None, who=LAN, why="", state="draft")
    assert content.read(PATH) == draft and content.tree() == {PATH: "Một"}
    assert content.paths() == [PATH, "faq/moi.yml"] and content.paths("faq/") == ["faq/moi.yml"]
    assert content.changes(first.id) == []
    assert content.save(PATH, "Một rưỡi", base=draft.id, who=LAN, why="xong").number == 3


def test_broken_text_may_be_a_draft_but_not_be_submitted(content: Content) -> None:
    with pytest.raises(ContentError) as caught:
        content.save("faq/moi.yml", "question: [", base=None, who=LAN, why="")
    assert caught.value.errors[0].sentence.startswith("Sai cú pháp YAML")
    assert content.read("faq/moi.yml") is None


def test_tree_is_what_was_submitted_until_then(content: Content) -> None:
    first = content.save(PATH, "Một", base=None, who=LAN, why="")
    other = content.save("b.md", "B", base=None, who=LAN, why="")
    content.save(PATH, "Hai", base=first.id, who=LAN, why="")
    gone = content.remove("b.md", base=other.id, who=LAN, why="thừa")
    assert [content.tree(n) for n in (0, first.id, other.id)] == [{}, {PATH: "Một"}, {"README.md": "Một", "b.md": "B"}]
    assert content.tree(gone.id) == content.tree() == {PATH: "Hai"}
    assert content.paths() == [PATH] and content.read("b.md") == gone


def test_removed_file_can_come_back(content: Content) -> None:
    first = content.save(PATH, "Một", base=None, who=LAN, why="")
    content.remove(PATH, base=first.id, who=LAN, why="thừa")
    assert content.save(PATH, "Mới", base=None, who=MINH, why="cần lại").number == 3
    with pytest.raises(ContentError):
        content.remove("khong-co.md", base=None, who=LAN, why="")


def test_what_every_release_needs_cannot_be_removed(content: Content) -> None:
    with pytest.raises(ContentError, match="ca-mau"):
        content.remove("province/ca-mau.yml", base=None, who=LAN, why="")


def test_restored_text_is_a_new_revision(content: Content) -> None:
    first = content.save(PATH, "Một", base=None, who=LAN, why="")
    second = content.save(PATH, "Hai", base=first.id, who=LAN, why="")
    back = content.restore(first.id, who=MINH, why="nhầm")
    assert (back.number, back.text, back.author, back.why) == (3, "Một", "minh", "nhầm")
    assert [row.id for row in content.history(PATH)] == [back.id, second.id, first.id]
    gone = content.remove(PATH, base=back.id, who=MINH, why="")
    with pytest.raises(ContentError):
        content.restore(gone.id, who=MINH, why="")
    assert content.restore(second.id, who=MINH, why="").text == "Hai"


def test_changes_between_snapshots_name_before_and_after(content: Content) -> None:
    first = content.save(PATH, "Một", base=None, who=LAN, why="")
    other = content.save("b.md", "B", base=None, who=LAN, why="")
    start = content.head()
    there = content.save(PATH, "Hai", base=first.id, who=LAN, why="")
    content.save(PATH, "Một", base=there.id, who=MINH, why="như cũ")
    gone = content.remove("b.md", base=other.id, who=LAN, why="thừa")
    new = content.save("c.md", "C", base=None, who=LAN, why="")
    assert [(row.path, row.before, row.after) for row in content.changes(start)] == [("b.md", other, gone), ("c.md", None, new)]
    assert [row.path for row in content.changes(start, gone.id)] == ["b.md"]
    assert [(row.path, row.before, row.after) for row in content.changes(new.id, start)] == [
        ("b.md", None, other),
        ("c.md", new, None),
    ]


def test_authors_are_all_who_touched_anything_in_between(content: Content) -> None:
    first = content.save(PATH, "Một", base=None, who=LAN, why="")
    second = content.save(PATH, "Hai", base=first.id, who=MINH, why="")
    third = content.save(PATH, "Ba", base=second.id, who=LAN, why="")
    assert content.authors(0) == content.authors(first.id) == {"lan", "minh"}
    assert content.authors(first.id, second.id) == {"minh"} and content.authors(third.id) == set()


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../a.md", "a/../b.md", "a//b.md", ".git/config", "tên.md", "a\\b.md", "a.md\n", "x" * 201]
)
def test_path_that_is_no_plain_name_is_refused(content: Content, path: str) -> None:
    with pytest.raises(ContentError) as caught:
        content.save(path, "chữ", base=None, who=LAN, why="", state="draft")
    assert caught.value.errors[0].field == "path"


def test_text_that_a_database_cannot_keep_is_refused(content: Content) -> None:
    with pytest.raises(ContentError, match="NUL"):
        content.save(PATH, "a\x00b", base=None, who=LAN, why="", state="draft")


def test_letters_typed_with_loose_marks_are_joined(content: Content) -> None:
    assert content.save(PATH, "Hoa\u0323", base=None, who=LAN, why="").text == "Hoạ"


def test_five_thousand_revisions_are_one_query_for_a_tree(content: Content, service: Engine) -> None:
    rows = [
        {"path": f"faq/n{n % 500}.yml", "number": n // 500 + 1, "text": f"{n}", "author": "lan", "author_name": "Lan", "at": 1.0}
        | {"why": "", "state": "submitted", "origin": "staff"}
        for n in range(5000)
    ]
    with service.begin() as connection:
        connection.execute(REVISIONS.insert(), rows)
    asked: list[str] = []
    watch: Callable[..., None] = lambda *args: asked.append(args[2])
    sa.event.listen(service, "before_cursor_execute", watch)
    tree = content.tree()
    sa.event.remove(service, "before_cursor_execute", watch)
    assert len([line for line in asked if line.startswith("SELECT")]) == 1
    assert len(tree) == 500 and tree["faq/n7.yml"] == "4507"
    start = content.head() - 1000
    assert len(content.changes(start)) == 500 and content.tree(start)["faq/n7.yml"] == "3507"

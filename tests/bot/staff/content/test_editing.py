"""Signs of life and unsaved forms, on both databases; merging; single lines of YAML."""

from __future__ import annotations

import pytest

from bot.staff.content import nlu_text, office_rows, yaml_text
from bot.staff.content.drafts import Drafts
from bot.staff.content.editing import Editing
from bot.staff.content.merge import merged
from bot.staff.content.phrasing_pages import write
from bot.staff.content.yaml_text import same_ends, set_key

from ..conftest import Clock
from .conftest import DATA, LAN, MINH

SMALL_TALK = (DATA / "nlu/small_talk.yml").read_text("utf-8")


def test_others_are_seen_for_a_minute_after_their_last_sign(service) -> None:
    clock = Clock()
    editing = Editing(service, clock)
    editing.note_editing("a.md", LAN)
    clock.now += 30
    editing.note_editing("a.md", LAN)
    editing.note_editing("b.md", LAN)
    clock.now += 60
    assert [(other.name, other.at) for other in editing.others("a.md", MINH)] == [("Nguyễn Thị Lan", clock.now - 60)]
    assert editing.others("a.md", LAN) == []
    clock.now += 1
    assert editing.others("a.md", MINH) == []
    editing.note_editing("a.md", LAN)
    editing.left("a.md", LAN)
    assert editing.others("a.md", MINH) == []


def test_draft_is_one_a_person_and_file_and_the_last_one_counts(service) -> None:
    clock = Clock()
    drafts = Drafts(service, clock)
    drafts.keep(LAN, "a.md", "/x", None, {"text": ["Một"]})
    drafts.keep(MINH, "a.md", "/x", None, {"text": ["Của Minh"]})
    clock.now += 5
    drafts.keep(LAN, "a.md", "/x", 7, {"text": ["Một hai", "ba"], "why": ["“vì”"]})
    clock.now += 5
    drafts.keep(LAN, "b.md", "/y", None, {})
    kept = drafts.get(LAN, "a.md")
    assert (kept.base, kept.fields, kept.at) == (7, {"text": ["Một hai", "ba"], "why": ["“vì”"]}, clock.now - 5)
    assert [draft.path for draft in drafts.mine(LAN)] == ["b.md", "a.md"]
    drafts.drop(LAN, "a.md")
    assert drafts.get(LAN, "a.md") is None and drafts.get(MINH, "a.md").text("text") == "Của Minh"


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"),
        ("a\nb\nc\nd\n", "x\na\nb\nc\n", "x\na\nb\nc\nd\n"),
        ("A\nb\nc\n", "A\nb\nc\n", "A\nb\nc\n"),
        ("A\nb\nc\n", "B\nb\nc\n", None),
        ("A\nb\nc\n", "a\nB\nc\n", None),
        ("a\nb\nc\nd\n", "a\nb\nc\ne\n", None),
        ("a\nb\nc\n", "", ""),
    ],
)  # fmt: skip
def test_two_texts_are_joined_only_where_they_do_not_touch(mine: str, theirs: str, both: str | None) -> None:
    assert merged("a\nb\nc\n", mine, theirs) == both


def test_line_ends_follow_the_file_that_was_there() -> None:
    assert same_ends("a\r\nb\r\n", "x\n") == "a\nb\n" and same_ends("a\nb\n", "x\r\ny\r\n") == "a\r\nb\r\n"
    assert same_ends("a\nb", "a\r\nb") == "a\r\nb" and same_ends("a\rb", None) == "a\nb"


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("", "x", "a: x\n"),
        ("# c\na: 1 # d\nb: 2\n", "x", "# c\na: x # d\nb: 2\n"),
        ("a: |\n  1\n  2\nb: 2\n", "x\n\ny", 'a: "x\\n\\ny"\nb: 2\n'),
        ("b: 2", "no", "b: 2\na: 'no'\n"),
        ("a: 1\nb: 2\n", None, "b: 2\n"),
        ("b: 2\na: |\n  1\n", None, "b: 2\n"),
        ("b: 2\n", None, "b: 2\n"),
    ],
)
def test_one_key_is_set_and_the_rest_stays(text: str, value: str | None, expected: str) -> None:
    new = set_key(text, "a", value)
    assert new == expected and (yaml_text.read(new) or {}).get("a") == value


@pytest.mark.parametrize("sentence", ["chào: nghen", "- chào", "#chào", "{chào}", "'chào", "| chào", "chào \\n"])
def test_any_sentence_is_an_example_and_goes_again(sentence: str) -> None:
    new = nlu_text.added(SMALL_TALK, "greet", [sentence])
    assert sentence.removeprefix("- ") in [row.removeprefix("- ") for row in nlu_text.by_intent(new)["greet"]]
    assert nlu_text.removed(new, "greet", sentence) == SMALL_TALK


def test_examples_with_aspects_are_not_changed_by_lines() -> None:
    text = (DATA / "nlu/two_questions.yml").read_text("utf-8")
    assert not nlu_text.plain(text, "ask_several")
    with pytest.raises(ValueError):
        nlu_text.added(text, "ask_several", ["a"])


def test_each_phrasing_file_of_ours_is_unchanged_by_an_unchanged_form() -> None:
    for path in sorted((DATA / "phrasings").glob("*.yml"))[::20]:
        text = path.read_bytes().decode()
        for code, groups in list(yaml_text.read(text).items())[:3]:
            assert write(text, code, groups) == text


def test_procedure_without_sentences_leaves_the_file() -> None:
    text = write(write("", "1.000001", {"fees": ["a"]}), "1.000002", {"fees": ["b: c"], "place": []})
    assert yaml_text.read(text) == {"1.000001": {"fees": ["a"]}, "1.000002": {"fees": ["b: c"]}}
    assert yaml_text.read(write(text, "1.000001", {"fees": []})) == {"1.000002": {"fees": ["b: c"]}}


def test_each_contact_of_ours_is_unchanged_by_an_unchanged_form() -> None:
    text = (DATA / "province/ca-mau.yml").read_bytes().decode()
    contacts = yaml_text.read(text)["contacts"]
    assert office_rows.write(text, {key: office_rows.to_form(row) for key, row in contacts.items()}) == text


@pytest.mark.parametrize("line", ["2-6", "9: 07:00-11:00 | a", "2-6: 07:00-11:00", "2-6: 07:00-11:00 |", "a: b | c"])
def test_hours_that_cannot_be_read_are_told(line: str) -> None:
    with pytest.raises(office_rows.HoursError, match="cần dạng"):
        office_rows.write("contacts:\n  commune:\n    name: A\n", {"commune": {"name": "A", "hours": line}})

"""Records are read strictly; a mistake is told with file, field, what was found and what was expected."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.catalogue import MAX_STEPS, DataError, load_procedure, load_procedures, parse_procedure, read_yaml
from index.procedure import Duration

from ..small import BEES, FILES, LIBRARY_CARD, REGISTER, procedure, raw, write_yaml

FEE = {"name": "Lệ phí", "amount_vnd": 1000}
PAPER = {"name": "Đơn"}

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"colour": "red"}, "colour: unknown key; expected one of code, name"),
    ({"fees": ...}, "fees: missing; write it, or put it under `unknown`"),
    ({"name": ...}, "name: missing"),
    ({"fees": []}, "fees: is empty; write it, or put it under `unknown`"),
    ({"aliases": []}, "aliases: is empty; expected the names people use"),
    ({"unknown": {"fees": "không rõ"}}, "unknown.fees: the part is filled; drop one of the two"),
    ({"unknown": {"colour": "x"}}, "unknown.colour: expected one of"),
    ({"unknown": ["fees"]}, "unknown: expected a mapping of part -> reason"),
    ({"code": "1.1001"}, "code: is '1.1001'; expected digit, dot, six digits"),
    ({"code": 1}, "code: is 1; expected text"),
    ({"name": "  "}, "name: is '  '; expected text"),
    ({"level": "village"}, "level: is 'village'; expected one of commune, province, ministry, agency"),
    ({"applicants": "mọi người"}, "applicants: is 'mọi người'; expected a list"),
    ({"steps": ["x"] * (MAX_STEPS + 1)}, "steps: has 9 lines; expected at most 8"),
    ({"fees": [{**FEE, "amount_vnd": "miễn phí"}]}, "fees[0].amount_vnd: is 'miễn phí'; expected whole đồng, 0 when free"),
    ({"fees": [{**FEE, "amount_vnd": -1}]}, "fees[0].amount_vnd: is -1; expected whole đồng"),
    ({"fees": [{**FEE, "amount_vnd": True}]}, "fees[0].amount_vnd: is True; expected whole đồng"),
    ({"fees": [{"name": "Lệ phí"}]}, "fees[0].amount_vnd: missing"),
    ({"fees": [{**FEE, "case": "khac"}]}, "fees[0].case: is 'khac'; expected one of ['di-chuyen']"),
    ({"fees": [{**FEE, "channel": "pigeon"}]}, "fees[0].channel: is 'pigeon'; expected one of direct, online, post"),
    ({"fees": [{**FEE, "effective_to": "31/12/2026"}]}, "fees[0].effective_to: is '31/12/2026'; expected a day such as"),
    ({"fees": [{**FEE, "effective_from": "2027-01-01", "effective_to": "2026-01-01"}]}, "effective_from 2027-01-01 is after effective_to 2026-01-01"),
    ({"fees": ["miễn phí"]}, "fees[0]: is 'miễn phí'; expected a mapping"),
    ({"documents": [{**PAPER, "originals": "một"}]}, "documents[0].originals: is 'một'; expected a whole number from 0"),
    ({"documents": [{**PAPER, "pages": 2}]}, "documents[0].pages: unknown key; expected one of name, originals"),
    ({"documents": [{**PAPER, "template": "khac"}]}, "documents[0].template: is 'khac'; expected one of ['to-khai']"),
    ({"documents": [{**PAPER, "kind": "borrow"}]}, "documents[0].kind: is 'borrow'; expected one of submit, show"),
    ({"duration": [{"weeks": 2}]}, "duration[0]: has units []; expected one of working_days"),
    ({"duration": [{"days": 2, "hours": 3}]}, "duration[0]: has units ['days', 'hours']; expected one of"),
    ({"duration": [{"days": 0}]}, "duration[0].days: is 0; expected a whole number from 1"),
    ({"duration": [{"days": "hai"}]}, "duration[0].days: is 'hai'; expected a whole number from 1"),
    ({"duration": [{"same_day": False}]}, "duration[0].same_day: is False; expected true"),
    ({"duration": [{"days": 2, "why": "x"}]}, "duration[0]: unknown key in ['why']"),
    ({"duration": {"days": 2}}, "duration: is a dict; expected a list"),
    ({"duration": ["2 ngày"]}, "duration[0]: is '2 ngày'; expected a mapping such as"),
    ({"online": {"status": "yes"}}, "online.status: is 'yes'; expected one of full, partial"),
    ({"post_submit": {"status": "full"}}, "post_submit.status: is 'full'; expected one of accepted"),
    ({"unknown": {"online": "không rõ"}}, "unknown.online: the part is filled"),
    ({"unknown": {"decision": "không rõ"}}, "unknown.decision: the part is filled"),
    ({"unknown": {"place": "không rõ"}}, "unknown.place: the part is filled"),
    ({"place": {"agency": ""}}, "place.agency: is empty; write it, or put place under `unknown`"),
    ({"place": {"where": "xã"}}, "place.agency: missing"),
    ({"cases": [{"id": "Di Chuyển", "name": "x"}]}, "cases: id 'Di Chuyển' is not a plain ASCII id or stands twice"),
    ({"template": [{"id": "to-khai", "name": "a"}, {"id": "to-khai", "name": "b"}]}, "template: id 'to-khai' is not a plain ASCII id or stands twice"),
    ({"checked_on": None}, "checked_on: is None; expected a day such as"),
    ({"reviewed": "no"}, "reviewed: is 'no'; expected true or false"),
    ({"warnings": [["colour", "x"]]}, "warnings: part is 'colour'; expected one of documents, duration"),
    ({"warnings": [["fees"]]}, "warnings[0]: has 1 values; expected 2"),
]


@pytest.mark.parametrize(("change", "message"), WRONG, ids=[message.split(";")[0][:50] for _, message in WRONG])
def test_a_mistake_is_told_with_field_found_and_expected(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=re.escape(message)):
        parse_procedure(raw(BEES, **change))


def test_a_mistake_in_a_file_names_the_file(tmp_path: Path) -> None:
    path = write_yaml(tmp_path / FILES[REGISTER], raw(BEES, level="village"))
    with pytest.raises(DataError) as caught:
        load_procedure(path)
    assert str(caught.value).startswith(f"{path}: level: is 'village'")
    assert "\n" not in str(caught.value)


SPELT = [("1.010010", "1.010010"), ("8:30", "8:30"), ("2024-01-15", "2024-01-15"), ("no", "no"), ("on", "on"), ("0x1F", "0x1F"), ("1_000", "1_000"), ("1e3", "1e3"), ("007", "007"),
         ("8000", 8000), ("0", 0), ("-1", -1), ("true", True), ("null", None), ("~", None), ('"8000"', "8000")]


@pytest.mark.parametrize(("written", "value"), SPELT)
def test_only_whole_numbers_true_false_and_null_are_not_text(tmp_path: Path, written: str, value: Any) -> None:
    path = tmp_path / "x.yml"
    path.write_text(f"key: {written}\n", "utf-8")
    assert read_yaml(path) == {"key": value}


UNREADABLE = [
    (b"a: 1\nb: 2\na: 3\n", "line 3: key 'a' stands twice"),
    (b"x: [1, 2\n", "while parsing"),
    ("x: \xff".encode("latin-1"), "utf-8"),
    (unicodedata.normalize("NFD", "name: Đăng ký\n").encode(), "text is not in NFC"),
    (b"[a, b]: c\n", "line 1: key is ['a', 'b']; expected text"),
    (b"x: !!python/object:os.system {}\n", "could not determine a constructor"),
    (b"x: \x00\n", "control characters are not allowed"),
]


@pytest.mark.parametrize(("content", "message"), UNREADABLE, ids=[message for _, message in UNREADABLE])
def test_a_file_that_is_no_clean_yaml_is_refused_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_yaml(path)
    assert str(caught.value).startswith(f"{path}: ") and message in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_file_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file"):
        read_yaml(tmp_path / "none.yml")


@pytest.mark.parametrize("content", ["", "- a\n", "just words\n"])
def test_a_file_that_holds_no_mapping_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "1.900001-x.yml"
    path.write_text(content, "utf-8")
    with pytest.raises(DataError, match="expected a mapping"):
        load_procedure(path)


@pytest.mark.parametrize("name", ["khai-sinh.yml", "1.900001.yml", "1.900001-Khai-Sinh.yml", "1.900001-khai sinh.yml", "1.900002-x.yml", "1.900001-khaí.yml"])
def test_a_file_is_named_by_code_and_ascii_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="file name; expected 1.900001-<ascii-slug>.yml"):
        load_procedure(write_yaml(tmp_path / name, BEES))


def test_a_code_in_two_files_is_refused(data: Path) -> None:
    other = write_yaml(data / "procedures" / "khac" / "1.900001-khac.yml", BEES)
    with pytest.raises(DataError) as caught:
        load_procedures(data / "procedures")
    assert str(caught.value) == f"{other}: code 1.900001 is already in {data / 'procedures' / FILES[REGISTER]}"


def test_records_come_in_code_order(data: Path) -> None:
    assert [procedure.code for procedure in load_procedures(data / "procedures")] == sorted(FILES)


def test_an_empty_folder_has_no_records(tmp_path: Path) -> None:
    assert load_procedures(tmp_path) == []


def test_what_is_unknown_may_be_left_out() -> None:
    record = procedure(LIBRARY_CARD)
    assert (record.fees, record.post_return.status, record.decision) == ((), "unknown", None)
    assert record.unknown_reason("fees") == "Nguồn không nói mức thu"


@pytest.mark.parametrize(("row", "duration"), [
    ({"working_days": 7}, Duration(7, "working_days")), ({"same_day": True, "note": "x"}, Duration(None, "same_day", note="x")),
    ({"note": "theo giấy hẹn"}, Duration(None, None, note="theo giấy hẹn")), ({"months": 1, "channel": "post"}, Duration(1, "months", channel="post")),
])
def test_time_limits_are_read(row: dict[str, Any], duration: Duration) -> None:
    assert procedure(duration=[row]).duration == (duration,)


def test_text_loses_line_breaks_and_days_become_dates() -> None:
    record = procedure(name="Đăng ký\n  nuôi ong")
    assert record.name == "Đăng ký nuôi ong"
    assert record.checked_on == date(2026, 11, 22)


def test_reading_does_not_change_the_mapping() -> None:
    given = raw(LIBRARY_CARD)
    before = yaml.safe_dump(given)
    parse_procedure(given)
    assert yaml.safe_dump(given) == before


@pytest.mark.parametrize("key", ["reviewed", "warnings"])
def test_a_file_may_not_set_what_only_the_import_sets(tmp_path: Path, key: str) -> None:
    path = write_yaml(tmp_path / FILES[REGISTER], raw(BEES, **{key: True if key == "reviewed" else []}))
    with pytest.raises(DataError) as caught:
        load_procedure(path)
    assert str(caught.value) == f"{path}: {key}: only the import sets it; expected a file without it"


def test_a_record_is_reviewed_and_without_warnings_unless_it_says_so() -> None:
    assert (procedure().reviewed, procedure().warnings, procedure().warning("fees")) == (True, (), None)


def test_an_imported_record_has_warnings_and_needs_no_aliases() -> None:
    record = procedure(reviewed=False, aliases=[], warnings=[["fees", "một"], ["duration", "hai"], ["fees", "ba"]])
    assert (record.reviewed, record.aliases) == (False, ())
    assert (record.warning("fees"), record.warning("duration"), record.warning("place")) == ("một; ba", "hai", None)


def test_an_imported_record_has_no_more_steps_than_another() -> None:
    with pytest.raises(DataError, match="steps: has 9 lines"):
        procedure(reviewed=False, steps=["x"] * (MAX_STEPS + 1))

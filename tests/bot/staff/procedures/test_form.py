"""A record's file as a form and back: nothing is lost, and only what changes is written anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.staff.procedures.form import lines, read_form, row_up, typed_form, values_of, with_row, without_row, write_form
from bot.staff.procedures.parts import ORDER, PARTS
from bot.staff.procedures.record import read_record
from index.catalogue import IMPORT_ONLY, OPTIONAL, compose_yaml

from ....conftest import ROOT

FILES = sorted((ROOT / "data" / "procedures").rglob("*.yml"))
BIRTH = next(path for path in FILES if path.name.startswith("1.001193"))


def sent(form):  # noqa: ANN001, ANN201
    """As a browser sends it: line ends of the network, rows by name."""
    items = [(name, value.replace("\n", "\r\n")) for name, value in form.values.items()]
    return typed_form(items + [(f"{key}-rows", token) for key, tokens in form.rows.items() for token in tokens])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:30])
def test_an_unchanged_form_gives_the_same_bytes(path: Path) -> None:
    text = path.read_bytes().decode()
    assert write_form(text, sent(read_form(values_of(text)))).encode() == path.read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:30])
def test_every_text_and_number_of_a_record_stands_in_its_form(path: Path) -> None:
    raw = values_of(path.read_text("utf-8"))
    empty = {key: raw[key] for key in ("code",)}
    form = read_form(raw)
    rebuilt = compose_yaml(write_form(f'code: "{raw["code"]}"\n', _new(form)))[1]
    assert {key: value for key, value in rebuilt.items() if value is not None} == {
        key: _plain(value) for key, value in raw.items() if value is not None and value not in ([], {})
    } | empty


def _new(form):  # noqa: ANN001, ANN202
    from bot.staff.procedures.beside import as_new

    return as_new(form)


def _plain(value):  # noqa: ANN001, ANN202
    """Without empty cells, but for a fee's amount."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None or key == "amount_vnd"}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def test_one_changed_cell_changes_one_line() -> None:
    text = BIRTH.read_text("utf-8")
    form = read_form(values_of(text))
    form = typed_form([*_items(form), ("fees-2-amount_vnd", "9.000")])
    before, after = text.splitlines(), write_form(text, form).splitlines()
    odd = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(odd) == 1 and "8000" in odd[0][0] and odd[0][1] == odd[0][0].replace("8000", "9000")
    assert "Luật Hộ tịch mới" in "\n".join(after)


def test_a_row_that_moves_takes_its_bytes_along() -> None:
    text = BIRTH.read_text("utf-8")
    moved = write_form(text, row_up(read_form(values_of(text)), "documents", "3"))
    assert sorted(moved.splitlines()) == sorted(text.splitlines())
    assert moved != text and [row["name"] for row in values_of(moved)["documents"]][2].startswith("Giấy tờ chứng minh nơi cư trú")


def test_rows_come_and_go() -> None:
    text = BIRTH.read_text("utf-8")
    form, token = with_row(read_form(values_of(text)), "fees", {"name": "Phí mới: thử", "amount_vnd": "7000", "effective_from": "2027-01-01"})
    form = without_row(form, "fees", "1")
    rows = values_of(write_form(text, form))["fees"]
    assert token == "n1" and len(rows) == 3
    assert rows[-1] == {"name": "Phí mới: thử", "amount_vnd": 7000, "effective_from": "2027-01-01"}
    assert read_record(write_form(text, form)).error is None


def test_a_row_left_empty_is_not_written() -> None:
    text = BIRTH.read_text("utf-8")
    form, _ = with_row(read_form(values_of(text)), "documents")
    assert write_form(text, form) == text


def test_a_part_left_open_goes_and_its_reason_comes() -> None:
    text = BIRTH.read_text("utf-8")
    form = read_form(values_of(text))
    form = typed_form([*_items(form), ("conditions", ""), ("unknown-conditions", "nguồn không nêu điều kiện")])
    raw = values_of(write_form(text, form))
    assert "conditions" not in raw and raw["unknown"]["conditions"] == "nguồn không nêu điều kiện"
    assert read_record(write_form(text, form)).error is None


def test_what_the_form_does_not_know_stays() -> None:
    text = 'code: "1.900001"\nname: Nuôi ong\nextra: {a: 1}  # của người khác\nfees:\n  # vì sao\n  - {name: Phí, amount_vnd: 5, own: x}\n'
    form = typed_form([*_items(read_form(values_of(text))), ("name", "Nuôi ong mật"), ("fees-0-amount_vnd", "6")])
    assert write_form(text, form) == text.replace("Nuôi ong", "Nuôi ong mật").replace("amount_vnd: 5", "amount_vnd: 6")


@pytest.mark.parametrize("typed", [
    "miễn phí: có", "'nháy'", '"kép"', "- gạch", "# thăng", "{ngoặc}", "[vuông]", "yes", "null", "1.010010", "8:30", "2026-11-22", "a, b", "& * ! | > % @ `",
    "https://dichvucong.gov.vn/x?a=1#b", "<script>alert(1)</script>", "\\n", "a\u200bb", "tab\tở giữa", "x" * 5000, "~", "? hỏi", "…", "0x1F", "🐝",
])  # fmt: skip
def test_any_text_comes_back_as_it_was_typed(typed: str) -> None:
    text = BIRTH.read_text("utf-8")
    form = typed_form([*_items(read_form(values_of(text))), ("place-note", typed), ("documents-0-note", typed), ("steps", f"{typed}\nbước sau")])
    raw = values_of(write_form(text, form))
    wanted = " ".join(typed.split())
    assert raw["place"]["note"] == raw["documents"][0]["note"] == raw["steps"][0] == wanted
    assert read_form(raw).get("place-note") == wanted


def test_characters_that_no_file_can_hold_are_dropped() -> None:
    assert typed_form([("name", "Đa\u0300\x00\x07\ud800ng")]).get("name") == "Đàng"


def test_names_that_are_no_field_are_passed_over() -> None:
    form = typed_form([("__class__", "x"), ("fees-x-name", "x"), ("fees-0-nothing", "x"), ("unknown-name", "x"), ("name-0", "x"), ("fees-rows", "../1")])
    assert form.values == {} and form.rows["fees"] == ()


def test_random_changes_are_read_back_as_they_were_made() -> None:
    dice = random.Random(7)
    for path in dice.sample(FILES, 25):
        text = path.read_text("utf-8")
        form = read_form(values_of(text))
        names = dice.sample(sorted(name for name, value in form.values.items() if value and "kind" not in name and "status" not in name), 8)
        names = [name for name in names if name.split("-")[-1] not in ("unit", "amount", "originals", "copies", "amount_vnd", "amount_usd", "max_vnd")]
        changed = typed_form([*_items(form), *((name, f"{form.get(name)} 'đổi', {name}") for name in names)])
        after = read_form(values_of(write_form(text, changed)))
        assert {name: lines(after.get(name)) for name in names} == {name: lines(changed.get(name)) for name in names}
        assert {key: value for key, value in after.values.items() if key not in names} == {k: v for k, v in form.values.items() if k not in names}


def test_a_file_that_cannot_be_read_is_begun_anew_under_its_comments() -> None:
    text = "# Nguồn: cổng\ncode: [\n"
    assert write_form(text, typed_form([("name", "Nuôi ong")])) == "# Nguồn: cổng\nname: Nuôi ong\n"


def test_the_form_has_every_key_of_a_record() -> None:
    assert set(ORDER) == {*PARTS, "code", "unknown"}
    from dataclasses import fields

    from index.procedure import Procedure

    assert {field.name for field in fields(Procedure)} - {*IMPORT_ONLY} == set(ORDER)
    assert OPTIONAL - set(ORDER) == {*IMPORT_ONLY}


def _items(form):  # noqa: ANN001, ANN202
    return [*form.values.items(), *((f"{key}-rows", token) for key, tokens in form.rows.items() for token in tokens)]

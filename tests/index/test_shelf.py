"""Records on disk come back as they were, one by one."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index import shelf
from index.procedure import (
    UNITS,
    Case,
    Channel,
    Decision,
    Difference,
    Document,
    Duration,
    Fee,
    Place,
    Procedure,
    Source,
    Template,
)
from index.shelf import Head, Shelf, write_shelf

from ..small import BEES, CARD, RAW, REGISTER, RENEW, procedure

DAY = date(2026, 11, 22)
FULL = Procedure(
    code="1.900007", name="Tên “lạ”, có \\ và 'nháy'", aliases=("cách gọi",), overview="để làm gì", field="Lĩnh vực", level="ministry", province="ca-mau",
    applicants=("ai đó",), cases=(Case("a", "Trường hợp a"),),
    documents=(Document("Đơn", 1, 2, "if_needed", "a", "mau", "ghi chú"), Document("Ảnh", 0, 0)),
    duration=(*(Duration(None if unit == "same_day" else 3, unit, "a", "online", "chậm nhất") for unit in UNITS), Duration(None, None, note="theo hẹn")),
    fees=(Fee("Phí", 0, 5, 9, "lần", "a", "post", "hộ nghèo", "ghi chú", "Thông tư 1/2026/TT-BTC", DAY, date.max), Fee("Lệ phí", None, note="tỉnh định")),
    post_submit=Channel("accepted", "có"), post_return=Channel("unknown"), online=Channel("appointment", "hẹn"), place=Place("Sở", "ở tỉnh", "giờ hành chính"),
    steps=("Bước",), conditions=(), result=("Giấy",), template=(Template("mau", "Mẫu", "M01", "ghi chú"),), legal_basis=("Luật 1/2026/QH15",),
    decision=Decision("1/QĐ-X", DAY), source=Source("Cổng", "https://example.vn", DAY), contact="commune", checked_on=DAY, effective_from=DAY, effective_to=date.max,
    unknown=(("conditions", "nguồn không nói"),), replaces=("1.900001",), differences=(Difference("fees", "ours 5", "lý do"),),
    reviewed=False, warnings=(("overview", "cả bản ghi"), ("fees", "mức thu cũ"), ("fees", "tỉnh định")),
)


@pytest.fixture
def written(tmp_path: Path) -> Shelf:
    write_shelf(tmp_path, [procedure(raw) for raw in RAW])
    return Shelf(tmp_path)


def returned(record: Procedure, folder: Path) -> Procedure:
    write_shelf(folder, [record])
    return Shelf(folder)[record.code]


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Procedure)])
def test_every_field_comes_back(field: str, tmp_path: Path) -> None:
    assert getattr(returned(FULL, tmp_path), field) == getattr(FULL, field)


@pytest.mark.parametrize("changes", [
    {"aliases": ()}, {"decision": None, "unknown": (("conditions", "a"), ("decision", "b"))}, {"warnings": ()}, {"reviewed": True, "warnings": ()}, {"province": None},
    {"documents": (), "unknown": (("conditions", "a"), ("documents", "b"))}, {"effective_from": None, "effective_to": None},
], ids=lambda changes: "+".join(changes))
def test_what_is_missing_comes_back_missing(changes: dict[str, Any], tmp_path: Path) -> None:
    record = dataclasses.replace(FULL, **changes)
    assert returned(record, tmp_path) == record
    assert returned(record, tmp_path).version == record.version


def test_every_real_record_comes_back(real_procedures: list[Procedure], tmp_path: Path) -> None:
    write_shelf(tmp_path, real_procedures)
    assert list(Shelf(tmp_path).values()) == sorted(real_procedures, key=lambda record: record.code)


def test_codes_stand_in_order_and_others_are_a_key_error(written: Shelf) -> None:
    assert list(written) == [REGISTER, RENEW, CARD] and len(written) == 3
    assert REGISTER in written and "9.999999" not in written and 5 not in written
    assert written.get("9.999999") is None
    with pytest.raises(KeyError, match="9.999999"):
        written["9.999999"]


def test_heads_tell_what_lists_need(written: Shelf) -> None:
    assert written.heads[CARD] == Head("Cấp thẻ thư viện tỉnh", ("làm thẻ mượn sách", "xin thẻ đọc sách"), "Văn hóa", True)
    assert list(written.heads) == list(written)


def test_a_record_is_read_when_asked_for_and_only_once(written: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    parse = shelf.record
    monkeypatch.setattr(shelf, "record", lambda row: (read.append(row["code"]), parse(row))[1])
    assert read == []
    assert written[CARD] is written[CARD] and read == [CARD]


def test_the_reviewed_ones_can_be_read_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_shelf(tmp_path, [dataclasses.replace(procedure(raw), reviewed=raw is not BEES) for raw in RAW])
    written, read, parse = Shelf(tmp_path), [], shelf.record
    monkeypatch.setattr(shelf, "record", lambda row: (read.append(row["code"]), parse(row))[1])
    written.warm()
    assert read == [RENEW, CARD] and written[CARD] and written[RENEW] and read == [RENEW, CARD]
    assert written[REGISTER].code == read[-1] == REGISTER


def test_the_records_used_last_are_kept(written: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "KEPT", 2)
    first, second = written[REGISTER], written[RENEW]
    assert written[REGISTER] is first
    assert written[CARD] and written[REGISTER] is first
    assert written[RENEW] == second and written[RENEW] is not second


def test_threads_get_the_same_records(written: Shelf, procedures: dict[str, Procedure], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "KEPT", 1)
    codes = [code for _ in range(50) for code in procedures]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(written.__getitem__, codes)) == [procedures[code] for code in codes]

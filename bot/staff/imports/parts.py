"""Two records of one code, or one and nothing, in; the parts that differ, each as lines a person reads, out. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.procedure import Procedure

PARTS: Mapping[str, str] = {
    "name": "Tên thủ tục",
    "field": "Lĩnh vực",
    "level": "Cấp giải quyết",
    "applicants": "Đối tượng",
    "cases": "Trường hợp",
    "documents": "Thành phần hồ sơ",
    "duration": "Thời hạn",
    "fees": "Phí, lệ phí",
    "post_submit": "Nộp qua bưu chính",
    "post_return": "Trả kết quả qua bưu chính",
    "online": "Nộp trực tuyến",
    "place": "Nơi nộp",
    "steps": "Trình tự",
    "conditions": "Yêu cầu, điều kiện",
    "result": "Kết quả",
    "template": "Biểu mẫu",
    "legal_basis": "Căn cứ pháp lý",
    "decision": "Quyết định công bố",
    "overview": "Giới thiệu",
    "contact": "Nơi hỏi",
    "effective_from": "Có hiệu lực từ",
    "effective_to": "Hết hiệu lực",
    "unknown": "Phần nguồn không nói",
    "warnings": "Cảnh báo",
}
"""Part of the record -> its name, in the order a person reads. What only marks the copy (source, checked_on) is left out."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """before, after: lines; empty = the part is empty on that side."""

    part: str
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def part_changes(before: Procedure | None, after: Procedure | None) -> list[PartChange]:
    """In the order of PARTS."""
    found = []
    for part, title in PARTS.items():
        one, two = (lines(getattr(record, part)) if record else () for record in (before, after))
        if one != two:
            found.append(PartChange(part, title, one, two))
    return found


def lines(value: Any) -> tuple[str, ...]:
    """A value of a record as lines: a row each, its fields parted by " · ", empty fields left out."""
    if value is None or value == "" or value == ():
        return ()
    rows = value if isinstance(value, tuple) else (value,)
    return tuple(_line(row) for row in rows)


def _line(row: Any) -> str:
    if dataclasses.is_dataclass(row):
        named = ((field.name, getattr(row, field.name)) for field in dataclasses.fields(row))
        return " · ".join(_said(name, value) for name, value in named if value not in (None, "", ()))
    if isinstance(row, tuple):
        return " · ".join(_line(part) for part in row if part not in (None, "", ()))
    return f"{row:%d/%m/%Y}" if isinstance(row, date) else str(row)


WORDS = {
    "originals": "bản chính", "copies": "bản sao", "amount_vnd": "đồng", "amount_usd": "USD", "max_vnd": "tối đa (đồng)", "per": "cho mỗi",
    "case": "trường hợp", "channel": "cách nộp", "condition": "điều kiện", "note": "ghi chú", "unit": "đơn vị", "amount": "số lượng",
    "effective_from": "từ", "effective_to": "đến", "template": "mẫu", "number": "số", "date": "ngày", "status": "tình trạng", "where": "tại",
}  # fmt: skip


def _said(name: str, value: Any) -> str:
    text = _line(value)
    return f"{WORDS[name]}: {text}" if name in WORDS else text

"""Words of a state that is gone: the district level (to 30/6/2025) and the paper household book."""

from __future__ import annotations

import re
from dataclasses import asdict, is_dataclass
from typing import Any

from index.finding import Notes
from index.portal_text import clean, strings
from index.procedure import Procedure

PARTS = ("documents", "duration", "fees", "place", "steps", "conditions", "result", "template", "overview")
DISTRICT = re.compile(
    r"cấp huyện|(?:UBND|ban nhân dân) (?:các )?(?:quận|huyện|thị xã)\b|\bhuyện, quận\b|\bquận, huyện\b|phòng tư pháp|phòng lao động\W", re.I
)
HOUSEHOLD = re.compile(r"sổ hộ khẩu", re.I)
STALE = (
    (
        "district_level",
        DISTRICT,
        "dữ liệu còn nhắc cấp huyện, mà cấp huyện đã bỏ từ ngày 1/7/2025; hỏi Trung tâm Phục vụ hành chính công cấp xã",
    ),
    ("household_book", HOUSEHOLD, "dữ liệu còn nhắc sổ hộ khẩu, giấy này nay không còn dùng"),
)


def note_stale(procedure: Procedure, raw: str, notes: Notes) -> None:
    """A finding and a warning for each part that is drafted with such a word; a finding alone when only the raw text has it."""
    said = clean(raw)
    if not any(pattern.search(said) for _, pattern, _ in STALE):
        return
    shown = asdict(procedure)
    texts = {part: clean(" ".join(strings(shown[part]))) for part in PARTS}
    for kind, pattern, warning in STALE:
        parts = [part for part in PARTS if pattern.search(texts[part])]
        for part in parts:
            notes.found(kind, part, pattern.search(texts[part]).group(), warning)  # type: ignore[union-attr]
        if not parts and (match := pattern.search(said)):
            notes.found(kind, "", match.group())


def stale_warnings(shown: Any) -> list[str]:
    """What is told beside a part that is shown; the part as the record has it."""
    texts = asdict(shown) if is_dataclass(shown) else [asdict(row) if is_dataclass(row) else row for row in shown or ()]
    said = clean(" ".join(strings(texts)))
    return [warning for _, pattern, warning in STALE if pattern.search(said)]

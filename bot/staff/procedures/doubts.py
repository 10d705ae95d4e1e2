"""A record, its official one and a day in; what is doubtful about each part out: the linter's, the import's, what differs, what ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from actions import words
from actions.places import Places, spoken, today_name
from bot.staff.procedures.form import shown
from bot.staff.procedures.kinds import TITLES, URGENT
from bot.staff.procedures.official import Official
from bot.staff.procedures.parts import PARTS
from bot.staff.procedures.record import Reading
from index.check import STALE, ends_of, expiry
from index.compare import differences
from index.procedure import Procedure

SEARCHED_AS = ("aliases",)
"""People may still say the old words; that is what these are for."""
_TYPED = re.compile(r"(?:tỉnh|huyện|xã|phường|thị trấn|thị xã|thành phố) ", re.I)


@dataclass(frozen=True, slots=True)
class Doubt:
    """field: name of a field of the form or of a part, "" = the record as a whole. part: the part that it lies in.

    mark: what a reason for this difference must be written with, as the reader of records compares it.
    """

    kind: str
    field: str
    sentence: str
    mark: str = ""

    @property
    def part(self) -> str:
        """ "fees-0-name" -> "fees"."""
        return self.field.split("-")[0]

    @property
    def title(self) -> str:
        """For lists."""
        return TITLES[self.kind]


def doubts_of(reading: Reading, found: Official | None, places: Places | None, day: date, imported: bool) -> list[Doubt]:
    """The urgent first, then in the order of the page. imported: is there a catalogue to compare with at all?"""
    doubts = [*_unfit(reading), *_texts(reading.raw, places)]
    if reading.procedure is not None:
        doubts += _ends(reading.procedure, day)
    if found is not None:
        doubts += _against(reading, found)
    elif imported:
        doubts.append(Doubt("not_in_catalogue", "", "Danh mục đã nhập không có mã này. Anh/chị xem thủ tục có bị thay bằng mã khác không."))
    order = [*PARTS, ""]
    rank = {kind: n for n, kind in enumerate(URGENT)}
    doubts.sort(key=lambda one: (rank.get(one.kind, len(rank)), order.index(one.part) if one.part in order else len(order)))
    return list(dict.fromkeys(doubts))


def by_part(doubts: list[Doubt]) -> dict[str, list[Doubt]]:
    """Part -> its doubts; "" for the record as a whole and for parts that the form does not have."""
    found: dict[str, list[Doubt]] = {}
    for one in doubts:
        found.setdefault(one.part if one.part in PARTS else "", []).append(one)
    return found


def _unfit(reading: Reading) -> Iterator[Doubt]:
    if reading.error is not None:
        where = re.split(r"[\[.]", reading.error.field)[0]
        yield Doubt("unfit", where if where in PARTS else "", reading.error.sentence)


def _ends(procedure: Procedure, day: date) -> Iterator[Doubt]:
    for where, end in ends_of(procedure):
        for _, soon in expiry([(where, end)], day):
            n = re.search(r"\d+", where)
            name = f"fees-{n[0]}-effective_to" if n else "effective_to"
            what = f"Khoản thu “{procedure.fees[int(n[0])].name}”" if n else "Bản ghi"
            assert end is not None
            told = f"{what} sẽ hết hạn sau ngày {words.day(end)}." if soon else f"{what} đã hết hạn ngày {words.day(end)}; bot không còn dùng."
            yield Doubt("expiring" if soon else "expired", name, told)


def _texts(raw: Mapping[str, Any], places: Places | None) -> Iterator[Doubt]:
    for name, text in _fields(raw):
        if name in SEARCHED_AS:
            continue
        for word in sorted(set(STALE.findall(text))):
            yield Doubt("stale_word", name, f"Còn chữ “{word}”; cấp huyện và sổ hộ khẩu giấy nay không còn.")
        for old, now in old_units(text, places) if places else ():
            yield Doubt("old_unit", name, f"“{old}” là tên cũ; nay là {now}.")


@lru_cache(maxsize=8192)
def old_units(text: str, places: Places) -> tuple[tuple[str, str], ...]:
    """(as written, the names of today) of the old units that a text names with their type, in its order. A bare name ("Hòa Bình") may
    be anything; in a record only "xã …", "huyện …" is sure."""
    said = spoken(text)
    found = []
    for mention in today_name(text, places):
        written = " ".join(said[mention.start : mention.end])
        now = dict.fromkeys(name for unit in mention.units for name in unit.now)
        if _TYPED.match(written) and written.lower() not in {name.lower() for name in now}:
            found.append((written, " hoặc ".join(now)))
    return tuple(dict.fromkeys(found))


def _against(reading: Reading, found: Official) -> Iterator[Doubt]:
    if found.withdrawn:
        yield Doubt("withdrawn", "", "Cổng đã rút thủ tục này khỏi danh mục. Anh/chị xem thủ tục có bị thay hay bãi bỏ không.")
    if reading.procedure is not None and found.facts is not None:
        explained = {(row.field, row.value) for row in reading.procedure.differences}
        real = differences(reading.procedure, found.facts)
        for part, value in real:
            if (part, value) not in explained:
                yield Doubt("differs", part, f"Khác bản chính thức: {told(value)}. Sửa, hoặc ghi lý do ở cuối trang kèm đúng chữ sau.", value)
        for n, row in enumerate(reading.procedure.differences):
            if (row.field, row.value) not in real:
                yield Doubt("no_difference", f"differences-{n}-value", f"Chỗ khác này nay không còn ({told(row.value)}); anh/chị bỏ dòng này.")
    for finding in found.findings:
        detail = f": {finding.detail}" if finding.detail and not finding.detail.isascii() else ""  # ASCII: a name inside the portal's data
        yield Doubt(finding.kind, finding.part, f"Bản nhập từ cổng: {TITLES[finding.kind].lower()}{detail}.")


def told(value: str) -> str:
    """ "ours 9 working_days" of index.compare, in Vietnamese."""
    value = re.sub(r"^ours number ", "bản ghi có số ", value)
    value = re.sub(r"^ours ", "bản ghi ghi ", value)
    value = re.sub(r"^catalogue ", "cổng ghi ", value)
    value = re.sub(r", catalogue has (no )?(\w+)$", lambda m: f", cổng {'không có' if m[1] else 'có'} cách nộp này", value)
    value = re.sub(r", catalogue (.+)$", r", cổng ghi \1", value)
    for unit, name in words.UNITS.items():
        value = re.sub(rf"\b{unit}\b", name, value)
    return value.replace("None", "trống").replace("not_accepted", "không nhận").replace("accepted", "có nhận").replace("unknown", "chưa rõ")


def _fields(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of the record with the name of its field."""
    for part in PARTS.values():
        value = raw.get(part.key)
        if part.shape == "rows" and isinstance(value, list):
            for n, row in enumerate(row for row in value if isinstance(row, dict)):
                yield from ((f"{part.key}-{n}-{cell.key}", row[cell.key]) for cell in part.cells if isinstance(row.get(cell.key), str))
        elif part.shape == "group" and isinstance(value, dict):
            yield from ((f"{part.key}-{cell.key}", value[cell.key]) for cell in part.cells if isinstance(value.get(cell.key), str))
        elif isinstance(value, list):
            yield part.key, "\n".join(map(shown, value))
        elif isinstance(value, str):
            yield part.key, value

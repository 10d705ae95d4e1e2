"""All procedures, ours and those only imported: words and filters in, rows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from actions.places import Places
from bot.staff.plain import field_words, file_words
from bot.staff.procedures import around
from bot.staff.procedures.doubts import Doubt, doubts_of
from bot.staff.procedures.kinds import TITLES
from bot.staff.procedures.official import Official, folded, listed, officials, report_findings
from bot.staff.procedures.record import FOLDER, Reading, code_in, read_record
from index.catalogue import DataError, compose_yaml
from index.check import ends_in, ends_of

if TYPE_CHECKING:
    from bot.staff.content.store import Content

PAGE_SIZE = 25
SHOWN = (
    ("", "Tất cả"),
    ("own", "Đã có bản ghi"),
    ("imported", "Chỉ có bản nhập"),
    ("doubts", "Có cảnh báo"),
    ("changed", "Đã sửa, chưa xuất bản"),
    ("draft", "Bản nháp"),
)
NEARLY = (30, 60, 90)
"""Days."""


@dataclass(frozen=True)
class Row:
    """One procedure. path: its file, "" for one that is only imported. state: submitted, draft or imported. doubts: None = not asked."""

    code: str
    name: str
    field: str
    path: str
    state: str
    words: str
    reading: Reading | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """Something with a last day. where: where to change it, below /can-bo."""

    day: date
    what: str
    of: str
    where: str


def own_rows(content: Content, changed: Iterable[str] = ()) -> list[Row]:
    """Records with a file, drafts too, in code order. changed: paths that differ from what is live."""
    submitted, changed = content.tree(prefix=FOLDER), set(changed)
    rows = []
    for path in content.paths(FOLDER):
        code = code_in(path)
        if not code:
            continue
        revision = content.read(path) if path not in submitted else None
        text = submitted.get(path) or (revision.text if revision else "") or ""
        reading = read_record(text)
        words = _words(code, text)
        rows.append(Row(code, reading.name, reading.field, path, "submitted" if path in submitted else "draft", words, reading, path in changed))
    return sorted(rows, key=lambda row: row.code)


def all_rows(content: Content, var: Path, changed: Iterable[str] = ()) -> list[Row]:
    """Ours, then those that are only imported, each in code order."""
    own = own_rows(content, changed)
    known = {row.code for row in own}
    return own + [Row(one.code, one.name, one.field, "", "imported", one.words) for one in listed(var) if one.code not in known]


def warm(content: Content, engine: sa.engine.Engine, var: Path, day: date) -> int:
    """Read once what the list and its first page need, so that nobody waits for it -> how many procedures. Done again when nothing has
    changed it costs some hundredths of a second."""
    rows = all_rows(content, var, live_changes(content, engine))
    doubts_by_code(rows[:PAGE_SIZE], content, var, day)
    return len(rows)


def found(rows: Iterable[Row], query: str, field: str, shown: str, doubtful: Iterable[str] = ()) -> list[Row]:
    """Every word of `query` begins a word of code, name, other names or field; a code may be typed alone. doubtful: codes."""
    wanted = folded(query).split()
    doubtful = set(doubtful)
    tests = {
        "own": lambda row: row.state != "imported",
        "imported": lambda row: row.state == "imported",
        "draft": lambda row: row.state == "draft",
        "changed": lambda row: row.changed,
        "doubts": lambda row: row.code in doubtful,
    }
    test = tests.get(shown, lambda row: True)
    code = "".join(query.split())
    return [
        row
        for row in rows
        if test(row)
        and (not field or row.field == field)
        and (row.code == code or all(f" {word}" in row.words for word in wanted))
    ]


def fields_of(rows: Iterable[Row]) -> list[str]:
    """In alphabetical order without diacritics."""
    return sorted({row.field for row in rows}, key=lambda name: (folded(name), name))


def doubts_by_code(rows: Iterable[Row], content: Content, var: Path, day: date) -> dict[str, list[Doubt]]:
    """Of the records with a file."""
    rows = [row for row in rows if row.reading is not None]
    places, imported = around.places(content), bool(listed(var))
    known = officials(var, [row.code for row in rows])
    return {row.code: _doubts(row.reading, known.get(row.code), places, day, imported) for row in rows if row.reading is not None}


def worklist(doubts: Mapping[str, list[Doubt]], var: Path) -> list[tuple[str, str, int, int]]:
    """(kind, title, our records with it, records that are only imported with it), the kinds in the order of kinds.py."""
    ours = Counter(kind for found in doubts.values() for kind in {one.kind for one in found})
    theirs = Counter(kind for code, kind in {(code, kind) for code, kind, _ in report_findings(var)} if code not in doubts)
    return [(kind, title, ours[kind], theirs[kind]) for kind, title in TITLES.items() if ours[kind] or theirs[kind]]


def endings(rows: Iterable[Row], content: Content, day: date, days: int) -> list[End]:
    """Everything that ends within `days` of `day`, and what has ended already; the earliest first."""
    last = day + timedelta(days=days)
    found = []
    for row in rows:
        procedure = row.reading.procedure if row.reading else None
        for where, end in ends_of(procedure) if procedure else ():
            if end and end <= last:
                n = int(where[5:-1]) if where.startswith("fees[") else None
                what = "Cả bản ghi" if n is None else f"Khoản thu: {procedure.fees[n].name}"
                anchor = "effective_to" if n is None else f"fees-{n}-effective_to"
                found.append(End(end, what, f"{row.name} ({row.code})", f"/procedures/{row.code}#{anchor}"))
    for path, text in content.tree().items():
        if path.startswith("province/") or path == "families.yml":
            found += [
                End(end, field_words(what) or "Một mục", file_words(path), f"/content/history?path={path}")
                for what, end in _dated(text)
                if end <= last
            ]
    return sorted(found, key=lambda one: (one.day, one.of, one.what))


def live_changes(content: Content, engine: sa.engine.Engine) -> set[str]:
    """Paths that differ from the snapshot that is live; none while nothing is live."""
    if not sa.inspect(engine).has_table("staff_candidates"):
        return set()
    asked = sa.text("select snapshot from staff_candidates where state = 'live' order by made_at desc limit 1")
    with engine.connect() as connection:
        snapshot = connection.execute(asked).scalar()
    return set() if snapshot is None else {change.path for change in content.changes(snapshot)}


@lru_cache(maxsize=4096)
def _words(code: str, text: str) -> str:
    reading = read_record(text)
    aliases = reading.raw.get("aliases")
    return folded(code, reading.name, reading.field, *(map(str, aliases) if isinstance(aliases, list) else ()))


_KNOWN: dict[tuple[int, int, int, date, bool], tuple[tuple[object, ...], list[Doubt]]] = {}


def _doubts(reading: Reading, found: Official | None, places: Places | None, day: date, imported: bool) -> list[Doubt]:
    """Kept: comparing 151 records takes seconds, and they and the official ones are the same objects until their text changes."""
    key = (id(reading), id(found), id(places), day, imported)
    kept = _KNOWN.get(key)
    if kept is None or any(one is not other for one, other in zip(kept[0], (reading, found, places), strict=True)):
        if len(_KNOWN) > 2000:
            _KNOWN.clear()
        kept = _KNOWN[key] = ((reading, found, places), doubts_of(reading, found, places, day, imported))
    return kept[1]


@lru_cache(maxsize=32)
def _dated(text: str) -> tuple[tuple[str, date], ...]:
    try:
        return tuple(ends_in(compose_yaml(text)[1]))
    except (DataError, ValueError):
        return ()

"""Rows of the log in, a CSV that a spreadsheet opens or JSON lines out; piece by piece."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import datetime

from bot.staff.pages import VIETNAM
from bot.staff.people.audit import Row

COLUMNS = tuple(field.name for field in fields(Row))
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run by a spreadsheet."""


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """With a byte order mark, so that a spreadsheet reads the Vietnamese; `at` in Vietnam's time, ISO 8601."""
    yield "\ufeff" + _line(COLUMNS)
    for row in rows:
        yield _line([_cell(name, value) for name, value in asdict(row).items()])


def as_jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """Every field as it is kept, so that the chain can be checked again from the file alone."""
    for row in rows:
        yield json.dumps(asdict(row), ensure_ascii=False, sort_keys=True) + "\n"


def _cell(name: str, value: object) -> str:
    text = datetime.fromtimestamp(float(value), VIETNAM).isoformat(timespec="seconds") if name == "at" else str("" if value is None else value)  # type: ignore[arg-type]
    return f"'{text}" if text.startswith(FORMULA) else text


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()

"""The records of a release on disk, read one by one when they are asked for: 5,474 of them would take 200 MB of objects."""

from __future__ import annotations

import dataclasses
import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.catalogue import parse_procedure
from index.procedure import Procedure

KEPT = 512
"""Records kept in memory, the last ones used: about 10 MB."""
RECORDS, HEADS = "procedures.jsonl", "heads.json"


@dataclass(frozen=True, slots=True)
class Head:
    """What lists need of a record without reading it whole."""

    name: str
    aliases: tuple[str, ...]
    field: str
    reviewed: bool


class Shelf(Mapping[str, Procedure]):
    """code -> Procedure, in code order. Thread-safe. Raises KeyError for a code that is not there."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RECORDS
        rows = json.loads((folder / HEADS).read_text("utf-8"))
        self.heads = {row[0]: Head(row[3], tuple(row[4]), row[5], row[6]) for row in rows}
        self._places = {row[0]: (row[1], row[2]) for row in rows}
        self._kept: OrderedDict[str, Procedure] = OrderedDict()
        self._lock = threading.Lock()

    def __getitem__(self, code: str) -> Procedure:
        with self._lock:
            if code in self._kept:
                self._kept.move_to_end(code)
                return self._kept[code]
        start, length = self._places[code]
        with self._path.open("rb") as file:
            file.seek(start)
            procedure = record(json.loads(file.read(length)))
        with self._lock:
            self._kept[code] = procedure
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return procedure

    def warm(self) -> None:
        """Reads the reviewed ones, which are asked for most: as many as are kept."""
        for code in [code for code, head in self.heads.items() if head.reviewed][:KEPT]:
            self[code]

    def __contains__(self, code: object) -> bool:
        return code in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def read_shelf(folder: Path) -> Iterator[Procedure]:
    """All of them, in code order, read through once. Raises ValueError when there are not as many as the heads say."""
    count = len(json.loads((folder / HEADS).read_text("utf-8")))
    with (folder / RECORDS).open("rb") as file:
        for line in file:
            yield record(json.loads(line))
            count -= 1
    if count:
        raise ValueError(f"{folder / RECORDS}: {count} records too few")


def write_shelf(folder: Path, procedures: Iterable[Procedure]) -> None:
    """The two files that Shelf reads."""
    heads: list[list[Any]] = []
    start = 0
    with (folder / RECORDS).open("wb") as file:
        for procedure in sorted(procedures, key=lambda p: p.code):
            line = json.dumps(dataclasses.asdict(procedure), ensure_ascii=False, default=_day).encode() + b"\n"
            file.write(line)
            heads.append(
                [procedure.code, start, len(line), procedure.name, procedure.aliases, procedure.field, procedure.reviewed]
            )
            start += len(line)
    (folder / HEADS).write_text(json.dumps(heads, ensure_ascii=False), "utf-8")


def record(row: Mapping[str, Any]) -> Procedure:
    """A row as `write_shelf` wrote it -> Procedure."""
    row = dict(row)
    for n, duration in enumerate(row["duration"]):
        unit, amount = duration.pop("unit"), duration.pop("amount")
        row["duration"][n] = {**({unit: amount if unit != "same_day" else True} if unit else {}), **duration}
    unknown = dict(row["unknown"])
    row["unknown"] = unknown
    return parse_procedure({key: value for key, value in row.items() if not (key in unknown and not value)})


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)

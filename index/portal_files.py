"""A catalogue as staff hold it (.jsonl.xz, .jsonl, .json, or a folder of those) -> raw rows, and the places that cannot be read."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from index.portal_record import code_of

SUFFIXES = (".jsonl.xz", ".jsonl", ".json")
MOST_LINE = 16 * 1024 * 1024
"""Bytes; the national catalogue's longest record has 146,000."""
MOST_BYTES = 2 * 1024 * 1024 * 1024
"""Of one file once unpacked; the national catalogue has 66 MB. A few kB of .xz can hold more than a disk."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A place that gives no record. line: from 1, 0 = the whole file. unreadable: the code is not known either, so a code that
    seems to be missing from the file may stand there."""

    file: str
    line: int
    reason: str
    unreadable: bool = True


@dataclass
class Catalogue:
    """Files to read; `broken` fills while `rows` runs."""

    files: tuple[Path, ...]
    broken: list[Broken] = field(default_factory=list)
    _behind: int = 0
    _open: BinaryIO | None = None

    @property
    def share(self) -> float:
        """How much of the files' bytes, packed as they are, `rows` has read: 0 to 1."""
        total = sum(path.stat().st_size for path in self.files)
        here = self._open.tell() if self._open is not None and not self._open.closed else 0
        return min(1.0, (self._behind + here) / total) if total else 1.0

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every record with a usable code, file by file."""
        for path in self.files:
            for line, value in self._values(path):
                reason = _refused(value)
                if reason is None:
                    yield value
                else:
                    known = isinstance(value, dict) and isinstance(value.get("code"), str) and code_of(value) is None
                    self.broken.append(Broken(path.name, line, reason, unreadable=not known))
            self._behind, self._open = self._behind + path.stat().st_size, None

    def _values(self, path: Path) -> Iterator[tuple[int, Any]]:
        """(line, value) of one file; a line that is no JSON is noted and the reading goes on."""
        if path.name.endswith(".json"):
            yield from _document(path, self.broken)
            return
        line = 0
        try:
            with path.open("rb") as self._open, lzma.open(self._open, "rb") if path.suffix == ".xz" else self._open as source:
                for line, text in enumerate(_lines(source), 1):
                    if text.strip():
                        value = _parsed(text, path, line, self.broken)
                        if value is not None:
                            yield line, value
        except (OSError, EOFError, lzma.LZMAError) as error:
            self.broken.append(Broken(path.name, line + 1, f"the file ends here: {' '.join(str(error).split())}"))

    def whole(self) -> bool:
        """True when every record was read, or at least its code: then what is missing is withdrawn."""
        return not any(place.unreadable for place in self.broken)


def open_catalogue(path: Path) -> Catalogue:
    """A file, or every file of a folder in name order. Raises OSError when there is none."""
    if path.is_dir():
        files = tuple(sorted(file for file in path.iterdir() if file.is_file() and file.name.endswith(SUFFIXES)))
        if not files:
            raise FileNotFoundError(f"{path}: holds no {', '.join(SUFFIXES)} file")
        return Catalogue(files)
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file")
    if not path.name.endswith(SUFFIXES):
        raise FileNotFoundError(f"{path}: expected a name that ends in {', '.join(SUFFIXES)}")
    return Catalogue((path,))


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Raises OSError at a line or a file that is too large to be a catalogue."""
    read = 0
    while text := source.readline(MOST_LINE + 1):
        read += len(text)
        if len(text) > MOST_LINE:
            raise OSError(f"a line of more than {MOST_LINE // 2**20} MB")
        if read > MOST_BYTES:
            raise OSError(f"more than {MOST_BYTES // 2**30} GB")
        yield text


def _document(path: Path, broken: list[Broken]) -> Iterator[tuple[int, Any]]:
    """One record, or a list of them; their places are counted as lines."""
    try:
        value = _parsed(path.read_bytes(), path, 0, broken)
    except OSError as error:
        broken.append(Broken(path.name, 0, str(error)))
        return
    if value is not None:
        yield from enumerate(value, 1) if isinstance(value, list) else [(1, value)]


def _parsed(text: bytes, path: Path, line: int, broken: list[Broken]) -> Any:
    try:
        value = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        broken.append(Broken(path.name, line, f"no JSON: {' '.join(str(error).split())[:120]}"))
        return None
    if value is None:
        broken.append(Broken(path.name, line, "is null; expected an object"))
    return value


def _refused(value: Any) -> str | None:
    """Why a value is no record; None when it is one."""
    if not isinstance(value, dict):
        return f"is a {type(value).__name__}; expected an object"
    if code_of(value) is None:
        return f"code: is {value.get('code')!r}; expected digit, dot, six digits"
    if not isinstance(value.get("detail"), dict):
        return f"detail: is a {type(value.get('detail')).__name__}; expected an object"
    return None

"""The records that are served, for GET /api/procedures: one by code, or a page of those whose names hold the words asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.procedure import Procedure
from index.shelf import Head, Shelf
from index.text import fold, normalise, tokens

PAGE_SIZE = 20


class CatalogueError(RuntimeError):
    """There are no records to serve; the message says why."""


class Catalogue(Protocol):
    """Called in a thread; either method may raise CatalogueError."""

    def get(self, code: str) -> Procedure | None:
        """By short code, 1.001193; None when it is not loaded."""

    def search(self, query: str, page: int) -> tuple[list[Procedure], int]:
        """Page (from 1) of PAGE_SIZE records, best first, and how many there are in all; an empty query lists them all."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """The records of one release, in code order, each with its folded words: (of the name, of everything)."""

    release: Path
    records: Shelf
    words: tuple[tuple[str, str, str], ...]


class ReleaseCatalogue:
    """Reads the release that is current; notices when another one becomes current."""

    def __init__(self, current: Callable[[], Path], read: Callable[[Path], Shelf]) -> None:
        self._current, self._read = current, read
        self._lock = threading.Lock()
        self._shelf: _Listed | None = None

    def get(self, code: str) -> Procedure | None:
        """See Catalogue."""
        return self._open().records.get(code)

    def search(self, query: str, page: int) -> tuple[list[Procedure], int]:
        """Every word must occur (without diacritics) in code, name, aliases or field; more of them in the name come first."""
        shelf = self._open()
        wanted = tokens(fold(normalise(query)))
        found = []
        for code, name, everything in shelf.words:
            if all(f" {word}" in everything for word in wanted):
                found.append((-sum(f" {word}" in name for word in wanted), code))
        found.sort()
        first = (page - 1) * PAGE_SIZE
        return [shelf.records[code] for _, code in found[first : first + PAGE_SIZE]], len(found)

    def _open(self) -> _Listed:
        try:
            release = self._current()
            with self._lock:
                if self._shelf is None or self._shelf.release != release:
                    records = self._read(release)
                    self._shelf = _Listed(release, records, tuple(_words(code, head) for code, head in records.heads.items()))
                return self._shelf
        except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
            raise CatalogueError(f"{type(error).__name__}: {error}") from error


class SwitchedCatalogue:
    """Another catalogue without the procedures that are switched off. off: code -> what citizens read instead, None while on."""

    def __init__(self, catalogue: Catalogue, off: Callable[[str], str | None]) -> None:
        self._catalogue, self._off = catalogue, off

    def get(self, code: str) -> Procedure | None:
        """See Catalogue."""
        return None if self._off(code) else self._catalogue.get(code)

    def search(self, query: str, page: int) -> tuple[list[Procedure], int]:
        """See Catalogue; a page may be short of what is off, the count is that of all."""
        found, total = self._catalogue.search(query, page)
        return [procedure for procedure in found if not self._off(procedure.code)], total


def _words(code: str, head: Head) -> tuple[str, str, str]:
    """Words are kept with a space in front, so that "sinh" finds "sinh" and "sin" finds it while typing, "inh" does not."""
    return code, _joined([head.name]), _joined((code, head.name, *head.aliases, head.field))


def _joined(parts: list[str] | tuple[str, ...]) -> str:
    return " " + " ".join(tokens(fold(normalise(" ".join(parts)))))


def release_catalogue(var: Path) -> ReleaseCatalogue:
    """Over var/releases/current. index.release (and faiss with it) is imported at first use, in that use's thread."""

    def current() -> Path:
        from index import release

        return release.current(var)

    def read(folder: Path) -> Shelf:
        from index import release

        return release.read_procedures(folder)

    return ReleaseCatalogue(current, read)

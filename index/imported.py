"""What an import of the national catalogue left in the content store -> what a release takes from it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from index.catalogue import DataError
from index.procedure import Procedure
from index.province import PROVINCE
from index.shelf import read_shelf, write_shelf
from index.use import read_use

KEPT = "drafts-"
"""What folders of kept drafts begin with."""


@dataclass(frozen=True, slots=True)
class Imported:
    """procedures: drafts in code order. use: code -> 0 to 1, how often it is used. stamp: changes whenever the drafts would;
    "" = read them to know."""

    procedures: Sequence[Procedure] = ()
    use: Mapping[str, float] = field(default_factory=dict)
    stamp: str = ""


class StoredDrafts(Sequence[Procedure]):
    """The drafts of a content store, made when first looked at: 5,471 of them take 16 s, and a release that is there already
    needs none. kept: a folder where they are left for the next build; its name changes with the store and with what makes drafts."""

    def __init__(self, store: Any, province: str, kept: Path | None = None) -> None:
        self._store, self._province, self._kept = store, province, kept

    @cached_property
    def _drafts(self) -> list[Procedure]:
        from index.importer import drafts

        if self._kept is not None and (kept := _read_kept(self._kept)) is not None:
            return kept
        made = drafts(self._store, self._province)
        if self._kept is not None:
            _keep(self._kept, made)
        return made

    def __getitem__(self, place: Any) -> Any:
        return self._drafts[place]

    def __len__(self) -> int:
        return len(self._drafts)

    def __iter__(self) -> Iterator[Procedure]:
        return iter(self._drafts)


def read_imported(var: Path, province: str = PROVINCE) -> Imported:
    """The content store of `var`, or of DATABASE_URL; nothing when nothing was imported."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{var / 'content.db'}"
    if url.startswith("sqlite") and not (var / "content.db").exists():
        return Imported()
    from index.content import open_store, stamp  # SQLAlchemy is loaded only where something was imported

    store = open_store(url)
    mark = f"{province} {stamp(store)}"
    name = hashlib.sha256(mark.encode() + b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()[:16]
    return Imported(StoredDrafts(store, province, var / "cache" / f"{KEPT}{name}"), read_use(var / "use.csv"), mark)


def _read_kept(folder: Path) -> list[Procedure] | None:
    """None when there is nothing that can be read."""
    try:
        return list(read_shelf(folder)) if folder.is_dir() else None
    except (OSError, ValueError, KeyError, TypeError, DataError):
        shutil.rmtree(folder, ignore_errors=True)
        return None


def _keep(folder: Path, drafts: Sequence[Procedure]) -> None:
    """Appears whole, and those of before go. That they cannot be kept stops no build."""
    temporary = folder.with_name(f".{folder.name}-{os.getpid()}")
    with suppress(OSError):
        for old in folder.parent.glob(f"{KEPT}*"):
            shutil.rmtree(old, ignore_errors=True)
        temporary.mkdir(parents=True, exist_ok=True)
        write_shelf(temporary, drafts)
        temporary.rename(folder)
    shutil.rmtree(temporary, ignore_errors=True)

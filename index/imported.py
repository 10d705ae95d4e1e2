"""What an import of the national catalogue left in the content store -> what a release takes from it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from index.procedure import Procedure
from index.use import read_use


@dataclass(frozen=True, slots=True)
class Imported:
    """procedures: drafts in code order. use: code -> 0 to 1, how often it is used. stamp: changes whenever the drafts would;
    "" = read them to know."""

    procedures: Sequence[Procedure] = ()
    use: Mapping[str, float] = field(default_factory=dict)
    stamp: str = ""


class StoredDrafts(Sequence[Procedure]):
    """The drafts of a content store, made when first looked at: 5,471 of them take 16 s, and a release that is there already
    needs none."""

    def __init__(self, store: Any, province: str) -> None:
        self._store, self._province = store, province

    @cached_property
    def _drafts(self) -> list[Procedure]:
        from index.importer import drafts

        return drafts(self._store, self._province)

    def __getitem__(self, place: Any) -> Any:
        return self._drafts[place]

    def __len__(self) -> int:
        return len(self._drafts)

    def __iter__(self) -> Iterator[Procedure]:
        return iter(self._drafts)


def read_imported(var: Path, province: str = "ca-mau") -> Imported:
    """The content store of `var`, or of DATABASE_URL; nothing when nothing was imported."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{var / 'content.db'}"
    if url.startswith("sqlite") and not (var / "content.db").exists():
        return Imported()
    from index.content import open_store, stamp  # SQLAlchemy is loaded only where something was imported

    store = open_store(url)
    return Imported(StoredDrafts(store, province), read_use(var / "use.csv"), f"{province} {stamp(store)}")

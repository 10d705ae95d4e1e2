"""An import that people look at before it holds: rows in, revisions kept and changes listed; a change accepted, the head moved.

Nothing that is served changes until `accept`. The rows themselves are kept at once, as revisions that no head names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa

from index.content import BATCH, canonical, keep_revision, now, start_run
from index.content_tables import HEADS, IMPORTS, REVISIONS, Store
from index.portal_record import code_of

KINDS = ("added", "changed", "withdrawn")


@dataclass(frozen=True, slots=True)
class StagedChange:
    """before, after: revision ids; before is None for what is added, after for what is withdrawn."""

    code: str
    kind: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Staged:
    """What a file would change, in code order. complete: False = codes that are missing prove nothing, so nothing is withdrawn."""

    import_id: int
    changes: tuple[StagedChange, ...]
    unchanged: int
    repeated: int
    complete: bool


def stage(
    store: Store,
    rows: Iterable[Mapping[str, Any]],
    source: str,
    progress: Callable[[int], None] = lambda done: None,
    complete: Callable[[], bool] = lambda: True,
) -> Staged:
    """rows: as index.content.import_rows. Of a code that stands twice the later `updatedAt` holds. Run again, it gives the same.

    Raises SQLAlchemy's errors; what was kept by then is harmless.
    """
    run = start_run(store, source)
    newest: dict[str, tuple[float, int]] = {}
    iterator, done, repeated = iter(rows), 0, 0
    while batch := list(islice(iterator, BATCH)):
        with store.engine.begin() as connection:
            for row in batch:
                code = code_of(row)
                if code is None:
                    raise ValueError(f"code: is {row.get('code')!r}; expected digit, dot, six digits")
                stamp = (row.get("detail") or {}).get("updatedAt")
                at = float(stamp) if isinstance(stamp, int | float) else 0.0
                repeated += code in newest
                if code in newest and at < newest[code][0]:
                    continue
                text, digest = canonical(dict(row))
                head = run.heads.get(code)
                same = head is not None and head[1] == digest
                newest[code] = (at, head[0] if same and head else keep_revision(connection, run, code, digest, text))
        done += len(batch)
        progress(done)
    whole = done > 0 and complete()
    here = {code: head[0] for code, head in run.heads.items() if head[2] == "present"}
    found = [_change(code, here.get(code), after) for code, (_, after) in newest.items()]
    if whole:
        found += [StagedChange(code, "withdrawn", before, None) for code, before in here.items() if code not in newest]
    changes = tuple(sorted((change for change in found if change), key=lambda change: change.code))
    with store.engine.begin() as connection:
        counts = {kind: sum(change.kind == kind for change in changes) for kind in KINDS}
        connection.execute(IMPORTS.update().where(IMPORTS.c.id == run.import_id).values(finished_at=now(), counts=json.dumps(counts)))
    unchanged = len(newest) - sum(change.kind != "withdrawn" for change in changes)
    return Staged(run.import_id, changes, unchanged, repeated, whole)


def _change(code: str, before: int | None, after: int) -> StagedChange | None:
    if before == after:
        return None
    return StagedChange(code, "changed" if before is not None else "added", before, after)


def accept(store: Store, import_id: int, changes: Sequence[StagedChange]) -> list[str]:
    """Move the heads, all in one transaction -> codes whose head is no longer the one that was compared: those stay as they are."""
    passed = []
    with store.engine.begin() as connection:
        for change in changes:
            query = sa.select(HEADS.c.revision_id, HEADS.c.status).where(HEADS.c.code == change.code).with_for_update()
            head = connection.execute(query).first()
            here = head.revision_id if head is not None and head.status == "present" else None
            if here == change.after:
                continue  # accepted before
            if here != change.before:
                passed.append(change.code)
                continue
            values: dict[str, Any] = {"import_id": import_id, "status": "present" if change.after is not None else "withdrawn"}
            if change.after is not None:
                values["revision_id"] = change.after
            if head is None:
                connection.execute(HEADS.insert().values(code=change.code, **values))
            else:
                connection.execute(HEADS.update().where(HEADS.c.code == change.code).values(**values))
    return passed


def raw_rows(store: Store, revisions: Iterable[int | None]) -> dict[int, dict[str, Any]]:
    """Revision id -> the row as the portal gave it; None and unknown ids are left out."""
    wanted = sorted({one for one in revisions if one is not None})
    rows: dict[int, dict[str, Any]] = {}
    with store.engine.connect() as connection:
        for first in range(0, len(wanted), BATCH):
            part = wanted[first : first + BATCH]
            query = sa.select(REVISIONS.c.id, REVISIONS.c.raw).where(REVISIONS.c.id.in_(part))
            rows.update({row.id: json.loads(row.raw) for row in connection.execute(query)})
    return rows

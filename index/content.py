"""The store of imported records: raw rows in, every revision kept for good, the newest of each code out again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from index.content_tables import HEADS, IMPORTS, REVISIONS, Store, StoreError, open_store
from index.portal_record import code_of

__all__ = ["BATCH", "Report", "Store", "StoreError", "canonical", "import_rows", "open_store", "present"]

BATCH = 200
"""Rows between two commits: what an interrupted import loses."""

@dataclass(frozen=True, slots=True)
class Report:
    """What an import changed. added, changed, withdrawn: codes in order. repeated: codes that the file has twice (the
    later `updatedAt` holds). internal: how many rows are for agencies only; kept, never drafted. complete: False = nothing withdrawn."""

    import_id: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    unchanged: int
    internal: int
    repeated: tuple[str, ...]
    complete: bool


@dataclass
class Run:
    """One import under way. before: code -> hash that held when it began, None when withdrawn or new."""

    import_id: int
    heads: dict[str, tuple[int, str, str]]
    before: dict[str, str | None] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    updated: dict[str, float] = field(default_factory=dict)
    internal: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)


def import_rows(
    store: Store,
    rows: Iterable[dict[str, Any]],
    source: str,
    progress: Callable[[int], None] = lambda done: None,
    complete: Callable[[], bool] = lambda: True,
) -> Report:
    """Store what is new and move the heads; run again after an interruption, it goes on where it stopped.

    rows: raw records with a code as `code_of` reads it (others are a ValueError). progress: called with the rows done.
    complete: asked after the last row; only a whole file can say that a code is withdrawn, and a file without rows says nothing.
    Raises StoreError when the database fails meanwhile; what was committed stays.
    """
    iterator, done = iter(rows), 0
    try:
        run = start_run(store, source)
        while batch := list(islice(iterator, BATCH)):
            with store.engine.begin() as connection:
                for row in batch:
                    _take(connection, run, row)
            done += len(batch)
            progress(done)
        return _finish(store, run, whole=done > 0 and complete())
    except sa.exc.SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise StoreError(f"stopped after {done} rows: {reason}; run the import again, it goes on") from error


def present(store: Store) -> Iterator[dict[str, Any]]:
    """The raw rows that the newest complete file has, internal ones too, in code order."""
    query = (
        sa.select(REVISIONS.c.raw)
        .join(HEADS, HEADS.c.revision_id == REVISIONS.c.id)
        .where(HEADS.c.status == "present")
        .order_by(HEADS.c.code)
    )
    with store.engine.connect() as connection:
        for (raw,) in connection.execution_options(stream_results=True).execute(query):
            yield json.loads(raw)


def stamp(store: Store) -> str:
    """SHA-256 over the present codes and their revisions: the same stamp, the same rows from `present`."""
    query = (
        sa.select(HEADS.c.code, REVISIONS.c.hash)
        .join(REVISIONS, HEADS.c.revision_id == REVISIONS.c.id)
        .where(HEADS.c.status == "present")
        .order_by(HEADS.c.code)
    )
    digest = hashlib.sha256()
    with store.engine.connect() as connection:
        for code, revision in connection.execute(query):
            digest.update(f"{code} {revision}\n".encode())
    return digest.hexdigest()


def canonical(row: dict[str, Any]) -> tuple[str, str]:
    """-> (the row as text with sorted keys, its SHA-256): equal content gives equal text."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if any("\ud800" <= c <= "\udfff" for c in text):  # half a character: no database takes it but escaped
        text = json.dumps(row, sort_keys=True, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


def start_run(store: Store, source: str) -> Run:
    query = sa.select(HEADS.c.code, HEADS.c.revision_id, HEADS.c.status, REVISIONS.c.hash).join(
        REVISIONS, HEADS.c.revision_id == REVISIONS.c.id
    )
    with store.engine.begin() as connection:
        added = connection.execute(IMPORTS.insert().values(started_at=now(), source=source))
        heads = {row.code: (row.revision_id, row.hash, row.status) for row in connection.execute(query)}
        return Run(added.inserted_primary_key[0], heads)


def _take(connection: Connection, run: Run, row: dict[str, Any]) -> None:
    """One row: a revision if its content is new, and the head on it."""
    code = code_of(row)
    if code is None:
        raise ValueError(f"code: is {row.get('code')!r}; expected digit, dot, six digits")
    detail = row.get("detail") if isinstance(row.get("detail"), dict) else {}
    stamp = detail.get("updatedAt")
    updated = float(stamp) if isinstance(stamp, (int, float)) else 0.0
    if code in run.after:
        run.repeated.add(code)
        if updated < run.updated[code]:
            return
    text, digest = canonical(row)
    head = run.heads.get(code)
    run.before.setdefault(code, head[1] if head and head[2] == "present" else None)
    run.after[code], run.updated[code] = digest, updated
    (run.internal.add if detail.get("isInternal") is True else run.internal.discard)(code)
    if head and head[1:] == (digest, "present"):
        return
    revision_id = head[0] if head and head[1] == digest else keep_revision(connection, run, code, digest, text)
    values = {"revision_id": revision_id, "status": "present", "import_id": run.import_id}
    if head:
        connection.execute(HEADS.update().where(HEADS.c.code == code).values(**values))
    else:
        connection.execute(HEADS.insert().values(code=code, **values))
    run.heads[code] = (revision_id, digest, "present")


def keep_revision(connection: Connection, run: Run, code: str, digest: str, text: str) -> int:
    """The id of this content of this code; an older revision that came back is used again."""
    known = connection.execute(sa.select(REVISIONS.c.id).where(REVISIONS.c.code == code, REVISIONS.c.hash == digest)).scalar()
    if known is not None:
        return known
    values = {"code": code, "hash": digest, "raw": text, "import_id": run.import_id, "created_at": now()}
    return connection.execute(REVISIONS.insert().values(**values)).inserted_primary_key[0]


def _finish(store: Store, run: Run, whole: bool) -> Report:
    gone = sorted(code for code, head in run.heads.items() if head[2] == "present" and code not in run.after) if whole else []
    report = Report(
        import_id=run.import_id,
        added=tuple(sorted(code for code in run.after if run.before[code] is None)),
        changed=tuple(sorted(code for code, digest in run.after.items() if run.before[code] not in (None, digest))),
        withdrawn=tuple(gone),
        unchanged=sum(run.before[code] == digest for code, digest in run.after.items()),
        internal=len(run.internal),
        repeated=tuple(sorted(run.repeated)),
        complete=whole,
    )
    counts = {name: len(getattr(report, name)) for name in ("added", "changed", "withdrawn", "repeated")}
    counts |= {"unchanged": report.unchanged, "internal": report.internal}
    with store.engine.begin() as connection:
        for code in gone:
            connection.execute(HEADS.update().where(HEADS.c.code == code).values(status="withdrawn", import_id=run.import_id))
        finished = {"finished_at": now(), "counts": json.dumps(counts)}
        connection.execute(IMPORTS.update().where(IMPORTS.c.id == run.import_id).values(**finished))
    return report


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

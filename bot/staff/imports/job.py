"""`python -m bot.staff.imports.job <import id>`: an uploaded file read, its changes listed. Started by the page; ended when done.

Started again after an interruption it begins anew: what it had kept is found again, nothing stands twice.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway.database import open_database
from bot.gateway.settings import read_settings
from bot.staff.imports.parts import part_changes
from bot.staff.imports.tables import CHANGES, IMPORTS
from bot.staff.imports.upload import uploaded
from index.catalogue import load_procedures
from index.content import Store, open_store
from index.content_staged import StagedChange, raw_rows, stage
from index.importer import PROVINCE, database_url, taken_day
from index.portal_files import open_catalogue
from index.portal_record import draft
from index.procedure import Procedure

log = logging.getLogger("bot.staff.imports.job")
TOGETHER = 200
"""Changes compared and written at once."""
MOST_BROKEN = 100
"""Broken lines told; the rest is counted."""


def read_upload(engine: Engine, store: Store, import_id: str, path: Path, reviewed: frozenset[str], clock: Callable[[], float] = time.time) -> None:
    """The import becomes "ready" with its changes, or "failed" with the reason. reviewed: codes that the office has records of."""

    def beat(done: int) -> None:
        with engine.begin() as connection:
            connection.execute(IMPORTS.update().where(IMPORTS.c.id == import_id).values(done=done, beat=clock()))

    try:
        catalogue = open_catalogue(path)
        staged = stage(store, catalogue.rows(), path.name, beat, catalogue.whole)
        done = staged.unchanged + sum(change.kind != "withdrawn" for change in staged.changes)
        _list(engine, store, import_id, staged.changes, reviewed, lambda: beat(done))
        broken = [f"dòng {place.line}: {place.reason}" for place in catalogue.broken]
        summary = {"unchanged": staged.unchanged, "repeated": staged.repeated, "complete": staged.complete, "rows": done,
                   "broken": broken[:MOST_BROKEN], "broken_count": len(broken)}  # fmt: skip
        empty = not done
        values = {"state": "failed" if empty else "ready", "summary": json.dumps(summary, ensure_ascii=False), "store_id": staged.import_id}
        if empty:
            values["trouble"] = "Tệp không có hồ sơ thủ tục nào đọc được. Kiểm tra lại tệp tải từ Cổng Dịch vụ công quốc gia."
    except (OSError, sa.exc.SQLAlchemyError, ValueError) as error:
        log.error("import_failed", extra={"import": import_id, "error": type(error).__name__}, exc_info=True)
        values = {"state": "failed", "trouble": f"Đọc tệp không xong ({type(error).__name__}). Tải lên lại."}
    with engine.begin() as connection:
        connection.execute(IMPORTS.update().where(IMPORTS.c.id == import_id).values(beat=clock(), **values))


def _list(
    engine: Engine, store: Store, import_id: str, changes: Sequence[StagedChange], reviewed: frozenset[str], beat: Callable[[], None]
) -> None:
    with engine.begin() as connection:
        connection.execute(CHANGES.delete().where(CHANGES.c.import_id == import_id))  # of a run that was interrupted; nobody saw them
    day = taken_day(store)
    for first in range(0, len(changes), TOGETHER):
        part = changes[first : first + TOGETHER]
        raw = raw_rows(store, [one for change in part for one in (change.before, change.after)])
        rows = []
        for change in part:
            before, _ = _drafted(raw.get(change.before or -1), day)
            after, doubts = _drafted(raw.get(change.after or -1), day)
            shown = after or before
            rows.append({
                "import_id": import_id, "code": change.code, "kind": change.kind, "before": change.before, "after": change.after,
                "name": shown.name if shown else "(thủ tục nội bộ)", "field": shown.field if shown else "",
                "parts": json.dumps([one.part for one in part_changes(before, after)]), "findings": doubts,
                "reviewed": change.code in reviewed, "state": "waiting",
            })  # fmt: skip
        with engine.begin() as connection:
            connection.execute(CHANGES.insert(), rows)
        beat()


def _drafted(raw: dict | None, day) -> tuple[Procedure | None, int]:  # noqa: ANN001
    """None for no row, and for procedures internal to agencies."""
    found = draft(raw, day, PROVINCE) if raw is not None else None
    return (found[0], len(found[1])) if found else (None, 0)


def main(argv: list[str]) -> int:
    """0 = the import has its changes or its reason."""
    settings = read_settings()
    engine = open_database(settings.var, settings.database_url)
    store = open_store(database_url(settings.var))
    import_id = argv[0]
    with engine.connect() as connection:
        row = connection.execute(sa.select(IMPORTS.c.file).where(IMPORTS.c.id == import_id)).first()
    if row is None:
        print(f"{import_id}: no such import", file=sys.stderr)
        return 1
    data = Path(os.environ.get("MOT_CUA_DATA") or "data")
    reviewed = frozenset(procedure.code for procedure in load_procedures(data / "procedures"))
    read_upload(engine, store, import_id, uploaded(settings.var, import_id, row.file), reviewed)
    engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

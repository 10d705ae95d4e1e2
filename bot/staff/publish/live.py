"""Go live and back: the intent into the journal, the pointers moved, the journal closed. Killed anywhere, `settle` goes on forwards.

The gateway and its engines notice by themselves: the model's pointer is looked at every two seconds, the release's at each question.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.staff.content.tables import REVISIONS
from bot.staff.person import SYSTEM, Person
from bot.staff.publish.candidates import Refused, State, move
from bot.staff.publish.served import Served, moving, point, serving, whole
from bot.staff.publish.tables import CANDIDATES, JOURNAL

KEEP_PUBLISHED = 10
"""Releases that stay on the disk after others have come, so that one can go back to them."""
ROW = JOURNAL.c


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the journal: what served from `at` on. candidate: None for what was found when staff published first."""

    id: int
    kind: str
    state: str
    candidate: str | None
    name: str
    snapshot: int
    tree: str | None
    release_id: str
    model: str
    by: str
    by_name: str
    at: float
    why: str

    @property
    def served(self) -> Served:
        """Its release, model and content."""
        return Served(self.release_id, self.model, self.tree)


Then = Callable[[Connection, Entry], None]
"""Called with the journal's new entry inside the transaction that writes it."""


class Live:
    """engine: the service's database. var: the folder whose pointers are moved. clock: seconds since 1970."""

    def __init__(self, engine: Engine, var: Path, clock: Callable[[], float]) -> None:
        self._engine, self._var, self._clock = engine, var, clock

    def journal(self, most: int = 50) -> list[Entry]:
        """The newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(JOURNAL).order_by(ROW.id.desc()).limit(most)).mappings()
            return [Entry(**row) for row in rows]

    def snapshot(self) -> int:
        """The content that serves, as a revision id; before the first publication that of the first filling."""
        with self._engine.connect() as connection:
            return self._snapshot(connection)

    def go_live(self, candidate_id: str, who: Person, why: str, then: Then = lambda _connection, _entry: None) -> Entry:
        """then: what is written with the intent. Raises Refused: not approved, not whole, or what serves is not what the gate compared
        with. Not to be called inside an act (transaction.py): the intent has to be sure before the pointers move."""
        with moving(self._var):
            self._settle()
            now = serving(self._var)
            with self._engine.begin() as connection:
                row = self._locked(connection, candidate_id)
                if State(row["state"]) is not State.APPROVED:
                    raise Refused("Bản này chưa được duyệt, hoặc đã được đưa lên rồi. Tải lại trang để xem.")
                wanted = Served(row["release_id"], row["model"], row["tree"])
                if trouble := whole(self._var, wanted):
                    raise Refused(trouble)
                if now is not None and row["against"] != against(now):
                    raise Refused("Bản đang dùng đã đổi sau khi bản này được kiểm tra. Bấm “Kiểm tra lại” để so với bản đang dùng.")
                self._found(connection, now)
                self._write(connection, "live", candidate_id, row["name"], row["snapshot"], wanted, who, why)
                then(connection, _newest(connection))
            self._settle()
        return self.journal(1)[0]

    def roll_back(self, entry_id: int, who: Person, why: str, then: Then = lambda _connection, _entry: None) -> Entry:
        """To what served at an entry of the journal; then as in go_live. Raises Refused, KeyError for an unknown one."""
        with moving(self._var):
            self._settle()
            now = serving(self._var)
            with self._engine.begin() as connection:
                row = connection.execute(sa.select(JOURNAL).where(ROW.id == entry_id)).mappings().one_or_none()
                if row is None:
                    raise KeyError(entry_id)
                entry = Entry(**row)
                if trouble := whole(self._var, entry.served):
                    raise Refused(trouble)
                if now == entry.served:
                    raise Refused("Bản này đang được dùng, không cần quay lại.")
                self._write(connection, "rollback", entry.candidate, entry.name, entry.snapshot, entry.served, who, why)
                then(connection, _newest(connection))
            self._settle()
        return self.journal(1)[0]

    def settle(self) -> None:
        """Finish what a killed process began. Does nothing when nothing is open."""
        with self._engine.connect() as connection:
            if connection.execute(sa.select(ROW.id).where(ROW.state == "moving")).first() is None:
                return
        with moving(self._var):
            self._settle()

    def prune(self, keep: int = KEEP_PUBLISHED) -> list[str]:
        """Remove releases, models and contents that publishing made, but for the last `keep` that served, what serves, and what a
        candidate names that is not retired. -> names that went. What was never published or built here is left alone."""
        with self._engine.connect() as connection:
            journal = [Entry(**row) for row in connection.execute(sa.select(JOURNAL).order_by(ROW.id.desc())).mappings()]
            made = connection.execute(sa.select(CANDIDATES)).mappings().all()
        names = [(row["release_id"], row["model"], row["tree"]) for row in made]
        used = [name for row, name in zip(made, names, strict=True) if row["state"] not in (State.RETIRED, State.FAILED)]
        last = list(dict.fromkeys((entry.release_id, entry.model, entry.tree) for entry in journal))[:keep]
        now = serving(self._var)
        kept = [*used, *last, *([(now.release_id, now.model, now.tree)] if now else [])]
        gone = []
        for n, folder in enumerate(("releases", "models", "content")):
            needed = {name[n] for name in kept}
            for old in {name[n] for name in [*names, *((e.release_id, e.model, e.tree) for e in journal)]} - needed - {None}:
                path = self._var / folder / str(old)
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                elif path.exists():
                    path.unlink()
                    path.with_name(path.name.removesuffix(".tar.gz") + ".json").unlink(missing_ok=True)
                else:
                    continue
                gone.append(str(old))
        return sorted(gone)

    def _settle(self) -> None:
        """The newest intent wins: pointers, then states; older open ones were overtaken."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(JOURNAL).where(ROW.state == "moving").order_by(ROW.id.desc()).limit(1)).mappings().first()
        if row is None:
            return
        entry = Entry(**row)
        point(self._var, entry.served)
        with self._engine.begin() as connection:
            others = sa.and_(CANDIDATES.c.state == State.LIVE, CANDIDATES.c.id != (entry.candidate or ""))
            connection.execute(CANDIDATES.update().where(others).values(state=State.RETIRED.value))
            if entry.candidate is not None and self._locked(connection, entry.candidate)["state"] != State.LIVE:
                move(connection, entry.candidate, State.LIVE, live_at=entry.at)
            connection.execute(JOURNAL.update().where(ROW.state == "moving").values(state="done"))
            if entry.kind == "live":
                from bot.staff.queue.clusters import mark_published  # numpy comes with it; the gateway starts without

                mark_published(connection, entry.snapshot, entry.at)

    def _snapshot(self, connection: Connection) -> int:
        found = connection.execute(sa.select(ROW.snapshot).order_by(ROW.id.desc()).limit(1)).scalar()
        if found is not None:
            return found
        return connection.execute(sa.select(sa.func.max(REVISIONS.c.id)).where(REVISIONS.c.origin == "seed")).scalar() or 0

    def _found(self, connection: Connection, now: Served | None) -> None:
        """What served before the first publication can be gone back to as well, and so can what a new program built meanwhile."""
        last = connection.execute(sa.select(JOURNAL).order_by(ROW.id.desc()).limit(1)).mappings().first()
        if now is not None and (last is None or Entry(**last).served != now):
            name = "Bản có sẵn theo chương trình" if last is None else f"{last['name']} (tạo lại khi cập nhật chương trình)"
            candidate = last["candidate"] if last else None
            self._write(connection, "found", candidate, name, self._snapshot(connection), now, SYSTEM, "", state="done")

    def _write(
        self, connection: Connection, kind: str, candidate: str | None, name: str, snapshot: int, served: Served, who: Person, why: str,
        state: str = "moving",
    ) -> None:  # fmt: skip
        row = {"kind": kind, "state": state, "candidate": candidate, "name": name[:120], "snapshot": snapshot, **served.to_dict()}
        connection.execute(JOURNAL.insert().values({**row, "by": who.id, "by_name": who.name, "at": self._clock(), "why": why}))

    @staticmethod
    def _locked(connection: Connection, candidate_id: str) -> Mapping[str, Any]:
        row = connection.execute(sa.select(CANDIDATES).where(CANDIDATES.c.id == candidate_id).with_for_update()).mappings().one_or_none()
        if row is None:
            raise KeyError(candidate_id)
        return row


def _newest(connection: Connection) -> Entry:
    return Entry(**connection.execute(sa.select(JOURNAL).order_by(ROW.id.desc()).limit(1)).mappings().one())


def against(served: Served) -> str:
    """As kept in a candidate: what its gate compared it with."""
    return json.dumps(served.to_dict(), sort_keys=True)

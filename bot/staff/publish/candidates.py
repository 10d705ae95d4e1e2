"""Candidates: made of a snapshot, moved from state to state by one holder of the lease at a time.

    building -> checking -> ready -> approved -> live -> retired
                         -> blocked            (the gate says no)
    building, checking  -> failed              (it could not be built or asked, or was cancelled)
    ready, blocked, failed, approved -> building once more, or retired
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.upsert import put
from bot.staff.ids import new_id
from bot.staff.person import Person
from bot.staff.publish.tables import CANDIDATES, LEASES
from bot.staff.transaction import reading, writing

LEASE_SECONDS = 60.0
"""A job that has not been heard of for so long is gone; it renews every ten."""
JOB = "job"
ROW = CANDIDATES.c


class State(StrEnum):
    """Where a candidate stands."""

    BUILDING = "building"
    CHECKING = "checking"
    READY = "ready"
    BLOCKED = "blocked"
    APPROVED = "approved"
    LIVE = "live"
    RETIRED = "retired"
    FAILED = "failed"


NEXT: Mapping[State, frozenset[State]] = {
    State.BUILDING: frozenset({State.CHECKING, State.FAILED}),
    State.CHECKING: frozenset({State.READY, State.BLOCKED, State.FAILED}),
    State.READY: frozenset({State.APPROVED, State.BUILDING, State.RETIRED}),
    State.BLOCKED: frozenset({State.BUILDING, State.RETIRED}),
    State.FAILED: frozenset({State.BUILDING, State.RETIRED}),
    State.APPROVED: frozenset({State.LIVE, State.BUILDING, State.RETIRED}),
    State.LIVE: frozenset({State.RETIRED}),
    State.RETIRED: frozenset({State.LIVE}),  # by a rollback
}
STATE_NAMES: Mapping[State, str] = {
    State.BUILDING: "Đang tạo",
    State.CHECKING: "Đang kiểm tra",
    State.READY: "Chờ duyệt",
    State.BLOCKED: "Chưa đạt kiểm tra",
    State.APPROVED: "Đã duyệt",
    State.LIVE: "Đang dùng",
    State.RETIRED: "Không dùng nữa",
    State.FAILED: "Chưa làm xong",
}
WORKING = (State.BUILDING, State.CHECKING)


class Refused(Exception):
    """What was asked for cannot be done now. The message is a Vietnamese sentence for staff."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of staff_candidates; gate and against are read from their JSON. Times: seconds since 1970."""

    id: str
    snapshot: int
    name: str
    note: str
    anew: bool
    state: State
    tree: str | None
    release_id: str | None
    model: str | None
    against: Mapping[str, Any] | None
    gate: Mapping[str, Any]
    step: str
    done: int
    total: int
    trouble: str | None
    cancelled: bool
    made_by: str
    made_name: str
    made_at: float
    checked_at: float | None
    approved_by: str | None
    approved_name: str | None
    approved_at: float | None
    approved_why: str | None
    live_at: float | None


class Candidates:
    """engine: stays the caller's. clock: seconds since 1970. Every call is one transaction, safe among threads and processes."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self._clock = engine, clock

    def add(self, snapshot: int, name: str, note: str, who: Person, *, anew: bool = False) -> Candidate:
        """Raises Refused while another one is being built or checked."""
        with writing(self._engine) as connection:
            _lock(connection)
            busy = connection.execute(sa.select(ROW.name).where(ROW.state.in_(WORKING))).scalars().first()
            if busy is not None:
                raise Refused(f"Bản “{busy}” đang được tạo hoặc kiểm tra. Chờ xong hoặc hủy bản đó rồi tạo bản mới.")
            row = {
                "id": new_id(), "snapshot": snapshot, "name": name, "note": note, "anew": anew, "state": State.BUILDING.value, "gate": "{}",
                "step": "waiting", "done": 0, "total": 0, "cancelled": False, "made_by": who.id, "made_name": who.name, "made_at": self._clock(),
            }  # fmt: skip
            connection.execute(CANDIDATES.insert().values(row))
            return _one(connection, row["id"])

    def get(self, candidate_id: str) -> Candidate:
        """Raises KeyError."""
        with reading(self._engine) as connection:
            return _one(connection, candidate_id)

    def all(self, most: int = 50) -> list[Candidate]:
        """The newest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(CANDIDATES).order_by(ROW.made_at.desc(), ROW.id).limit(most)).mappings()
            return [_read(row) for row in rows]

    def move(self, candidate_id: str, state: State, *, only_from: tuple[State, ...] = (), **values: Any) -> Candidate:
        """Raises Refused where `state` cannot follow (somebody else was faster), KeyError for an unknown id."""
        with writing(self._engine) as connection:
            return move(connection, candidate_id, state, only_from=only_from, **values)

    def again(self, candidate_id: str) -> Candidate:
        """From its beginning: nothing of the last gate or approval holds. Raises as add and move do."""
        with writing(self._engine) as connection:
            _lock(connection)
            busy = connection.execute(sa.select(ROW.name).where(ROW.state.in_(WORKING), ROW.id != candidate_id)).scalars().first()
            if busy is not None:
                raise Refused(f"Bản “{busy}” đang được tạo hoặc kiểm tra. Chờ xong rồi kiểm tra lại bản này.")
            empty = dict.fromkeys(("against", "trouble", "approved_by", "approved_name", "approved_at", "approved_why", "checked_at"))
            return move(connection, candidate_id, State.BUILDING, gate="{}", step="waiting", done=0, total=0, cancelled=False, **empty)

    def cancel(self, candidate_id: str) -> None:
        """Ask the job to stop; a candidate whose job is gone has failed at once. Nothing happens to one that is not being worked on."""
        now = self._clock()
        with writing(self._engine) as connection:
            held = _lease(connection)
            found = _one(connection, candidate_id)
            if found.state not in WORKING:
                return
            connection.execute(CANDIDATES.update().where(ROW.id == candidate_id).values(cancelled=True))
            if held is None or held.candidate != candidate_id or held.until <= now:
                move(connection, candidate_id, State.FAILED, trouble="Đã hủy theo yêu cầu.")

    def abandoned(self) -> Candidate | None:
        """The candidate that is to be worked on while nobody holds the lease: its job was killed, or never started."""
        now = self._clock()
        with writing(self._engine) as connection:
            held = _lease(connection)
            if held is not None and held.until > now:
                return None
            row = connection.execute(sa.select(CANDIDATES).where(ROW.state.in_(WORKING)).order_by(ROW.made_at).limit(1)).mappings().first()
            return _read(row) if row else None

    def claim(self, candidate_id: str, holder: str) -> bool:
        """Take the lease for a job. False: another one holds it, or there is nothing to do."""
        now = self._clock()
        with writing(self._engine) as connection:
            held = _lease(connection)
            if held is not None and held.until > now and held.holder != holder:
                return False
            if _one(connection, candidate_id).state not in WORKING:
                return False
            row = {"name": JOB, "holder": holder, "candidate": candidate_id, "until": now + LEASE_SECONDS}
            put(connection, LEASES, [row], ["name"], dict.fromkeys(("holder", "candidate", "until"), "excluded"))
        return True

    def renew(self, candidate_id: str, holder: str) -> bool:
        """A sign of life. False: the work is no longer wanted (cancelled) or no longer ours."""
        with writing(self._engine) as connection:
            mine = LEASES.update().where(LEASES.c.name == JOB, LEASES.c.holder == holder, LEASES.c.candidate == candidate_id)
            if not connection.execute(mine.values(until=self._clock() + LEASE_SECONDS)).rowcount:
                return False
            return not _one(connection, candidate_id).cancelled

    def release(self, holder: str) -> None:
        """The job is over."""
        with writing(self._engine) as connection:
            connection.execute(LEASES.update().where(LEASES.c.name == JOB, LEASES.c.holder == holder).values(until=0.0))

    def record(self, candidate_id: str, holder: str, *, part: str = "", result: Any = None, **values: Any) -> None:
        """What the job has found so far. part: a part of the gate and its result. Raises Refused when the lease is no longer ours."""
        with writing(self._engine) as connection:
            held = _lease(connection)
            if held is None or held.holder != holder or held.candidate != candidate_id:
                raise Refused("Một tiến trình khác đang làm bản này.")
            if part:
                gate = {**_one(connection, candidate_id).gate, part: result}
                values["gate"] = json.dumps(gate, ensure_ascii=False)
            connection.execute(CANDIDATES.update().where(ROW.id == candidate_id).values(**values))


def move(connection: Connection, candidate_id: str, state: State, *, only_from: tuple[State, ...] = (), **values: Any) -> Candidate:
    """Inside the caller's transaction; see Candidates.move."""
    query = sa.select(ROW.state).where(ROW.id == candidate_id).with_for_update()
    now = connection.execute(query).scalar()
    if now is None:
        raise KeyError(candidate_id)
    if state not in NEXT[State(now)] or (only_from and State(now) not in only_from):
        raise Refused(f"Bản này đang ở trạng thái “{STATE_NAMES[State(now)]}”, không chuyển sang “{STATE_NAMES[state]}” được. Tải lại trang để xem.")
    connection.execute(CANDIDATES.update().where(ROW.id == candidate_id).values(state=state.value, **values))
    return _one(connection, candidate_id)


def _lock(connection: Connection) -> None:
    """One at a time adds candidates; SQLite's transactions are that by themselves."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"LOCK TABLE {CANDIDATES.name} IN SHARE ROW EXCLUSIVE MODE"))


def _lease(connection: Connection) -> Any:
    """The lease, locked; None before the first job. The row exists afterwards, so that two first jobs meet on it."""
    put(connection, LEASES, [{"name": JOB, "until": 0.0}], ["name"], {})
    return connection.execute(sa.select(LEASES).where(LEASES.c.name == JOB).with_for_update()).one_or_none()


def _one(connection: Connection, candidate_id: str) -> Candidate:
    row = connection.execute(sa.select(CANDIDATES).where(ROW.id == candidate_id)).mappings().one_or_none()
    if row is None:
        raise KeyError(candidate_id)
    return _read(row)


def _read(row: Mapping[str, Any]) -> Candidate:
    more = {"state": State(row["state"]), "gate": json.loads(row["gate"]), "against": json.loads(row["against"]) if row["against"] else None}
    return Candidate(**{**row, **more})

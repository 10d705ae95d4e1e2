"""The clusters as rows: new signals join them, questions that are erased leave them, people split, merge and close them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.tables import TURNS
from bot.gateway.upsert import put
from bot.staff.ids import new_id
from bot.staff.person import Person
from bot.staff.queue.cluster import Group, Groups, Item, Vectors, most_central, words_of
from bot.staff.queue.signals import DOWN, Signal, late_thumbs, newest_moment, read_signals
from bot.staff.queue.tables import CLUSTERS, CURSORS, MEMBERS
from bot.staff.transaction import reading, writing

NAME = "turns"
BATCH = 500


class QueueError(ValueError):
    """One Vietnamese sentence: what cannot be done and what to do instead."""


class Taken(QueueError):
    """Somebody else has changed `column` (owner, due or note) since the page was drawn. Its text says to what."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def sync(engine: Engine, vectors: Vectors, encoder: str, now: float, most: int = BATCH) -> int:
    """Take up new signals, oldest first, at most `most` -> how many. encoder: its name; under another one than before the vectors
    kept are renewed first. Safe among gateways: who comes second finds what the first has added."""
    with writing(engine) as connection:
        put(connection, CURSORS, [{"name": NAME, "at": 0.0, "encoder": encoder}], ["name"], {})
        forget(connection)
        cursor = connection.execute(sa.select(CURSORS).where(CURSORS.c.name == NAME)).one()
    if cursor.encoder != encoder:
        _renew(engine, vectors, encoder)
    with reading(engine) as connection:
        found = read_signals(connection, cursor.at, most, MEMBERS)
        reached = newest_moment(connection) if len(found) < most else found[-1].at
    made = {signal.turn: np.asarray(vectors(signal.question), np.float32) for signal in found}  # slow: outside of the lock
    with writing(engine) as connection:
        at = connection.execute(sa.select(CURSORS.c.at).where(CURSORS.c.name == NAME).with_for_update()).scalar_one()
        late = late_thumbs(connection, cursor.at, MEMBERS)
        for row in late:
            kinds = ",".join(sorted({*row.signals.split(","), DOWN}))
            connection.execute(MEMBERS.update().where(MEMBERS.c.turn == row.turn).values(signals=kinds))
        there = set(connection.execute(sa.select(MEMBERS.c.turn).where(MEMBERS.c.turn.in_([*made]))).scalars()) if made else set()
        added = [signal for signal in found if signal.turn not in there]
        touched = _join(connection, added, made, now) | {row.cluster for row in late}
        refresh(connection, touched)
        connection.execute(CURSORS.update().where(CURSORS.c.name == NAME).values(at=max(at, reached)))
    return len(added)


def forget(connection: Connection) -> int:
    """Questions that were erased, or whose time is over, leave; titles with them -> how many left. Cheap: call it after either."""
    gone = (
        sa.select(MEMBERS.c.turn, MEMBERS.c.cluster)
        .outerjoin(TURNS, TURNS.c.id == MEMBERS.c.turn)
        .where(sa.or_(TURNS.c.id.is_(None), TURNS.c.question.is_(None)))
    )
    rows = connection.execute(gone).all()
    for n in range(0, len(rows), BATCH):
        connection.execute(MEMBERS.delete().where(MEMBERS.c.turn.in_([row.turn for row in rows[n : n + BATCH]])))
    refresh(connection, {row.cluster for row in rows})
    return len(rows)


def split(engine: Engine, cluster: str, turns: Sequence[str], now: float) -> str:
    """Move questions into a cluster of their own -> its id. Raises QueueError when none of them, or all, are in it."""
    with writing(engine) as connection:
        held = _locked(connection, [cluster])
        inside = set(connection.execute(sa.select(MEMBERS.c.turn).where(MEMBERS.c.cluster == cluster)).scalars())
        moved = inside & set(turns)
        if not moved or moved == inside:
            raise QueueError("Để tách nhóm, anh/chị chọn ít nhất một câu và để lại ít nhất một câu.")
        new = _new(connection, now, held[0].owner, held[0].owner_name)
        connection.execute(MEMBERS.update().where(MEMBERS.c.turn.in_(moved)).values(cluster=new))
        refresh(connection, {cluster, new})
    return new


def merge(engine: Engine, into: str, other: str, who: Person, now: float) -> None:
    """All of `other` moves into `into`; `other` stays as an empty row that says where its questions went. Raises QueueError."""
    if into == other:
        raise QueueError("Hai nhóm phải khác nhau; anh/chị chọn nhóm khác để gộp.")
    with writing(engine) as connection:
        if len(_locked(connection, [into, other])) < 2:
            raise QueueError("Không còn một trong hai nhóm; anh/chị mở lại hàng việc.")
        connection.execute(MEMBERS.update().where(MEMBERS.c.cluster == other).values(cluster=into))
        closed = {"state": "done", "how": "merged", "reason": into, "closed_at": now, "closed_by": who.id, "closed_by_name": who.name}
        connection.execute(CLUSTERS.update().where(CLUSTERS.c.id == other).values(closed))
        refresh(connection, {into, other})


def change(engine: Engine, cluster: str, values: Mapping[str, Any], seen: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """Set columns -> what they were. seen: of owner (a Person.id), due and note, what stood on the page that was sent, "" = nothing; a
    column that is not in it is not asked about. Raises Taken when one of them is to change that somebody else has changed in between,
    QueueError for an unknown cluster."""
    with writing(engine) as connection:
        return _changed(connection, cluster, values, seen)


def close(engine: Engine, cluster: str, who: Person, now: float, state: str, how: str, reason: str, revision: int | None = None) -> dict:
    """Done or ignored, and why -> what it was. Raises QueueError for an unknown cluster."""
    who_when = {"closed_at": now, "closed_by": who.id, "closed_by_name": who.name}
    values = {"state": state, "how": how, "reason": reason, "revision": revision, "published_at": None, **who_when}
    with writing(engine) as connection:
        return _changed(connection, cluster, values)


def reopen(engine: Engine, cluster: str) -> dict:
    """To work again -> what it was."""
    empty = dict.fromkeys(("closed_at", "closed_by", "closed_by_name", "how", "reason", "revision", "published_at"))
    return change(engine, cluster, {"state": "open", **empty})


def mark_published(connection: Connection, snapshot: int, at: float) -> int:
    """A release with the content up to revision `snapshot` went live: the fixes in it are live -> how many clusters."""
    waiting = sa.and_(CLUSTERS.c.state == "done", CLUSTERS.c.revision <= snapshot, CLUSTERS.c.published_at.is_(None))
    return connection.execute(CLUSTERS.update().where(waiting).values(published_at=at)).rowcount


def refresh(connection: Connection, clusters: set[str]) -> None:
    """Count, newest, signals and title of clusters anew from their members."""
    for cluster in sorted(clusters):
        asked = sa.select(MEMBERS, TURNS.c.question).join(TURNS, TURNS.c.id == MEMBERS.c.turn).where(MEMBERS.c.cluster == cluster)
        rows = connection.execute(asked.order_by(MEMBERS.c.at, MEMBERS.c.turn)).all()
        values: dict[str, Any] = {"n": len(rows), "title": "", "signals": "{}"}
        if rows:
            centre = most_central(np.stack([_vector(row.vector) for row in rows]))
            kinds = Counter(kind for row in rows for kind in row.signals.split(","))
            values |= {"title": rows[centre].question, "newest_at": rows[-1].at, "signals": json.dumps(dict(sorted(kinds.items())))}
        connection.execute(CLUSTERS.update().where(CLUSTERS.c.id == cluster).values(values))


def _join(connection: Connection, signals: Sequence[Signal], made: Mapping[str, np.ndarray], now: float) -> set[str]:
    """-> clusters that have grown."""
    if not signals:
        return set()
    groups = _groups(connection, len(made[signals[0].turn]))
    states = {row.id: row for row in connection.execute(sa.select(CLUSTERS.c.id, CLUSTERS.c.state, CLUSTERS.c.published_at))}
    touched: set[str] = set()
    rows = []
    for signal in signals:
        item = Item(signal.turn, made[signal.turn], words_of(signal.question))
        group = groups.join(item, lambda: _new(connection, now))
        state = states.get(group.id)
        # What was asked again after its fix had gone live is not fixed.
        if state is not None and state.state == "done" and state.published_at is not None and signal.at > state.published_at:
            again = {"state": "open", "closed_at": None, "published_at": None, "revision": None}
            connection.execute(CLUSTERS.update().where(CLUSTERS.c.id == group.id, CLUSTERS.c.state == "done").values(again))
        touched.add(group.id)
        row = {"turn": signal.turn, "cluster": group.id, "at": signal.at, "signals": ",".join(signal.kinds)}
        rows.append({**row, "vector": item.vector.astype(np.float16).tobytes()})
    connection.execute(MEMBERS.insert(), rows)
    return touched


def _groups(connection: Connection, dim: int) -> Groups:
    """All clusters that have questions left, oldest first."""
    asked = (
        sa.select(MEMBERS.c.turn, MEMBERS.c.cluster, MEMBERS.c.vector, TURNS.c.question)
        .join(CLUSTERS, CLUSTERS.c.id == MEMBERS.c.cluster)
        .join(TURNS, TURNS.c.id == MEMBERS.c.turn)
        .order_by(CLUSTERS.c.opened_at, CLUSTERS.c.id, MEMBERS.c.at, MEMBERS.c.turn)
    )
    found: dict[str, Group] = {}
    for row in connection.execute(asked):
        group = found.setdefault(row.cluster, Group(row.cluster, np.zeros(dim, np.float32)))
        group.add(Item(row.turn, _vector(row.vector), words_of(row.question or "")))
    return Groups(list(found.values()), dim)


def _renew(engine: Engine, vectors: Vectors, encoder: str) -> None:
    """Another encoder: who is in which cluster stays, only the vectors are made again."""
    with reading(engine) as connection:
        asked = sa.select(MEMBERS.c.turn, TURNS.c.question).join(TURNS, TURNS.c.id == MEMBERS.c.turn).where(TURNS.c.question.isnot(None))
        rows = connection.execute(asked).all()
    made = [{"t": row.turn, "v": np.asarray(vectors(row.question), np.float32).astype(np.float16).tobytes()} for row in rows]
    with writing(engine) as connection:
        if made:
            connection.execute(MEMBERS.update().where(MEMBERS.c.turn == sa.bindparam("t")).values(vector=sa.bindparam("v")), made)
        connection.execute(CURSORS.update().where(CURSORS.c.name == NAME).values(encoder=encoder))


def _new(connection: Connection, now: float, owner: str | None = None, owner_name: str | None = None) -> str:
    row = {"id": new_id(), "title": "", "n": 0, "newest_at": now, "signals": "{}", "state": "open", "note": "", "opened_at": now}
    connection.execute(CLUSTERS.insert().values(**row, owner=owner, owner_name=owner_name))
    return row["id"]


def _changed(connection: Connection, cluster: str, values: Mapping[str, Any], seen: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    held = _locked(connection, [cluster])
    if not held:
        raise QueueError("Không có nhóm câu hỏi này; anh/chị mở lại hàng việc.")
    now = held[0]
    for column in ("owner", "due", "note"):
        if column in values and column in seen and (now[column] or "") not in (seen[column], values[column] or ""):
            raise Taken(column, _since(column, now))
    connection.execute(CLUSTERS.update().where(CLUSTERS.c.id == cluster).values(dict(values)))
    return {name: now[name] for name in values}


def _since(column: str, now: Mapping[str, Any]) -> str:
    """What somebody else has made of a column."""
    if column == "owner":
        who = f"{now['owner_name']} vừa được giao nhóm này" if now["owner"] else "Người phụ trách vừa thôi nhận nhóm này"
        return f"{who}; anh/chị xem lại rồi chọn."
    if column == "due":
        day = f"đổi thành {date.fromisoformat(now['due']):%d/%m/%Y}" if now["due"] else "bỏ"
        return f"Hạn xử lý vừa được người khác {day}; anh/chị xem lại rồi lưu."
    return f"Ghi chú vừa được người khác sửa thành “{now['note']}”; anh/chị xem lại rồi lưu." if now["note"] else "Ghi chú vừa được người khác xóa; anh/chị xem lại rồi lưu."


def _locked(connection: Connection, clusters: Sequence[str]) -> list[Any]:
    """The rows, held until the transaction ends; in the order of their ids, so that two people never wait for each other."""
    asked = sa.select(CLUSTERS).where(CLUSTERS.c.id.in_(clusters)).order_by(CLUSTERS.c.id).with_for_update()
    return connection.execute(asked).mappings().all()


def _vector(raw: bytes) -> np.ndarray:
    return np.frombuffer(raw, np.float16).astype(np.float32)

"""A filter in, the clusters of the queue out in the order of work; and all questions of one cluster."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.gateway.tables import FEEDBACK, TURNS
from bot.staff.queue.tables import CLUSTERS, MEMBERS

HALF_LIFE = 7 * 86400.0
"""Seconds after which a question weighs half as much in the order: what is asked now comes before what was asked a month ago."""
PAGE = 30


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty = all. days: of the questions, counted back from now. owner: Person.id, "me" or "none"; me: whose page it is.

    late: only open clusters whose day is before `today` (ISO).
    """

    signal: str = ""
    state: str = "open"
    owner: str = ""
    channel: str = ""
    procedure: str = ""
    days: int = 0
    late: bool = False
    me: str = ""
    today: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], me: str = "", today: str = "") -> Filter:
        """What is no filter is left out."""
        days = query.get("days", "")
        texts = {name: query.get(name, "").strip()[:40] for name in ("signal", "owner", "channel", "procedure")}
        state = query.get("state", "open")
        state = state if state in ("open", "done", "ignored", "all") else "open"
        return cls(**texts, state=state, days=int(days) if days in ("1", "7", "30") else 0, late=query.get("due") == "late", me=me, today=today)


@dataclass(frozen=True, slots=True)
class Work:
    """One cluster as listed. n, signals: within the filter. newest: row of TURNS. weight: what the order is by."""

    row: Row
    n: int
    signals: dict[str, int]
    newest: Row
    weight: float


def listed(connection: Connection, wanted: Filter, now: float) -> list[Work]:
    """Heaviest first, of equals the newest, then by id. Weight: each question counts 0.5 ** (its age / HALF_LIFE)."""
    asked = sa.select(
        MEMBERS.c.cluster, MEMBERS.c.signals, TURNS.c.id, TURNS.c.at, TURNS.c.channel, TURNS.c.procedure
    ).select_from(MEMBERS.join(TURNS, TURNS.c.id == MEMBERS.c.turn).join(CLUSTERS, CLUSTERS.c.id == MEMBERS.c.cluster))
    asked = asked.where(TURNS.c.question.isnot(None))
    if wanted.state != "all":
        asked = asked.where(CLUSTERS.c.state == wanted.state)
    if wanted.owner:
        owner = wanted.me if wanted.owner == "me" else wanted.owner
        asked = asked.where(CLUSTERS.c.owner.is_(None) if owner == "none" else CLUSTERS.c.owner == owner)
    if wanted.late:
        asked = asked.where(_late(wanted.today))
    if wanted.signal:
        asked = asked.where(MEMBERS.c.signals.contains(wanted.signal, autoescape=True))
    if wanted.channel:
        asked = asked.where(TURNS.c.channel == wanted.channel)
    if wanted.procedure:
        code = wanted.procedure
        asked = asked.where(sa.or_(TURNS.c.procedure == code, TURNS.c.candidates.contains(f'"{code}"', autoescape=True)))
    if wanted.days:
        asked = asked.where(TURNS.c.at > now - 86400 * wanted.days)
    found: dict[str, list[Row]] = {}
    for row in connection.execute(asked.order_by(TURNS.c.at, TURNS.c.id)):
        found.setdefault(row.cluster, []).append(row)
    weights = {name: sum(0.5 ** (max(0.0, now - row.at) / HALF_LIFE) for row in rows) for name, rows in found.items()}
    order = sorted(found, key=lambda name: (-weights[name], -found[name][-1].at, name))
    return [Work(_NOTHING, len(found[name]), _kinds(found[name]), found[name][-1], weights[name]) for name in order]


def waiting(connection: Connection, me: str, today: str) -> dict[str, int]:
    """How many open clusters there are in all, how many are `me`'s ("me"), nobody's ("none") and overdue ("late")."""
    picks = {"all": sa.true(), "me": CLUSTERS.c.owner == me, "none": CLUSTERS.c.owner.is_(None), "late": _late(today)}
    counts = [sa.func.coalesce(sa.func.sum(sa.case((pick, 1), else_=0)), 0).label(name) for name, pick in picks.items()]
    row = connection.execute(sa.select(*counts).where(CLUSTERS.c.state == "open", CLUSTERS.c.n > 0)).mappings().one()
    return {name: int(row[name]) for name in picks}


def _late(today: str) -> Any:
    """Open, and its day is over. An ISO day sorts as text."""
    return sa.and_(CLUSTERS.c.state == "open", CLUSTERS.c.due < today)


_NOTHING: Any = None


def shown(connection: Connection, works: list[Work]) -> list[Work]:
    """The same (a page of them), with the rows of their clusters and the whole newest turns."""
    ids, turns = [work.newest.cluster for work in works], [work.newest.id for work in works]
    rows = {row.id: row for row in connection.execute(sa.select(CLUSTERS).where(CLUSTERS.c.id.in_(ids)))} if ids else {}
    newest = {row.id: row for row in connection.execute(sa.select(TURNS).where(TURNS.c.id.in_(turns)))} if turns else {}
    return [
        Work(rows[work.newest.cluster], work.n, work.signals, newest[work.newest.id], work.weight)
        for work in works
        if work.newest.cluster in rows and work.newest.id in newest
    ]


def one(connection: Connection, cluster: str) -> Row | None:
    return connection.execute(sa.select(CLUSTERS).where(CLUSTERS.c.id == cluster)).first()


def questions(connection: Connection, cluster: str) -> list[dict[str, Any]]:
    """Newest first, each as its turn with kinds, why (a mapping or None) and the reason of its thumb."""
    asked = (
        sa.select(TURNS, MEMBERS.c.signals, FEEDBACK.c.reason)
        .select_from(MEMBERS.join(TURNS, TURNS.c.id == MEMBERS.c.turn).outerjoin(FEEDBACK, FEEDBACK.c.turn == TURNS.c.id))
        .where(MEMBERS.c.cluster == cluster, TURNS.c.question.isnot(None))
        .order_by(TURNS.c.at.desc(), TURNS.c.id)
    )
    return [
        {**row, "why": json.loads(row["why"]) if row["why"] else None, "kinds": row["signals"].split(","), "asked": json.loads(row["aspects"])}
        for row in connection.execute(asked).mappings()
    ]


def _kinds(rows: list[Row]) -> dict[str, int]:
    kinds: dict[str, int] = {}
    for row in rows:
        for kind in row.signals.split(","):
            kinds[kind] = kinds.get(kind, 0) + 1
    return dict(sorted(kinds.items()))

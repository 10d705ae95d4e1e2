"""A period in, what the bot could not answer most often out, and how long the office took to close such gaps.

Clusters of the work queue (`staff_clusters`, `staff_cluster_turns`) where there are any; else the masked questions, word for word.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.gateway.tables import TURNS
from bot.staff.figures.counting import within
from bot.staff.figures.period import Period
from bot.staff.figures.words import UNANSWERED

TOP = 15
NEWEST = 5_000
"""Questions of the period that are looked at where there is no queue."""
SHOWN = 200
"""Characters of a question at most; what is longer ends after a whole word, with "…"."""
CLUSTERS = sa.table("staff_clusters", *map(sa.column, ("id", "title", "opened_at", "published_at")))
MEMBERS = sa.table("staff_cluster_turns", *map(sa.column, ("cluster", "turn")))


@dataclass(frozen=True, slots=True)
class Gap:
    """text: a cluster's title or a question, masked. n: turns of the period. cluster: its id, None = a question alone."""

    text: str
    n: int
    cluster: str | None


@dataclass(frozen=True, slots=True)
class Fixes:
    """Of clusters whose fix went live in the period. median, slowest: seconds from opening to live; None without any."""

    n: int
    median: float | None
    slowest: float | None


def top_gaps(connection: Connection, period: Period) -> list[Gap]:
    """Most first, then by text; of what is past retention none."""
    gaps = _clustered(connection, period) if _has(connection, CLUSTERS) and _has(connection, MEMBERS) else []
    return gaps or _questions(connection, period)


def read_fixes(connection: Connection, period: Period) -> Fixes | None:
    """None: there is no work queue in this database."""
    if not _has(connection, CLUSTERS):
        return None
    opened, live = CLUSTERS.c.opened_at, CLUSTERS.c.published_at
    took = connection.execute(sa.select(live - opened).where(within(live, period), opened.isnot(None))).scalars().all()
    return Fixes(len(took), median(took) if took else None, max(took, default=None))


def _has(connection: Connection, table: sa.sql.TableClause) -> bool:
    """With all the columns that are asked for: an older queue is as good as none."""
    look = sa.inspect(connection)
    return look.has_table(table.name) and {column["name"] for column in look.get_columns(table.name)} >= set(table.c.keys())


def _silent(period: Period) -> sa.sql.ColumnElement[bool]:
    """Talk and text go together, and with them the place in the queue; an index holds the few turns that still have them."""
    return sa.and_(within(TURNS.c.at, period), TURNS.c.status.in_(UNANSWERED), TURNS.c.conversation.isnot(None))


def _clustered(connection: Connection, period: Period) -> list[Gap]:
    n = sa.func.count().label("n")
    joined = TURNS.join(MEMBERS, MEMBERS.c.turn == TURNS.c.id).join(CLUSTERS, CLUSTERS.c.id == MEMBERS.c.cluster)
    asked = sa.select(CLUSTERS.c.id, CLUSTERS.c.title, n).select_from(joined).where(_silent(period))
    grouped = asked.group_by(CLUSTERS.c.id, CLUSTERS.c.title).order_by(n.desc(), CLUSTERS.c.title).limit(TOP)
    return [Gap(_short(title), n, str(name)) for name, title, n in connection.execute(grouped)]


def _questions(connection: Connection, period: Period) -> list[Gap]:
    """Folded here, for SQLite knows no capital letter beyond ASCII."""
    text = sa.func.substr(TURNS.c.question, 1, SHOWN + 1).label("text")
    newest = sa.select(TURNS.c.id).where(_silent(period)).order_by(TURNS.c.at.desc()).limit(NEWEST)
    asked = sa.select(text).where(TURNS.c.id.in_(newest), TURNS.c.question.isnot(None))
    counted = Counter(" ".join(question.lower().split()).rstrip("?.! ") for question in connection.execute(asked).scalars())
    return [Gap(_short(question), n, None) for question, n in sorted(counted.items(), key=lambda row: (-row[1], row[0]))[:TOP]]


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rsplit(' ', 1)[0].rstrip(',;:-')}…"

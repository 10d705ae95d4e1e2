"""Judgements in, accuracy with its interval out, and how far two people agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.staff.figures.tables import JUDGEMENTS, SAMPLE, SAMPLE_WEEKS

Z95 = 1.959963984540054
"""Quantile of the normal distribution for 95 % on both sides."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Answers by what was judged of them. n: those that were judged right or wrong; only these carry the share."""

    drawn: int = 0
    right: int = 0
    wrong: int = 0
    unsure: int = 0
    split: int = 0

    @property
    def n(self) -> int:
        return self.right + self.wrong

    @property
    def unjudged(self) -> int:
        return self.drawn - self.n - self.unsure

    @property
    def share(self) -> float | None:
        """In [0, 1]; None while nothing is judged."""
        return self.right / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's, 95 %; None while nothing is judged."""
        return wilson(self.right, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two people over the n answers that both judged. kappa: None where chance alone would make them agree always."""

    names: tuple[str, str]
    n: int
    same: int
    kappa: float | None


def wilson(right: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Interval of a share, in [0, 1]. Source: Wilson (1927), score interval without correction. n > 0."""
    share, square = right / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def verdict_of(verdicts: Iterable[str]) -> str | None:
    """One answer's verdict: wrong as soon as one person finds it wrong, right when somebody finds it right and nobody wrong.

    So two people who differ never make the headline better. None: nobody has judged.
    """
    said = set(verdicts)
    return next((verdict for verdict in ("wrong", "right", "unsure") if verdict in said), None)


def read_accuracy(connection: Connection, weeks: Sequence[str]) -> dict[str, Accuracy]:
    """Every week asked for; one that was not drawn has drawn = 0. A judgement counts on when the citizen has erased the talk."""
    drawn = dict(
        connection.execute(sa.select(SAMPLE.c.week, sa.func.count()).where(SAMPLE.c.week.in_(weeks)).group_by(SAMPLE.c.week)).all()
    )
    said: dict[str, dict[str, list[str]]] = {}
    for row in connection.execute(sa.select(JUDGEMENTS).where(JUDGEMENTS.c.week.in_(weeks))):
        said.setdefault(row.week, {}).setdefault(row.turn, []).append(row.verdict)
    found = {}
    for week in weeks:
        turns = said.get(week, {}).values()
        counted = Counter(verdict_of(verdicts) for verdicts in turns)
        split = sum({"right", "wrong"} <= set(verdicts) for verdicts in turns)
        found[week] = Accuracy(drawn.get(week, 0), counted["right"], counted["wrong"], counted["unsure"], split)
    return found


def together(rows: Iterable[Accuracy]) -> Accuracy:
    """Several weeks as one."""
    rows = list(rows)
    return Accuracy(*(sum(getattr(row, name) for row in rows) for name in ("drawn", "right", "wrong", "unsure", "split")))


def read_faults(connection: Connection, weeks: Sequence[str]) -> dict[str, int]:
    """Kind of fault -> how often it was told, most first; "" = wrong without a kind."""
    asked = sa.select(JUDGEMENTS.c.fault, sa.func.count()).where(JUDGEMENTS.c.week.in_(weeks), JUDGEMENTS.c.verdict == "wrong")
    rows = connection.execute(asked.group_by(JUDGEMENTS.c.fault)).all()
    return dict(sorted(((fault or "", n) for fault, n in rows), key=lambda row: (-row[1], row[0])))


def read_agreement(connection: Connection, weeks: Sequence[str]) -> list[Agreement]:
    """Each pair of people with answers in common, most first, then by name."""
    names: dict[str, str] = {}
    said: dict[tuple[str, str], dict[str, str]] = {}
    for row in connection.execute(sa.select(JUDGEMENTS).where(JUDGEMENTS.c.week.in_(weeks)).order_by(JUDGEMENTS.c.at)):
        names[row.judge] = row.judge_name
        said.setdefault((row.week, row.turn), {})[row.judge] = row.verdict
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for verdicts in said.values():
        for one, other in combinations(sorted(verdicts), 2):
            pairs.setdefault((one, other), []).append((verdicts[one], verdicts[other]))
    rows = [
        Agreement((names[one], names[other]), len(both), sum(a == b for a, b in both), kappa(both)) for (one, other), both in pairs.items()
    ]
    return sorted(rows, key=lambda row: (-row.n, row.names))


def kappa(both: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two people over the same answers, in [-1, 1]. Source: Cohen (1960). None: nothing, or no room beyond chance."""
    n = len(both)
    if not n:
        return None
    first, second = Counter(a for a, _ in both), Counter(b for _, b in both)
    by_chance = sum(first[verdict] * second[verdict] for verdict in first) / (n * n)
    if by_chance == 1:
        return None
    return (sum(a == b for a, b in both) / n - by_chance) / (1 - by_chance)


def drawn_weeks(connection: Connection) -> list[str]:
    """Newest first."""
    return list(connection.execute(sa.select(SAMPLE_WEEKS.c.week).order_by(SAMPLE_WEEKS.c.week.desc())).scalars())

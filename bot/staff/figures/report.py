"""Everything that the figures' pages and files tell of one period, read in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Engine

from bot.staff.desk import Desk
from bot.staff.figures.accuracy import Accuracy, Agreement, read_accuracy, read_agreement, read_faults, together
from bot.staff.figures.numbers import Figures, read_figures
from bot.staff.figures.period import Period, weeks_before
from bot.staff.figures.satisfaction import Satisfaction, read_satisfaction
from bot.staff.figures.unanswered import Fixes, Gap, read_fixes, top_gaps

WEEKS = 12
"""Weeks of the headline."""


@dataclass(frozen=True, slots=True)
class Report:
    """accuracy: week -> its figures, newest first; overall: all these weeks as one. fixes: None without a work queue."""

    figures: Figures
    satisfaction: Satisfaction
    gaps: list[Gap]
    fixes: Fixes | None
    accuracy: Mapping[str, Accuracy]
    overall: Accuracy
    faults: Mapping[str, int]
    agreement: list[Agreement]


def read_report(engine: Engine, period: Period, now: float, weeks: list[str] | None = None) -> Report:
    """weeks: those of the accuracy, newest first; None = the last twelve that are over. Raises SQLAlchemyError."""
    weeks = weeks_before(now, WEEKS) if weeks is None else weeks
    with engine.connect() as connection:
        accuracy = read_accuracy(connection, weeks)
        return Report(
            figures=read_figures(connection, period),
            satisfaction=read_satisfaction(connection, period),
            gaps=top_gaps(connection, period),
            fixes=read_fixes(connection, period),
            accuracy=accuracy,
            overall=together(accuracy.values()),
            faults=read_faults(connection, weeks),
            agreement=read_agreement(connection, weeks),
        )


def procedure_names(desk: Desk, codes: list[str]) -> dict[str, str]:
    """Code -> name in the release that serves now; one it does not know keeps its code."""
    try:
        search = desk.search()
        known = search.procedures if search is not None else {}
        return {code: known[code].name if code in known else code for code in codes}
    except Exception:  # noqa: BLE001 - figures are shown without names rather than not at all
        return {code: code for code in codes}

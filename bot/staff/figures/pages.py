"""/figures: the numbers of a period, the files made of them, and the month's report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from starlette.responses import Response

from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.figures import sample_pages
from bot.staff.figures.charts import charts_of
from bot.staff.figures.export import Sheet, csv_of, sheets_of, xlsx_of
from bot.staff.figures.open_data_web import open_data_answer
from bot.staff.figures.period import month_before, read_month, read_period, read_week, shortcuts, week_of
from bot.staff.figures.report import WEEKS, Report, procedure_names, read_report
from bot.staff.figures.words import FAULTS, channel_name
from bot.staff.rights import Right
from bot.staff.visit import Visit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICE = 120
"""Characters of an office's name."""


def entries(desk: Desk) -> tuple[Entry, ...]:
    """See sections.py."""
    return (
        Entry("GET", "/figures", Right.FIGURES, show),
        Entry("GET", "/figures/export.csv", Right.FIGURES, _export("text/csv; charset=utf-8", "csv", csv_of)),
        Entry("GET", "/figures/export.xlsx", Right.FIGURES, _export(XLSX, "xlsx", xlsx_of)),
        Entry("GET", "/figures/month", Right.FIGURES, month),
        Entry("GET", "/figures/open-data.json", Right.FIGURES, _open_data("json")),
        Entry("GET", "/figures/open-data.csv", Right.FIGURES, _open_data("csv")),
        *sample_pages.entries(desk),
    )


def show(visit: Visit) -> Response:
    """Headline, cards, charts with their tables."""
    now = visit.desk.clock()
    period, errors = read_period(visit.query, now)
    report = read_report(visit.desk.engine, period, now)
    return visit.page(
        "figures/overview.html",
        400 if errors else 200,
        period=period,
        typed={name: visit.query.get(name, "") if errors else getattr(period, at).isoformat() for name, at in (("from", "first"), ("to", "last"))},
        errors=errors,
        shortcuts=shortcuts(now),
        report=report,
        names=_names(visit.desk, report),
        charts=charts_of(report.figures),
        faults=FAULTS,
        weeks=WEEKS,
        address=f"from={period.first}&to={period.last}",
        month=month_before(now),
    )


def month(visit: Visit) -> Response:
    """The report an office sends upward, to be printed. What is not known is said; numbers come from the database alone."""
    now = visit.desk.clock()
    typed = visit.query.get("month") or month_before(now)
    try:
        period = read_month(typed)
    except ValueError as error:
        return visit.refuse(str(error), 400)
    # A week belongs to the month in which it ends.
    weeks = list(dict.fromkeys(week_of(date.fromisoformat(day)) for day in period.days))
    weeks = [week for week in reversed(weeks) if period.first <= read_week(week).last <= period.last]
    report = read_report(visit.desk.engine, period, now, weeks)
    return visit.page(
        "figures/month.html",
        month=typed,
        period=period,
        over=period.end <= now,
        report=report,
        names=_names(visit.desk, report),
        channel=channel_name,
        office=visit.query.get("office", "")[:OFFICE].strip(),
        above=visit.query.get("above", "")[:OFFICE].strip(),
        days_lost=bool(report.figures.counted_days),
    )


def _names(desk: Desk, report: Report) -> dict[str, str]:
    return procedure_names(desk, [code for code, _ in report.figures.procedures])


def _export(kind: str, ending: str, write: Callable[[list[Sheet]], bytes]) -> Callable[[Visit], Response]:
    def handler(visit: Visit) -> Response:
        now = visit.desk.clock()
        period, errors = read_period(visit.query, now)
        if errors:
            return visit.refuse(next(iter(errors.values())), 400)
        report = read_report(visit.desk.engine, period, now)
        name = f"so-lieu-{period.first}_{period.last}.{ending}"
        visit.note_use("figures.export", name)
        body = write(sheets_of(report, _names(visit.desk, report)))
        return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    return handler


def _open_data(kind: str) -> Callable[[Visit], Response]:
    def handler(visit: Visit) -> Response:
        now = visit.desk.clock()
        period, errors = read_period(visit.query, now)
        if errors:
            return visit.refuse(next(iter(errors.values())), 400)
        return open_data_answer(visit.desk.engine, period, now, kind, getattr(visit.desk.settings, "open_data_licence", ""))

    return handler

"""/figures/sample: one answer after the other, judged with one press or two."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.figures.accuracy import drawn_weeks, read_accuracy, read_agreement
from bot.staff.figures.period import read_week, weeks_before
from bot.staff.figures.report import WEEKS, procedure_names
from bot.staff.figures.sample import JUDGES, SIZE, SampleError, draw, judge, read_drawn, read_items
from bot.staff.figures.words import FAULTS, VERDICTS
from bot.staff.rights import Right
from bot.staff.transaction import reading
from bot.staff.visit import Visit


def entries(desk: Desk) -> tuple[Entry, ...]:
    """See sections.py."""
    return (
        Entry("GET", "/figures/sample", Right.FIGURES, show),
        Entry("POST", "/figures/sample/draw", Right.FIGURES, draw_week),
        Entry("POST", "/figures/sample/judge", Right.FIGURES, judge_one),
    )


def show(visit: Visit, error: str = "", week: str = "", turn: str = "") -> Response:
    """The week's state, the next answer to judge (or the one asked for by ?turn=), and what I have judged."""
    now = visit.desk.clock()
    week = week or visit.query.get("week") or weeks_before(now, 1)[0]
    try:
        period = read_week(week)
    except ValueError as wrong:
        return visit.refuse(str(wrong), 400)
    turn = turn or visit.query.get("turn", "")
    with reading(visit.desk.engine) as connection:
        drawn = read_drawn(connection, week)
        items = read_items(connection, week, visit.me.id) if drawn else []
        accuracy = read_accuracy(connection, [week])[week]
        agreement = read_agreement(connection, [week])
        weeks = sorted({*weeks_before(now, WEEKS), *drawn_weeks(connection)[: 5 * WEEKS], week}, reverse=True)
    asked = next((item for item in items if item.turn == turn and item.question is not None), None)
    item = asked or next((item for item in items if item.open), None)
    codes = [item.procedure for item in items if item.procedure]
    return visit.page(
        "figures/sample.html",
        400 if error else 200,
        week=week,
        period=period,
        over=period.end <= now,
        weeks=[(one, f"{one[6:]}/{one[:4]} ({read_week(one).first:%d/%m} đến {read_week(one).last:%d/%m/%Y})") for one in weeks],
        drawn=drawn,
        items=items,
        item=item,
        left=sum(one.open for one in items),
        gone=sum(one.question is None and one.mine is None for one in items),
        accuracy=accuracy,
        agreement=agreement,
        names=procedure_names(visit.desk, codes),
        verdicts=VERDICTS,
        faults=FAULTS,
        size=SIZE,
        judges=JUDGES,
        error=error,
    )


def draw_week(visit: Visit) -> Response:
    """Draw the sample of a week that is over."""
    week = visit.text("week")
    try:
        with visit.act():
            drawn = draw(visit.desk.engine, week, visit.me.id, visit.desk.clock())
            visit.note("sample.draw", week, None, {"population": drawn.population, "lost": drawn.lost, "size": drawn.size})
    except (SampleError, ValueError) as error:
        return visit.refuse(str(error), 400)
    return visit.see(f"/figures/sample?week={quote(week)}", f"Đã lấy {drawn.size} câu trong {drawn.population} câu trả lời của tuần.")


def judge_one(visit: Visit) -> Response:
    """Keep a verdict and show the next answer."""
    week, turn = visit.text("week"), visit.text("turn")
    verdict, fault = visit.text("verdict"), visit.text("fault")
    try:
        with visit.act():
            before = judge(visit.desk.engine, week, turn, visit.me, verdict, fault, visit.desk.clock())
            visit.note("sample.judge", f"{week} {turn}", before, (verdict, fault or None))
    except SampleError as error:
        return show(visit, str(error), week, turn)
    return visit.see(f"/figures/sample?week={quote(week)}#judge")

"""A week that is over in, fifty of its answers drawn by chance out, and what people judged of each of them.

Simple random: every answer of the week whose text is still kept has the same chance, whatever its procedure or channel, so that the
interval of accuracy.py is honest. The order of chance comes from the week and the turns' ids alone; drawn again it is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.gateway.tables import TURNS
from bot.gateway.upsert import put
from bot.staff.figures.counting import within
from bot.staff.figures.period import read_week
from bot.staff.figures.tables import JUDGEMENTS, SAMPLE, SAMPLE_WEEKS
from bot.staff.figures.words import FAULTS, VERDICTS
from bot.staff.person import Person
from bot.staff.transaction import writing

SIZE = 50
JUDGES = 2
"""People who may judge one answer."""


class SampleError(ValueError):
    """What cannot be drawn or judged, as a sentence for staff."""


@dataclass(frozen=True, slots=True)
class Item:
    """question, answer: None once their text is gone. mine, fault: what this person said. others: how many others have judged."""

    turn: str
    position: int
    question: str | None
    answer: str | None
    procedure: str | None
    at: float | None
    mine: str | None
    fault: str | None
    others: int

    @property
    def open(self) -> bool:
        """Can this person still judge it for the first time?"""
        return self.mine is None and self.question is not None and self.others < JUDGES


@dataclass(frozen=True, slots=True)
class Drawn:
    """population: answers there were to draw from. lost: answers of the week whose text was gone already."""

    population: int
    lost: int
    size: int


def chosen(week: str, turns: Iterable[str], size: int = SIZE) -> list[str]:
    """The turns of the sample in the order of chance; fewer than `size` when there are not more."""
    return sorted(turns, key=lambda turn: hashlib.sha256(f"{week}:{turn}".encode()).digest())[:size]


def draw(engine: Engine, week: str, by: str, now: float, size: int = SIZE) -> Drawn:
    """Draw once; drawn already, it stays as it is. by: Person.id. Raises SampleError, ValueError for a week that is none."""
    period = read_week(week)
    if period.end > now:
        raise SampleError(f"Tuần này đến hết ngày {period.last:%d/%m/%Y} mới đủ câu trả lời. Anh/chị lấy mẫu sau ngày đó.")
    with writing(engine) as connection:
        before = read_drawn(connection, week)
        if before:
            return before
        kept = sa.and_(TURNS.c.question.isnot(None), TURNS.c.answer.isnot(None))
        answered = sa.and_(within(TURNS.c.at, period), TURNS.c.status.like("answered%"))
        turns = connection.execute(sa.select(TURNS.c.id).where(answered, kept)).scalars().all()
        lost = connection.execute(sa.select(sa.func.count()).select_from(TURNS).where(answered, sa.not_(kept))).scalar_one()
        if not turns:
            raise SampleError("Tuần này không còn câu trả lời nào giữ nguyên chữ, nên không lấy mẫu được. Anh/chị chọn tuần khác.")
        try:
            with connection.begin_nested():
                # Of two people at once the second waits here, and then finds the week drawn.
                row = {"week": week, "at": now, "by": by, "population": len(turns), "lost": lost}
                connection.execute(SAMPLE_WEEKS.insert().values(**row))
        except sa.exc.IntegrityError:
            return read_drawn(connection, week) or Drawn(len(turns), lost, 0)
        rows = [{"week": week, "turn": turn, "position": at} for at, turn in enumerate(chosen(week, turns, size), 1)]
        connection.execute(SAMPLE.insert(), rows)
        return Drawn(len(turns), lost, len(rows))


def read_drawn(connection: Connection, week: str) -> Drawn | None:
    """None: not drawn yet."""
    row = connection.execute(sa.select(SAMPLE_WEEKS).where(SAMPLE_WEEKS.c.week == week)).one_or_none()
    if row is None:
        return None
    size = connection.execute(sa.select(sa.func.count()).select_from(SAMPLE).where(SAMPLE.c.week == week)).scalar_one()
    return Drawn(row.population, row.lost, size)


def read_items(connection: Connection, week: str, judge: str) -> list[Item]:
    """In the order of chance. Another person's verdict is not told, so that the second one judges alone. judge: Person.id."""
    columns = (SAMPLE.c.turn, SAMPLE.c.position, TURNS.c.question, TURNS.c.answer, TURNS.c.procedure, TURNS.c.at)
    joined = SAMPLE.outerjoin(TURNS, TURNS.c.id == SAMPLE.c.turn)
    rows = connection.execute(sa.select(*columns).select_from(joined).where(SAMPLE.c.week == week).order_by(SAMPLE.c.position)).all()
    judged: dict[str, dict[str, sa.engine.Row]] = {}
    for row in connection.execute(sa.select(JUDGEMENTS).where(JUDGEMENTS.c.week == week)):
        judged.setdefault(row.turn, {})[row.judge] = row
    items = []
    for row in rows:
        said = judged.get(row.turn, {})
        mine = said.get(judge)
        text = (row.question, row.answer) if row.question is not None and row.answer is not None else (None, None)
        others = len(said) - (mine is not None)
        mine_told = (mine.verdict, mine.fault) if mine else (None, None)
        items.append(Item(row.turn, row.position, *text, row.procedure, row.at, *mine_told, others))
    return items


def judge(engine: Engine, week: str, turn: str, who: Person, verdict: str, fault: str, now: float) -> tuple[str, str | None] | None:
    """Keep what `who` says; said before, it is replaced. fault: "" or a key of FAULTS, kept only with "wrong".

    -> (verdict, fault) as it was before, None = the first time. Raises SampleError.
    """
    if verdict not in VERDICTS:
        raise SampleError("Anh/chị bấm một trong ba nút: Đúng, Sai, Không rõ.")
    if fault and fault not in FAULTS:
        raise SampleError("Loại lỗi này không có trong danh sách. Anh/chị chọn lại, hoặc để trống.")
    with writing(engine) as connection:
        here = sa.and_(SAMPLE.c.week == week, SAMPLE.c.turn == turn)
        if connection.execute(sa.select(SAMPLE.c.turn).where(here).with_for_update()).one_or_none() is None:
            raise SampleError("Câu này không nằm trong mẫu của tuần. Anh/chị mở lại trang chấm.")
        kept = sa.and_(TURNS.c.id == turn, TURNS.c.question.isnot(None), TURNS.c.answer.isnot(None))
        if connection.execute(sa.select(TURNS.c.id).where(kept)).one_or_none() is None:
            raise SampleError("Chữ của câu này đã bị xóa theo hạn lưu hoặc theo yêu cầu của người dân, không chấm được nữa.")
        said = connection.execute(sa.select(JUDGEMENTS).where(JUDGEMENTS.c.week == week, JUDGEMENTS.c.turn == turn)).all()
        mine = next((row for row in said if row.judge == who.id), None)
        if mine is None and len(said) >= JUDGES:
            raise SampleError(f"Câu này đã có {JUDGES} người chấm. Anh/chị chấm câu khác.")
        row = {
            "week": week, "turn": turn, "judge": who.id, "judge_name": who.name[:120],
            "verdict": verdict, "fault": fault or None if verdict == "wrong" else None, "at": now,
        }
        change = dict.fromkeys(("judge_name", "verdict", "fault", "at"), "excluded")
        put(connection, JUDGEMENTS, [row], ["week", "turn", "judge"], change)
        return (mine.verdict, mine.fault) if mine else None

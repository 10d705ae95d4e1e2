"""Days in, open data out: how often was asked, by channel and outcome and by procedure; nothing of anybody, no text of a question.

Made of `counts`, which belongs to nobody and does not change when a citizen erases a talk. A cell below FEWEST is withheld: a rare
procedure in a small commune can point to one household. No total stands beside the cells, so that none can be subtracted out.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.gateway.tables import COUNTS
from bot.staff.figures.export import as_text
from bot.staff.figures.period import Period, today
from bot.staff.figures.words import FAMILIES, family_of

FEWEST = 5
LONGEST = 366
COLUMNS = ("table", "day", "channel", "outcome", "procedure", "n", "withheld")
NO_LICENCE = "Cơ quan công bố chưa ghi giấy phép sử dụng"


@dataclass(frozen=True, slots=True)
class Cell:
    """table: "outcome" or "procedure". n: None when withheld."""

    table: str
    day: str
    channel: str
    outcome: str
    procedure: str
    n: int | None

    def row(self) -> tuple[str | int, ...]:
        """In the order of COLUMNS."""
        return (self.table, self.day, self.channel, self.outcome, self.procedure, "" if self.n is None else self.n, int(self.n is None))


def complete(period: Period, now: float) -> Period | None:
    """The days of the period that are over, at most LONGEST, the newest; None when there is none."""
    last = min(period.last, today(now) - timedelta(days=1))
    first = max(period.first, last - timedelta(days=LONGEST - 1))
    return Period(first, last) if first <= last else None


def read_cells(connection: Connection, period: Period | None) -> list[Cell]:
    """By table, day and key. Of procedures only what reaches FEWEST is named at all: else the row itself would tell."""
    if period is None:
        return []
    here = COUNTS.c.day.between(period.first.isoformat(), period.last.isoformat())
    n = sa.func.sum(COUNTS.c.n)
    keys = (COUNTS.c.day, COUNTS.c.channel, COUNTS.c.status)
    outcomes: Counter[tuple[str, str, str]] = Counter()
    for day, channel, status, asked in connection.execute(sa.select(*keys, n).where(here).group_by(*keys)):
        outcomes[day, channel, family_of(status)] += int(asked)
    pair = (COUNTS.c.day, COUNTS.c.procedure)
    often = sa.select(*pair, n).where(here, COUNTS.c.procedure != "").group_by(*pair).having(n >= FEWEST)
    procedures = sorted((day, code, int(asked)) for day, code, asked in connection.execute(often))
    cells = [Cell("outcome", *key, "", asked if asked >= FEWEST else None) for key, asked in sorted(outcomes.items())]
    return cells + [Cell("procedure", day, "", "", code, asked) for day, code, asked in procedures]


def describe(period: Period | None, now: float, publisher: str = "", licence: str = "") -> dict[str, Any]:
    """What a reader must know to use the numbers."""
    return {
        "title": "Lượt hỏi đáp về thủ tục hành chính qua trợ lý Một Cửa, theo ngày",
        "publisher": publisher or None,
        "licence": licence or NO_LICENCE,
        "period": {"from": period.first.isoformat(), "to": period.last.isoformat()} if period else None,
        "issued": today(now).isoformat(),
        "time_zone": "Asia/Ho_Chi_Minh",
        "unit": "Lượt: một câu trả lời về một nội dung; câu hỏi về hai nội dung là hai lượt.",
        "suppression": (
            f"Ô dưới {FEWEST} lượt không công bố: trong bảng outcome, n để trống và withheld = 1; trong bảng procedure, bỏ cả dòng. "
            "Không có dòng tổng. Dữ liệu không có câu hỏi, câu trả lời hay thông tin của người hỏi."
        ),
        "columns": {
            "table": "outcome: theo kênh và kết quả; procedure: theo thủ tục",
            "day": "ngày theo giờ Việt Nam, năm-tháng-ngày",
            "channel": "kênh: web, zalo…",
            "outcome": "; ".join(f"{key}: {title}" for key, title in FAMILIES.items()),
            "procedure": "mã thủ tục hành chính trên Cơ sở dữ liệu quốc gia về thủ tục hành chính",
            "n": "số lượt",
            "withheld": f"1 = dưới {FEWEST} lượt, không công bố",
        },
    }


def json_of(cells: list[Cell], about: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata and the rows."""
    return {**about, "rows": [dict(zip(COLUMNS, (*cell.row()[:5], cell.n, cell.n is None))) for cell in cells]}


def csv_of_cells(cells: list[Cell]) -> bytes:
    """UTF-8, header first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([as_text(value) for value in cell.row()] for cell in cells)
    return out.getvalue().encode()

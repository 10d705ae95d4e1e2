"""Figures in, what the charts draw out: labels and numbers, the same ones that the table beside each chart tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions.words import ASPECT_TITLES
from bot.staff.figures.numbers import Figures
from bot.staff.figures.words import FAMILIES, WEEKDAYS, channel_name


@dataclass(frozen=True, slots=True)
class Chart:
    """kind: bar | stack | rows (bars that lie). sets: (title, one number a label). first: title of the labels' column."""

    id: str
    title: str
    kind: str
    first: str
    labels: Sequence[str]
    sets: Sequence[tuple[str, Sequence[int]]]

    @property
    def data(self) -> dict[str, object]:
        """For figures.js."""
        return {"kind": self.kind, "labels": list(self.labels), "sets": [{"label": title, "data": list(row)} for title, row in self.sets]}

    @property
    def empty(self) -> bool:
        return not any(n for _, row in self.sets for n in row)


def charts_of(figures: Figures) -> list[Chart]:
    """In the order of the page. A family that nobody met is left out of the days."""
    met = [key for key in figures.families if figures.families[key]]
    # Over a year the same day comes twice.
    shown = "%d/%m" if figures.period.first.year == figures.period.last.year else "%d/%m/%Y"
    days = [date.fromisoformat(day).strftime(shown) for day, _ in figures.days]
    return [
        Chart("days", "Câu hỏi theo ngày", "stack", "Ngày", days, [(_family(key), [row[key] for _, row in figures.days]) for key in met]),
        _one("families", "Kết quả trả lời", "rows", "Kết quả", [(_family(key), n) for key, n in figures.families.items()]),
        _one("channels", "Kênh", "rows", "Kênh", [(channel_name(key), n) for key, n in figures.channels.items()]),
        _one("hours", "Giờ trong ngày", "bar", "Giờ", [(f"{hour} giờ", n) for hour, n in enumerate(figures.hours)]),
        _one("weekdays", "Ngày trong tuần", "bar", "Thứ", list(zip(WEEKDAYS, figures.weekdays))),
        _one("aspects", "Nội dung hay hỏi", "rows", "Nội dung", [(ASPECT_TITLES.get(key, key), n) for key, n in figures.aspects]),
    ]


def _one(id: str, title: str, kind: str, first: str, rows: Sequence[tuple[str, int]]) -> Chart:
    return Chart(id, title, kind, first, [label for label, _ in rows], [("Số câu" if id != "aspects" else "Số lượt", [n for _, n in rows])])


def _family(key: str) -> str:
    return FAMILIES.get(key, key)

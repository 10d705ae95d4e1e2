"""A period in, what citizens thought of it out: thumbs of single answers, stars of whole talks."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.gateway.tables import FEEDBACK, RATINGS
from bot.staff.figures.counting import within
from bot.staff.figures.period import Period


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """up, down: thumbs. stars: how many gave 1, 2 … 5."""

    up: int
    down: int
    stars: tuple[int, int, int, int, int]

    @property
    def thumbs(self) -> int:
        return self.up + self.down

    @property
    def up_share(self) -> float | None:
        """Of all thumbs, in [0, 1]; None when there is none."""
        return self.up / self.thumbs if self.thumbs else None

    @property
    def ratings(self) -> int:
        return sum(self.stars)

    @property
    def mean(self) -> float | None:
        """Stars, in [1, 5]; None when nobody rated."""
        return sum(star * n for star, n in enumerate(self.stars, 1)) / self.ratings if self.ratings else None


def read_satisfaction(connection: Connection, period: Period) -> Satisfaction:
    """By the moment of the thumb or the star, not of the answer. Exact for any period: retention takes the words, not the rows."""
    thumbs = _grouped(connection, FEEDBACK.c.value, FEEDBACK.c.at, period)
    stars = _grouped(connection, RATINGS.c.stars, RATINGS.c.at, period)
    return Satisfaction(thumbs.get("up", 0), thumbs.get("down", 0), tuple(stars.get(star, 0) for star in range(1, 6)))


def _grouped(connection: Connection, key: sa.Column, at: sa.Column, period: Period) -> dict:
    return dict(connection.execute(sa.select(key, sa.func.count()).where(within(at, period)).group_by(key)).all())

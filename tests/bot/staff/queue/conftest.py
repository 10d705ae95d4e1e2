"""Turns that want a look, on a desk whose search is that of the small world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.gateway.tables import FEEDBACK, TURNS
from bot.staff.desk import Desk
from index.search import ProcedureSearch
from tests.bot.staff.conftest import NOW, Browser, person
from tests.small import write_data


@pytest.fixture
def searching(desk: Desk, search: ProcedureSearch, tmp_path) -> Desk:  # noqa: ANN001
    """The content is the small world's."""
    desk = replace(desk, search=lambda: search, data_dir=write_data(tmp_path / "content"))
    desk.content.seed(desk.data_dir, person("admin"))
    return desk


@pytest.fixture
def browser(searching: Desk) -> Callable[[str], Browser]:
    return lambda role: Browser(searching, person(role))


@pytest.fixture
def asked(desk: Desk) -> Callable[..., str]:
    """asked("câu hỏi", status=…) -> the turn's id; each a minute after the one before."""
    count = iter(range(1000))

    def ask(question: str | None, status: str = "unanswerable_not_found", down: str | None = None, **more: Any) -> str:
        n = next(count)
        turn, at = f"turn{n:018d}", more.pop("at", NOW - 6000 + 60 * n)
        row = {"id": turn, "conversation": "c" * 22, "channel": "web", "at": at, "question": question, "answer": "Dạ, tôi chưa biết."}
        with desk.engine.begin() as connection:
            connection.execute(TURNS.insert().values({**row, "status": status, "aspects": "[]", "candidates": "[]", **more}))
            if down is not None:
                connection.execute(FEEDBACK.insert().values(turn=turn, conversation="c" * 22, at=at + 1, value="down", reason=down))
        return turn

    return ask

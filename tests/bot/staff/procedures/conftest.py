"""A desk whose content is the small world of tests/small.py, beside an imported catalogue of one of its procedures and one more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.staff.desk import Desk
from bot.staff.person import SYSTEM
from bot.staff.procedures.pages import entries
from index.content import import_rows, open_store

from ....index.portal_rows import row
from ....small import REGISTER, write_data
from ..conftest import Browser, person

OTHER = "1.900077"
"""Imported, and no record of ours."""


def filled(desk: Desk, folder: Path, *, imported: bool = True) -> Desk:
    desk.content.seed(write_data(folder / "seed"), SYSTEM)
    if imported:
        var = desk.settings.var
        var.mkdir(parents=True, exist_ok=True)
        import_rows(open_store(str(var / "content.db")), [row(REGISTER), row(OTHER, name="Cấp phép mở chợ ong")], "test.jsonl")
    return desk


@pytest.fixture
def office(sqlite_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """On SQLite."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return filled(sqlite_desk, tmp_path)


@pytest.fixture
def either(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """On SQLite and on PostgreSQL."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return filled(desk, tmp_path)


@pytest.fixture
def browse() -> Callable[..., Browser]:
    """browse(desk, "curator", 2): the second curator's browser."""
    return lambda desk, role, number=1: Browser(desk, person(role, number), entries(desk))

"""A store on either database, two people, a clock that goes a second with every look."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.staff.content.store import Content
from bot.staff.person import Person
from bot.staff.rights import Role

DATA = Path("data")
LAN = Person("lan", "lan", "Nguyễn Thị Lan", frozenset({Role.CURATOR}))
MINH = Person("minh", "minh", "Trần Văn Minh", frozenset({Role.CURATOR}))


@pytest.fixture
def ticks() -> Callable[[], float]:
    return lambda counter=itertools.count(1_800_000_000): float(next(counter))


@pytest.fixture
def content(service: Engine, ticks: Callable[[], float]) -> Content:
    return Content(service, ticks)

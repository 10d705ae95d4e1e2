"""Databases of either kind, for whoever keeps something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.gateway.database import open_database

from ..postgres import empty_schema


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty schema that is dropped again."""
    with empty_schema() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def service_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of either kind."""
    return f"sqlite:///{tmp_path / 'service.sqlite3'}" if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def service(service_url: str, tmp_path: Path) -> Iterator[Engine]:
    """The service's own database, empty, of either kind."""
    engine = open_database(tmp_path, service_url)
    yield engine
    engine.dispose()

"""Databases of either kind, for whoever keeps something."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway.database import open_database

SERVER = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty schema that is dropped again."""
    try:
        socket.create_connection(("127.0.0.1", 5432), timeout=1).close()
    except OSError:
        pytest.skip("no PostgreSQL on 127.0.0.1:5432")
    schema = f"mot_cua_test_{uuid.uuid4().hex[:12]}"
    engine = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(sa.text(f"create schema {schema}"))
    except sa.exc.OperationalError as error:
        pytest.skip(f"PostgreSQL refuses: {error.orig}")
    try:
        yield f"{SERVER}?options=-csearch_path%3D{schema}"
    finally:
        with engine.connect() as connection:
            connection.execute(sa.text(f"drop schema {schema} cascade"))
        engine.dispose()


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

"""A schema of a PostgreSQL server for whoever tests on one: empty, and dropped afterwards."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
import sqlalchemy as sa

SERVER = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")


@contextmanager
def empty_schema() -> Iterator[str]:
    """-> its address. Skips the test, with the reason, where there is no server; fails instead in CI, which starts one (.ci/run)."""
    address = sa.engine.make_url(SERVER)
    try:
        socket.create_connection((address.host, address.port or 5432), timeout=1).close()
    except OSError:
        _missing(f"no PostgreSQL on {address.host}:{address.port or 5432}")
    schema = f"mot_cua_test_{uuid.uuid4().hex[:12]}"
    engine = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(sa.text(f"create schema {schema}"))
    except sa.exc.OperationalError as error:
        _missing(f"PostgreSQL refuses: {error.orig}")
    try:
        yield f"{SERVER}?options=-csearch_path%3D{schema}"
    finally:
        with engine.connect() as connection:
            connection.execute(sa.text(f"drop schema {schema} cascade"))
        engine.dispose()


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)

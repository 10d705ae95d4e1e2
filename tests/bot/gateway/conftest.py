"""Fixtures over harness.running."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness import Gateway, running


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    with running(tmp_path) as one:
        yield one


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """For tests that leave the gateway as they found it."""
    with running(tmp_path_factory.mktemp("var"), MOT_CUA_TEST_CLOCK="1") as one:
        yield one

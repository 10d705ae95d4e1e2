"""Shared by index, actions and bot tests: the small world of tests/small.py, built once a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from index.catalogue import load_procedures
from index.procedure import Procedure
from index.release import build, open_release
from index.search import ProcedureSearch

from .small import RAW, HashedEncoder, procedure, write_data

ROOT = Path(__file__).parent.parent

# A time limit an example, as hypothesis has by default, would judge how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def procedures() -> dict[str, Procedure]:
    """The three small procedures by code."""
    return {raw["code"]: procedure(raw) for raw in RAW}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of the small world that a test may change."""
    return write_data(tmp_path / "data")


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of the small world. Not to be changed."""
    folder = tmp_path_factory.mktemp("small")
    return build(write_data(folder / "data"), folder / "var", HashedEncoder(), log=lambda line: None)


@pytest.fixture(scope="session")
def search(small_release: Path) -> ProcedureSearch:
    """The search over the small release."""
    return open_release(small_release, HashedEncoder())[0]


@pytest.fixture(scope="session")
def real_procedures() -> list[Procedure]:
    """Every record of data/procedures."""
    return load_procedures(ROOT / "data" / "procedures")

"""One real server for all conversations: MOT_CUA_VAR (or var/) gives the model and the release, as `make test` built them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness import ROOT, RealServer, Talk, built, running


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """Gateway, engine, actions, real model and release; its store, secret and pointers lie in a folder of its own."""
    source = built(Path(os.environ.get("MOT_CUA_VAR") or ROOT / "var").absolute())
    with running(tmp_path_factory.mktemp("server"), source) as server:
        yield server


@pytest.fixture
def talk(server: RealServer) -> Talk:
    """A new conversation."""
    return server.talk()

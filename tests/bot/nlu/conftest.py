"""Rasa without its noise, and the toy pipeline, once a session."""

from __future__ import annotations

import pytest

from bot.quiet import quiet

quiet()

from .toy import Pipeline  # noqa: E402 - after quiet(), which must come before Rasa


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return Pipeline(tmp_path_factory.mktemp("nlu") / "model")

"""The trained model and the release of MOT_CUA_VAR (or var/), asked once for all held-out messages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ..conversations.harness import ROOT, built
from .outcome import Case, Outcome, outcomes, read_cases


@pytest.fixture(scope="session")
def told() -> list[tuple[Case, Outcome]]:
    """Every message of limits.yml with what became of it."""
    var = built(Path(os.environ.get("MOT_CUA_VAR") or ROOT / "var").absolute())
    cases = read_cases(Path(__file__).with_name("limits.yml"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOT_CUA_VAR", str(var))
        return list(zip(cases, outcomes(cases, var / "models" / "current", ROOT), strict=True))

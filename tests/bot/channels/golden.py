"""A drawn text against the file that a person has read. UPDATE_GOLDEN=1 writes the files anew: look at the difference before a commit."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "golden"


def same_as_golden(name: str, drawn: str) -> None:
    """name: path below tests/golden."""
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawn, "utf-8")
    assert path.exists(), f"{path} is missing; run once with UPDATE_GOLDEN=1 and read it"
    assert drawn == path.read_text("utf-8")


def files(folder: str) -> set[str]:
    """Names without their ends, so that no file of a case that is gone stays."""
    return {path.stem for path in (FOLDER / folder).iterdir()}

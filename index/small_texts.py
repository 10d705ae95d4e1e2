"""Sentences that the office says in its own words: data/texts.yml, {key: text}. Which keys there are is known in actions.texts_list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from index.catalogue import DataError, read_yaml

SOURCE, FILE = "texts.yml", "texts.json"
"""Names in data/ and in a release."""


def read_texts(path: Path) -> dict[str, str]:
    """{} for a file that is empty or not there. Raises DataError naming file and key."""
    raw = (read_yaml(path) or {}) if path.exists() else {}
    if not isinstance(raw, dict):
        raise DataError(f"{path}: is a {type(raw).__name__}; expected key: text")
    for key, text in raw.items():
        if not isinstance(key, str) or not isinstance(text, str) or not text.strip():
            raise DataError(f"{path}: {key}: is {text!r}; expected a text; leave the key out to say what the program says")
    return {key: text.strip() for key, text in raw.items()}


def open_texts(release: Path) -> Mapping[str, str]:
    """What a release carries. Raises OSError or ValueError."""
    return dict(json.loads((release / FILE).read_text("utf-8")))

"""The small sentences that staff may word anew, with the words they have by default."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml

from bot.staff.content.checks_shape import DOMAIN


@cache
def known_texts() -> Mapping[str, str]:
    """Key -> default text; the utter_* of domain.yml. A blank line makes a second message."""
    responses = yaml.safe_load(DOMAIN.read_text("utf-8")).get("responses", {})
    return {key: str(rows[0].get("text", "")).strip() for key, rows in responses.items() if rows}

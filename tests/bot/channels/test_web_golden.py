"""Every answer as the chat API gives it, in golden files."""

from __future__ import annotations

import json

import pytest

from bot.channels.web_view import reply_payload

from .answers import cases
from .golden import files, same_as_golden

CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_web_json(name: str) -> None:
    drawn = reply_payload("token", "turn", CASES[name], None)
    same_as_golden(f"web/{name}.json", json.dumps(drawn, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def test_no_file_is_left_over() -> None:
    assert files("web") == set(CASES)

"""Every answer as the page without script shows it, in golden files."""

from __future__ import annotations

import re

import pytest

from bot.channels.chat_page import Exchange, answered_page

from ..gateway.plain import TEMPLATE
from .answers import cases
from .golden import files, same_as_golden

CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_plain_html(name: str) -> None:
    page = answered_page(TEMPLATE, Exchange("Câu hỏi?", tuple(CASES[name])), "token")
    section = re.search(r'<section id="tra-loi".*?</section>', page, re.S)
    assert section
    same_as_golden(f"plain/{name}.html", section.group().replace("><", ">\n<") + "\n")


def test_no_file_is_left_over() -> None:
    assert files("plain") == set(CASES)

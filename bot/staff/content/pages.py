"""The addresses of the content: the tree and its history, and a form for each kind of file."""

from __future__ import annotations

from bot.staff.content import (
    draft_pages,
    faq_pages,
    history_pages,
    holiday_pages,
    nlu_pages,
    office_pages,
    phrasing_pages,
    raw_pages,
    text_pages,
    tree_pages,
    zip_pages,
)
from bot.staff.desk import Desk
from bot.staff.entry import Entry

SECTIONS = (
    tree_pages, history_pages, raw_pages, draft_pages, zip_pages, faq_pages, phrasing_pages, nlu_pages, office_pages, holiday_pages, text_pages
)  # fmt: skip


def entries(desk: Desk) -> tuple[Entry, ...]:
    """All of them."""
    return tuple(entry for section in SECTIONS for entry in section.entries())

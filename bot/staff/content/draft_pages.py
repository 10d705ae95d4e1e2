"""What open forms send by themselves: what was typed so far, and that somebody is there. Without JavaScript nothing of it is needed."""

from __future__ import annotations

from starlette.responses import Response

from bot.staff.content.flow import base_of, drafts, editing
from bot.staff.entry import Entry
from bot.staff.rights import Right
from bot.staff.visit import Visit

OWN = frozenset({"csrf", "base", "draft_path", "draft_page"})
MOST_PATH, MOST_PAGE = 200, 300


def entries() -> tuple[Entry, ...]:
    return (
        Entry("POST", "/content/draft", Right.EDIT, keep),
        Entry("POST", "/content/draft/drop", Right.EDIT, drop),
        Entry("POST", "/content/here", Right.EDIT, here),
    )


def keep(visit: Visit) -> Response:
    path, page = visit.text("draft_path"), visit.text("draft_page")
    if not path or len(path) > MOST_PATH or not page.startswith("/") or page.startswith("//") or len(page) > MOST_PAGE:
        return visit.refuse("Không giữ được bản nháp này.", 422)
    fields: dict[str, list[str]] = {}
    for name, value in visit.form.multi_items():
        if isinstance(value, str) and name not in OWN:
            fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
    kept = drafts(visit).keep(visit.me, path, page, base_of(visit), fields)
    editing(visit).note_editing(path, visit.me)
    return visit.page("content/kept.html", kept=kept) if visit.htmx else visit.see(page, "Đã giữ bản nháp.")


def drop(visit: Visit) -> Response:
    drafts(visit).drop(visit.me, visit.text("draft_path"))
    return visit.see("/content", "Đã bỏ bản nháp.")


def here(visit: Visit) -> Response:
    path = visit.text("draft_path")
    if path and len(path) <= MOST_PATH:
        editing(visit).note_editing(path, visit.me)
    return visit.page("content/others.html", others=editing(visit).others(path, visit.me))

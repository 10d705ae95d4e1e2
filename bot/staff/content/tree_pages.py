"""/content: every file by kind, what is not live yet, and what I have typed and not saved."""

from __future__ import annotations

from itertools import groupby

from starlette.responses import Response

from bot.staff.content.flow import drafts
from bot.staff.content.paths import KINDS, OTHER, kind
from bot.staff.entry import Entry
from bot.staff.rights import Right
from bot.staff.visit import Visit

FORMS = (
    ("/faq", "Hỏi đáp riêng"),
    ("/phrasings", "Cách gọi và câu hay hỏi"),
    ("/nlu", "Ví dụ để hiểu câu"),
    ("/offices", "Nơi liên hệ"),
    ("/holidays", "Lịch nghỉ"),
    ("/texts", "Câu chữ của bot"),
)
MOST_CHANGES = 200


def entries() -> tuple[Entry, ...]:
    return (Entry("GET", "/content", Right.READ, show),)


def show(visit: Visit) -> Response:
    """desk.extra["live_snapshot"]: () -> the revision that the live release was built from, None while nobody knows."""
    content = visit.desk.content
    order = [name for _, name in KINDS] + [OTHER]
    paths = sorted(content.paths(), key=lambda path: (order.index(kind(path)), path))
    asked = visit.desk.extra.get("live_snapshot")
    live = asked() if asked else None
    changes = content.changes(live) if live is not None else []
    return visit.page(
        "content/tree.html",
        forms=FORMS,
        kinds=[(name, list(group)) for name, group in groupby(paths, kind)],
        live=live,
        changes=changes[:MOST_CHANGES],
        more=max(0, len(changes) - MOST_CHANGES),
        mine=drafts(visit).mine(visit.me),
        head=content.head(),
    )

"""/calls: who waits for a call, oldest first, without a name; one opened to be called; called. Each opening and each call is in the log.

Names and numbers are sealed in the database. They are unsealed for the one page that somebody asked for, and stand in no list.
"""

from __future__ import annotations

from starlette.responses import Response

from bot.gateway.contacts import Contacts
from bot.gateway.retention import CONTACT_DONE, CONTACT_OPEN, DAY
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.rights import Right
from bot.staff.transaction import writing
from bot.staff.visit import Visit

PAGE_SIZE = 20
GONE = "Lời nhắn này không còn: đã có người gọi, người gửi đã rút lại, hoặc đã hết hạn giữ."


def entries(desk: Desk) -> tuple[Entry, ...]:
    """See sections.py."""
    return (
        Entry("GET", "/calls", Right.CALL, show),
        # Opening is written down, so it is no GET: a link followed by a machine would open it.
        Entry("POST", "/calls/{id}/open", Right.CALL, opened),
        Entry("POST", "/calls/{id}/done", Right.CALL, done),
    )


def _contacts(desk: Desk) -> Contacts:
    return Contacts(desk.engine, desk.settings.data_key, desk.settings.secret, desk.clock)


def show(visit: Visit) -> Response:
    """Those who wait: since when, until when it is kept. ?page= from 1; what is no page is the first, what lies behind is the last."""
    waiting, now = _contacts(visit.desk).waiting(), visit.desk.clock()
    pages = max(1, -(-len(waiting) // PAGE_SIZE))
    asked = visit.query.get("page", "1")
    page = min(int(asked), pages) if asked.isascii() and asked.isdigit() and len(asked) < 9 and int(asked) else 1
    rows = [
        {"id": name, "at": at, "days": int((now - at) // DAY), "until": at + CONTACT_OPEN, "number": (page - 1) * PAGE_SIZE + n}
        for n, (name, at) in enumerate(waiting[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], 1)
    ]
    return visit.page("calls/list.html", rows=rows, total=len(waiting), page=page, pages=pages)


def opened(visit: Visit) -> Response:
    """One in clear. The log says who looked, never what at."""
    name = visit.path["id"]
    found = _contacts(visit.desk).one(name)
    if found is None:
        return visit.refuse(GONE, 404)
    visit.note_use("call.open", f"calls/{name}")
    return visit.page("calls/one.html", one=found, days=int(CONTACT_DONE // DAY))


def done(visit: Visit) -> Response:
    """Called. A second press says so."""
    name = visit.path["id"]
    with visit.act(), writing(visit.desk.engine) as connection:
        changed = _contacts(visit.desk).done(name, visit.me.name, connection)
        if changed:
            visit.note("call.done", f"calls/{name}")
    said = f"Đã ghi là gọi xong. Lời nhắn sẽ được xóa sau {int(CONTACT_DONE // DAY)} ngày." if changed else GONE
    return visit.see("/calls", said)

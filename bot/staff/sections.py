"""Every section's entries, in the order of the menu."""

from __future__ import annotations

from starlette.responses import Response

from bot.staff.calls.pages import entries as calls
from bot.staff.content.pages import entries as content
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.figures.pages import entries as figures
from bot.staff.imports.pages import entries as imports
from bot.staff.people.pages import entries as people
from bot.staff.procedures.pages import entries as procedures
from bot.staff.publish.pages import entries as publish
from bot.staff.queue.pages import entries as queue
from bot.staff.rights import Right
from bot.staff.switches.pages import entries as switches
from bot.staff.visit import Visit

SECTIONS = (queue, calls, procedures, content, imports, publish, switches, figures, people)


def all_entries(desk: Desk) -> tuple[Entry, ...]:
    """All addresses of the app; the security tests walk through them by role."""
    return (Entry("GET", "/", Right.READ, _home), *(entry for section in SECTIONS for entry in section(desk)))


def _home(visit: Visit) -> Response:
    return visit.page("home.html")

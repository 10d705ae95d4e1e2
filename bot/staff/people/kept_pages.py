"""/kept/{id}: a form that came after its session had ended, offered to its owner once more."""

from __future__ import annotations

from starlette.responses import Response

from bot.staff.entry import Entry
from bot.staff.people.door import Door
from bot.staff.rights import Right
from bot.staff.visit import Visit

GONE = "Không còn bản giữ lại này, hoặc nó là của người khác."


class KeptPages:
    """What was typed is shown, and sent again to where it was going: rights, token and rules are asked there as always."""

    def __init__(self, door: Door) -> None:
        self._kept = door.kept

    def entries(self) -> tuple[Entry, ...]:
        """For whoever is signed in; only the owner finds anything."""
        return Entry("GET", "/kept/{id}", Right.READ, self.show), Entry("POST", "/kept/{id}/drop", Right.READ, self.drop)

    def show(self, visit: Visit) -> Response:
        """Nothing is sent before the owner has seen it."""
        form = self._kept.read(visit.path["id"], visit.me.id)
        return visit.page("people/kept.html", kept=form) if form else visit.refuse(GONE, 404)

    def drop(self, visit: Visit) -> Response:
        """Not needed any more."""
        self._kept.drop(visit.path["id"], visit.me.id)
        return visit.see("/me", "Đã xóa bản giữ lại.")

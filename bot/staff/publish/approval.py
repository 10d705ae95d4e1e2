"""Four eyes: nobody approves what they made or wrote a part of."""

from __future__ import annotations

from bot.staff.content.store import Content
from bot.staff.person import Person
from bot.staff.publish.candidates import Candidate, Candidates, Refused, State
from bot.staff.publish.live import Live
from bot.staff.rights import Right


def obstacle(candidate: Candidate, who: Person, content: Content, live: Live) -> str | None:
    """Why this person may not approve it, a sentence; None = they may."""
    if candidate.state is not State.READY:
        return "Bản này chưa qua kiểm tra, hoặc đã được duyệt. Tải lại trang để xem."
    if not who.may(Right.PUBLISH):
        return "Anh/chị chưa được giao quyền duyệt bản xuất bản."
    if who.id == candidate.made_by:
        return "Anh/chị là người tạo bản này; cần một người khác duyệt."
    if who.id in authors(candidate, content, live):
        return "Trong bản này có nội dung do anh/chị sửa; cần một người khác duyệt."
    return None


def authors(candidate: Candidate, content: Content, live: Live) -> set[str]:
    """Person.id of everybody who wrote between what serves and the candidate, whichever is the older."""
    first, last = sorted((live.snapshot(), candidate.snapshot))
    return content.authors(first, last)


def approve(candidates: Candidates, candidate: Candidate, who: Person, why: str, content: Content, live: Live, now: float) -> Candidate:
    """Raises Refused. why: what the person looked at, or "". now: seconds since 1970."""
    if reason := obstacle(candidate, who, content, live):
        raise Refused(reason)
    given = {"approved_by": who.id, "approved_name": who.name, "approved_at": now, "approved_why": why}
    return candidates.move(candidate.id, State.APPROVED, only_from=(State.READY,), **given)

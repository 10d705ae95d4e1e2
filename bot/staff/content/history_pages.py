"""What a file was: every revision, each beside the one before, and back to an old one."""

from __future__ import annotations

from starlette.responses import Response

from bot.staff.content import diff, yaml_text
from bot.staff.content.flow import NO_REASON
from bot.staff.content.revision import Conflict, ContentError, Revision
from bot.staff.entry import Entry
from bot.staff.rights import Right
from bot.staff.visit import Visit
from index.catalogue import DataError

GONE = "Không có lần sửa này. Anh/chị mở lại từ lịch sử của tệp."


def entries() -> tuple[Entry, ...]:
    return (
        Entry("GET", "/content/history", Right.READ, history),
        Entry("GET", "/content/revision/{id}", Right.READ, revision),
        Entry("POST", "/content/revision/{id}/restore", Right.EDIT, restore),
    )


def history(visit: Visit) -> Response:
    path = visit.query.get("path", "")
    rows = visit.desk.content.history(path)
    if not rows:
        return visit.refuse("Không có tệp này.", 404)
    return visit.page("content/history.html", path=path, rows=rows)


def revision(visit: Visit) -> Response:
    found = _found(visit)
    return visit.refuse(GONE, 404) if found is None else _page(visit, found)


def restore(visit: Visit) -> Response:
    found = _found(visit)
    if found is None:
        return visit.refuse(GONE, 404)
    why = visit.text("why")
    if not why:
        return _page(visit, found, {"why": NO_REASON})
    try:
        with visit.act():
            saved = visit.desk.content.restore(found.id, who=visit.me, why=why)
            visit.note("content.restore", found.path, None, {"revision": saved.id, "restored": found.id}, why)
    except ContentError as error:
        return _page(visit, found, {"why": "Không khôi phục được: " + " ".join(row.sentence for row in error.errors)})
    except Conflict:
        return _page(
            visit, found, {"why": "Người khác vừa lưu tệp này. Anh/chị xem lại lịch sử rồi khôi phục lần nữa nếu vẫn cần."}
        )
    return visit.see(f"/content/revision/{saved.id}", f"Đã khôi phục lần sửa {found.number} thành lần sửa {saved.number}.")


def _found(visit: Visit) -> Revision | None:
    number = visit.path["id"]
    try:
        return visit.desk.content.revision(int(number)) if number.isascii() and number.isdigit() and len(number) < 18 else None
    except KeyError:
        return None


def _page(visit: Visit, found: Revision, errors: dict[str, str] | None = None) -> Response:
    rows = visit.desk.content.history(found.path)
    before = next((row for row in rows if row.number == found.number - 1), None)
    old, new = (before and before.text) or "", found.text or ""
    return visit.page(
        "content/revision.html",
        422 if errors else 200,
        found=found,
        before=before,
        newest=rows[0],
        pieces=diff.near(diff.word_diff(old, new)),
        fields=_fields(found.path, old, new),
        errors=errors or {},
        why=visit.text("why"),
    )


def _fields(path: str, old: str, new: str) -> list[diff.FieldChange]:
    """[] for what is no YAML, now or then, or is new or gone as a whole."""
    if not path.endswith(".yml") or not old or not new:
        return []
    try:
        return list(diff.fields(yaml_text.read(old), yaml_text.read(new)))
    except DataError:
        return []

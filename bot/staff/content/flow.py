"""What every form of the content does alike: open with the draft of mine and who else is at it, save, and tell of a conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from bot.staff.content import diff
from bot.staff.content.drafts import Draft, Drafts
from bot.staff.content.editing import Editing, Other
from bot.staff.content.merge import merged
from bot.staff.content.revision import Conflict, ContentError, FieldError, Revision
from bot.staff.visit import Visit

NO_REASON = "Anh/chị ghi ngắn gọn vì sao sửa; người duyệt và người sau đọc dòng này."


@dataclass(frozen=True, slots=True)
class Opened:
    """A form on the screen. path: of the file, or the name of a draft for a new one ("faq/"). page: where it is, below /can-bo.

    base: the revision whose text is shown; None = new. draft: what I typed and did not save; used: it is what is shown now.
    """

    path: str
    page: str
    base: int | None
    draft: Draft | None
    used: bool
    others: list[Other]


def drafts(visit: Visit) -> Drafts:
    return Drafts(visit.desk.engine, visit.desk.clock)


def editing(visit: Visit) -> Editing:
    return Editing(visit.desk.engine, visit.desk.clock)


def open_form(visit: Visit, path: str, page: str, now: Revision | None) -> Opened:
    """For a GET. ?draft=1 shows the draft, with the revision that it was typed on."""
    draft = drafts(visit).get(visit.me, path)
    used = draft is not None and visit.query.get("draft") == "1"
    base = draft.base if used and draft else now.id if now else None
    return Opened(path, page, base, draft, used, editing(visit).others(path, visit.me))


def sent_form(visit: Visit, path: str, page: str) -> Opened:
    """For a form that came back with errors."""
    return Opened(path, page, base_of(visit), None, False, editing(visit).others(path, visit.me))


def base_of(visit: Visit) -> int | None:
    """The revision that was on the screen."""
    typed = visit.text("base")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None


def raw(visit: Visit, name: str) -> str:
    """A field as it was typed, blanks and all; line ends as \\n."""
    value = visit.form.get(name)
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""


def errors_by_field(errors: Iterable[FieldError]) -> dict[str, str]:
    """The first sentence of each field; "" (the whole file) as "text"."""
    found: dict[str, str] = {}
    for error in errors:
        found.setdefault(error.field or "text", error.sentence)
    return found


def finish(
    visit: Visit,
    path: str,
    text: str,
    *,
    again: Callable[[Mapping[str, str]], Response],
    after: str,
    draft: str | None = None,
    why: str = "",
) -> Response:
    """Save and go to `after`; or the form again with its errors by field; or the page of the conflict."""
    why = why or visit.text("why")
    if not why:
        return again({"why": NO_REASON})
    base = base_of(visit)
    try:
        with visit.act():
            saved = visit.desk.content.save(path, text, base=base, who=visit.me, why=why)
            if saved.id != base:
                visit.note("content.save", path, {"revision": base}, {"revision": saved.id}, why)
    except ContentError as error:
        return again(errors_by_field(error.errors))
    except Conflict as conflict:
        return conflict_page(visit, path, text, base, conflict.current, why)
    drafts(visit).drop(visit.me, draft or path)
    editing(visit).left(path, visit.me)
    if saved.id == base:
        return visit.see(after, "Nội dung vẫn như cũ nên không có gì phải lưu.")
    return visit.see(after, f"Đã lưu lần sửa {saved.number}. Bot dùng nội dung này từ bản phát hành sau.")


def conflict_page(visit: Visit, path: str, mine: str, base: int | None, theirs: Revision, why: str) -> Response:
    """Mine, theirs and what both began with; the text to be saved is both together where that is possible. Mine is kept as a draft
    too, so that it outlives the window."""
    began = visit.desk.content.revision(base).text or "" if base is not None else ""
    both = merged(began, mine, theirs.text or "")
    fields = {"path": [path], "text": [mine], "why": [why]}
    drafts(visit).keep(visit.me, path, f"/content/edit?path={path}", base, fields)
    return visit.page(
        "content/conflict.html",
        409,
        path=path,
        theirs=theirs,
        base=began,
        mine=mine,
        text=mine if both is None else both,
        merged=both is not None,
        mine_pieces=diff.near(diff.word_diff(began, mine)),
        their_pieces=diff.near(diff.word_diff(began, theirs.text or "")),
        why=why,
    )

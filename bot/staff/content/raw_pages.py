"""Any file as plain text: the last resort, and where a conflict of any form is settled."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import Response

from bot.staff.content.flow import NO_REASON, base_of, drafts, errors_by_field, finish, open_form, raw, sent_form
from bot.staff.content.revision import Conflict, ContentError
from bot.staff.content.yaml_text import same_ends
from bot.staff.entry import Entry
from bot.staff.rights import Right
from bot.staff.visit import Visit


def entries() -> tuple[Entry, ...]:
    return (
        Entry("GET", "/content/edit", Right.EDIT, edit),
        Entry("POST", "/content/edit", Right.EDIT, save),
        Entry("POST", "/content/remove", Right.EDIT, remove),
    )


def page_of(path: str) -> str:
    return f"/content/edit?path={quote(path)}"


def edit(visit: Visit) -> Response:
    path = visit.query.get("path", "")
    now = visit.desk.content.read(path) if path else None
    opened = open_form(visit, path, page_of(path), now)
    text = opened.draft.text("text") if opened.used and opened.draft else (now.text if now else "") or ""
    return _page(visit, path, opened, text, why=opened.draft.text("why") if opened.used and opened.draft else "", errors={})


def save(visit: Visit) -> Response:
    path, text = visit.text("path"), raw(visit, "text")
    now = visit.desk.content.read(path) if path else None

    def again(errors: Mapping[str, str]) -> Response:
        return _page(visit, path, sent_form(visit, path, page_of(path)), text, why=visit.text("why"), errors=errors)

    return finish(
        visit, path, same_ends(text, now.text if now else None), again=again, after=f"/content/history?path={quote(path)}"
    )


def remove(visit: Visit) -> Response:
    path, why = visit.text("path"), visit.text("why")
    now = visit.desk.content.read(path)
    text = (now.text if now else "") or ""

    def again(errors: Mapping[str, str]) -> Response:
        return _page(visit, path, sent_form(visit, path, page_of(path)), text, why=why, errors=errors)

    if not why:
        return again({"why": NO_REASON})
    try:
        with visit.act():
            gone = visit.desk.content.remove(path, base=base_of(visit), who=visit.me, why=why)
            visit.note("content.remove", path, {"revision": base_of(visit)}, {"revision": gone.id}, why)
    except ContentError as error:
        return again(errors_by_field(error.errors))
    except Conflict:
        return again(
            {"text": "Người khác vừa lưu tệp này nên chưa bỏ. Anh/chị xem lại nội dung mới dưới đây rồi bỏ lần nữa nếu vẫn cần."}
        )
    drafts(visit).drop(visit.me, path)
    return visit.see("/content", f"Đã bỏ {path}. Lịch sử vẫn còn, khôi phục được.")


def _page(visit: Visit, path: str, opened, text: str, *, why: str, errors: Mapping[str, str]) -> Response:  # noqa: ANN001
    status = 422 if errors else 200
    new = opened.base is None and not (path and visit.desk.content.read(path))
    lined = {name: sentence for name, sentence in errors.items() if name not in ("why", "path", "text")}
    told = " ".join(f"{name}: {sentence}" for name, sentence in lined.items())
    shown = {**{name: errors[name] for name in ("path", "text", "why") if name in errors}}
    if told:
        shown["text"] = f"{shown.get('text', '')} {told}".strip()
    return visit.page("content/edit.html", status, path=path, opened=opened, text=text, why=why, errors=shown, new=new)

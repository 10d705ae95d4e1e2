"""The whole content as one ZIP: out for the archive or for git, in again with a look at what it would change."""

from __future__ import annotations

import io
from collections.abc import Mapping

from starlette.datastructures import UploadFile
from starlette.responses import Response

from bot.staff.content.archive import MOST_BYTES, pack, unpack
from bot.staff.content.flow import NO_REASON
from bot.staff.content.revision import ContentError
from bot.staff.entry import Entry
from bot.staff.pages import day
from bot.staff.rights import Right
from bot.staff.visit import Visit


def entries() -> tuple[Entry, ...]:
    return (
        Entry("GET", "/content/export", Right.READ, export),
        Entry("GET", "/content/import", Right.EDIT, ask),
        Entry("POST", "/content/import", Right.EDIT, bring, most_bytes=MOST_BYTES),
    )


def export(visit: Visit) -> Response:
    """The submitted content of now."""
    name = f"noi-dung-{day(visit.desk.clock()).replace('/', '-')}-{visit.desk.content.head()}.zip"
    visit.note_use("content.export", name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(pack(visit.desk.content.tree()), media_type="application/zip", headers=headers)


def ask(visit: Visit) -> Response:
    return _page(visit, {})


def bring(visit: Visit) -> Response:
    """Without `sure` only what would change is shown; the file is then sent once more."""
    upload, why, whole = visit.form.get("zip"), visit.text("why"), visit.text("whole") == "1"
    if not isinstance(upload, UploadFile) or not upload.filename:
        return _page(visit, {"zip": "Anh/chị chọn tệp ZIP."})
    try:
        texts = unpack(io.BytesIO(upload.file.read()))
        if not visit.text("sure"):
            now = visit.desk.content.tree()
            rows = [(path, "mới" if path not in now else "sửa") for path in sorted(texts) if now.get(path) != texts[path]]
            rows += [(path, "bỏ") for path in sorted(now) if whole and path not in texts]
            return _page(visit, {}, rows=rows)
        if not why:
            return _page(visit, {"why": NO_REASON})
        with visit.act():
            changed = visit.desk.content.import_tree(texts, visit.me, why, whole=whole)
            visit.note("content.import", upload.filename[:120], None, {"files": len(changed), "revision": visit.desk.content.head()}, why)
    except ContentError as error:
        return _page(visit, {"zip": "Chưa nhập gì. " + " ".join(f"{row.field}: {row.sentence}" for row in error.errors[:20])})
    return visit.see("/content", f"Đã nhập {len(changed)} tệp thay đổi.")


def _page(visit: Visit, errors: Mapping[str, str], rows: list[tuple[str, str]] | None = None) -> Response:
    fields = {"why": visit.text("why"), "whole": visit.text("whole") == "1"}
    return visit.page("content/import.html", 422 if errors else 200, errors=errors, rows=rows, **fields)

"""/texts: the bot's small sentences, the default and our own wording of each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.responses import Response

from actions.texts_list import known_texts
from bot.staff.content import yaml_text
from bot.staff.content.flow import finish, open_form, raw, sent_form
from bot.staff.entry import Entry
from bot.staff.rights import Right
from bot.staff.visit import Visit
from index.catalogue import DataError

PATH = "texts.yml"
HEAD = "# Câu chữ của bot do cơ quan viết lại. Câu nào không có ở đây thì bot dùng câu có sẵn.\n"
PLACES = {
    "code": "mã thủ tục", "day": "ngày", "name": "tên thủ tục hoặc việc", "office": "nơi để hỏi", "opening": "lời mở đầu",
    "page": "địa chỉ trang",
    "question": "câu hỏi lại", "total": "tổng số",
}  # fmt: skip
"""What the bot fills in where a text has it in braces."""
_HOLE = re.compile(r"\{(\w*)\}")


def entries() -> tuple[Entry, ...]:
    return (
        Entry("GET", "/texts", Right.READ, show),
        Entry("GET", "/texts/{key}", Right.EDIT, edit),
        Entry("POST", "/texts/{key}", Right.EDIT, save),
    )


def show(visit: Visit) -> Response:
    own = _own(visit)
    return visit.page("content/texts.html", rows=[(key, text, own.get(key, "")) for key, text in known_texts().items()], path=PATH)


def edit(visit: Visit) -> Response:
    key = visit.path["key"]
    return _page(visit, key, _own(visit).get(key, ""), {}, "") if key in known_texts() else visit.refuse("Không có câu này.", 404)


def save(visit: Visit) -> Response:
    """An empty text goes back to the default."""
    key, text = visit.path["key"], raw(visit, "own").strip()
    if key not in known_texts():
        return visit.refuse("Không có câu này.", 404)

    def again(errors: Mapping[str, str]) -> Response:
        named = {name if name == "why" else "own": sentence for name, sentence in errors.items()}
        return _page(visit, key, text, named, visit.text("why"))

    needed, there = set(_HOLE.findall(known_texts()[key])), set(_HOLE.findall(text))
    if text and needed != there:
        holes = ", ".join(f"{{{name}}}" for name in sorted(needed)) or "không có chỗ trống nào"
        return again({"own": f"Câu này cần đúng các chỗ trống: {holes}. Bot điền nội dung vào đó."})
    now = visit.desk.content.read(PATH)
    try:
        new = yaml_text.set_key((now.text if now else "") or HEAD, key, text or None)
    except DataError:
        return visit.see(f"/content/edit?path={PATH}", "Tệp này không đúng mẫu nên chỉ sửa được dạng văn bản.")
    return finish(visit, PATH, new, again=again, after="/texts", draft=f"{PATH}#{key}")


def _own(visit: Visit) -> dict[str, str]:
    now = visit.desk.content.read(PATH)
    try:
        found = yaml_text.read(now.text) if now and now.text else {}
    except DataError:
        return {}
    return {str(key): str(text) for key, text in found.items()} if isinstance(found, dict) else {}


def _page(visit: Visit, key: str, own: str, errors: Mapping[str, str], why: str) -> Response:
    page, name = f"/texts/{key}", f"{PATH}#{key}"
    opened = sent_form(visit, name, page) if errors else open_form(visit, name, page, visit.desk.content.read(PATH))
    own = opened.draft.text("own") if opened.used and opened.draft else own
    return visit.page(
        "content/text.html",
        422 if errors else 200,
        key=key,
        default=known_texts()[key],
        places=[(f"{{{name}}}", PLACES.get(name, "")) for name in dict.fromkeys(_HOLE.findall(known_texts()[key]))],
        own=own,
        opened=opened,
        errors=errors,
        why=why,
    )

"""/offices: whom citizens are sent to, one contact at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from bot.staff.content import office_rows, yaml_text
from bot.staff.content.flow import finish, open_form, raw, sent_form
from bot.staff.entry import Entry
from bot.staff.rights import Right
from bot.staff.visit import Visit
from index.catalogue import DataError
from index.province import CONTACTS_FILE

PATH = CONTACTS_FILE


def entries() -> tuple[Entry, ...]:
    return (
        Entry("GET", "/offices", Right.READ, show),
        Entry("GET", "/offices/{key}", Right.READ, edit),
        Entry("POST", "/offices/{key}", Right.EDIT, save),
    )


def show(visit: Visit) -> Response:
    return visit.page("content/offices.html", contacts=_contacts(visit), path=PATH)


def edit(visit: Visit) -> Response:
    key = visit.path["key"]
    contact = _contacts(visit).get(key)
    return (
        visit.refuse("Không có nơi liên hệ này.", 404)
        if contact is None
        else _page(visit, key, office_rows.to_form(contact), {}, "")
    )


def save(visit: Visit) -> Response:
    key = visit.path["key"]
    now = visit.desk.content.read(PATH)
    if now is None or not now.text or key not in _contacts(visit):
        return visit.refuse("Không có nơi liên hệ này.", 404)
    typed = {part: raw(visit, part).strip() for part in office_rows.PARTS}

    def again(errors: Mapping[str, str]) -> Response:
        named = {name if name in (*office_rows.PARTS, "why") else "name": sentence for name, sentence in errors.items()}
        return _page(visit, key, typed, named, visit.text("why"))

    try:
        text = office_rows.write(now.text, {key: typed})
    except office_rows.HoursError as error:
        return again({"hours": str(error)})
    except (DataError, TypeError, KeyError, AttributeError):
        return visit.see(f"/content/edit?path={PATH}", "Tệp này không đúng mẫu nên chỉ sửa được dạng văn bản.")
    return finish(visit, PATH, text, again=again, after="/offices", draft=f"{PATH}#{key}")


def _contacts(visit: Visit) -> dict[str, Any]:
    now = visit.desk.content.read(PATH)
    try:
        found = (yaml_text.read(now.text) or {}).get("contacts") if now and now.text else None
    except (DataError, AttributeError):
        return {}
    return {str(key): row for key, row in found.items() if isinstance(row, dict)} if isinstance(found, dict) else {}


def _page(visit: Visit, key: str, values: Mapping[str, str], errors: Mapping[str, str], why: str) -> Response:
    page, name = f"/offices/{key}", f"{PATH}#{key}"
    opened = sent_form(visit, name, page) if errors else open_form(visit, name, page, visit.desk.content.read(PATH))
    if opened.used and opened.draft:
        values = {part: opened.draft.text(part) for part in office_rows.PARTS}
    status = 422 if errors else 200
    return visit.page("content/office.html", status, key=key, opened=opened, values=values, errors=errors, why=why, path=PATH)

"""/holidays: days off and Saturdays worked for them, each with the decision it rests on; a look at what it changes before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from starlette.responses import Response

from actions.calendar import CalendarError
from bot.staff.content import holiday_rows, yaml_text
from bot.staff.content.flow import finish, open_form, sent_form
from bot.staff.entry import Entry
from bot.staff.rights import Right
from bot.staff.visit import Visit
from index.catalogue import DataError

PATH = "province/holidays.yml"
KINDS = (("holiday", "Ngày lễ, Tết"), ("in_lieu", "Nghỉ bù vì lễ trùng cuối tuần"), ("swap", "Nghỉ đổi, làm bù thứ Bảy"))
FIELDS = ("day", "name", "kind", "source", "worked")


def entries() -> tuple[Entry, ...]:
    return (
        Entry("GET", "/holidays", Right.READ, show),
        Entry("POST", "/holidays", Right.EDIT, add),
        Entry("POST", "/holidays/remove", Right.EDIT, remove),
    )


def show(visit: Visit) -> Response:
    return _page(visit, dict.fromkeys((*FIELDS, "why"), ""), {})


def add(visit: Visit) -> Response:
    """Without `sure` only the preview."""
    values = {name: visit.text(name) for name in (*FIELDS, "why")}
    again = lambda errors: _page(visit, values, {_field(name): sentence for name, sentence in errors.items()})
    empty = {name: "Còn thiếu; hãy ghi vào." for name in ("day", "name", "source") if not values[name]}
    if values["kind"] == "swap" and not values["worked"]:
        empty["worked"] = "Nghỉ đổi thì phải có ngày thứ Bảy làm bù."
    if empty:
        return again(empty)
    row = {name: values[name] for name in ("day", "name", "kind", "source")}
    worked = (
        {"day": values["worked"], "instead_of": values["day"], "source": values["source"]} if values["kind"] == "swap" else None
    )
    now = _now(visit)
    try:
        text = holiday_rows.added(now, row, worked)
        moved = holiday_rows.moved(now, text, max(date.fromisoformat(day) for day in (values["day"], values["worked"]) if day))
    except (CalendarError, DataError, ValueError, TypeError) as error:
        sentence = str(error) if isinstance(error, CalendarError) else "Ngày chưa đúng; cần một ngày có thật."
        return again({"day": f"{sentence[:1].upper()}{sentence[1:]}"})
    if not visit.text("sure"):
        return _page(visit, values, {}, moved=moved)
    return finish(visit, PATH, text, again=again, after="/holidays")


def remove(visit: Visit) -> Response:
    again = lambda errors: _page(
        visit, dict.fromkeys((*FIELDS, "why"), ""), {_field(name, "gone"): one for name, one in errors.items()}
    )
    try:
        text = holiday_rows.removed(_now(visit), visit.text("gone"))
    except (DataError, TypeError, KeyError):
        return visit.see(f"/content/edit?path={PATH}", "Tệp này không đúng mẫu nên chỉ sửa được dạng văn bản.")
    return finish(visit, PATH, text, again=again, after="/holidays")


def _field(name: str, rest: str = "day") -> str:
    """Where an error of the file is shown in the form."""
    return name if name in FIELDS or name == "why" else rest


def _now(visit: Visit) -> str:
    now = visit.desk.content.read(PATH)
    return (now.text if now else "") or ""


def _page(
    visit: Visit, values: Mapping[str, str], errors: Mapping[str, str], moved: list[holiday_rows.Moved] | None = None
) -> Response:
    now = visit.desk.content.read(PATH)
    opened = sent_form(visit, PATH, "/holidays") if errors or moved is not None else open_form(visit, PATH, "/holidays", now)
    if opened.used and opened.draft:
        values = {name: opened.draft.text(name) for name in (*FIELDS, "why")}
    try:
        raw = yaml_text.read(now.text) if now and now.text else {}
    except DataError:
        raw = {}
    return visit.page(
        "content/holidays.html",
        422 if errors else 200,
        path=PATH,
        opened=opened,
        values=values,
        errors=errors,
        kinds=KINDS,
        names=dict(KINDS),
        off=sorted(raw.get("days_off") or [], key=lambda row: row["day"], reverse=True),
        worked=raw.get("worked_saturdays") or [],
        until=raw.get("confirmed_until") or "",
        moved=moved,
    )

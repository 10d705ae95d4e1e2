"""The form of one record, whatever brought it on the screen: stored, typed, half saved, taken from the official one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from starlette.responses import Response

from bot.staff.content.editing import Editing
from bot.staff.content.revision import Revision
from bot.staff.desk import Desk
from bot.staff.pages import VIETNAM
from bot.staff.procedures import around
from bot.staff.procedures.beside import Beside, beside
from bot.staff.procedures.doubts import Doubt, doubts_of
from bot.staff.procedures.errors import row_at
from bot.staff.procedures.form import Form, read_form, values_of, write_form
from bot.staff.procedures.merge import Clash
from bot.staff.procedures.official import listed, official, raw_of
from bot.staff.procedures.parts import PARTS, SECTIONS, Cell
from bot.staff.procedures.record import FOLDER, code_in, read_record
from bot.staff.visit import Visit


@dataclass
class Screen:
    """base: the revision whose rows the form names; None = a file that is not there yet. focus: name of what was just added."""

    code: str
    path: str
    base: Revision | None
    form: Form
    errors: Mapping[str, str] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    clash_with: Revision | None = None
    said: str = ""
    focus: str = ""
    why: str = ""
    unsaved: bool = False
    status: int = 200

    @property
    def base_text(self) -> str:
        """What the form was made from."""
        return (self.base.text if self.base else None) or f'code: "{self.code}"\n'

    @property
    def text(self) -> str:
        """The file as the form would write it."""
        return write_form(self.base_text, self.form)


def path_of(visit: Visit, code: str) -> str:
    """Where the record lies, drafts too; "" when there is none."""
    return next((path for path in visit.desk.content.paths(FOLDER) if code_in(path) == code), "")


def stored(visit: Visit, code: str) -> Screen | None:
    """As it was saved last; None when there is no file."""
    path = path_of(visit, code)
    base = visit.desk.content.read(path) if path else None
    if base is None or base.text is None:
        return None
    return Screen(code, path, base, read_form(values_of(base.text)))


def day_of(desk: Desk) -> date:
    """Today in Vietnam."""
    return datetime.fromtimestamp(desk.clock(), VIETNAM).date()


def today(visit: Visit) -> date:
    """In Vietnam."""
    return day_of(visit.desk)


def show(visit: Visit, screen: Screen) -> Response:
    """The page."""
    desk, var = visit.desk, visit.desk.settings.var
    found = official(var, screen.code)
    reading = read_record(screen.text)
    doubts = [
        Doubt(one.kind, _renamed(one.field, screen.form), one.sentence, one.mark)
        for one in doubts_of(reading, found, around.places(desk.content), today(visit), bool(listed(var)))
        if not (one.kind == "unfit" and screen.errors)
    ]
    sides: dict[str, Beside] = {}
    if found is not None:
        sides = {one.part.key: one for one in beside(screen.form, read_form(raw_of(found.procedure)))}
    may_edit = visit.me.may("edit")
    others = Editing(desk.engine, desk.clock).others(screen.path, visit.me) if may_edit else []
    return visit.page(
        "procedures/edit.html",
        screen.status,
        screen=screen,
        form=screen.form,
        errors=dict(screen.errors),
        sections=SECTIONS,
        doubts=doubts,
        by_field=_grouped(doubts),
        sides=sides,
        has_official=found is not None,
        options=lambda cell, value: options(visit, screen.form, cell, value),
        others=others,
        may_edit=may_edit,
        name=screen.form.get("name") or screen.code,
    )


def options(visit: Visit, form: Form, cell: Cell, value: str) -> list[tuple[str, str]]:
    """What may be chosen; a value that is none of them is offered as well, so that it is not lost by looking at it."""
    if cell.kind == "contact":
        found = [("", "Chọn nơi liên hệ")] + [(key, str(row["name"])) for key, row in around.contacts(visit.desk.content).items()]
    elif cell.kind in ("case", "template"):
        key = "cases" if cell.kind == "case" else "template"
        ids = [(form.get(f"{key}-{token}-id"), form.get(f"{key}-{token}-name")) for token in form.rows.get(key, ())]
        found = [("", "Mọi trường hợp" if cell.kind == "case" else "Không theo mẫu")] + [(one, name or one) for one, name in ids if one]
    else:
        found = list(cell.options)
    if cell.key == "level" and not value:
        found.insert(0, ("", "Chọn cấp"))
    return found if any(value == one for one, _ in found) else [*found, (value, f"{value} (không có trong danh sách)")]


def _renamed(name: str, form: Form) -> str:
    """ "fees-1-name" counts rows as they are written; here they go by their own names."""
    head, _, rest = name.partition("-")
    number, _, cell = rest.partition("-")
    if head in PARTS and PARTS[head].shape == "rows" and number.isdigit():
        token = row_at(form, PARTS[head], int(number))
        return f"{head}-{token}-{cell}" if token else head
    return name


def _grouped(doubts: list[Doubt]) -> dict[str, list[Doubt]]:
    found: dict[str, list[Doubt]] = {}
    for one in doubts:
        found.setdefault(one.field, []).append(one)
    return found

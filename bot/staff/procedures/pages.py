"""/procedures: the list, what ends soon, what is doubtful; one record's form, its answers, the official record beside."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from bot.staff.content.editing import Editing
from bot.staff.content.revision import Conflict, ContentError
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.procedures import around, editor, listing, owners, saving
from bot.staff.procedures.beside import SENTENCES, begun, beside
from bot.staff.procedures.errors import errors_of
from bot.staff.procedures.form import read_form
from bot.staff.procedures.kinds import OWN, TITLES
from bot.staff.procedures.official import listed, official, raw_of
from bot.staff.procedures.preview import answers, public_page
from bot.staff.procedures.record import path_for, read_record
from bot.staff.rights import Right
from bot.staff.visit import Visit
from index.catalogue import CODE

MISSING = "Không có bản ghi mang mã {}. Anh/chị tìm lại trong danh sách thủ tục."


def entries(desk: Desk) -> tuple[Entry, ...]:
    """See sections.py."""
    return (
        Entry("GET", "/procedures", Right.READ, all_procedures),
        Entry("GET", "/procedures/expiring", Right.READ, expiring),
        Entry("GET", "/procedures/warnings", Right.READ, warnings),
        Entry("POST", "/procedures/warnings/{kind}", Right.EDIT, own_kind),
        Entry("POST", "/procedures/new", Right.EDIT, new),
        Entry("GET", "/procedures/{code}", Right.READ, edit),
        Entry("POST", "/procedures/{code}", Right.EDIT, change),
        Entry("POST", "/procedures/{code}/keep", Right.EDIT, keep),
        Entry("POST", "/procedures/{code}/forget", Right.EDIT, forget),
        Entry("GET", "/procedures/{code}/preview", Right.READ, preview),
        Entry("POST", "/procedures/{code}/preview", Right.EDIT, preview_typed),
        Entry("GET", "/procedures/{code}/official", Right.READ, side_by_side),
    )


def all_procedures(visit: Visit) -> Response:
    """Searched, filtered, paged."""
    content, var = visit.desk.content, visit.desk.settings.var
    query, field, shown = (visit.query.get(name, "")[:200] for name in ("q", "field", "show"))
    rows = listing.all_rows(content, var, listing.live_changes(content, visit.desk.engine))
    doubtful: dict[str, int] = {}
    if shown == "doubts":
        doubtful = _doubtful(visit, rows)
    found = listing.found(rows, query, field, shown, doubtful)
    page, pages = _page(visit, len(found))
    part = found[(page - 1) * listing.PAGE_SIZE : page * listing.PAGE_SIZE]
    return visit.page(
        "procedures/list.html",
        rows=part,
        total=len(found),
        page=page,
        pages=pages,
        q=query,
        field=field,
        show=shown,
        fields=[("", "Mọi lĩnh vực")] + [(name, name) for name in listing.fields_of(rows)],
        shown=listing.SHOWN,
        counts=doubtful or _doubtful(visit, part),
        address=f"/can-bo/procedures?{urlencode({'q': query, 'field': field, 'show': shown})}&page=",
        new_code=query if CODE.fullmatch(query) else "",
    )


def expiring(visit: Visit) -> Response:
    """Within 30, 60 or 90 days."""
    asked = visit.query.get("days", "")
    days = int(asked) if asked in {str(n) for n in listing.NEARLY} else 60
    content, day = visit.desk.content, editor.today(visit)
    ends = listing.endings(listing.own_rows(content), content, day, days)
    return visit.page("procedures/expiring.html", ends=ends, days=days, nearly=listing.NEARLY, today=day)


def warnings(visit: Visit) -> Response:
    """By kind, with counts and who takes care; one kind: its records."""
    content, var, day = visit.desk.content, visit.desk.settings.var, editor.today(visit)
    rows = listing.own_rows(content)
    doubts = listing.doubts_by_code(rows, content, var, day)
    kind = visit.query.get("kind", "")
    kind = kind if kind in TITLES else ""
    names = {row.code: row.name for row in rows}
    found = [(code, names[code], one) for code, some in doubts.items() for one in some if one.kind == kind]
    theirs = sorted({code for code, one, _ in listing.report_findings(var) if one == kind and code not in doubts}) if kind else []
    page, pages = _page(visit, len(theirs))
    return visit.page(
        "procedures/warnings.html",
        kinds=listing.worklist(doubts, var),
        owners=owners.owners(visit.desk.engine),
        kind=kind,
        title_of=TITLES,
        found=found,
        theirs=theirs[(page - 1) * listing.PAGE_SIZE : page * listing.PAGE_SIZE],
        theirs_names={one.code: one.name for one in listed(var)} if theirs else {},
        total=len(theirs),
        page=page,
        pages=pages,
        address=f"/can-bo/procedures/warnings?kind={kind}&page=",
    )


def own_kind(visit: Visit) -> Response:
    """I take care of this kind, or nobody does any more."""
    kind = visit.path["kind"]
    if kind not in TITLES:
        return visit.refuse("Không có loại cảnh báo này. Anh/chị chọn lại trong danh sách.", 404)
    mine = visit.text("do") == "take"
    with visit.act():
        before = owners.set_owner(visit.desk.engine, kind, visit.me if mine else None, visit.desk.clock())
        visit.note("procedure.warnings", kind, {"owner": before}, {"owner": visit.me.id if mine else None})
    return visit.see("/procedures/warnings", f"{'Anh/chị đã nhận' if mine else 'Đã để trống người phụ trách'}: {TITLES[kind].lower()}.")


def new(visit: Visit) -> Response:
    """A draft with the official facts and no sentence."""
    code = visit.text("code")
    if not CODE.fullmatch(code):
        return visit.refuse("Mã thủ tục có dạng 1.001193. Anh/chị gõ lại.")
    if editor.path_of(visit, code):
        return visit.see(f"/procedures/{code}", "Thủ tục này đã có bản ghi.")
    found = official(visit.desk.settings.var, code)
    procedure = found.procedure if found else None
    path = path_for(code, procedure.field if procedure else "khac", procedure.name if procedure else "thu-tuc")
    why = "Bắt đầu bản ghi từ bản nhập" if found else "Bắt đầu bản ghi mới"
    try:
        with visit.act():
            saved = visit.desk.content.save(path, begun(procedure, code), base=None, who=visit.me, why=why, state="draft")
            visit.note("procedure.new", path, None, {"revision": saved.id}, why)
    except (Conflict, ContentError):
        return visit.refuse("Có người vừa tạo bản ghi này. Anh/chị mở lại từ danh sách.", 409)
    return visit.see(f"/procedures/{code}", "Đã tạo bản nháp chỉ có dữ kiện. Các câu còn trống chờ anh/chị viết.")


def edit(visit: Visit) -> Response:
    """The form as stored, or as typed and kept (?typed=1)."""
    code = visit.path["code"]
    screen = editor.stored(visit, code)
    if screen is None:
        return _not_ours(visit, code)
    if visit.me.may(Right.EDIT):
        Editing(visit.desk.engine, visit.desk.clock).note_editing(screen.path, visit.me)
        kept = saving.kept(visit, screen)
        if kept is not None and visit.query.get("typed"):
            screen = kept
            screen.said = "Đây là phần anh/chị gõ lần trước và chưa lưu."
        elif kept is not None:
            screen.focus = "kept"
    if screen.base is not None and screen.base.state == "draft" and not screen.errors:
        screen.errors = errors_of(screen.form, tuple(around.contacts(visit.desk.content)))
    return editor.show(visit, screen)


def change(visit: Visit) -> Response:
    """A button of the form."""
    screen = saving.typed_screen(visit, visit.path["code"])
    return _not_ours(visit, visit.path["code"]) if screen is None else saving.act(visit, screen)


def keep(visit: Visit) -> Response:
    """Every few seconds, from the open form: keeps what is typed, tells who else is here."""
    screen = saving.typed_screen(visit, visit.path["code"])
    if screen is None:
        return _not_ours(visit, visit.path["code"])
    saving.keep(visit, screen)
    others = Editing(visit.desk.engine, visit.desk.clock).others(screen.path, visit.me)
    return visit.page("procedures/_kept.html", at=visit.desk.clock(), others=others, same=screen.text == screen.base_text)


def forget(visit: Visit) -> Response:
    """Throw away what was typed and not saved."""
    screen = editor.stored(visit, visit.path["code"])
    if screen is None:
        return _not_ours(visit, visit.path["code"])
    saving.forget(visit, screen.path)
    return visit.see(f"/procedures/{screen.code}", "Đã bỏ phần chưa lưu.")


def preview(visit: Visit) -> Response:
    """The answers of what is stored."""
    screen = editor.stored(visit, visit.path["code"])
    return _not_ours(visit, visit.path["code"]) if screen is None else _preview(visit, screen, visit.query.get("day", ""))


def preview_typed(visit: Visit) -> Response:
    """The answers of what is typed, nothing saved."""
    screen = saving.typed_screen(visit, visit.path["code"])
    return _not_ours(visit, visit.path["code"]) if screen is None else _preview(visit, screen, visit.text("day"))


def side_by_side(visit: Visit) -> Response:
    """Every part of ours and of theirs."""
    code = visit.path["code"]
    screen, found = editor.stored(visit, code), official(visit.desk.settings.var, code)
    if found is None:
        return visit.refuse(f"Danh mục đã nhập không có thủ tục {code}, nên không có gì để đối chiếu.", 404)
    theirs = read_form(raw_of(found.procedure))
    ours = screen.form if screen else read_form({})
    return visit.page(
        "procedures/official.html",
        code=code,
        name=(screen.form.get("name") if screen else "") or found.procedure.name,
        own=screen is not None,
        sides=beside(ours, theirs),
        findings=[(TITLES[one.kind], one.part, one.detail) for one in found.findings],
        withdrawn=found.withdrawn,
        taken_on=found.procedure.source.taken_on,
        sentences=SENTENCES,
        may_edit=visit.me.may(Right.EDIT),
    )


def _preview(visit: Visit, screen: editor.Screen, asked: str) -> Response:
    content, now = visit.desk.content, editor.today(visit)
    day = _day(asked) or now
    reading = read_record(screen.text)
    values = {"screen": screen, "today": now, "day": day, "error": reading.error, "typed": screen.unsaved, "wrong_day": bool(asked) and _day(asked) is None}
    if reading.procedure is None:
        problems = errors_of(screen.form, tuple(around.contacts(content)))
        return visit.page("procedures/preview.html", shown=[], later={}, page="", problems=problems, **values)
    contact, post = around.contact_of(reading.procedure, content), around.post(content)
    shown = answers(reading.procedure, now, contact, post)
    then = answers(reading.procedure, day, contact, post) if day != now else []
    later = {one.aspect: one for one, before in zip(then, shown, strict=True) if one.answer.text != before.answer.text} if then else {}
    page = public_page(reading.procedure, day, contact)
    return visit.page("procedures/preview.html", shown=shown, later=later, page=page, problems={}, **values)


def _not_ours(visit: Visit, code: str) -> Response:
    found = official(visit.desk.settings.var, code) if CODE.fullmatch(code) else None
    if found is None:
        return visit.refuse(MISSING.format(code[:20]), 404)
    return visit.page("procedures/start.html", code=code, name=found.procedure.name, field=found.procedure.field, withdrawn=found.withdrawn)


def _doubtful(visit: Visit, rows: list[listing.Row]) -> dict[str, int]:
    """Code -> how many doubts of ours it has; those of the import alone are told on its page."""
    found = listing.doubts_by_code(rows, visit.desk.content, visit.desk.settings.var, editor.today(visit))
    counts = {code: sum(one.kind in OWN for one in some) for code, some in found.items()}
    return {code: n for code, n in counts.items() if n}


def _page(visit: Visit, total: int) -> tuple[int, int]:
    pages = max(1, -(-total // listing.PAGE_SIZE))
    asked = visit.query.get("page", "1")
    return min(max(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1, 1), pages), pages


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

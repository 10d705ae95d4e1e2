"""What a button of the form does: a row more or less, a value taken over, a check, a draft, a save."""

from __future__ import annotations

from starlette.responses import Response

from bot.staff.content.drafts import Drafts
from bot.staff.content.editing import Editing
from bot.staff.content.revision import Conflict, ContentError
from bot.staff.procedures import around
from bot.staff.procedures.beside import taken, taken_row
from bot.staff.procedures.editor import Screen, show, stored
from bot.staff.procedures.errors import errors_of, placed
from bot.staff.procedures.form import Form, row_up, typed_form, values_of, with_row, without_row
from bot.staff.procedures.merge import merged
from bot.staff.procedures.official import official
from bot.staff.procedures.parts import PARTS
from bot.staff.procedures.record import code_in
from bot.staff.visit import Visit


def typed_screen(visit: Visit, code: str) -> Screen | None:
    """What was sent, over the revision that it was typed over. None: there is no such record."""
    now = stored(visit, code)
    if now is None or visit.form.get("stored"):
        return now
    base = now.base
    number = visit.text("base")
    if number.isascii() and number.isdigit() and base is not None and int(number) != base.id:
        try:
            seen = visit.desk.content.revision(int(number))
        except (KeyError, OverflowError):
            seen = None
        if seen is not None and code_in(seen.path) == code and seen.text is not None:
            base = seen
    form = typed_form(visit.form.multi_items())
    return Screen(code, now.path, base, form, why=visit.text("why")[:500], unsaved=True)


def act(visit: Visit, screen: Screen) -> Response:
    """By the button that was pressed; an unknown one checks only."""
    do, _, rest = visit.text("do").partition(":")
    key, _, token = rest.partition(":")
    rows = key in PARTS and PARTS[key].shape == "rows"
    if do == "add" and rows:
        screen.form, new = with_row(screen.form, key)
        screen.focus = f"{key}-{new}-{PARTS[key].cell.key}"
    elif do == "remove" and rows:
        screen.form, screen.focus = without_row(screen.form, key, token), f"add-{key}"
    elif do == "up" and rows:
        screen.form, screen.focus = row_up(screen.form, key, token), f"{key}-{token}-{PARTS[key].cell.key}"
    elif do in ("take", "takerow") and key in PARTS:
        screen.form, screen.said = _take(visit, screen, do, key, token)
        screen.focus, screen.unsaved = "", True
    elif do == "save":
        return save(visit, screen, draft=False)
    elif do == "draft":
        return save(visit, screen, draft=True)
    else:
        screen.errors = check(visit, screen)
        screen.said = "" if screen.errors else "Chưa thấy lỗi nào. Anh/chị vẫn phải lưu."
    return show(visit, screen)


def check(visit: Visit, screen: Screen) -> dict[str, str]:
    """Field -> sentence."""
    return errors_of(screen.form, tuple(around.contacts(visit.desk.content)))


def save(visit: Visit, screen: Screen, *, draft: bool) -> Response:
    """Into the store, or the form again with what keeps it from there."""
    errors = {} if draft else check(visit, screen)
    if not draft and not screen.why:
        errors["why"] = "Ghi lý do sửa, để người duyệt và người sau biết."
    if errors:
        screen.errors, screen.status = errors, 400
        return show(visit, screen)
    content, base = visit.desk.content, screen.base
    try:
        with visit.act():
            saved = content.save(
                screen.path,
                screen.text,
                base=base.id if base else None,
                who=visit.me,
                why=screen.why or "Lưu nháp",
                state="draft" if draft else "submitted",
            )
            if base is None or saved.id != base.id:
                visit.note("procedure.draft" if draft else "procedure.save", screen.path, _about(base), _about(saved), screen.why)
    except Conflict as conflict:
        return show(visit, clashing(screen, conflict))
    except ContentError as refused:
        screen.errors = dict(placed(error, screen.form) for error in refused.errors)
        screen.status = 400
        return show(visit, screen)
    forget(visit, screen.path)
    if base is not None and saved.id == base.id:
        return visit.see(f"/procedures/{screen.code}", "Không có gì thay đổi so với bản đã lưu.")
    notice = "Đã lưu bản nháp; bản nháp không được xuất bản." if draft else "Đã lưu. Người dân thấy thay đổi sau khi bản mới được xuất bản."
    return visit.see(f"/procedures/{screen.code}", notice)


def clashing(screen: Screen, conflict: Conflict) -> Screen:
    """Somebody saved meanwhile: the form goes on over what is there now, with all that was typed."""
    base = values_of(screen.base_text)
    form, clashes = merged(base, values_of(conflict.current.text or screen.base_text), screen.form)
    return Screen(
        screen.code,
        screen.path,
        conflict.current,
        form,
        clashes=clashes,
        clash_with=conflict.current,
        why=screen.why,
        unsaved=True,
        status=409,
    )


def keep(visit: Visit, screen: Screen) -> None:
    """What is typed and not saved, for its owner alone; nothing when it says what is stored."""
    desk = visit.desk
    Editing(desk.engine, desk.clock).note_editing(screen.path, visit.me)
    if screen.text == screen.base_text:
        Drafts(desk.engine, desk.clock).drop(visit.me, screen.path)
        return
    fields = {name: [value] for name, value in screen.form.values.items()}
    fields |= {f"{key}-rows": list(tokens) for key, tokens in screen.form.rows.items()}
    fields["why"] = [screen.why]
    page = f"/procedures/{screen.code}?typed=1"
    Drafts(desk.engine, desk.clock).keep(visit.me, screen.path, page, screen.base.id if screen.base else None, fields)


def kept(visit: Visit, screen: Screen) -> Screen | None:
    """The form as it was kept, over the revision of then; None when nothing was."""
    draft = Drafts(visit.desk.engine, visit.desk.clock).get(visit.me, screen.path)
    if draft is None:
        return None
    base = screen.base
    if draft.base is not None and base is not None and draft.base != base.id:
        try:
            base = visit.desk.content.revision(draft.base)
        except KeyError:
            return None
    form = typed_form((name, value) for name, values in draft.fields.items() for value in values)
    return Screen(screen.code, screen.path, base, form, why=draft.text("why"), unsaved=True)


def forget(visit: Visit, path: str) -> None:
    """Saved, or thrown away."""
    Drafts(visit.desk.engine, visit.desk.clock).drop(visit.me, path)
    Editing(visit.desk.engine, visit.desk.clock).left(path, visit.me)


def _take(visit: Visit, screen: Screen, do: str, key: str, token: str) -> tuple[Form, str]:
    found = official(visit.desk.settings.var, screen.code)
    if found is None:
        return screen.form, "Không còn bản chính thức của thủ tục này để lấy."
    if do == "takerow" and token.isascii() and token.isdigit() and len(token) < 5:
        return taken_row(screen.form, found.procedure, key, int(token)), _TAKEN.format(PARTS[key].title)
    return taken(screen.form, found.procedure, key), _TAKEN.format(PARTS[key].title)


_TAKEN = "Đã đưa giá trị của bản chính thức vào phần {}. Anh/chị kiểm tra, sửa lời rồi lưu; chưa có gì được lưu."


def _about(revision: object) -> dict[str, object] | None:
    return None if revision is None else {"revision": revision.id, "number": revision.number, "state": revision.state}  # type: ignore[attr-defined]



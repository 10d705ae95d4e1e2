"""/switches: what is off, with its sentence for citizens; off and on again, each with a reason, each in the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from starlette.responses import Response

from bot.channels.web_view import short_code
from bot.gateway.switches import BOT, read_switches, switch_off, switch_on
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.rights import Right
from bot.staff.transaction import writing
from bot.staff.visit import Visit

BOT_TEXT = (
    "Dạ, xin lỗi anh/chị, trợ lý đang tạm nghỉ để kiểm tra lại dữ liệu. "
    "Anh/chị hỏi Trung tâm Phục vụ hành chính công xã, phường nơi anh/chị ở."
)
PROCEDURE_TEXT = (
    "Dạ, phần hướng dẫn về thủ tục này đang được kiểm tra lại nên tôi chưa trả lời để tránh sai. "
    "Anh/chị hỏi nơi nhận hồ sơ giúp tôi."
)


def entries(desk: Desk) -> tuple[Entry, ...]:
    """See sections.py."""
    return (
        Entry("GET", "/switches", Right.SWITCH, show),
        Entry("POST", "/switches/off", Right.SWITCH, off),
        Entry("POST", "/switches/on", Right.SWITCH, on),
    )


def show(visit: Visit, errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> Response:
    """What is off now, and the two forms."""
    now = read_switches(visit.desk.engine)
    names = {scope: _name(visit.desk, scope) for scope in now}
    typed = typed or {"scope": visit.query.get("code", ""), "text": "", "why": ""}
    return visit.page(
        "switches/list.html",
        400 if errors else 200,
        bot=now.pop(BOT, None),
        off=list(now.values()),
        names=names,
        errors=errors or {},
        typed=typed,
        bot_text=BOT_TEXT,
        procedure_text=PROCEDURE_TEXT,
    )


def off(visit: Visit) -> Response:
    """Bot or one procedure."""
    scope, text, why = visit.text("scope"), " ".join(visit.text("text").split()), visit.text("why")
    errors: dict[str, str] = {}
    if scope != BOT:
        code = short_code(scope)
        scope = code or scope
        if code is None:
            errors["scope"] = "Mã thủ tục có dạng 1.001193. Anh/chị gõ lại."
        elif not _name(visit.desk, scope):
            errors["scope"] = f"Không có thủ tục mã {scope} trong dữ liệu đang chạy."
    if not why:
        errors["why"] = "Ghi lý do, để người sau biết vì sao tạm ngừng."
    if not errors:
        try:
            with visit.act(), writing(visit.desk.engine) as connection:
                switch_off(connection, scope, text, visit.me.name[:80], visit.desk.clock())
                visit.note("switch.off", scope, None, {"text": text}, why)
        except ValueError as error:
            errors["text"] = str(error)
    if errors:
        return show(visit, errors, {"scope": scope, "text": text, "why": why})
    return visit.see("/switches", "Đã tạm ngừng. Mọi máy chủ áp dụng trong vòng 10 giây.")


def on(visit: Visit) -> Response:
    """Back again."""
    scope, why = visit.text("scope"), visit.text("why")
    with visit.act(), writing(visit.desk.engine) as connection:
        was_off = switch_on(connection, scope)
        if was_off:
            visit.note("switch.on", scope, None, None, why)
    if not was_off:
        return visit.see("/switches", "Mục này đang mở, không cần mở lại.")
    return visit.see("/switches", "Đã mở lại. Mọi máy chủ áp dụng trong vòng 10 giây.")


def _name(desk: Desk, scope: str) -> str:
    """The procedure's name, "" when it is not served; every code counts as known while there is no release to ask."""
    if scope == BOT:
        return "Toàn bộ trợ lý"
    search = desk.search()
    if search is None:
        return scope
    try:
        return search.procedures[scope].name
    except (KeyError, sa.exc.SQLAlchemyError):
        return ""

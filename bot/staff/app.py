"""The sections in, routes below /can-bo out: who is it, may they, is the form ours; only then a handler runs, in a thread."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from bot.gateway.limits import client_of
from bot.staff.desk import Desk, Session
from bot.staff.entry import Entry
from bot.staff.files import StaffFiles
from bot.staff.visit import NOTICE, ROOT, Visit

log = logging.getLogger("bot.staff.app")
COOKIE, SECURE_COOKIE = "can_bo", "__Host-can_bo"
BEFORE = "can_bo_before"
"""Cookie of who has not signed in: the sign-in form's token is made from it."""
MOST_FIELDS, MOST_FILES = 4000, 4
POLICY = "; ".join((
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
))
"""As citizens' pages, but for Trusted Types: htmx puts parts that the server drew, escaped, into the page."""
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Robots-Tag": "noindex", "X-Frame-Options": "DENY"}


class Refused(Exception):
    """An answer instead of a handler's."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


def staff_router(desk: Desk, entries: Iterable[Entry]) -> Router:
    """Everything below /can-bo."""
    routes: list[BaseRoute] = [Mount("/static", StaffFiles())]
    routes += [Route(entry.path, _endpoint(desk, entry), methods=[entry.method]) for entry in entries]
    routes.append(Route("/{rest:path}", _endpoint(desk, Entry("GET", "/{rest}", None, _missing)), methods=["GET"]))
    return Router(routes)


def staff_mount(desk: Desk, entries: Iterable[Entry]) -> Mount:
    """The same where it belongs."""
    return Mount(ROOT, app=staff_router(desk, entries))


def _missing(visit: Visit) -> Response:
    return visit.refuse("Không có trang này. Anh/chị chọn lại trong danh mục.", 404)


def cookie_name(desk: Desk) -> str:
    """A cookie that only TLS carries, where citizens reach us by TLS."""
    return SECURE_COOKIE if secure(desk) else COOKIE


def secure(desk: Desk) -> bool:
    """Are we reached by TLS?"""
    return desk.settings.public_url.startswith("https://")


def _endpoint(desk: Desk, entry: Entry):  # noqa: ANN202 - Starlette's own type
    async def endpoint(request: Request) -> Response:
        token = request.cookies.get(cookie_name(desk), "")
        session = await run_in_threadpool(desk.sessions.read, token) if token else None
        before = request.cookies.get(BEFORE) or secrets.token_urlsafe(16)
        visit = _visit(desk, request, session, before)
        try:
            answer = await _answer(desk, entry, request, visit, session, token)
        except Refused as refused:
            answer = await run_in_threadpool(visit.refuse, refused.sentence, refused.status)
        except Exception as error:  # noqa: BLE001 - the last place where a fault can become words; what was typed is still in the browser
            log.error("staff_request_failed", extra={"path": entry.path, "error": type(error).__name__}, exc_info=True)
            answer = await run_in_threadpool(visit.refuse, "Hệ thống gặp lỗi, việc này chưa được ghi. Anh/chị quay lại và thử lần nữa.", 500)
        return _finish(answer, request, before, visit)

    return endpoint


async def _answer(desk: Desk, entry: Entry, request: Request, visit: Visit, session: Session | None, token: str) -> Response:
    """What the handler says, or where to go instead. Raises Refused."""
    if request.method != "GET":
        visit = replace(visit, form=await _form(request, entry.most_bytes))
    try:
        if entry.right is not None and session is None:
            return await run_in_threadpool(_keep, visit, token) if visit.form else _to_login(visit)
        if request.method != "GET" and not hmac.compare_digest(str(visit.form.get("csrf", "")).encode(), visit.csrf.encode()):
            raise Refused("Biểu mẫu đã cũ hoặc không phải của trang này. Anh/chị mở lại trang rồi gửi lại.", 403)
        if entry.right is not None and session is not None:
            if session.fresh and visit.at != "/me":
                return visit.see("/me", "Anh/chị đổi mật khẩu trước khi làm việc.")
            if not session.person.may(entry.right):
                raise Refused("Anh/chị chưa được giao quyền làm việc này. Cần thì nhờ người quản trị giao thêm.", 403)
        return await run_in_threadpool(entry.handler, visit)
    finally:
        await visit.form.close()


def _visit(desk: Desk, request: Request, session: Session | None, before: str) -> Visit:
    at = request.url.path.removeprefix(ROOT) or "/"
    return Visit(
        desk=desk,
        person=session.person if session else None,
        csrf=session.csrf if session else _early_csrf(desk, before),
        path={name: _plain(value) for name, value in request.path_params.items()},
        query=QueryParams([(_plain(name), _plain(value)) for name, value in request.query_params.multi_items()]),
        form=FormData(),
        htmx=request.headers.get("hx-request") == "true",
        client=client_of(request),
        at=at,
        notice=unquote(request.cookies.get(NOTICE, "")) if request.method == "GET" else "",
        secure=secure(desk),
        cookies=request.cookies,
        host=request.headers.get("host", ""),
    )


def _early_csrf(desk: Desk, before: str) -> str:
    return hmac.new(desk.settings.secret, b"staff-sign-in\0" + before.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    """Without the character that no text has and PostgreSQL takes in none; an upload stays."""
    return value.replace("\x00", "") if isinstance(value, str) else value


async def _form(request: Request, most_bytes: int) -> FormData:
    """Raises Refused for what is too large or no form. A body is counted while it comes, whatever its header says."""
    came = 0
    receive = request._receive

    async def counted():  # noqa: ANN202
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most_bytes:
            raise Refused(f"Dữ liệu gửi lên lớn hơn {most_bytes // (1024 * 1024)} MB.", 413)
        return message

    request._receive = counted
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=most_bytes)
        return FormData([(_plain(name), _plain(value)) for name, value in form.multi_items()])
    except (MultiPartException, UnicodeDecodeError, ValueError) as error:
        raise Refused("Không đọc được biểu mẫu này. Anh/chị mở lại trang rồi gửi lại.", 400) from error
    except Exception as error:
        if getattr(error, "status_code", None) == 400:
            raise Refused("Không đọc được biểu mẫu này. Anh/chị mở lại trang rồi gửi lại.", 400) from error
        raise


def _keep(visit: Visit, token: str) -> Response:
    """What was typed in a session that has ended waits for its owner. Of a stranger nothing is kept."""
    owner = visit.desk.sessions.former(token) if token else None
    if owner is None:
        return _to_login(visit)
    fields: dict[str, list[str]] = {}
    for name, value in visit.form.multi_items():
        if isinstance(value, str) and name != "csrf" and "password" not in name:
            fields.setdefault(name, []).append(value)
    kept = visit.desk.kept.keep(owner, visit.at, fields)
    return _to_login(visit, f"/kept/{kept}", "Phiên làm việc đã hết. Những gì anh/chị vừa gõ đã được giữ lại; đăng nhập để gửi tiếp.")


def _to_login(visit: Visit, after: str = "", notice: str = "") -> Response:
    after = after or (visit.at if not visit.form else "/")
    return visit.see(f"/login?next={quote(after)}", notice)


def _finish(answer: Response, request: Request, before: str, visit: Visit) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if visit.htmx and isinstance(answer, RedirectResponse) and "hx-location" not in answer.headers:
        # A part of the page asked; the whole page has to go.
        moved = HTMLResponse("", 200, headers={"HX-Redirect": answer.headers["location"]})
        moved.raw_headers += [(name, value) for name, value in answer.raw_headers if name == b"set-cookie"]
        answer = moved
    if visit.person is None and BEFORE not in request.cookies:
        answer.set_cookie(BEFORE, before, path=ROOT, httponly=True, samesite="strict", secure=visit.secure)
    if visit.notice and answer.status_code == 200 and not visit.htmx:
        answer.delete_cookie(NOTICE, path=ROOT)
    return answer


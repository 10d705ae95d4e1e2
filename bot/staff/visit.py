"""One request to the app, as a handler sees it: who comes, what was sent, and the few ways to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.datastructures import FormData, QueryParams
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.staff.desk import Desk
from bot.staff.pages import render
from bot.staff.person import Person

ROOT = "/can-bo"
NOTICE = "can_bo_notice"
"""Cookie: a sentence for the next page."""
NOTICE_SECONDS = 60
MOST_NOTICE = 300


@dataclass(frozen=True, slots=True)
class Visit:
    """form: fields and uploads, empty for GET. csrf: of the session, or of the sign-in form. client: network address. host: as asked
    for, "can-bo.example:8080". secure: reached by TLS. cookies: those of the request."""

    desk: Desk
    person: Person | None
    csrf: str
    path: Mapping[str, str]
    query: QueryParams
    form: FormData
    htmx: bool
    client: str
    at: str
    notice: str = ""
    secure: bool = False
    cookies: Mapping[str, str] | None = None
    host: str = ""

    @property
    def me(self) -> Person:
        """The person, for entries that ask for a right."""
        assert self.person is not None
        return self.person

    def text(self, name: str, default: str = "") -> str:
        """A field of the form without blanks around it; line ends as \\n. An upload is no text."""
        value = self.form.get(name)
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else default

    def texts(self, name: str) -> list[str]:
        """All values of a repeated field, as `text`."""
        return [value.replace("\r\n", "\n").strip() for value in self.form.getlist(name) if isinstance(value, str)]

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page or a part of one. template: below templates/. Texts are escaped there."""
        return HTMLResponse(render(template, self, values), status, headers={"Cache-Control": "no-store"})

    def see(self, path: str, notice: str = "") -> Response:
        """Go to another page of the app (303); notice: shown there once."""
        answer = RedirectResponse(ROOT + path, 303, headers={"Cache-Control": "no-store"})
        if notice:
            answer.set_cookie(
                NOTICE, quote(notice[:MOST_NOTICE]), max_age=NOTICE_SECONDS, path=ROOT, httponly=True, samesite="lax", secure=self.secure
            )
        return answer

    def refuse(self, sentence: str, status: int = 400) -> Response:
        """A page that says why not."""
        return self.page("refused.html", status, sentence=sentence)

    def note(self, action: str, subject: str, before: object = None, after: object = None, why: str = "") -> None:
        """Into the audit log."""
        self.desk.audit.note(self.person, action, subject, before, after, why, self.client)

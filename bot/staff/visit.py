"""One request to the app, as a handler sees it: who comes, what was sent, and the few ways to answer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sqlalchemy.engine import Connection
from starlette.datastructures import FormData, QueryParams
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.staff.desk import Desk
from bot.staff.pages import render
from bot.staff.person import Person
from bot.staff.transaction import act, acting

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

    def act(self) -> AbstractContextManager[None]:
        """What a press of a button changes, and its note: both or neither (transaction.py)."""
        return act(self.desk.engine)

    def note(self, action: str, subject: str, before: object = None, after: object = None, why: str = "") -> None:
        """A change into the audit log, inside its act. Raises RuntimeError outside of one: the change might be kept without its row."""
        if not acting(self.desk.engine):
            raise RuntimeError(f"{action} is noted outside of its act")
        self.desk.audit.note(self.person, action, subject, before, after, why, self.client)

    def note_in(
        self, connection: Connection, action: str, subject: str, before: object = None, after: object = None, why: str = ""
    ) -> None:
        """A change into the audit log, in a transaction that the store itself holds."""
        self.desk.audit.note(self.person, action, subject, before, after, why, self.client, connection=connection)

    def note_use(self, action: str, subject: str, after: object = None) -> None:
        """Something was looked at or taken along; nothing here has changed."""
        self.desk.audit.note(self.person, action, subject, None, after, "", self.client)

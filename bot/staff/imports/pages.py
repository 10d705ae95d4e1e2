"""/imports: upload, progress, what would change, and a person's word on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from starlette.responses import Response

from bot.staff.background import start
from bot.staff.desk import Desk
from bot.staff.entry import Entry
from bot.staff.ids import new_id
from bot.staff.imports.changes import PAGE, Rule, counts, decide, rows
from bot.staff.imports.parts import PARTS, part_changes
from bot.staff.imports.tables import CHANGES, IMPORTS
from bot.staff.imports.upload import MOST_BYTES, BadUpload, keep_upload
from bot.staff.procedures.kinds import TITLES
from bot.staff.rights import Right
from bot.staff.transaction import reading, writing
from bot.staff.visit import Visit
from index.content import Store, open_store
from index.content_staged import raw_rows
from index.importer import PROVINCE, database_url, taken_day
from index.portal_record import draft

JOB = "bot.staff.imports.job"
DEAD_AFTER = 120.0
"""Seconds without a sign of life after which a reading may be started again."""
KIND_NAMES = {"added": "Thêm mới", "changed": "Thay đổi", "withdrawn": "Không còn"}
STATE_NAMES = {"waiting": "Chờ quyết định", "accepted": "Đã nhận", "refused": "Không nhận", "passed": "Đã đổi từ trước"}
LIST_STATES = {"reading": "Đang đọc", "ready": "Chờ quyết định", "failed": "Không đọc được", "closed": "Đã xong"}
Starter = Callable[[Desk, str], None]


def start_job(desk: Desk, import_id: str) -> None:
    """In a process of its own."""
    start(desk.settings, JOB, import_id)


class ImportPages:
    """starter: how a file's reading is begun."""

    def __init__(self, desk: Desk, starter: Starter = start_job) -> None:
        self._desk, self._start = desk, starter
        self._kept: Store | None = None

    def entries(self) -> tuple[Entry, ...]:
        """See sections.py."""
        return (
            Entry("GET", "/imports", Right.EDIT, self.list),
            Entry("POST", "/imports", Right.EDIT, self.upload, MOST_BYTES + 1024 * 1024),
            Entry("GET", "/imports/{id}", Right.EDIT, self.show),
            Entry("GET", "/imports/{id}/progress", Right.EDIT, self.progress),
            Entry("POST", "/imports/{id}/again", Right.EDIT, self.again),
            Entry("POST", "/imports/{id}/decide", Right.REVIEW, self.decide),
            Entry("GET", "/imports/{id}/{code}", Right.EDIT, self.change),
        )

    def list(self, visit: Visit, error: str | None = None) -> Response:
        """Former imports, and the form."""
        with reading(visit.desk.engine) as connection:
            found = connection.execute(sa.select(IMPORTS).order_by(IMPORTS.c.at.desc(), IMPORTS.c.id).limit(50)).all()
        return visit.page("imports/list.html", 400 if error else 200, imports=found, error=error, states=LIST_STATES)

    def upload(self, visit: Visit) -> Response:
        """The file is kept, its reading begun."""
        sent = visit.form.get("file")
        if sent is None or isinstance(sent, str) or not sent.filename:
            return self.list(visit, "Chưa chọn tệp.")
        import_id, name = new_id(), Path(sent.filename).name[:200]
        try:
            kept = keep_upload(sent.file, name, visit.desk.settings.var, import_id)
        except BadUpload as error:
            return self.list(visit, str(error))
        now = visit.desk.clock()
        try:
            with visit.act(), writing(visit.desk.engine) as connection:
                values = {"id": import_id, "file": name, "by": visit.me.id, "by_name": visit.me.name[:80], "at": now, "beat": now}
                connection.execute(IMPORTS.insert().values(state="reading", **values))
                visit.note("import.upload", import_id, None, {"file": name})
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
        self._start(visit.desk, import_id)
        return visit.see(f"/imports/{import_id}")

    def again(self, visit: Visit) -> Response:
        """A reading that gives no sign of life is begun anew."""
        now = visit.desk.clock()
        dead = sa.and_(IMPORTS.c.id == visit.path["id"], IMPORTS.c.state == "reading", IMPORTS.c.beat < now - DEAD_AFTER)
        with writing(visit.desk.engine) as connection:
            taken = connection.execute(IMPORTS.update().where(dead).values(beat=now, done=0)).rowcount
        if taken:
            self._start(visit.desk, visit.path["id"])
        return visit.see(f"/imports/{visit.path['id']}")

    def progress(self, visit: Visit) -> Response:
        """The line that the page asks for every two seconds; the whole page once the reading is over."""
        row = self._row(visit)
        if row is None or row.state != "reading":
            return visit.see(f"/imports/{visit.path['id']}")
        return visit.page("imports/progress.html", row=row, dead=self._dead(visit, row))

    def show(self, visit: Visit, notice: str = "") -> Response:
        """Counts, broken lines, and the changes of a filter."""
        row = self._row(visit)
        if row is None:
            return visit.refuse("Không có lần nhập này.", 404)
        values: dict[str, Any] = {"row": row, "kinds": KIND_NAMES, "states": STATE_NAMES, "parts": PARTS, "dead": self._dead(visit, row)}
        if row.state in ("reading", "failed"):
            return visit.page("imports/show.html", rule=None, **values)
        rule = Rule.read(visit.query, visit.query.getlist("parts"))
        found = rows(visit.desk.engine, row.id, rule)
        page = min(max(1, _number(visit.query.get("page"))), max(1, -(-len(found) // PAGE)))
        with reading(visit.desk.engine) as connection:
            fields = connection.execute(
                sa.select(CHANGES.c.field).where(CHANGES.c.import_id == row.id, CHANGES.c.field != "").distinct().order_by(CHANGES.c.field)
            ).scalars().all()  # fmt: skip
        fields = [("", "Tất cả"), *((one, one) for one in fields)]
        kept = [(name, value) for name, value in visit.query.multi_items() if name != "page"]
        return visit.page(
            "imports/show.html", rule=rule, changes=found[(page - 1) * PAGE : page * PAGE], total=len(found), page=page, fields=fields,
            pages=max(1, -(-len(found) // PAGE)), address=f"/can-bo/imports/{row.id}?{urlencode([*kept, ('page', '')])}", kept=kept,
            counts=counts(visit.desk.engine, row.id), summary=json.loads(row.summary or "{}"), **values,
        )  # fmt: skip

    def decide(self, visit: Visit) -> Response:
        """Those ticked, one, or all that the filter finds; accepted or refused."""
        row = self._row(visit)
        if row is None or row.state in ("reading", "failed"):
            return visit.refuse("Lần nhập này chưa có gì để quyết định.", 409)
        accepted = visit.text("verdict") == "accept"
        if visit.text("verdict") not in ("accept", "refuse"):
            return visit.refuse("Chọn nhận hoặc không nhận.")
        fields = {name: visit.text(name) for name in ("kind", "clean", "reviewed", "field", "word")}
        chosen: Any = Rule.read({**fields, "state": "waiting"}, visit.texts("parts")) if visit.text("all") == "1" else visit.texts("code")
        with visit.act():
            decided, passed = decide(visit.desk.engine, self._store(), row.id, chosen, accepted, visit.me.name[:80], visit.desk.clock())
            what = {"codes": decided, "passed": passed} | ({"rule": fields | {"parts": visit.texts("parts")}} if visit.text("all") == "1" else {})
            if decided or passed:
                visit.note("import.accept" if accepted else "import.refuse", row.id, None, what, visit.text("why"))
            self._close(visit, row.id)
        said = f"{'Đã nhận' if accepted else 'Không nhận'} {len(decided)} thay đổi."
        if passed:
            said += f" {len(passed)} thủ tục đã được lần nhập khác đổi nên giữ nguyên."
        if accepted and decided:
            said += " Người dân đọc bản mới sau khi xuất bản."
        kept = [(name, value) for name, value in fields.items() if value] + [("parts", part) for part in visit.texts("parts")]
        return visit.see(f"/imports/{row.id}?{urlencode(kept)}", said)

    def change(self, visit: Visit) -> Response:
        """One change, part by part, both sides."""
        row = self._row(visit)
        with reading(visit.desk.engine) as connection:
            where = sa.and_(CHANGES.c.import_id == visit.path["id"], CHANGES.c.code == visit.path["code"])
            found = connection.execute(sa.select(CHANGES).where(where)).first()
        if row is None or found is None:
            return visit.refuse("Không có thay đổi này.", 404)
        store = self._store()
        raw, day = raw_rows(store, (found.before, found.after)), taken_day(store)
        drafts = [draft(raw[one], day, PROVINCE) if one in raw else None for one in (found.before, found.after)]
        before, after = (one[0] if one else None for one in drafts)
        return visit.page(
            "imports/change.html", titles=TITLES, row=row, change=found, kinds=KIND_NAMES, states=STATE_NAMES, parts=part_changes(before, after),
            findings=drafts[1][1] if drafts[1] else (), names=PARTS,
        )  # fmt: skip

    def _row(self, visit: Visit) -> Any:
        with reading(visit.desk.engine) as connection:
            return connection.execute(sa.select(IMPORTS).where(IMPORTS.c.id == visit.path["id"])).first()

    def _close(self, visit: Visit, import_id: str) -> None:
        """Nothing waits any more: the import is done."""
        waiting = sa.select(CHANGES.c.code).where(CHANGES.c.import_id == import_id, CHANGES.c.state == "waiting").exists()
        with writing(visit.desk.engine) as connection:
            connection.execute(IMPORTS.update().where(IMPORTS.c.id == import_id, IMPORTS.c.state == "ready", ~waiting).values(state="closed"))

    def _dead(self, visit: Visit, row: Any) -> bool:
        return row.state == "reading" and row.beat < visit.desk.clock() - DEAD_AFTER

    def _store(self) -> Store:
        if self._kept is None:
            self._kept = open_store(self._desk.settings.database_url or database_url(self._desk.settings.var))
        return self._kept


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1


def entries(desk: Desk) -> tuple[Entry, ...]:
    """See sections.py."""
    return ImportPages(desk).entries()

"""/audit: the log, filtered, page by page; whole as a file; checked."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response, StreamingResponse

from bot.staff.entry import Entry
from bot.staff.pages import VIETNAM
from bot.staff.people.audit import Audit, Filter
from bot.staff.people.audit_export import as_csv, as_jsonl
from bot.staff.people.audit_values import subject_words, value_lines
from bot.staff.people.audit_words import title
from bot.staff.people.door import Door
from bot.staff.rights import Right
from bot.staff.visit import Visit

FIELDS = ("person", "action", "subject", "from", "to")
KINDS = {"csv": (as_csv, "text/csv; charset=utf-8"), "jsonl": (as_jsonl, "application/x-ndjson")}


class AuditPages:
    """For auditors and admins; nothing here changes a row."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._audit: Audit = door.audit

    def entries(self) -> tuple[Entry, ...]:
        """Taking a copy and checking are themselves noted."""
        return (
            Entry("GET", "/audit", Right.AUDIT, self.list), Entry("GET", "/audit/export", Right.AUDIT, self.export),
            Entry("POST", "/audit/verify", Right.AUDIT, self.verify),
        )

    def list(self, visit: Visit) -> Response:
        """Newest first."""
        typed = {name: visit.query.get(name, "").strip() for name in FIELDS}
        wanted, errors = _filter(typed)
        page = int(number) if (number := visit.query.get("page", "1")).isascii() and number.isdigit() and len(number) < 7 else 1
        rows, pages = self._audit.rows(wanted, max(1, page))
        people = [("", "Tất cả"), *((one.person.id, one.person.name) for one in self._door.accounts.all())]
        actions = [("", "Tất cả"), *((name, title(name)) for name in self._audit.actions())]
        chosen = urlencode({name: value for name, value in typed.items() if value})
        names = dict(people)
        shown = [
            (row, title(row.action), subject_words(row.action, row.subject, names), _lines(row.before, names), _lines(row.after, names))
            for row in rows
        ]
        return visit.page(
            "people/audit.html", 400 if errors else 200, rows=shown, page=min(max(1, page), pages), pages=pages, typed=typed, errors=errors,
            people=people, actions=actions, chosen=chosen, head=self._audit.head(),
        )

    def export(self, visit: Visit) -> Response:
        """?kind=csv|jsonl and the filters of the list."""
        typed = {name: visit.query.get(name, "").strip() for name in FIELDS}
        wanted, errors = _filter(typed)
        kind = visit.query.get("kind", "csv")
        if errors or kind not in KINDS:
            return visit.refuse(next(iter(errors.values()), "Tệp xuất chỉ có hai dạng: csv và jsonl."))
        visit.note_use("audit_exported", "audit", {"kind": kind, **{name: value for name, value in typed.items() if value}})
        write, media = KINDS[kind]
        name = f"nhat-ky-{datetime.fromtimestamp(visit.desk.clock(), VIETNAM):%Y%m%d-%H%M}.{kind}"
        return StreamingResponse(write(self._audit.all(wanted)), media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    def verify(self, visit: Visit) -> Response:
        """The whole chain anew."""
        broken, (last, mark) = self._audit.verify(), self._audit.head()
        visit.note_use("audit_verified", "audit", {"rows": last, "broken": broken})
        if broken is None:
            return visit.see("/audit", f"Nhật ký nguyên vẹn: {last} dòng, dấu của dòng cuối {mark[:16]}.")
        return visit.see("/audit", f"Nhật ký bị sửa: dòng {broken} không khớp với dòng trước. Anh/chị báo ngay cho người phụ trách an toàn thông tin.")


def _filter(typed: dict[str, str]) -> tuple[Filter, dict[str, str]]:
    """(what to look for, errors by field). Days are Vietnam's; the last one is included."""
    errors, days = {}, {}
    for name in ("from", "to"):
        try:
            days[name] = date.fromisoformat(typed[name]) if typed[name] else None
            if days[name] and not 1971 <= days[name].year <= 9000:  # type: ignore[union-attr]
                raise ValueError(typed[name])
        except ValueError:
            days[name] = None
            errors[name] = f"“{typed[name]}” không phải là ngày. Ví dụ: 2026-11-23"
    since = _midnight(days["from"]) if days["from"] else None
    until = _midnight(days["to"] + timedelta(days=1)) if days["to"] else None
    return Filter(typed["person"], typed["action"], typed["subject"].replace("\0", ""), since, until), errors


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), VIETNAM).timestamp()


def _lines(text: str | None, people: dict[str, str]) -> list[str]:
    """JSON → lines to read; people: Person.id -> name."""
    return [] if text is None else value_lines(json.loads(text), people)

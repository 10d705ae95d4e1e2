"""/phrasings?code=: how people call a procedure (aliases of its record) and what they ask of it (phrasings)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from actions.words import ASPECT_TITLES
from bot.staff.content import yaml_text
from bot.staff.content.flow import Opened, finish, open_form, raw, sent_form
from bot.staff.content.revision import Revision
from bot.staff.content.yaml_text import same_ends
from bot.staff.entry import Entry
from bot.staff.procedures.spell import scalar
from bot.staff.procedures.splice import spliced
from bot.staff.rights import Right
from bot.staff.visit import Visit
from index.catalogue import CODE, DataError
from index.procedure import ASPECTS
from index.text import fold

HEAD = "# Câu người dân hay hỏi, theo mã thủ tục và điều được hỏi.\n"
NEW_FILE = "phrasings/khac.yml"
"""Where questions of a procedure without a record of ours go."""
ASKED = "asked:"
"""Field names: "asked:documents+fees"."""


def entries() -> tuple[Entry, ...]:
    return (
        Entry("GET", "/phrasings", Right.READ, show),
        Entry("POST", "/phrasings", Right.EDIT, save),
        Entry("POST", "/phrasings/aliases", Right.EDIT, save_aliases),
    )


def show(visit: Visit) -> Response:
    code = visit.query.get("code", "").strip()
    if not CODE.fullmatch(code):
        error = f'"{code}" không phải mã thủ tục; cần dạng 1.001193.' if code else None
        return visit.page("content/phrasings_find.html", 422 if error else 200, code=code, error=error, records=_records(visit))
    return _page(visit, code)


def save(visit: Visit) -> Response:
    code = visit.text("code")
    if not CODE.fullmatch(code):
        return visit.refuse("Mã thủ tục chưa đúng.", 404)
    path, now = find_phrasings(visit, code)
    groups = {name.removeprefix(ASKED): _lines(raw(visit, name)) for name in visit.form if name.startswith(ASKED)}

    def again(errors: Mapping[str, str]) -> Response:
        return _page(visit, code, typed=groups, errors=errors)

    twice = _twice(visit, code, groups)
    if twice:
        return again({"text": twice})
    try:
        text = write(now.text if now and now.text else "", code, groups)
    except (DataError, AttributeError):
        return visit.see(f"/content/edit?path={quote(path)}", "Tệp này không đúng mẫu nên chỉ sửa được dạng văn bản.")
    return finish(visit, path, text, again=again, after=f"/phrasings?code={code}")


def save_aliases(visit: Visit) -> Response:
    code = visit.text("code")
    path = find_record(visit, code)
    now = visit.desk.content.read(path) if path else None
    if path is None or now is None or not now.text:
        return visit.refuse("Thủ tục này chưa có bản ghi của ta nên chưa có chỗ ghi cách gọi.", 404)
    names = _lines(raw(visit, "aliases"))

    def again(errors: Mapping[str, str]) -> Response:
        return _page(visit, code, names=names, alias_errors=errors)

    try:
        old = yaml_text.read(now.text)
        text = same_ends(spliced(now.text, {**old, "aliases": names}), now.text)
    except (DataError, TypeError):
        return visit.see(f"/content/edit?path={quote(path)}", "Tệp này không đúng mẫu nên chỉ sửa được dạng văn bản.")
    return finish(visit, path, text, again=again, after=f"/phrasings?code={code}")


def write(text: str, code: str, groups: Mapping[str, list[str]]) -> str:
    """The file with the sentences of one procedure; groups: "documents+fees" -> sentences, an empty one goes. Raises DataError."""
    groups = {key: rows for key, rows in groups.items() if rows}
    old: dict[str, Any] = yaml_text.read(text) or {} if text else {}
    if code in old:
        if groups:
            kept = {
                key: groups[key]
                for key in [*(key for key in old[code] if key in groups), *(key for key in groups if key not in old[code])]
            }
            return same_ends(spliced(text, {**old, code: kept}), text)
        return same_ends(spliced(text, {key: value for key, value in old.items() if key != code}), text)
    if not groups:
        return text
    lines = [
        f'"{code}":\n',
        *(line for key, rows in groups.items() for line in (f"  {key}:\n", *(f"    - {scalar(row)}\n" for row in rows))),
    ]
    start = text or HEAD
    return same_ends(start + ("" if start.endswith("\n") else "\n") + "".join(lines), text or None)


def find_phrasings(visit: Visit, code: str) -> tuple[str, Revision | None]:
    """The file that has the code's sentences, else where they would go: beside those of its field."""
    tree = visit.desk.content.tree(prefix="phrasings/")
    path = next((path for path, text in tree.items() if re.search(rf'^["\']?{re.escape(code)}["\']?:', text, re.M)), None)
    if path is None:
        record = find_record(visit, code)
        path = f"phrasings/{record.split('/')[1]}.yml" if record and record.count("/") == 2 else NEW_FILE
    return path, visit.desk.content.read(path)


def find_record(visit: Visit, code: str) -> str | None:
    """The path of the procedure's own file."""
    return next((path for path in visit.desk.content.paths("procedures/") if path.rsplit("/", 1)[-1].startswith(f"{code}-")), None)


def _twice(visit: Visit, code: str, groups: Mapping[str, list[str]]) -> str:
    """A sentence that stands twice here, or under another procedure: it would pull both ways. "" for none."""
    rows = [" ".join(row.casefold().split()) for group in groups.values() for row in group]
    if doubled := next((row for row in rows if rows.count(row) > 1), None):
        return f'Câu "{doubled}" có hai lần; chỉ giữ một.'
    wanted = set(rows)
    for text in visit.desk.content.tree(prefix="phrasings/").values():
        low = text.casefold()
        near = [row for row in wanted if row.split(",")[0].split(":")[0] in low]
        for other, found in (yaml_text.read(text) or {}).items() if near else ():
            for row in (row for group in found.values() for row in group if other != code):
                if " ".join(str(row).casefold().split()) in wanted:
                    return f'Câu "{row}" đã thuộc thủ tục {other}; mỗi câu chỉ thuộc một thủ tục.'
    return ""


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _records(visit: Visit) -> list[tuple[str, str]]:
    """(code, name) of every record, by name; a file that names nothing goes by its own name."""
    found = []
    for path, text in visit.desk.content.tree(prefix="procedures/").items():
        code, _, slug = path.rsplit("/", 1)[-1].removesuffix(".yml").partition("-")
        named = re.search(r"^name: *(.+)$", text, re.M)
        if slug:
            found.append((code, named[1].strip().strip("\"'") if named else slug.replace("-", " ")))
    return sorted(found, key=lambda row: (fold(row[1]).lower(), row[0]))


def _page(
    visit: Visit,
    code: str,
    *,
    typed: Mapping[str, list[str]] | None = None,
    errors: Mapping[str, str] | None = None,
    names: list[str] | None = None,
    alias_errors: Mapping[str, str] | None = None,
) -> Response:
    path, now = find_phrasings(visit, code)
    record_path = find_record(visit, code)
    record_now = visit.desk.content.read(record_path) if record_path else None
    try:
        groups = (yaml_text.read(now.text) or {}).get(code, {}) if now and now.text else {}
        record = (yaml_text.read(record_now.text) or {}) if record_now and record_now.text else {}
    except DataError:
        groups, record = {}, {}
    page = f"/phrasings?code={code}"
    can_edit = visit.me.may(Right.EDIT)
    opened = sent_form(visit, path, page) if errors is not None else open_form(visit, path, page, now)
    alias_opened = _alias_form(visit, record_path, page, record_now, alias_errors is not None)
    if opened.used and opened.draft:
        typed = {
            name.removeprefix(ASKED): _lines(values[0]) for name, values in opened.draft.fields.items() if name.startswith(ASKED)
        }
    shown = {**dict.fromkeys(groups, []), **groups} if typed is None else typed
    rows = [(key, _title(key), shown.get(key, [])) for key in [*shown, *(aspect for aspect in ASPECTS if aspect not in shown)]]
    fault = " ".join(sentence for name, sentence in (errors or {}).items() if name != "why")
    alias_fault = " ".join(sentence for name, sentence in (alias_errors or {}).items() if name != "why")
    return visit.page(
        "content/phrasings.html",
        422 if errors or alias_errors else 200,
        code=code,
        name=record.get("name", ""),
        path=path,
        rows=rows,
        filled={key for key, _, texts in rows if texts},
        opened=opened,
        errors={**({"text": fault} if fault else {}), **({"why": errors["why"]} if errors and "why" in errors else {})},
        why=visit.text("why") if errors is not None else "",
        can_edit=can_edit,
        record_path=record_path,
        alias_opened=alias_opened,
        aliases=names if names is not None else [str(name) for name in record.get("aliases") or []],
        alias_errors={**({"aliases": alias_fault} if alias_fault else {}), **({"why": alias_errors["why"]} if alias_errors and "why" in alias_errors else {})},
    )  # fmt: skip


def _alias_form(visit: Visit, path: str | None, page: str, now: Revision | None, sent: bool) -> Opened | None:
    """Its base; the record's draft belongs to the record's own form and is not offered here."""
    if path is None:
        return None
    return sent_form(visit, path, page) if sent else Opened(path, page, now.id if now else None, None, False, [])


def _title(key: str) -> str:
    return " và ".join(ASPECT_TITLES.get(part, part) for part in key.split("+"))

"""/faq: questions that no procedure answers, each with its answer, its source and the days on which it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from bot.staff.content import yaml_text
from bot.staff.content.flow import Opened, finish, open_form, raw, sent_form
from bot.staff.content.yaml_text import same_ends
from bot.staff.entry import Entry
from bot.staff.procedures.spell import inline
from bot.staff.procedures.splice import spliced
from bot.staff.rights import Right
from bot.staff.visit import Visit
from index.catalogue import DataError
from index.text import fold

FOLDER = "faq/"
ORDER = ("question", "asked", "answer", "procedure", "owner", "source", "checked_on", "effective_from", "effective_to")
FIELDS = (
    "question",
    "asked",
    "answer",
    "procedure",
    "owner",
    "source_title",
    "source_url",
    "checked_on",
    "effective_from",
    "effective_to",
)
_ERROR_FIELD = {"source": "source_title"}


def entries() -> tuple[Entry, ...]:
    return (
        Entry("GET", "/faq", Right.READ, show),
        Entry("GET", "/faq/new", Right.EDIT, edit),
        Entry("GET", "/faq/edit", Right.EDIT, edit),
        Entry("POST", "/faq/edit", Right.EDIT, save),
    )


def show(visit: Visit) -> Response:
    rows = []
    for path, text in visit.desk.content.tree(prefix=FOLDER).items():
        try:
            raw_row = yaml_text.read(text)
        except DataError:
            raw_row = None
        rows.append((path, raw_row if isinstance(raw_row, dict) else {}))
    return visit.page("content/faq_list.html", rows=rows)


def edit(visit: Visit) -> Response:
    """?path= of an entry; without it a new one, its question from ?question= when a list of questions leads here."""
    path = visit.query.get("path", "")
    now = visit.desk.content.read(path) if path.startswith(FOLDER) else None
    if path and (now is None or now.text is None):
        return visit.refuse("Không có mục hỏi đáp này; có thể người khác đã bỏ.", 404)
    page = f"/faq/edit?path={quote(path)}" if path else "/faq/new"
    opened = open_form(visit, path or FOLDER, page, now)
    if opened.used and opened.draft:
        values = {name: opened.draft.text(name) for name in (*FIELDS, "why")}
    elif now and now.text:
        try:
            values = _values(yaml_text.read(now.text))
        except (DataError, TypeError, AttributeError):
            return visit.see(f"/content/edit?path={quote(path)}", "Tệp này không đúng mẫu nên chỉ sửa được dạng văn bản.")
    else:
        values = {**dict.fromkeys(FIELDS, ""), "question": visit.query.get("question", ""), "owner": visit.me.name}
    return _page(visit, path, opened, values, {})


def save(visit: Visit) -> Response:
    path = visit.text("path")
    values = {name: raw(visit, name).strip() for name in FIELDS}
    opened = sent_form(visit, path or FOLDER, f"/faq/edit?path={quote(path)}" if path else "/faq/new")

    def again(errors: Mapping[str, str]) -> Response:
        named = {_ERROR_FIELD.get(name, name): sentence for name, sentence in errors.items()}
        return _page(visit, path, opened, {**values, "why": visit.text("why")}, named)

    if not values["question"]:
        return again({"question": "Câu hỏi đang trống; hãy ghi vào."})
    if path and not path.startswith(FOLDER):
        return visit.refuse("Mục này không phải hỏi đáp riêng.", 404)
    target = path or _free_path(visit, values["question"])
    base = visit.desk.content.read(target)
    try:
        text = write(base.text if base and base.text else "", values)
    except DataError:
        return visit.see(f"/content/edit?path={quote(target)}", "Tệp này không đúng mẫu nên chỉ sửa được dạng văn bản.")
    return finish(visit, target, text, again=again, after=f"/faq/edit?path={quote(target)}", draft=path or FOLDER)


def write(text: str, values: Mapping[str, str]) -> str:
    """The file with the form's values; "" = a new one. What did not change keeps its bytes. Raises DataError for text that is no YAML."""
    record = record_of(values)
    answer = record["answer"]
    if not text:
        fresh = "".join(f"{key}: {inline(record[key])}\n" for key in ORDER if key in record and key != "answer")
        return yaml_text.set_key(fresh, "answer", answer)
    old = yaml_text.read(text)
    old = old if isinstance(old, dict) else {}
    if old.get("source") == {key: value for key, value in record["source"].items() if value is not None}:
        record["source"] = old["source"]  # an address that was left out is the same as an empty one
    for key in ("effective_from", "effective_to"):
        if key in old:
            record.setdefault(key, None)
    kept = {**record, "answer": old.get("answer", answer)}
    new = spliced(
        text, {**{key: value for key, value in old.items() if key not in kept}, **{k: kept[k] for k in _order(old, kept)}}, ORDER
    )
    changed = str(old.get("answer", "")).strip() != answer
    return same_ends(yaml_text.set_key(new, "answer", answer) if changed else new, text)


def record_of(values: Mapping[str, str]) -> dict[str, Any]:
    """The form's fields -> the file's values."""
    record: dict[str, Any] = {
        "question": " ".join(values["question"].split()),
        "asked": [" ".join(line.split()) for line in values["asked"].splitlines() if line.strip()],
        "answer": values["answer"].replace("\r\n", "\n").strip(),
        "procedure": values["procedure"] or None,
        "owner": values["owner"],
        "source": {"title": values["source_title"], "url": values["source_url"] or None},
        "checked_on": values["checked_on"],
    }
    return record | {key: values[key] for key in ("effective_from", "effective_to") if values[key]}


def _order(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [*(key for key in old if key in new), *(key for key in ORDER if key in new and key not in old)]


def _values(row: Mapping[str, Any]) -> dict[str, str]:
    source = row.get("source") or {}
    plain = {name: "" if row.get(name) is None else str(row[name]) for name in FIELDS if name in ORDER}
    return plain | {
        "asked": "\n".join(map(str, row.get("asked") or [])),
        "source_title": str(source.get("title") or ""),
        "source_url": str(source.get("url") or ""),
        "answer": str(row.get("answer") or "").strip(),
    }


def _free_path(visit: Visit, question: str) -> str:
    words = "-".join(re.findall(r"[a-z0-9]+", fold(question.lower())))[:60].strip("-") or "hoi-dap"
    names = (f"{FOLDER}{words}.yml", *(f"{FOLDER}{words}-{n}.yml" for n in range(2, 100)))
    return next(name for name in names if visit.desk.content.read(name) is None)


def _page(visit: Visit, path: str, opened: Opened, values: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    rest = {name: sentence for name, sentence in errors.items() if name not in FIELDS and name != "why"}
    shown = {name: sentence for name, sentence in errors.items() if name not in rest}
    if rest:
        shown.setdefault("question", " ".join(rest.values()))
    values = {"why": "", **values}
    return visit.page("content/faq_edit.html", 422 if errors else 200, path=path, opened=opened, values=values, errors=shown)

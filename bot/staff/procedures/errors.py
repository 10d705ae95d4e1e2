"""A typed form in, everything that keeps it from being saved out: field name -> a Vietnamese sentence, all at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from bot.staff.content.revision import FieldError
from bot.staff.procedures.form import Form, lines, number_of, one_line, row_values
from bot.staff.procedures.parts import MAX_NUMBER, PARTS, Cell, Part
from index.catalogue import CODE, MAX_STEPS, SLUG

_PLACE = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")
EMPTY = "Mục này đang trống; anh/chị ghi vào."
LEFT_OPEN = "Mục này đang trống; anh/chị ghi vào, hoặc ghi lý do ở ô “Nguồn không nói rõ vì”."
BOTH = "Mục này đã có nội dung; anh/chị bỏ nội dung, hoặc bỏ lý do “Nguồn không nói rõ vì”."


def errors_of(form: Form, contacts: Collection[str] = ()) -> dict[str, str]:
    """In the order of the page; one sentence a field. contacts: keys that may be named; () = any."""
    found: dict[str, str] = {}
    for part in PARTS.values():
        for name, sentence in _of(part, form, contacts):
            found.setdefault(name, sentence)
    return found


def placed(error: FieldError, form: Form) -> tuple[str, str]:
    """An error of the content's own check -> (the form's field, its sentence); "" when it belongs to no field."""
    match = _PLACE.match(error.field)
    if match is None or (key := match[1]) not in ("unknown", *PARTS):
        return "", error.sentence
    if key == "unknown":
        return (f"unknown-{match[3]}" if match[3] in PARTS else ""), error.sentence
    part, row, cell = PARTS[key], match[2], match[3]
    if part.shape == "rows":
        known = cell if any(cell == one.key for one in part.cells) else part.cells[0].key
        token = row_at(form, part, int(row)) if row else None
        return (f"{key}-{token}-{known}" if token else key), error.sentence
    if part.shape == "group":
        return f"{key}-{cell if any(cell == one.key for one in part.cells) else part.cells[0].key}", error.sentence
    if part.shape == "lines" and row:
        return key, f"Dòng {int(row) + 1}: {error.sentence}"
    return key, error.sentence


def row_at(form: Form, part: Part, number: int) -> str | None:
    """The name of the row that is written as the number-th (from 0): empty ones are not written."""
    tokens = [token for token, _ in _filled_rows(part, form)]
    return tokens[number] if number < len(tokens) else None


def _of(part: Part, form: Form, contacts: Collection[str]) -> Iterator[tuple[str, str]]:
    reason = form.get(f"unknown-{part.key}")
    if part.shape == "rows":
        yield from _rows(part, form)
    elif part.shape == "lines":
        yield from _lines(part, form)
    elif part.shape == "group":
        yield from _group(part, form, bool(reason))
    else:
        yield from _cell(part.cell, part.key, form.get(part.key), contacts)
        if part.key == "effective_to":
            yield from _order(form, "effective_from", "effective_to")
    if part.may_be_unknown and part.shape in ("rows", "lines"):
        filled = bool(_filled_rows(part, form) if part.shape == "rows" else lines(form.get(part.key)))
        if filled and reason:
            yield f"unknown-{part.key}", BOTH
        elif not filled and not reason and part.key != "template":
            yield part.key, LEFT_OPEN


def _lines(part: Part, form: Form) -> Iterator[tuple[str, str]]:
    found = lines(form.get(part.key))
    if part.must and not found:
        yield part.key, EMPTY
    if part.key == "steps" and len(found) > MAX_STEPS:
        yield part.key, f"Có {len(found)} dòng; nhiều nhất {MAX_STEPS} dòng. Anh/chị gộp các bước gần nhau."
    if part.key == "replaces":
        for line in found:
            if not CODE.fullmatch(line):
                yield part.key, f"“{line}” không phải mã thủ tục; cần dạng 1.001193."


def _group(part: Part, form: Form, reasoned: bool) -> Iterator[tuple[str, str]]:
    typed = {cell.key: one_line(form.get(f"{part.key}-{cell.key}")) for cell in part.cells}
    filled = any(typed.values())
    if "status" in typed:
        filled = typed["status"] != "unknown"
        if not filled and not reasoned:
            yield f"unknown-{part.key}", "Chọn “Chưa rõ” thì anh/chị ghi vì sao nguồn không nói rõ."
    if filled and reasoned:
        yield f"unknown-{part.key}", BOTH
    for cell in part.cells:
        must = cell.must or (part.key == "decision" and cell.key == "number")
        if must and not typed[cell.key] and not reasoned:
            yield f"{part.key}-{cell.key}", LEFT_OPEN if part.may_be_unknown else EMPTY
        elif not (cell.must and reasoned):
            yield from _cell(cell, f"{part.key}-{cell.key}", typed[cell.key], (), check_must=False)
    if part.key == "source" and typed["url"] and not _web(typed["url"]):
        yield "source-url", "Địa chỉ cần bắt đầu bằng https:// hoặc http://."


def _rows(part: Part, form: Form) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for token, typed in _filled_rows(part, form):
        base = f"{part.key}-{token}"
        for cell in part.cells:
            yield from _cell(cell, f"{base}-{cell.key}", typed[cell.key], ())
            if cell.kind in ("case", "template") and typed[cell.key]:
                of = "cases" if cell.kind == "case" else "template"
                if typed[cell.key] not in {row["id"] for _, row in _filled_rows(PARTS[of], form)}:
                    yield f"{base}-{cell.key}", f"“{typed[cell.key]}” không có trong phần {PARTS[of].title}; anh/chị chọn lại."
        if "id" in typed:
            if typed["id"] and not SLUG.fullmatch(typed["id"]):
                yield f"{base}-id", "Tên riêng chỉ gồm chữ thường không dấu, số và dấu gạch nối, ví dụ qua-han."
            elif typed["id"] in seen:
                yield f"{base}-id", f"Tên riêng “{typed['id']}” có hai lần; mỗi tên chỉ dùng một lần."
            seen.add(typed["id"])
        if part.key == "duration":
            yield from _duration(base, typed)
        if part.key == "fees":
            yield from _order(form, f"{base}-effective_from", f"{base}-effective_to")


def _duration(base: str, typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    amount, unit = typed["amount"], typed["unit"]
    if unit in ("", "same_day"):
        if amount:
            yield f"{base}-amount", "Có số thì anh/chị chọn đơn vị; không thì bỏ số."
        elif not unit and not typed["note"]:
            yield f"{base}-note", "Nguồn không cho số thì ghi chú phải nói rõ thời hạn."
    elif not amount or number_of(amount) == 0:
        yield f"{base}-amount", "Cần một số nguyên từ 1."


def _cell(cell: Cell, name: str, typed: str, contacts: Collection[str], check_must: bool = True) -> Iterator[tuple[str, str]]:
    typed = one_line(typed)
    if not typed:
        if cell.must and check_must:
            yield name, EMPTY
    elif cell.kind == "number" and not (isinstance(number := number_of(typed), int) and number <= MAX_NUMBER):
        yield name, f"Đang là “{typed}”; cần một số nguyên từ 0, viết bằng chữ số."
    elif cell.kind == "day" and _day(typed) is None:
        yield name, f"Đang là “{typed}”; cần một ngày có thật, dạng 2026-11-22."
    elif cell.kind == "choose" and typed not in {value for value, _ in cell.options}:
        yield name, f"Đang là “{typed}”; anh/chị chọn một mục trong danh sách."
    elif cell.kind == "contact" and contacts and typed not in contacts:
        yield name, f"Nơi liên hệ “{typed}” không có; anh/chị chọn một mục trong danh sách."


def _order(form: Form, first: str, last: str) -> Iterator[tuple[str, str]]:
    begin, end = _day(form.get(first)), _day(form.get(last))
    if begin and end and begin > end:
        yield last, "Ngày hết dùng ở trước ngày bắt đầu dùng."


def _filled_rows(part: Part, form: Form) -> list[tuple[str, dict[str, str]]]:
    rows = [(token, row_values(form, part, token)) for token in form.rows.get(part.key, ())]
    return [(token, row) for token, row in rows if any(row.values())]


def _day(typed: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", typed, re.ASCII):
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).netloc)
    except ValueError:
        return False

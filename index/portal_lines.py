"""The parts of a portal record that are lists of sentences: steps, conditions, result, legal basis."""

from __future__ import annotations

import re
from typing import Any

from index.finding import Notes
from index.portal_shape import names, raw_text, rows, text
from index.portal_text import cut, first_sentence, lines

MAXSTEPS = 8
STEP_CHARS = 160
MAX_CONDITIONS = 12
CONDITION_CHARS = 250
RESULT_CHARS = 300
LAW_CHARS = 200
TITLE_CHARS = 80
_NONE = re.compile(r"(?:không|chưa)(?: (?:có|quy định|yêu cầu|áp dụng|thông tin|điều kiện|yêu cầu, điều kiện|bắt buộc|gì))*[\s.;]*", re.I)
_NUMBERED = re.compile(r"^\W*(?:bước\s*\d+\s*[.:)–-]*|\d{1,2}[.)](?!\d))\s*", re.I)
STEP = re.compile(r"(?:bước|giai đoạn)\s*\d+", re.I)
_KINDS = (
    ("Hiến pháp", r"hiến pháp"),
    ("Bộ luật", r"bộ luật"),
    ("Pháp lệnh", r"pháp lệnh|.*/PL-"),
    ("Nghị quyết", r"nghị quyết|.*/NQ-"),
    ("Nghị định", r"nghị định|.*/NĐ-"),
    ("Thông tư liên tịch", r"thông tư liên tịch|.*/TTLT"),
    ("Thông tư", r"thông tư|.*/TT-"),
    ("Quyết định", r"quyết định|.*/QĐ-"),
    ("Luật", r"luật"),
)


def steps(detail: dict[str, Any], notes: Notes) -> tuple[str, ...]:
    """At most 8 lines: a step's name and the first sentence of what it says."""
    listed = rows(detail, "executionSteps", notes, "steps")
    found = [_unnumbered(line) for row in listed for line in _step(row, len(listed), notes)]
    if not found:
        notes.found("missing_part", "steps", "no step")
        notes.missing("steps", "dữ liệu cổng không ghi các bước")
    if len(found) > MAXSTEPS:
        notes.found("shortened", "steps", f"{len(found)} lines")
        found = [*found[: MAXSTEPS - 1], found[MAXSTEPS - 1].rstrip(".…") + "…"]
    return tuple(found)


def _step(row: dict[str, Any], steps: int, notes: Notes) -> list[str]:
    name, said = text(row, "name", notes, "steps").rstrip(" .:;"), lines(raw_text(row, "description", notes, "steps"))
    if name or steps > 1:
        head = first_sentence(said[0]) if said else ""
        joined = f"{name}: {head}" if name and head and head.casefold() != name.casefold() else name or head
        return [cut(joined.strip(), STEP_CHARS)] if joined.strip() else []
    numbered = [n for n, line in enumerate(said) if STEP.match(line)]
    if not numbered:
        return [cut(first_sentence(line), STEP_CHARS) for line in said]
    return [cut(_headed(said[n], said[n + 1] if n + 1 < len(said) else ""), STEP_CHARS) for n in numbered]


def _unnumbered(line: str) -> str:
    """Without "Bước 2:" or "2." in front: the answer numbers its steps itself."""
    rest = _NUMBERED.sub("", line).lstrip()
    return rest[:1].upper() + rest[1:] if any(c.isalpha() for c in rest) else line


def _headed(line: str, following: str) -> str:
    """"Bước 1:" alone says nothing without the sentence below it."""
    head = first_sentence(line).rstrip(" :")
    return f"{head}: {first_sentence(following)}" if len(head) < 12 and following and not STEP.match(following) else head


def conditions(detail: dict[str, Any], notes: Notes) -> tuple[str, ...]:
    """At most 12 lines. "Không" is what the portal writes for none and for not filled in: unknown, with that reason."""
    said = lines(raw_text(detail, "requirementsAndConditions", notes, "conditions"))
    if len(said) == 1 and _NONE.fullmatch(said[0]):
        none = "có" in said[0].lower() or said[0].strip(" .;").lower() == "không"
        notes.missing("conditions", "dữ liệu cổng ghi là không có điều kiện" if none else "dữ liệu cổng ghi là không quy định điều kiện")
        return ()
    if not said:
        notes.missing("conditions", "dữ liệu cổng không ghi điều kiện")
    if len(said) > MAX_CONDITIONS or any(len(line) > CONDITION_CHARS for line in said):
        notes.found("shortened", "conditions", f"{len(said)} lines")
    return tuple(cut(line, CONDITION_CHARS) for line in said[:MAX_CONDITIONS])


def results(detail: dict[str, Any], notes: Notes) -> tuple[str, ...]:
    """What the citizen gets, each once."""
    found = [cut(name.rstrip(" .;"), RESULT_CHARS) for name in names(detail, "resultsDetails", notes, "result")]
    found = [name[:1].upper() + name[1:] for name in found if any(c.isalpha() for c in name)]
    if not found:
        notes.found("missing_part", "result", "no result")
        notes.missing("result", "dữ liệu cổng không ghi kết quả")
    return tuple(dict.fromkeys(found))


def legal_basis(detail: dict[str, Any], notes: Notes) -> tuple[str, ...]:
    """Laws and decrees by kind and number, with the title when the portal has one."""
    found = [
        law(text(row, "code", notes, "legal_basis"), text(row, "name", notes, "legal_basis"))
        for row in rows(detail, "legalBasisesDetails", notes, "legal_basis")
    ]
    found = [line for line in found if any(c.isalpha() for c in line)]
    if not found:
        notes.found("missing_part", "legal_basis", "no law")
        notes.missing("legal_basis", "dữ liệu cổng không ghi căn cứ pháp lý")
    return tuple(dict.fromkeys(found))


def law(code: str, name: str) -> str:
    """("67/2013/NĐ-CP", "Quy định chi tiết…") -> "Nghị định 67/2013/NĐ-CP: Quy định chi tiết…"."""
    code, name = code.strip(" .;,-+"), name.strip(" .;-+*•")
    if not code or not any(c.isdigit() for c in code) or code.casefold() in name.casefold():
        return cut(name or code, LAW_CHARS)
    kind = next((word for word, pattern in _KINDS if re.match(pattern, code, re.I) or re.match(pattern, name, re.I)), "")
    number = code if not kind or code.casefold().startswith(kind.casefold()) else f"{kind} {code}"
    if kind and name.casefold().startswith(kind.casefold()):
        if kind in ("Luật", "Bộ luật", "Pháp lệnh") and len(name) <= TITLE_CHARS:
            return f"{name} {code}"  # "Luật Đầu tư 61/2020/QH14"
        name = name[len(kind) :].strip(" :-")
    return cut(f"{number}: {name}" if name else number, LAW_CHARS)

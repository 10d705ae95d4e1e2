"""Our record beside the official one, part by part; and one part, or one row of it, copied over into the form. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.staff.procedures.form import Form, lines, one_line, read_form, row_values, with_row, write_form
from bot.staff.procedures.official import raw_of
from bot.staff.procedures.parts import PARTS, Part
from index.portal import law_numbers
from index.procedure import Procedure

NOT_COMPARED = ("aliases", "contact", "checked_on", "replaces", "differences", "effective_from", "effective_to")
"""Ours alone: the official record has nothing of the kind."""
SENTENCES = ("overview", "steps", "conditions")
"""Written anew by a person, never taken over when a record is begun."""
LONGEST_NAME = 90
"""Characters; what the portal writes beyond is a sentence, not a name."""
LAWS = (("QH", "Luật"), ("NĐ-CP", "Nghị định"), ("TT-", "Thông tư"), ("TTLT-", "Thông tư liên tịch"), ("NQ-", "Nghị quyết"), ("QĐ-", "Quyết định"))
"""What the letters of a number say of its kind; the portal's own word for it is often wrong."""


@dataclass(frozen=True)
class Line:
    """odd: the other side has no such line. row: its number on its side, for parts of rows."""

    text: str
    odd: bool
    row: int | None = None


@dataclass(frozen=True)
class Beside:
    """One part on both sides."""

    part: Part
    ours: tuple[Line, ...]
    theirs: tuple[Line, ...]

    @property
    def differs(self) -> bool:
        """Is any line on one side only?"""
        return any(line.odd for line in (*self.ours, *self.theirs))


def beside(ours: Form, theirs: Form) -> list[Beside]:
    """Every part that both may have, in the order of the page."""
    found = []
    for part in PARTS.values():
        if part.key not in NOT_COMPARED:
            mine, other = said(part, ours), said(part, theirs)
            found.append(Beside(part, _marked(part, mine, other), _marked(part, other, mine)))
    return found


def said(part: Part, form: Form) -> list[str]:
    """A part as lines of words."""
    if part.shape == "rows":
        found = [_row(part, row_values(form, part, token)) for token in form.rows.get(part.key, ())]
    elif part.shape == "group":
        found = [_row(part, {cell.key: one_line(form.get(f"{part.key}-{cell.key}")) for cell in part.cells})]
    elif part.shape == "lines":
        found = lines(form.get(part.key))
    else:
        found = [_word(part.cell.options, one_line(form.get(part.key)))]
    reason = one_line(form.get(f"unknown-{part.key}"))
    return [line for line in found if line] + ([f"Nguồn không nói rõ: {reason}"] if reason else [])


def taken(form: Form, official: Procedure, key: str) -> Form:
    """The form with one part as the official record has it; a person still has to save."""
    theirs, part = read_form(raw_of(official)), PARTS[key]
    own = {name: value for name, value in form.values.items() if name.split("-")[0] != key and name != f"unknown-{key}"}
    copied = {name: value for name, value in theirs.values.items() if name == f"unknown-{key}" or name.split("-")[0] == key}
    if part.shape != "rows":
        return replace(form, values={**own, **copied})
    cleared = replace(form, values={**own, f"unknown-{key}": theirs.get(f"unknown-{key}")}, rows={**form.rows, key: ()})
    for token in theirs.rows[key]:
        cleared, _ = with_row(cleared, key, row_values(theirs, part, token))
    return cleared


def taken_row(form: Form, official: Procedure, key: str, number: int) -> Form:
    """The form with one official row more; its case and form, which are named otherwise here, are to be chosen."""
    theirs, part = read_form(raw_of(official)), PARTS[key]
    if part.shape != "rows" or number >= len(theirs.rows[key]):
        return form
    row = row_values(theirs, part, theirs.rows[key][number])
    return with_row(form, key, {cell: value for cell, value in row.items() if cell not in ("case", "template")})[0]


def begun(official: Procedure | None, code: str) -> str:
    """The file of a new record: the official facts, and no sentence; those are left for a person to write."""
    head = f"# Nguồn: Cổng Dịch vụ công quốc gia, thủ tục {code}\n"
    if official is None:
        return head + f'code: "{code}"\n'
    raw = _facts(raw_of(official))
    form = read_form({key: value for key, value in raw.items() if key != "code"})
    return write_form(head + f'code: "{code}"\n', as_new(form))


def as_new(form: Form) -> Form:
    """The same with rows that no file has yet."""
    fresh = replace(form, rows={key: () for key in form.rows})
    for key, tokens in form.rows.items():
        for token in tokens:
            fresh, _ = with_row(fresh, key, row_values(form, PARTS[key], token))
    return fresh


def _facts(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Names, numbers, days, ways; no notes, no conditions, no name as long as a sentence."""
    kept = json.loads(json.dumps(raw))
    for key in (*SENTENCES, "checked_on"):
        kept.pop(key, None)
    for value in kept.values():
        for row in value if isinstance(value, list) else [value]:
            if isinstance(row, dict):
                for cell in ("note", "condition", "where"):
                    row.pop(cell, None)
    kept["duration"] = [row for row in kept.get("duration", []) if set(row) - {"case", "channel"}]
    for key in ("documents", "template", "cases"):
        kept[key] = [row for row in kept.get(key, []) if _is_name(row.get("name") or "")]
    names = {key: {row["id"] for row in kept[key]} for key in ("cases", "template")}
    for key in ("documents", "duration", "fees"):
        for row in kept.get(key, []):
            for cell, of in (("case", "cases"), ("template", "template")):
                if row.get(cell) not in names[of]:
                    row.pop(cell, None)
    for key in ("result", "applicants"):
        kept[key] = [line for line in kept.get(key, []) if _is_name(line)]
    kept["legal_basis"] = list(dict.fromkeys(law for line in kept.get("legal_basis", []) for law in _laws(line)[:1]))
    unknown = kept.get("unknown") or {}
    kept["unknown"] = {key: reason for key, reason in unknown.items() if key not in SENTENCES}
    return kept


def _is_name(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST_NAME and not text.rstrip().endswith((":", ";")) and ". " not in text


def _laws(line: str) -> list[str]:
    """ "Nghị định số 123/2015/NĐ-CP ngày …" -> ["Nghị định 123/2015/NĐ-CP"], in the order of the line."""
    numbers = sorted(law_numbers(line), key=lambda number: line.upper().find(number))
    return [f"{kind} {number}" for number in numbers for mark, kind in LAWS if f"/{mark}" in number][:1]


def _marked(part: Part, own: list[str], other: list[str]) -> tuple[Line, ...]:
    left = [_loose(line) for line in other]
    found = []
    for n, text in enumerate(own):
        same = _loose(text) in left
        if same:
            left.remove(_loose(text))
        found.append(Line(text, not same, n if part.shape == "rows" else None))
    return tuple(found)


def _loose(text: str) -> str:
    return " ".join(text.casefold().strip(" .;").split())


def _row(part: Part, row: Mapping[str, str]) -> str:
    first, *rest = part.cells
    shown = [_word(first.options, row[first.key])] if row[first.key] else []
    for cell in rest:
        if row[cell.key]:
            word = _word(cell.options, row[cell.key])
            shown.append(word if part.key == "duration" and cell.key == "unit" else f"{cell.label.lower()}: {word}")
    return " · ".join(shown)


def _word(options: tuple[tuple[str, str], ...], value: str) -> str:
    return dict(options).get(value, value) if value else ""

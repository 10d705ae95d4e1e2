"""The text of a record's file ↔ the fields of its form, losing nothing: an unchanged field leaves its bytes as they are. Pure."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.staff.procedures.parts import DROPPED_WHEN_EMPTY, ORDER, PARTS, Cell, Part
from bot.staff.procedures.splice import spliced
from index.catalogue import DataError, compose_yaml
from index.procedure import UNITS

MOST_ROWS = 200
"""Of one part; the longest record has 35 papers."""
_TOKEN = re.compile(r"n?\d{1,4}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+", re.ASCII)


@dataclass(frozen=True)
class Form:
    """values: field name -> text ("name", "aliases" with a line each, "place-agency", "fees-0-name", "unknown-fees").

    rows: part -> the names of its rows in order: "0" is the row that stood there in the file, "n1" a new one.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """"" when there is no such field."""
        return self.values.get(name, "")


def values_of(text: str) -> dict[str, Any]:
    """What the file says, by key; {} for a file that cannot be read as a mapping (its text then waits for a person)."""
    try:
        raw = compose_yaml(text)[1]
    except DataError:
        return {}
    return raw if isinstance(raw, dict) else {}


def read_form(raw: Mapping[str, Any]) -> Form:
    """The form of what a file says. Values of a strange kind are shown as text."""
    values: dict[str, str] = {}
    rows: dict[str, tuple[str, ...]] = {}
    for part in PARTS.values():
        value = raw.get(part.key)
        if part.shape == "rows":
            found = _rows(value)
            rows[part.key] = tuple(str(n) for n in range(len(found)))
            for n, row in enumerate(found):
                values |= {f"{part.key}-{n}-{cell.key}": _cell(part, row, cell) for cell in part.cells}
        elif part.shape == "group":
            group = value if isinstance(value, dict) else {}
            values |= {f"{part.key}-{cell.key}": shown(group.get(cell.key)) for cell in part.cells}
            if part.cells[0].key == "status":
                values[f"{part.key}-status"] = values[f"{part.key}-status"] or "unknown"
        elif part.shape == "lines":
            values[part.key] = "\n".join(filter(None, map(shown, value if isinstance(value, list) else [value])))
        else:
            values[part.key] = shown(value)
        if part.may_be_unknown:
            unknown = raw.get("unknown")
            values[f"unknown-{part.key}"] = shown(unknown.get(part.key)) if isinstance(unknown, dict) else ""
    return Form(values, rows)


def typed_form(items: Iterable[tuple[str, object]]) -> Form:
    """What was sent; names that no form has are passed over. Texts in NFC, without what no page can show."""
    values: dict[str, str] = {}
    rows: dict[str, list[str]] = {part.key: [] for part in PARTS.values() if part.shape == "rows"}
    for name, value in items:
        if not isinstance(value, str):
            continue
        if name.endswith("-rows") and name[:-5] in rows:
            kept = rows[name[:-5]]
            if _TOKEN.fullmatch(value) and value not in kept and len(kept) < MOST_ROWS:
                kept.append(value)
        elif _known(name):
            values[name] = tidy(value)
    return Form(values, {key: tuple(kept) for key, kept in rows.items()})


def write_form(text: str, form: Form) -> str:
    """The file with what the form says. Parts that say what they said keep their bytes."""
    return spliced(text, record_of(values_of(text), form), ORDER)


def record_of(raw: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """The values of the file that the form makes of `raw`: keys that the form does not know stay."""
    record = copy.deepcopy(dict(raw))
    was = read_form(raw)
    unknown = record.get("unknown") if isinstance(record.get("unknown"), dict) else {}
    reasons = dict(unknown)
    for part in PARTS.values():
        name = f"unknown-{part.key}"
        if part.may_be_unknown and one_line(form.get(name)) != one_line(was.get(name)):
            reasons.pop(part.key, None)
            if form.get(name):
                reasons[part.key] = one_line(form.get(name))
    for part in PARTS.values():
        lost_reason = part.key in unknown and part.key not in reasons and part.key not in raw
        if signature(part, form) != signature(part, was) or lost_reason:
            _set(record, part, _built(part, form, raw.get(part.key)), part.key in reasons)
    if reasons != unknown:
        record["unknown"] = reasons
        if not reasons:
            del record["unknown"]
    return record


def shown(value: Any) -> str:
    """A value as its field shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return one_line(value if isinstance(value, str) else str(value))


def tidy(text: str) -> str:
    """NFC, \\n, and none of the characters that neither YAML nor a page can carry."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co") and c != "\ufeff").strip()


def one_line(text: str) -> str:
    """Words with one space between, as the catalogue reads them."""
    return " ".join(text.split())


def lines(text: str) -> list[str]:
    """The lines that hold something."""
    return [line for line in map(one_line, text.split("\n")) if line]


def row_values(form: Form, part: Part, token: str) -> dict[str, str]:
    """Cell -> text of one row."""
    return {cell.key: one_line(form.get(f"{part.key}-{token}-{cell.key}")) for cell in part.cells}


def with_row(form: Form, key: str, row: Mapping[str, str] | None = None) -> tuple[Form, str]:
    """One more row at the end, empty or with values -> (the form, the row's name)."""
    taken = {int(token[1:]) for token in form.rows.get(key, ()) if token.startswith("n")}
    token = f"n{max(taken, default=0) + 1}"
    if len(form.rows.get(key, ())) >= MOST_ROWS:
        return form, ""
    values = {**form.values, **{f"{key}-{token}-{cell}": value for cell, value in (row or {}).items()}}
    return replace(form, values=values, rows={**form.rows, key: (*form.rows.get(key, ()), token)}), token


def without_row(form: Form, key: str, token: str) -> Form:
    """The form without one row."""
    return replace(form, rows={**form.rows, key: tuple(one for one in form.rows.get(key, ()) if one != token)})


def row_up(form: Form, key: str, token: str) -> Form:
    """The row one place earlier; the first one stays."""
    order = list(form.rows.get(key, ()))
    if token in order and (at := order.index(token)) > 0:
        order[at - 1], order[at] = order[at], order[at - 1]
    return replace(form, rows={**form.rows, key: tuple(order)})


def _known(name: str) -> bool:
    head, _, rest = name.partition("-")
    if head == "unknown":
        return rest in PARTS and PARTS[rest].may_be_unknown
    part = PARTS.get(head)
    if part is None:
        return False
    cells = {cell.key for cell in part.cells}
    if part.shape == "rows":
        token, _, cell = rest.partition("-")
        return cell in cells and bool(_TOKEN.fullmatch(token))
    return rest in cells if part.shape == "group" else not rest


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row if isinstance(row, dict) else {"name": row} for row in value] if isinstance(value, list) else []


def _cell(part: Part, row: Mapping[str, Any], cell: Cell) -> str:
    if part.key == "duration" and cell.key in ("unit", "amount"):
        unit = next((unit for unit in UNITS if unit in row), "")
        return unit if cell.key == "unit" else "" if unit in ("", "same_day") else shown(row[unit])
    return shown(row.get(cell.key))


def signature(part: Part, form: Form) -> Any:
    """Equal for two forms that say the same of a part."""
    if part.shape == "rows":
        rows = [(token, row_values(form, part, token)) for token in form.rows.get(part.key, ())]
        return [(token, row) for token, row in rows if not token.startswith("n") or any(row.values())]
    if part.shape == "lines":
        return lines(form.get(part.key))
    if part.shape == "group":
        return [one_line(form.get(f"{part.key}-{cell.key}")) for cell in part.cells]
    return one_line(form.get(part.key))


def _built(part: Part, form: Form, old: Any) -> Any:
    if part.shape == "rows":
        rows = _rows(old)
        built = []
        for token in form.rows.get(part.key, ()):
            typed = row_values(form, part, token)
            if any(typed.values()) or not token.startswith("n"):
                base = rows[int(token)] if token.isdigit() and int(token) < len(rows) else {}
                built.append(_mapping(part, typed, base))
        return [row for row in built if any(value is not None for value in row.values())]
    if part.shape == "lines":
        return lines(form.get(part.key))
    if part.shape == "group":
        typed = {cell.key: one_line(form.get(f"{part.key}-{cell.key}")) for cell in part.cells}
        return _mapping(part, typed, old if isinstance(old, dict) else {})
    return _parsed(part.cell, one_line(form.get(part.key)))


def _mapping(part: Part, typed: Mapping[str, str], base: Mapping[str, Any]) -> dict[str, Any]:
    """base: the mapping of the file; what does not change in it stays, and so do keys that no cell has."""
    row = dict(base)
    if part.key == "duration" and (_cell(part, base, part.cells[0]), _cell(part, base, part.cells[1])) != (typed["amount"], typed["unit"]):
        rest = {key: value for key, value in base.items() if key not in UNITS}
        row = {**({typed["unit"]: True if typed["unit"] == "same_day" else number_of(typed["amount"])} if typed["unit"] else {}), **rest}
    for cell in part.cells:
        if part.key == "duration" and cell.key in ("amount", "unit"):
            continue
        if typed[cell.key] == shown(base.get(cell.key)) and (cell.key in base or not cell.keep_null):
            continue
        value = _parsed(cell, typed[cell.key])
        if value is None and not cell.keep_null:
            row.pop(cell.key, None)
        else:
            row[cell.key] = value
    return row


def _parsed(cell: Cell, typed: str) -> Any:
    """What cannot be read stays as typed; the check then says so beside the field."""
    if not typed:
        return None
    return number_of(typed) if cell.kind == "number" else typed


def number_of(typed: str) -> Any:
    """"50.000" -> 50000; what is no whole number stays text."""
    typed = re.sub(r"[. ]", "", typed) if _GROUPED.fullmatch(typed) else typed
    return int(typed) if re.fullmatch(r"\d{1,15}", typed, re.ASCII) else typed or None


def _set(record: dict[str, Any], part: Part, value: Any, reasoned: bool) -> None:
    empty = value in (None, [], {}) or value == {"status": "unknown"}
    if value is None:
        record[part.key] = None
    elif empty and (reasoned or part.key in DROPPED_WHEN_EMPTY or value == {}):
        record.pop(part.key, None)
    else:
        record[part.key] = value

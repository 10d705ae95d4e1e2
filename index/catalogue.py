"""YAML files in, Procedure records out (and back); every error names file, field, what was found and expected."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from index.procedure import (
    ASPECTS,
    CHANNELS,
    DOCUMENT_KINDS,
    LEVELS,
    ONLINE_STATUSES,
    POST_STATUSES,
    UNITS,
    Duration,
    Procedure,
)

CODE = re.compile(r"\d\.\d{6}")
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
MAX_STEPS = 8
CLOSED = {
    "level": LEVELS,
    "channel": CHANNELS,
    "unit": UNITS,
    "kind": DOCUMENT_KINDS,
    "post_submit.status": POST_STATUSES,
    "post_return.status": POST_STATUSES,
    "online.status": ONLINE_STATUSES,
}
MAY_BE_UNKNOWN = set(ASPECTS) - {"overview"} | {"decision"}
OPTIONAL = {
    "province",
    "cases",
    "template",
    "effective_from",
    "effective_to",
    "unknown",
    "replaces",
    "differences",
    "reviewed",
    "warnings",
    "whole",
}
IMPORT_ONLY = ("reviewed", "warnings", "whole")
"""Set by the import of the national catalogue; a person's file stands for a comparison and carries no such doubt."""


class DataError(ValueError):
    """A content file that cannot be used. The message is one line: file: field: found; expected."""


class _Loader(yaml.CSafeLoader):
    """YAML where only whole numbers, true/false and null are not text, and a key may stand only once.

    Plain YAML 1.1 turns 1.010010 into 1.01001, 8:30 into 510, 2024-01-15 into a date, no/on into booleans.
    """

    yaml_implicit_resolvers: dict[str, list] = {}


for _first, _pattern, _tag in (
    ("-0123456789", r"-?(?:0|[1-9][0-9]*)$", "int"),
    ("tf", r"(?:true|false)$", "bool"),
    ("n~", r"(?:null|~)$", "null"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, (list, dict)):
            raise DataError(f"line {key_node.start_mark.line + 1}: key is {key!r}; expected text")
        if key in seen:
            raise DataError(f"line {key_node.start_mark.line + 1}: key {key!r} stands twice")
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(path: Path) -> Any:
    """The content of one YAML file, text in NFC. Raises DataError naming the file."""
    try:
        text = path.read_text("utf-8")
        if text != unicodedata.normalize("NFC", text):
            raise DataError("text is not in NFC")
        return yaml.load(text, _Loader)  # noqa: S506 - _Loader derives from CSafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError, DataError) as error:
        raise DataError(f"{path}: {' '.join(str(error).split())}") from error


def compose_yaml(text: str) -> tuple[yaml.Node | None, Any]:
    """One document -> (its nodes, which know their places in the text; its values, as read_yaml gives them).

    Places (`node.start_mark.index`) count characters. Raises DataError: line, what is there.
    """
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # DataError is a ValueError
        raise DataError(" ".join(str(error).split())) from error
    finally:
        if loader is not None:
            loader.dispose()


def load_procedures(folder: Path) -> list[Procedure]:
    """Every record below `folder`, in code order. Raises DataError on the first bad file or a code that stands twice."""
    found: dict[str, Path] = {}
    procedures = []
    for path in sorted(folder.rglob("*.yml")):
        procedure = load_procedure(path)
        if procedure.code in found:
            raise DataError(f"{path}: code {procedure.code} is already in {found[procedure.code]}")
        found[procedure.code] = path
        procedures.append(procedure)
    return sorted(procedures, key=lambda procedure: procedure.code)


def load_procedure(path: Path) -> Procedure:
    """One record. Raises DataError: unknown key, missing part, wrong type, bad code, unknown case or template."""
    raw = read_yaml(path)
    try:
        if not isinstance(raw, dict):
            raise DataError(f"is a {type(raw).__name__}; expected a mapping")
        for key in IMPORT_ONLY:
            if key in raw:
                raise DataError(f"{key}: only the import sets it; expected a file without it")
        procedure = parse_procedure(raw)
        if not path.name.startswith(f"{procedure.code}-") or not SLUG.fullmatch(path.stem.removeprefix(f"{procedure.code}-")):
            raise DataError(f"file name; expected {procedure.code}-<ascii-slug>.yml")
        return procedure
    except DataError as error:
        raise DataError(f"{path}: {error}") from None


def parse_procedure(raw: Mapping[str, Any]) -> Procedure:
    """A mapping with the keys of data/README.md -> Procedure. Raises DataError: field: found; expected."""
    raw = dict(raw)
    unknown = raw.get("unknown") or {}
    if not isinstance(unknown, dict):
        raise DataError("unknown: expected a mapping of part -> reason")
    for part in unknown:
        if part not in MAY_BE_UNKNOWN:
            raise DataError(f"unknown.{part}: expected one of {', '.join(sorted(MAY_BE_UNKNOWN))}")
    raw["unknown"] = [[part, reason] for part, reason in unknown.items()]
    for part in unknown:
        raw.setdefault(part, {"status": "unknown"} if part in ("post_submit", "post_return", "online") else _empty(part))
    raw["duration"] = [_duration_row(row, n) for n, row in enumerate(_rows(raw, "duration"))]
    names = [f.name for f in dataclasses.fields(Procedure)]
    for key in raw:
        if key not in names:
            raise DataError(f"{key}: unknown key; expected one of {', '.join(names)}")
    for name in names:
        if name not in raw and name not in OPTIONAL:
            raise DataError(f"{name}: missing; write it, or put it under `unknown` with the reason")
    raw.setdefault("reviewed", True)
    for name in OPTIONAL & set(names):
        raw.setdefault(name, None if name in ("province", "effective_from", "effective_to", "whole") else [])
    procedure = build(Procedure, raw, "")
    _check(procedure, set(unknown))
    return procedure


def _empty(part: str) -> Any:
    if part == "decision":
        return None
    return {"agency": ""} if part == "place" else []


def _rows(raw: Mapping[str, Any], key: str) -> list:
    rows = raw.get(key) or []
    if not isinstance(rows, list):
        raise DataError(f"{key}: is a {type(rows).__name__}; expected a list")
    return rows


def _duration_row(row: Any, n: int) -> dict[str, Any]:
    """`{working_days: 7, note: …}` -> `{amount: 7, unit: working_days, note: …}`; same_day: true has no amount."""
    where = f"duration[{n}]"
    if not isinstance(row, dict):
        raise DataError(f"{where}: is {row!r}; expected a mapping such as {{working_days: 7}}")
    units = [unit for unit in UNITS if unit in row]
    if len(units) > 1 or (not units and not row.get("note")):
        raise DataError(f"{where}: has units {units}; expected one of {', '.join(UNITS)}, or a note alone")
    rest = {key: value for key, value in row.items() if key not in UNITS}
    if not set(rest) <= {f.name for f in dataclasses.fields(Duration)} - {"amount", "unit"}:
        raise DataError(f"{where}: unknown key in {sorted(rest)}")
    unit = units[0] if units else None
    amount = None if unit in (None, "same_day") else row[unit]
    if unit == "same_day" and row["same_day"] is not True:
        raise DataError(f"{where}.same_day: is {row['same_day']!r}; expected true")
    if unit not in (None, "same_day") and (not isinstance(amount, int) or amount < 1):
        raise DataError(f"{where}.{unit}: is {amount!r}; expected a whole number from 1")
    return {"amount": amount, "unit": unit, **rest}


def build(kind: type, raw: Any, where: str) -> Any:
    """A dataclass from a mapping, field by field after the annotations."""
    if not isinstance(raw, dict):
        raise DataError(f"{where or 'record'}: is {raw!r}; expected a mapping")
    hints = _hints(kind)
    allowed = [f.name for f in dataclasses.fields(kind)]
    for key in raw:
        if key not in allowed:
            raise DataError(f"{where}.{key}: unknown key; expected one of {', '.join(allowed)}")
    for f in dataclasses.fields(kind):
        if f.default is dataclasses.MISSING and f.name not in raw:
            raise DataError(f"{where}.{f.name}: missing")
    return kind(**{key: _value(hints[key], value, f"{where}.{key}".lstrip(".")) for key, value in raw.items()})


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """Evaluated once a class: the annotations are texts, and a catalogue has thousands of rows."""
    return typing.get_type_hints(kind)


def _value(hint: Any, value: Any, where: str) -> Any:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _value(next(a for a in args if a is not types.NoneType), value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise DataError(f"{where}: is {value!r}; expected a list")
        if args[-1] is not Ellipsis:
            if len(value) != len(args):
                raise DataError(f"{where}: has {len(value)} values; expected {len(args)}")
            return tuple(_value(a, v, where) for a, v in zip(args, value, strict=True))
        return tuple(_value(args[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    if dataclasses.is_dataclass(hint):
        return build(hint, value, where)
    if hint is date:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise DataError(f'{where}: is {value!r}; expected a day such as "2026-11-22"') from None
    if hint is bool and not isinstance(value, bool):
        raise DataError(f"{where}: is {value!r}; expected true or false")
    if hint is int and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        expected = "whole đồng, 0 when free" if where.endswith("_vnd") else "a whole number from 0"
        raise DataError(f"{where}: is {value!r}; expected {expected}")
    if hint is str:
        if not isinstance(value, str) or not value.strip() and not where == "place.agency":
            raise DataError(f"{where}: is {value!r}; expected text")
        value = " ".join(value.split())
        name = where.rsplit(".", 1)[-1].split("[")[0]
        options = CLOSED.get(where) or CLOSED.get(name)
        if options and value not in options:
            raise DataError(f"{where}: is {value!r}; expected one of {', '.join(options)}")
    return value


def _check(procedure: Procedure, unknown: set[str]) -> None:
    """What types cannot say: the code's form, references between parts, emptiness, order of dates."""
    if not CODE.fullmatch(procedure.code):
        raise DataError(f"code: is {procedure.code!r}; expected digit, dot, six digits, in quotes")
    for part in ("applicants", "documents", "duration", "fees", "steps", "conditions", "result", "legal_basis"):
        empty = not getattr(procedure, part)
        if empty and part not in unknown:
            raise DataError(f"{part}: is empty; write it, or put it under `unknown` with the reason")
        if not empty and part in unknown:
            raise DataError(f"unknown.{part}: the part is filled; drop one of the two")
    if not procedure.place.agency and "place" not in unknown:
        raise DataError("place.agency: is empty; write it, or put place under `unknown` with the reason")
    filled = {part for part in ("post_submit", "post_return", "online") if getattr(procedure, part).status != "unknown"}
    filled |= {"place"} if procedure.place.agency else set()
    filled |= {"decision"} if procedure.decision else set()
    for part in sorted(filled & unknown):
        raise DataError(f"unknown.{part}: the part is filled; drop one of the two")
    if not procedure.aliases and procedure.reviewed:
        raise DataError("aliases: is empty; expected the names people use")
    for part in (part for part, _ in procedure.warnings if part not in ASPECTS):
        raise DataError(f"warnings: part is {part!r}; expected one of {', '.join(ASPECTS)}")
    if len(procedure.steps) > MAX_STEPS:
        raise DataError(f"steps: has {len(procedure.steps)} lines; expected at most {MAX_STEPS}")
    case_ids = [case.id for case in procedure.cases]
    template_ids = [template.id for template in procedure.template]
    for kind, ids in (("cases", case_ids), ("template", template_ids)):
        for wrong in (i for i in ids if not SLUG.fullmatch(i) or ids.count(i) > 1):
            raise DataError(f"{kind}: id {wrong!r} is not a plain ASCII id or stands twice")
    for where, row in _referring(procedure):
        if row.case is not None and row.case not in case_ids:
            raise DataError(f"{where}.case: is {row.case!r}; expected one of {case_ids}")
        if getattr(row, "template", None) is not None and row.template not in template_ids:
            raise DataError(f"{where}.template: is {row.template!r}; expected one of {template_ids}")
    for dated in (procedure, *procedure.fees):
        if dated.effective_from and dated.effective_to and dated.effective_from > dated.effective_to:
            raise DataError(f"effective_from {dated.effective_from} is after effective_to {dated.effective_to}")


def _referring(procedure: Procedure) -> Iterator[tuple[str, Any]]:
    for part in ("documents", "duration", "fees"):
        for n, row in enumerate(getattr(procedure, part)):
            yield f"{part}[{n}]", row

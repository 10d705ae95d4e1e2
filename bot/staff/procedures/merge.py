"""Two people who changed the same file: what was there, what the other has saved and what I typed in; one form of both out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.staff.procedures.beside import said
from bot.staff.procedures.form import Form, read_form, row_values, signature, with_row
from bot.staff.procedures.parts import PARTS, Part


@dataclass(frozen=True)
class Clash:
    """A part that both have changed: mine stands in the form, theirs is told beside."""

    part: Part
    theirs: tuple[str, ...]
    mine: tuple[str, ...]


def merged(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Form) -> tuple[Form, list[Clash]]:
    """Over the file as it is now: a part that I left alone is theirs, what I changed is mine. Nothing typed is lost."""
    was, other = read_form(base), read_form(theirs)
    found, clashes = other, []
    for part in PARTS.values():
        reason = f"unknown-{part.key}"
        changed = signature(part, mine) != signature(part, was) or mine.get(reason) != was.get(reason)
        if not changed:
            continue
        both = signature(part, other) != signature(part, was) or other.get(reason) != was.get(reason)
        if both and said(part, other) != said(part, mine):
            clashes.append(Clash(part, tuple(said(part, other)), tuple(said(part, mine))))
        found = _with(found, part, mine, same_rows=not both)
    return found, clashes


def _with(form: Form, part: Part, mine: Form, same_rows: bool) -> Form:
    """same_rows: the file of now has the rows that I saw, so that mine still say which is which."""
    reason = f"unknown-{part.key}"
    kept = {name: value for name, value in form.values.items() if name != reason and (name == part.key or not name.startswith(f"{part.key}-"))}
    own = {name: value for name, value in mine.values.items() if name in (part.key, reason) or name.startswith(f"{part.key}-")}
    if part.shape != "rows":
        return replace(form, values={**kept, **own})
    if same_rows:
        return replace(form, values={**kept, **own}, rows={**form.rows, part.key: mine.rows.get(part.key, ())})
    found = replace(form, values={**kept, reason: mine.get(reason)}, rows={**form.rows, part.key: ()})
    for token in mine.rows.get(part.key, ()):
        found, _ = with_row(found, part.key, row_values(mine, part, token))
    return found

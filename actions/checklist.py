"""(Procedure, case, day, whom to ask) -> what to bring, pay and wait for in that case, as values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions import words
from actions.compose_papers import DOCUMENT_WORDS, counts, form_mark
from index.procedure import CHANNELS, Case, Document, Duration, Fee, Procedure

BY_CASE = ("documents", "duration", "fees")
"""Parts of a record whose rows may belong to a case."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper to tick off; every text but the name is "" when the record says nothing.

    counts: "1 bản chính và 2 bản sao"; kind: in words, "" for a paper that is handed in; form: what it is written on, with the
    origin of the form as far as the record has it.
    """

    name: str
    counts: str
    kind: str
    form: str
    note: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """record: the procedure with those rows only that fit the case and the way of filing; fees of other days are still in it.

    common, own: papers for everybody, papers of the case, in the order of the record. cases: all there are to choose from.
    elsewhere: of BY_CASE, those whose rows all belong to other cases or other ways of filing.
    """

    record: Procedure
    case: Case | None
    channel: str | None
    cases: tuple[Case, ...]
    common: tuple[Paper, ...]
    own: tuple[Paper, ...]
    elsewhere: tuple[str, ...]
    day: date
    contact: Mapping[str, Any]

    @property
    def must_choose(self) -> bool:
        """True when there is nothing to tick before a case is chosen: every paper belongs to one."""
        return self.case is None and bool(self.cases) and "documents" in self.elsewhere


def checklist(procedure: Procedure, case: str | None, day: date, contact: Mapping[str, Any], channel: str | None = None) -> Checklist:
    """case: id of a case of the procedure, None = only what holds for everybody. channel: one of CHANNELS, None = all of them,
    each row saying for which it is. contact: the row of province/*.yml whom to ask; `name` at least.

    Raises ValueError for a case that the procedure does not have, or a channel that does not exist.
    """
    chosen = next((one for one in procedure.cases if one.id == case), None)
    if chosen is None and case is not None:
        raise ValueError(f"case: {case!r}; {procedure.code} has {[one.id for one in procedure.cases]}")
    if channel not in (None, *CHANNELS):
        raise ValueError(f"channel: {channel!r}; expected one of {', '.join(CHANNELS)}")
    record = replace(
        procedure,
        documents=tuple(row for row in procedure.documents if row.case in (None, case)),
        duration=tuple(row for row in procedure.duration if _fits(row, case, channel)),
        fees=tuple(row for row in procedure.fees if _fits(row, case, channel)),
    )
    return Checklist(
        record=record,
        case=chosen,
        channel=channel,
        cases=procedure.cases,
        common=tuple(_paper(procedure, row) for row in record.documents if row.case is None),
        own=tuple(_paper(procedure, row) for row in record.documents if row.case is not None),
        elsewhere=tuple(part for part in BY_CASE if getattr(procedure, part) and not getattr(record, part)),
        day=day,
        contact=contact,
    )


def _fits(row: Duration | Fee, case: str | None, channel: str | None) -> bool:
    return row.case in (None, case) and (channel is None or row.channel in (None, channel))


def _paper(procedure: Procedure, row: Document) -> Paper:
    return Paper(row.name, counts(row), DOCUMENT_WORDS.get(row.kind, ""), _form(procedure, row), row.note or "")


def _form(procedure: Procedure, row: Document) -> str:
    """ "Mẫu CT01, ban hành kèm Thông tư 53/2025/TT-BCA"; "có biểu mẫu" when the record knows no more of the form than the paper's
    name tells."""
    form = next((form for form in procedure.template if form.id == row.template), None)
    if form is None:
        return ""
    mark = form_mark(form.number) if form.number and form.number not in row.name else ""
    named = form.name if form.name.casefold() not in row.name.casefold() else ""
    parts = [words.lower_first(part) for part in (mark, named, form.note or "") if part]
    return ", ".join(parts) or "có biểu mẫu"

"""One raw record of the national portal in, a Procedure that nobody has compared and what is doubtful about it out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from index.catalogue import CODE
from index.finding import KINDS, Finding, Notes
from index.portal_fees import fees
from index.portal_lines import conditions, legal_basis, results, steps
from index.portal_papers import papers
from index.portal_shape import mapping, names, number, text
from index.portal_stale import note_stale
from index.portal_text import clean, cut, flaws, strings
from index.portal_time import durations
from index.portal_ways import channels, place
from index.portal_whole import whole
from index.procedure import Decision, Procedure, Source
from index.text import fold

__all__ = ["KINDS", "Finding", "code_of", "day_of", "draft", "province_of"]

SOURCE, URL = "Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn"
OVERVIEW_CHARS = 250
LEVELS = (("isWard", "commune"), ("isProvince", "province"), ("isMinistry", "ministry"))
CONTACTS = {"commune": "commune"}
OTHER_CONTACT = "province_centre"
VIETNAM = timezone(timedelta(hours=7))
_ISSUED = re.compile(r"(?:\b[Tt]ỉnh|\b[Tt]hành phố|\bTP\.?)\s+([^\W\d_].*)$")


def draft(row: Any, taken_on: date, province: str) -> tuple[Procedure, tuple[Finding, ...]] | None:
    """A record with `reviewed` False, and its findings; a second call gives the same.

    row: `{id, code, name, detail}` as the portal's API gives it, of any shape; what is of the wrong type counts as missing.
    taken_on: the day of the copy. province: slug of the province that asks; records of others carry a warning.
    Returns: None for a procedure internal to agencies, and for a row without a code that a record can bear.
    """
    code = code_of(row)
    detail = row.get("detail") if isinstance(row, dict) else None
    if code is None or (isinstance(detail, dict) and detail.get("isInternal") is True):
        return None
    notes = Notes(code)
    detail = mapping(row, "detail", notes, "")
    issuer = text(detail, "departmentPromulgateName", notes, "")
    dossier = papers(detail, notes)
    field = next(iter(names(detail, "categoriesDetails", notes, "")), "")
    level = _level(detail, notes)
    result = results(detail, notes)
    name = _name(row, detail, notes)
    ways = channels(detail, notes)
    issued_by = province_of(issuer)
    if issued_by not in (None, province):
        warning = f"thủ tục này do {_of(issuer)} {_issuing(issuer)} công bố, có thể không áp dụng ở nơi khác"
        notes.found("other_province", "overview", issuer, warning)
    procedure = Procedure(
        code=code,
        name=name,
        aliases=(),
        overview=cut(f"Kết quả: {result[0]}", OVERVIEW_CHARS) if result else name,
        field=field or "Chưa rõ lĩnh vực",
        level=level,
        province=issued_by,
        applicants=_applicants(detail, notes),
        cases=dossier.cases,
        documents=dossier.documents,
        duration=durations(detail, dossier.cases, field == "Đất đai", notes),
        fees=fees(detail, taken_on, notes),
        post_submit=ways["post_submit"],
        post_return=ways["post_return"],
        online=ways["online"],
        place=place(detail, notes),
        steps=steps(detail, notes),
        conditions=conditions(detail, notes),
        result=result,
        template=dossier.template,
        legal_basis=legal_basis(detail, notes),
        decision=_decision(detail, notes),
        source=Source(SOURCE, URL, taken_on),
        contact=CONTACTS.get(level, OTHER_CONTACT),
        checked_on=taken_on,
        effective_from=None,
        effective_to=None,
        reviewed=False,
    )
    raw = "\n".join(strings([row.get("name"), detail]))
    for kind in sorted(flaws(raw)):
        notes.found(kind, "", "")
    note_stale(procedure, raw, notes)
    procedure = replace(procedure, whole=whole(detail, procedure))
    return _with_notes(procedure, notes), tuple(notes.findings)


def code_of(row: Any) -> str | None:
    """The code of a raw row, without spaces; None when it is not digit, dot, six digits."""
    code = clean(row.get("code")) if isinstance(row, dict) and isinstance(row.get("code"), str) else ""
    return code if CODE.fullmatch(code) else None


def province_of(issuer: str) -> str | None:
    """"UBND tỉnh Cà Mau" -> "ca-mau"; None for a ministry or another central agency."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(_issuing(issuer)).lower())) or None


def _issuing(issuer: str) -> str:
    """The province's name; "" when there is none: "UBND cấp tỉnh quy định" names no province."""
    found = _ISSUED.search(issuer)
    return found[1].split(" - ")[0] if found and found[1][0].isupper() else ""


def day_of(milliseconds: Any) -> date | None:
    """The portal's time stamps are midnights in Vietnam; None for what is no time."""
    value = number(milliseconds)
    try:
        return datetime.fromtimestamp(value / 1000, VIETNAM).date() if value is not None else None
    except (OverflowError, OSError, ValueError):
        return None


def _of(issuer: str) -> str:
    return "thành phố" if re.search(r"thành phố|TP\b", issuer, re.I) else "tỉnh"


def _name(row: dict[str, Any], detail: dict[str, Any], notes: Notes) -> str:
    name = text(row, "name", notes, "") or text(detail, "name", notes, "")
    name = re.sub(r"^thủ tục\s*:?\s+(?=\S)", "", name, flags=re.I).strip(" .;")
    if not name:
        notes.found("missing_part", "", "name")
    return name[:1].upper() + name[1:] or f"Thủ tục {notes.code}"


def _level(detail: dict[str, Any], notes: Notes) -> str:
    """The lowest level that decides."""
    if not any(detail.get(key) is True for key in (*(key for key, _ in LEVELS), "isOtherAgency")):
        notes.found("missing_part", "", "level")
    return next((level for key, level in LEVELS if detail.get(key) is True), "agency")


def _applicants(detail: dict[str, Any], notes: Notes) -> tuple[str, ...]:
    found = tuple(names(detail, "subjectTypesDetails", notes, "applicants"))
    if not found:
        notes.found("missing_part", "applicants", "no row")
        notes.missing("applicants", "dữ liệu cổng không ghi đối tượng thực hiện")
    return found


def _decision(detail: dict[str, Any], notes: Notes) -> Decision | None:
    proposal = mapping(detail, "procedureProposal", notes, "")
    decided = text(proposal, "proposalNumber", notes, "") or text(proposal, "decisionNumber", notes, "")
    if not decided:
        notes.found("missing_part", "", "decision")
        notes.missing("decision", "dữ liệu cổng không ghi quyết định công bố")
    return Decision(decided, day_of(proposal.get("decisionDate"))) if decided else None


def _with_notes(procedure: Procedure, notes: Notes) -> Procedure:
    return replace(procedure, unknown=tuple(notes.unknown.items()), warnings=tuple(notes.warnings))

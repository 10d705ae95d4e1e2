"""Cases, papers and forms of a portal record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.finding import Notes
from index.portal_shape import number, rows, text
from index.portal_text import clean, cut
from index.procedure import Case, Document, Template

CASE_CHARS = 160
NAME_CHARS = 300
_FORM = re.compile(r"\b(?:mẫu|tờ khai|đơn|phiếu|biểu|bản kê|bản khai|danh sách|báo cáo|phụ lục|giấy đề nghị|văn bản đề nghị)\b", re.I)
_FILE_END = re.compile(r"(?:\s*\.\s*(?:docx?|pdf|xlsx?|odt|rtf|zip))+$", re.I)
_MARKER = re.compile(r"^(?:[-+*•\s]+|\(\*\)\s*|\(?(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[).]\s+)+", re.I)


@dataclass(frozen=True, slots=True)
class Papers:
    """What the dossier holds: cases, documents that point to them, forms that documents point to."""

    cases: tuple[Case, ...]
    documents: tuple[Document, ...]
    template: tuple[Template, ...]


def papers(detail: dict[str, Any], notes: Notes) -> Papers:
    """The dossier. One case without a name is no case; a paper that stands in every case is common to all."""
    groups = [(_case_name(row, notes), rows(row, "profileComponents", notes, "documents")) for row in _groups(detail, notes)]
    forms: dict[str, Template] = {}
    listed: list[tuple[str | None, list[Document]]] = []
    cases: list[Case] = []
    nameless = not any(name for name, _ in groups)  # then the groups are still alternatives
    for n, (name, components) in enumerate(groups, 1):
        if len(groups) > 1 and (name or nameless) and not any(c.isalpha() for c in name):
            name = f"Trường hợp {n}"
        case = Case(f"truong-hop-{len(cases) + 1}", name) if name else None
        cases += [case] if case else []
        listed.append((case.id if case else None, [d for row in components if (d := _document(row, case, forms, notes))]))
    documents = _common_first(listed, len(groups))
    if not documents:
        notes.found("no_documents", "documents", "no row")
        notes.missing("documents", "dữ liệu cổng không ghi thành phần hồ sơ")
    return Papers(tuple(cases), tuple(documents), tuple(forms.values()))


def _groups(detail: dict[str, Any], notes: Notes) -> list[dict[str, Any]]:
    groups = rows(detail, "executionCases", notes, "documents")
    return groups or ([detail] if detail.get("profileComponents") else [])


def _case_name(group: dict[str, Any], notes: Notes) -> str:
    name = "" if "executionSteps" in group else _MARKER.sub("", text(group, "name", notes, "documents")).strip(" .:;")
    if len(name) > CASE_CHARS:
        notes.found("shortened", "documents", "case name")
    return cut(name[:1].upper() + name[1:], CASE_CHARS)


def _document(row: dict[str, Any], case: Case | None, forms: dict[str, Template], notes: Notes) -> Document | None:
    """One paper; None when its name holds no letter."""
    name = _MARKER.sub("", text(row, "name", notes, "documents")).strip(" ;")
    if not any(c.isalpha() for c in name):
        return None
    if len(name) > NAME_CHARS:
        notes.found("shortened", "documents", "name")
    template = next((form for file in rows(row, "attachments", notes, "template") if (form := _form(file, forms, notes))), None)
    return Document(
        cut(name, NAME_CHARS),
        _count(row.get("originalQty")),
        _count(row.get("copyQty")),
        case=case.id if case else None,
        template=template,
    )


def _count(value: Any) -> int | None:
    count = number(value)
    return count if isinstance(count, int) else None


def _form(file: dict[str, Any], forms: dict[str, Template], notes: Notes) -> str | None:
    """The id of the form that a file name says in words; "MauTK1(2).docx" says none."""
    stem = _FILE_END.sub("", text(file, "fileName", notes, "template"))
    name = clean(re.sub(r"[_]+|\(\d\)|(?<=\D)-(?=\D)", " ", stem)).strip(" .-")
    if len(name.split()) < 2 or not _FORM.search(name) or re.match(r"\d\.\d{6}", name):
        return None
    name = cut(name[:1].upper() + name[1:], CASE_CHARS)
    return forms.setdefault(name.casefold(), Template(f"bieu-mau-{len(forms) + 1}", name)).id


def _common_first(listed: Sequence[tuple[str | None, Sequence[Document]]], groups: int) -> list[Document]:
    """Papers equal in name and counts in every case lose the case and stand first; none twice."""
    where: dict[tuple[Any, ...], set[str | None]] = {}
    for case, documents in listed:
        for row in documents:
            where.setdefault(_same(row), set()).add(case)
    found: dict[Document, None] = {}
    for _, documents in listed:
        for row in documents:
            everywhere = groups > 1 and len(where[_same(row)]) == groups
            found[Document(row.name, row.originals, row.copies, template=row.template) if everywhere else row] = None
    return sorted(found, key=lambda row: row.case is not None)


def _same(row: Document) -> tuple[Any, ...]:
    return (row.name.casefold(), row.originals, row.copies)

"""The papers and the forms of a procedure -> parts of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from actions import words
from actions.section import Section
from index.procedure import Document, Procedure
from index.text import fold

MAX_PAPERS = 15
"""Papers of an unreviewed record that are said in the chat: about what a phone shows in three screens."""
DOCUMENT_WORDS = {"show": "mang theo để xuất trình", "issued_on_site": "lập tại nơi nộp", "if_needed": "chỉ khi được yêu cầu"}


def compose_documents(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Papers for everybody first, then case by case; originals and copies with each."""
    section = Section()
    groups = [(None, "Giấy tờ cần chuẩn bị:")] + [
        (case.id, f"Nếu thuộc trường hợp “{words.lower_first(case.name)}”, thêm:") for case in procedure.cases
    ]
    common = any(row.case is None for row in procedure.documents)
    if not common:
        groups = [(None, "")] + [(case.id, f"Trường hợp “{words.lower_first(case.name)}”:") for case in procedure.cases]
    number = left = 0
    most = None if procedure.reviewed else MAX_PAPERS
    for case_id, title in groups:
        rows = [(n, row) for n, row in enumerate(procedure.documents) if row.case == case_id]
        if not rows:
            continue
        if most is not None and number >= most:
            left += len(rows)
            continue
        case_index = next((n for n, case in enumerate(procedure.cases) if case.id == case_id), None)
        section.say(title, *([(f"cases[{case_index}].name", procedure.cases[case_index].name)] if case_index is not None else []))
        for n, row in rows:
            if most is not None and number >= most:
                left += 1
                continue
            number += 1
            section.say(f"{number}. {_document(procedure, row)}", *_document_facts(procedure, n, row))
    if left:  # the official lists run to 224 rows; the page shows them all
        section.say("Còn giấy tờ khác tùy trường hợp; anh/chị xem đủ ở trang thủ tục.")
    return section


def counts(row: Document) -> str:
    """How many of a paper: "1 bản chính và 2 bản sao"; "" when the source gives no number."""
    parts = [f"{count} {kind}" for count, kind in ((row.originals, "bản chính"), (row.copies, "bản sao")) if count]
    return " và ".join(parts)


def _mark(procedure: Procedure, row: Document) -> tuple[int, str] | None:
    """Position and official mark of the form that the paper is written on, unless the paper's name already says it."""
    return next(
        ((n, t.number) for n, t in enumerate(procedure.template) if t.id == row.template and t.number and t.number not in row.name),
        None,
    )


def _document(procedure: Procedure, row: Document) -> str:
    mark = _mark(procedure, row)
    details = [
        part for part in (form_mark(mark[1]) if mark else "", counts(row), DOCUMENT_WORDS.get(row.kind, ""), row.note or "") if part
    ]
    return row.name + (f" ({'; '.join(details)})" if details else "")


def form_mark(number: str) -> str:
    """The official mark of a form as it is said: "mẫu CT01"."""
    return number if number.lower().startswith("mẫu") else f"mẫu {number}"


def _document_facts(procedure: Procedure, n: int, row: Document) -> list[tuple[str, str]]:
    mark = _mark(procedure, row)
    facts = [(f"documents[{n}].name", row.name), *([(f"template[{mark[0]}].number", mark[1])] if mark else [])]
    facts += [(f"documents[{n}].{key}", str(getattr(row, key))) for key in ("originals", "copies") if getattr(row, key)]
    return facts + ([(f"documents[{n}].note", row.note)] if row.note else [])


FORM = re.compile(r"^\W*(?:don|to khai|phieu|ban khai|giay de nghi|van ban de nghi|ban cam ket|thong bao|bao cao)\b")
"""Folded beginning of the name of a paper that is written on a form."""
MARKED = re.compile(r"\bmau (?:so )?[\w/-]*\d|\bphu luc [ivx\d]+")
"""The mark of a form in the name of a paper: "theo Mẫu số 01", "tại Phụ lục III"."""
MAX_FORMS = 4


def compose_template(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Forms with their official mark."""
    section = Section()
    if not procedure.template:
        forms = _forms(procedure, FORM)
        section.known, section.whole = bool(forms), False
        if not forms:
            section.say("Biểu mẫu: dữ liệu tôi có không ghi mẫu nào cho thủ tục này.")
            return section
        section.say("Biểu mẫu: dữ liệu không ghi số mẫu riêng; trong giấy tờ phải nộp có:")
        for n, row in forms:
            section.say(f"- {row.name}.", (f"documents[{n}].name", row.name))
        return section
    section.say("Biểu mẫu:")
    for n, row in enumerate(procedure.template):
        number = f", {form_mark(row.number)}" if row.number else ""
        note = f" ({row.note})" if row.note else ""
        facts = [(f"template[{n}].{key}", getattr(row, key)) for key in ("name", "number", "note") if getattr(row, key)]
        section.say(f"- {row.name}{number}{note}.", *facts)
    marked = [] if any(row.number for row in procedure.template) else _forms(procedure, MARKED)
    if marked:
        section.say("Trong giấy tờ phải nộp có ghi mẫu:")
    for n, row in marked:
        section.say(f"- {row.name.rstrip('.')}.", (f"documents[{n}].name", row.name))
    return section


def _forms(procedure: Procedure, pattern: re.Pattern[str]) -> list[tuple[int, Document]]:
    """Papers, with their places, whose folded names show what they are written on."""
    return [(n, row) for n, row in enumerate(procedure.documents) if pattern.search(fold(row.name).lower())][:MAX_FORMS]

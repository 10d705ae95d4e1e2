"""(Procedure, aspects, day) -> Answer. Pure: one small function an aspect, every line with the facts it shows.

Nothing is said that is not a field of the record (or the contact whom to ask); what the record does not settle is said to
be unknown, with the office that knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions import words
from actions.answer import Answer, AnswerStatus, Choice, Fact, ProcedureRef, SourceRef
from index.procedure import ASPECTS, Document, Procedure

FOLLOW_UPS = ("documents", "duration", "fees", "place", "online", "post_submit", "steps", "template")
"""What citizens ask next, most wanted first."""
MAX_FOLLOW_UPS = 4


@dataclass
class Section:
    """Lines of one aspect and the facts in them. known is False when the record does not settle the aspect; whole is False when
    it settles a part only, such as that a fee is charged and who sets it, but not how much."""

    lines: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    known: bool = True
    whole: bool = True

    def say(self, line: str, *facts: tuple[str, str]) -> None:
        """One line; facts are (field path, value as shown)."""
        self.lines.append(line)
        self.facts.extend(facts)


Composer = Callable[[Procedure, date, Mapping[str, Any]], Section]


def compose(procedure: Procedure, aspects: Sequence[str], day: date, contact: Mapping[str, Any]) -> Answer:
    """An Answer to every asked aspect, in the order of ASPECTS. contact: the row of province/*.yml whom to ask.

    Raises ValueError for an unknown aspect or none.
    """
    wanted = [aspect for aspect in ASPECTS if aspect in set(aspects)]
    if not wanted or len(wanted) < len(set(aspects)):
        raise ValueError(f"aspects: {list(aspects)!r}; expected some of {', '.join(ASPECTS)}")
    if {"post_submit", "post_return"} & set(wanted):  # two facts that people take for one: always told apart
        wanted = [aspect for aspect in ASPECTS if aspect in {*wanted, "post_submit", "post_return"}]
    sections = [_section(aspect, procedure, day, contact) for aspect in wanted]
    asked = [section for aspect, section in zip(wanted, sections, strict=True) if aspect in aspects]
    status = AnswerStatus.ANSWERED if any(section.known for section in asked) else AnswerStatus.NOT_IN_RECORD
    lines = [f"Dạ, về thủ tục {procedure.name}:"]
    facts: list[tuple[str, str]] = [("name", procedure.name)]
    for section in sections:
        lines += section.lines
        facts += section.facts
    if not all(section.known and section.whole for section in sections):
        lines.append(_ask(contact, procedure))
    lines.append(source_line(procedure))
    if procedure.decision:
        facts.append(("decision.number", procedure.decision.number))
    version = procedure.version  # a hash of the whole record: made once, not once a fact
    return Answer(
        status=status,
        text="\n".join(lines),
        procedure=ProcedureRef(procedure.code, procedure.name),
        aspects=tuple(wanted),
        choices=follow_ups(procedure, wanted),
        facts=tuple(Fact(path, value, procedure.code, version) for path, value in dict.fromkeys(facts)),
        sources=(source_of(procedure),),
    )


def source_of(procedure: Procedure) -> SourceRef:
    """The source in structured form."""
    return SourceRef(procedure.source.title, procedure.source.url, procedure.checked_on.isoformat())


def source_line(procedure: Procedure) -> str:
    """Code, decision, and the day a person compared record and source."""
    decision = f", Quyết định {procedure.decision.number}" if procedure.decision else ""
    taken = f" với bản ngày {words.day(procedure.source.taken_on)}" if procedure.source.taken_on else ""
    return (
        f"Nguồn: {procedure.source.title}, mã {procedure.code}{decision}; đối chiếu ngày {words.day(procedure.checked_on)}{taken}."
    )


def follow_ups(procedure: Procedure, answered: Iterable[str]) -> tuple[Choice, ...]:
    """What to ask next about the same procedure; a tap sends a whole question that names the code."""
    rest = [
        aspect for aspect in FOLLOW_UPS if aspect not in set(answered) and not (aspect == "template" and not procedure.template)
    ]
    return tuple(
        Choice(words.ASPECT_TITLES[aspect], f"{procedure.name} (mã {procedure.code}) {words.ASPECT_QUESTIONS[aspect]}?")
        for aspect in rest[:MAX_FOLLOW_UPS]
    )


def _ask(contact: Mapping[str, Any], procedure: Procedure) -> str:
    details = [contact.get("address") or "", f"điện thoại {contact['phone']}" if contact.get("phone") else ""]
    details = "; ".join(detail for detail in details if detail)
    return f"Phần chưa rõ, anh/chị hỏi {contact['name']}" + (f" ({details})" if details else "") + " để chắc chắn trước khi đi."


def _section(aspect: str, procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    reason = procedure.unknown_reason(aspect)
    if reason is not None:
        section = Section(known=False)
        section.say(
            f"{words.ASPECT_TITLES[aspect]}: tôi chưa có thông tin chắc chắn; {words.lower_first(reason).rstrip('.')}.",
            (f"unknown.{aspect}", reason),
        )
        return section
    return COMPOSERS[aspect](procedure, day, contact)


def compose_documents(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Papers for everybody first, then case by case; originals and copies with each."""
    section = Section()
    groups = [(None, "Giấy tờ cần chuẩn bị:")] + [
        (case.id, f"Nếu thuộc trường hợp “{words.lower_first(case.name)}”, thêm:") for case in procedure.cases
    ]
    common = any(row.case is None for row in procedure.documents)
    if not common:
        groups = [(None, "")] + [(case.id, f"Trường hợp “{words.lower_first(case.name)}”:") for case in procedure.cases]
    number = 0
    for case_id, title in groups:
        rows = [(n, row) for n, row in enumerate(procedure.documents) if row.case == case_id]
        if not rows:
            continue
        case_index = next((n for n, case in enumerate(procedure.cases) if case.id == case_id), None)
        section.say(title, *([(f"cases[{case_index}].name", procedure.cases[case_index].name)] if case_index is not None else []))
        for n, row in rows:
            number += 1
            section.say(f"{number}. {_document(procedure, row)}", *_document_facts(procedure, n, row))
    return section


DOCUMENT_WORDS = {"show": "mang theo để xuất trình", "issued_on_site": "lập tại nơi nộp", "if_needed": "chỉ khi được yêu cầu"}


def _counts(row: Document) -> str:
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
        part for part in (_form(mark[1]) if mark else "", _counts(row), DOCUMENT_WORDS.get(row.kind, ""), row.note or "") if part
    ]
    return row.name + (f" ({'; '.join(details)})" if details else "")


def _form(number: str) -> str:
    return number if number.lower().startswith("mẫu") else f"mẫu {number}"


def _document_facts(procedure: Procedure, n: int, row: Document) -> list[tuple[str, str]]:
    mark = _mark(procedure, row)
    facts = [(f"documents[{n}].name", row.name), *([(f"template[{mark[0]}].number", mark[1])] if mark else [])]
    facts += [(f"documents[{n}].{key}", str(getattr(row, key))) for key in ("originals", "copies") if getattr(row, key)]
    return facts + ([(f"documents[{n}].note", row.note)] if row.note else [])


def compose_duration(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Each time limit with its case and channel; a single one in one line."""
    section = Section()
    rows = [(n, row, _circumstance(procedure, row.case, row.channel)) for n, row in enumerate(procedure.duration)]
    if len(rows) > 1:
        section.say("Thời hạn giải quyết:")
    for n, row, circumstance in rows:
        note = f" ({row.note})" if row.note and row.unit else ""
        head = "Thời hạn giải quyết" if len(rows) == 1 else "-"
        label = f" {circumstance}:" if circumstance else ":" if len(rows) == 1 else ""
        facts = [(f"duration[{n}]", words.limit(row))] + ([(f"duration[{n}].note", row.note)] if row.note else [])
        section.say(f"{head}{label} {words.limit(row)}{note}.", *facts, *_case_fact(procedure, row.case))
    return section


def compose_fees(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """The rows in force on `day`; what is charged without a settled amount is said to be so, with who sets it."""
    section = Section()
    rows = [(n, fee) for n, fee in enumerate(procedure.fees) if fee.valid_on(day)]
    section.whole = all(words.amount(fee) for _, fee in rows)
    if not rows:
        section.known = False
        section.say("Phí, lệ phí: mức tôi có đã hết hiệu lực, chưa có mức mới.")
        return section
    section.say("Phí, lệ phí:")
    for n, fee in rows:
        conditions = [part for part in (_circumstance(procedure, fee.case, fee.channel), fee.condition or "") if part]
        if fee.effective_to:
            conditions.append(f"áp dụng đến hết ngày {words.day(fee.effective_to)}")
        value = words.amount(fee) or "có thu, chưa rõ mức"
        tail = f"; {fee.note}" if fee.note else ""
        basis = f"; theo {fee.source}" if fee.source else ""
        shown = [(f"fees[{n}].{key}", getattr(fee, key)) for key in ("condition", "note", "source") if getattr(fee, key)]
        ends = [(f"fees[{n}].effective_to", words.day(fee.effective_to))] if fee.effective_to else []
        section.say(
            f"- {fee.name}{' (' + '; '.join(conditions) + ')' if conditions else ''}: {value}{tail}{basis}.",
            (f"fees[{n}].name", fee.name),
            *([(f"fees[{n}]", value)] if words.amount(fee) else []),
            *shown,
            *ends,
            *_case_fact(procedure, fee.case),
        )
    return section


def compose_post_submit(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """May the dossier be posted."""
    return _channel(procedure, "post_submit", {"accepted": "được", "not_accepted": "không được, anh/chị nộp theo cách khác"})


def compose_post_return(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """May the result come by post."""
    return _channel(procedure, "post_return", {"accepted": "được", "not_accepted": "không, anh/chị đến nhận"})


def compose_online(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Whole, part, booking only, or not at all."""
    return _channel(
        procedure,
        "online",
        {
            "full": "được, làm trọn trên mạng (toàn trình)",
            "partial": "được một phần, vẫn còn bước phải nộp giấy hoặc đến nơi",
            "appointment": "chỉ đặt lịch hẹn trên mạng, sau đó anh/chị phải đến làm trực tiếp",
            "not_accepted": "không có, anh/chị nộp theo cách khác",
        },
    )


def _channel(procedure: Procedure, aspect: str, statuses: Mapping[str, str]) -> Section:
    channel = getattr(procedure, aspect)
    section = Section(known=channel.status != "unknown")
    value = statuses.get(channel.status, "tôi chưa có thông tin chắc chắn")
    note = f"; {channel.note}" if channel.note else ""
    facts = [(f"{aspect}.status", channel.status)] + ([(f"{aspect}.note", channel.note)] if channel.note else [])
    section.say(f"{words.ASPECT_TITLES[aspect]}: {value}{note.rstrip('.')}.", *facts)
    return section


def compose_place(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Who decides, where to hand in, and the desk's address when it has a sourced one."""
    section = Section()
    place = procedure.place
    section.say(f"Cơ quan giải quyết: {place.agency}.", ("place.agency", place.agency))
    for key in ("where", "note"):
        if getattr(place, key):
            section.say(words.sentence(getattr(place, key)), (f"place.{key}", getattr(place, key)))
    return section


def compose_steps(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """What the citizen does, numbered."""
    return _list(procedure, "steps", "Các bước:", numbered=True)


def compose_conditions(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """What must be so."""
    return _list(procedure, "conditions", "Điều kiện:")


def compose_result(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """What the citizen gets."""
    return _list(procedure, "result", "Kết quả nhận được:")


def compose_template(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Forms with their official mark."""
    section = Section()
    if not procedure.template:
        section.known = False
        section.say("Biểu mẫu: dữ liệu tôi có không ghi mẫu nào cho thủ tục này.")
        return section
    section.say("Biểu mẫu:")
    for n, row in enumerate(procedure.template):
        number = f", {_form(row.number)}" if row.number else ""
        note = f" ({row.note})" if row.note else ""
        facts = [(f"template[{n}].{key}", getattr(row, key)) for key in ("name", "number", "note") if getattr(row, key)]
        section.say(f"- {row.name}{number}{note}.", *facts)
    return section


def compose_legal_basis(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Laws and decrees by number."""
    return _list(procedure, "legal_basis", "Căn cứ pháp lý:")


def compose_applicants(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Who may file."""
    return _list(procedure, "applicants", "Ai được làm thủ tục này:")


OVERVIEW_DOCUMENTS = 6
"""Papers up to which an overview lists them; a longer list is offered as a choice."""


def compose_overview(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """What it is for, then what is asked most: papers (if few), time, fees, where."""
    section = Section()
    section.say(words.sentence(procedure.overview), ("overview", procedure.overview))
    for aspect in ("documents", "duration", "fees", "place"):
        if aspect == "documents" and len(procedure.documents) > OVERVIEW_DOCUMENTS:
            section.say("Giấy tờ tùy trường hợp, anh/chị bấm “Giấy tờ” để xem đủ.")
            continue
        part = _section(aspect, procedure, day, contact)
        section.lines += part.lines
        section.facts += part.facts
        section.whole = section.whole and part.known and part.whole
    return section


COMPOSERS: dict[str, Composer] = {aspect: globals()[f"compose_{aspect}"] for aspect in ASPECTS}


def _list(procedure: Procedure, aspect: str, title: str, *, numbered: bool = False) -> Section:
    section = Section()
    section.say(title)
    for n, row in enumerate(getattr(procedure, aspect)):
        section.say(f"{n + 1}. {row}" if numbered else f"- {row}", (f"{aspect}[{n}]", row))
    return section


def _circumstance(procedure: Procedure, case_id: str | None, channel: str | None) -> str:
    parts = [words.lower_first(procedure.case_name(case_id) or ""), words.CHANNELS.get(channel or "", "")]
    return ", ".join(part for part in parts if part)


def _case_fact(procedure: Procedure, case_id: str | None) -> list[tuple[str, str]]:
    return [(f"cases[{n}].name", case.name) for n, case in enumerate(procedure.cases) if case.id == case_id]

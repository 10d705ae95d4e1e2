"""(Procedure, aspects, day) -> Answer. Pure: one small function an aspect, every line with the facts it shows.

Nothing is said that is not a field of the record (or the contact whom to ask); what the record does not settle is said to
be unknown, with the office that knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from actions import words
from actions.address import checklist_of, page_of
from actions.answer import Answer, AnswerStatus, Choice, Fact, ProcedureRef, SourceRef
from actions.compose_fees import compose_fees
from actions.compose_papers import compose_documents, compose_template
from actions.compose_post import compose_general, compose_post_return, compose_post_submit
from actions.compose_terms import compose_duration, compose_online, compose_place
from actions.section import Composer, Section, listing
from index.post import Post
from index.procedure import ASPECTS, Procedure

FOLLOW_UPS = ("documents", "duration", "fees", "place", "online", "post_submit", "steps", "template")
"""What citizens ask next, most wanted first."""
MAX_FOLLOW_UPS = 4


def compose(
    procedure: Procedure,
    aspects: Sequence[str],
    day: date,
    contact: Mapping[str, Any],
    post: Post = Post(),
    made: Mapping[str, Section] = MappingProxyType({}),
) -> Answer:
    """An Answer to every asked aspect, in the order of ASPECTS. contact: the row of province/*.yml whom to ask; post: what holds
    for all that goes by post; made: aspect → its part, told first, instead of the composer's.

    Raises ValueError for an unknown aspect or none.
    """
    wanted = [aspect for aspect in ASPECTS if aspect in set(aspects)]
    if not wanted or len(wanted) < len(set(aspects)):
        raise ValueError(f"aspects: {list(aspects)!r}; expected some of {', '.join(ASPECTS)}")
    if {"post_submit", "post_return"} & set(wanted):  # two facts that people take for one: always told apart
        wanted = [aspect for aspect in ASPECTS if aspect in {*wanted, "post_submit", "post_return"}]
    wanted.sort(key=lambda aspect: aspect not in made)
    sections = [made.get(aspect) or _section(aspect, procedure, day, contact) for aspect in wanted]
    asked = [section for aspect, section in zip(wanted, sections, strict=True) if aspect in aspects]
    status = AnswerStatus.ANSWERED if any(section.known for section in asked) else AnswerStatus.NOT_IN_RECORD
    if status is AnswerStatus.ANSWERED and any(section.expired for section in asked):
        status = AnswerStatus.ANSWERED_EXPIRED_WARNING
    lines = [f"Dạ, về thủ tục {procedure.name}:"]
    facts: list[tuple[str, str]] = [("name", procedure.name)]
    for section in sections:
        lines += section.lines
        facts += section.facts
    general = compose_general(procedure, aspects, day, post)
    warnings = _warnings(procedure, wanted)
    lines += [*general.lines, *warnings.lines]
    facts += warnings.facts
    if "documents" in wanted and procedure.documents:
        lines.append(f"Danh sách để đánh dấu, in ra: {checklist_of(procedure)}")
    if not procedure.reviewed:
        lines.append(f"Xem đầy đủ: {page_of(procedure)}")
    if not all(section.known and section.whole for section in sections):
        whom, told = named(contact)
        lines.append(f"Phần chưa rõ, anh/chị hỏi {whom} để chắc chắn trước khi đi.")
        facts += told
    lines.append(source_line(procedure))
    if procedure.decision:
        facts.append(("decision.number", procedure.decision.number))
    version = procedure.version  # a hash of the whole record: made once, not once a fact
    return Answer(
        status=status,
        text="\n".join(lines),
        procedure=ProcedureRef(procedure.code, procedure.name),
        aspects=tuple(wanted),
        choices=follow_ups(procedure, [*wanted, *(_told(procedure) if "overview" in wanted else ())]),
        facts=(*(Fact(path, value, procedure.code, version) for path, value in dict.fromkeys(facts)), *general.facts),
        sources=(source_of(procedure), *general.sources),
    )


def _warnings(procedure: Procedure, aspects: Sequence[str]) -> Section:
    """What a citizen should know of the parts told and of the record as a whole ("overview"), each sentence once: only records
    that nobody has compared have warnings."""
    told = {*aspects, *(_told(procedure) if "overview" in aspects else ())}
    section = Section()
    said: set[str] = set()
    for n, (part, text) in enumerate(procedure.warnings):
        if (part in told or part == "overview") and text not in said:
            said.add(text)
            section.say(f"Lưu ý: {words.lower_first(text).rstrip('.')}.", (f"warnings[{n}]", text))
    return section


def _told(procedure: Procedure) -> tuple[str, ...]:
    """What an overview has told already."""
    papers = ("documents",) if len(procedure.documents) <= OVERVIEW_DOCUMENTS else ()
    return (*papers, "duration", "fees", "place")


def source_of(procedure: Procedure) -> SourceRef:
    """The source in structured form."""
    return SourceRef(procedure.source.title, procedure.source.url, procedure.checked_on.isoformat())


def source_line(procedure: Procedure) -> str:
    """Code, decision, and the day a person compared record and source; of an unreviewed record that nobody has."""
    decision = f", Quyết định {procedure.decision.number}" if procedure.decision else ""
    if not procedure.reviewed:
        day = words.day(procedure.source.taken_on or procedure.checked_on)
        return f"Nguồn: {procedure.source.title}, mã {procedure.code}{decision}, bản ngày {day}; cán bộ chưa rà soát, anh/chị hỏi lại nơi nộp cho chắc."
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


def named(contact: Mapping[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """Whom to ask, with the address and telephone number that have a source; and the facts that these are."""
    told = [("address", contact.get("address") or ""), ("phone", contact.get("phone") or "")]
    details = "; ".join(f"điện thoại {value}" if key == "phone" else value for key, value in told if value)
    return contact["name"] + (f" ({details})" if details else ""), [(f"contact.{key}", value) for key, value in told if value]


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


def compose_steps(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """What the citizen does, numbered."""
    return listing(procedure, "steps", "Các bước:", numbered=True)


def compose_conditions(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """What must be so."""
    return listing(procedure, "conditions", "Điều kiện:")


def compose_result(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """What the citizen gets."""
    return listing(procedure, "result", "Kết quả nhận được:")


def compose_legal_basis(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Laws and decrees by number."""
    return listing(procedure, "legal_basis", "Căn cứ pháp lý:")


def compose_applicants(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Section:
    """Who may file."""
    return listing(procedure, "applicants", "Ai được làm thủ tục này:")


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
        section.expired = section.expired or part.expired
    return section


COMPOSERS: dict[str, Composer] = {
    "documents": compose_documents,
    "duration": compose_duration,
    "fees": compose_fees,
    "post_submit": compose_post_submit,
    "post_return": compose_post_return,
    "online": compose_online,
    "place": compose_place,
    "steps": compose_steps,
    "conditions": compose_conditions,
    "result": compose_result,
    "template": compose_template,
    "legal_basis": compose_legal_basis,
    "applicants": compose_applicants,
    "overview": compose_overview,
}

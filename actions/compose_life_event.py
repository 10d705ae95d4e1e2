"""(Life event, its records, day) -> an Answer with all its steps, and what of its numbers was worked out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from actions import texts, words
from actions.address import public
from actions.answer import Answer, AnswerStatus, Choice, Fact, ProcedureRef
from actions.compose import source_of
from actions.shared_papers import Paper, shared
from actions.time_together import limit_of, together
from index.life_events import LifeEvent, Step
from index.procedure import Procedure


def compose_life_event(
    event: LifeEvent, records: Mapping[str, Procedure], contacts: Mapping[str, Mapping[str, Any]], day: date
) -> tuple[Answer, str]:
    """The answer and its frame for verify_all: the sum of the limits and the page's address, which stand in no record.

    records: by code, all of event.codes. A step whose record is not in force on `day` keeps its place and tells none of it.
    """
    valid = {n: step for n, step in enumerate(event.steps, 1) if records[step.code].valid_on(day)}
    whole = len(valid) == len(event.steps)
    common = shared({n: (records[step.code], step.case) for n, step in valid.items()})
    total = total_of(event, records) if whole else ""
    page = public(f"/viec/{event.id}")
    lines = [_opening(event)]
    for n, step in enumerate(event.steps, 1):
        record = records[step.code]
        office = contacts[record.contact]["name"]
        said = f"{step.when}; {limit_words(record, step.case, office)}." if n in valid else texts.EVENT_STEP_ENDED.format(office=office)
        lines.append(f"{n}. {record.name}{' (nếu cần)' if step.optional else ''}: {said}")
    lines += [f"Giấy tờ dùng chung: {'; '.join(map(_paper, common))}."] if common else []
    lines += [time_sentence(total)] if several_main(event) else []
    lines += [f"Lưu ý: {words.lower_first(note.text)}." for note in event.notes]
    lines += [texts.EVENT_CHOOSE.format(page=page), *source_lines(records[step.code] for step in valid.values())]
    refs = [ProcedureRef(code, records[code].name) for code in event.codes]
    facts = [_fact(records[ref.code], "name", ref.name) for ref in refs]
    facts += [fact for step in valid.values() for fact in _step_facts(step, records[step.code])]
    facts += [_fact(records[valid[use.step].code], f"documents[{use.row}].name", use.document.name) for paper in common for use in paper.uses]
    answer = Answer(
        status=AnswerStatus.ANSWERED if whole else AnswerStatus.ANSWERED_EXPIRED_WARNING,
        text="\n".join(lines),
        aspects=("overview",),
        choices=tuple(Choice(ref.name, f"{ref.name} (mã {ref.code}) {words.ASPECT_QUESTIONS['overview']}?") for ref in refs),
        facts=tuple(dict.fromkeys(facts)),
        sources=tuple(dict.fromkeys(source_of(records[step.code]) for step in valid.values())),
    )
    return answer, f"{total} {page}"


def several_main(event: LifeEvent) -> bool:
    """True when the time of one step alone says little: two or more are not optional."""
    return sum(not step.optional for step in event.steps) > 1


def total_of(event: LifeEvent, records: Mapping[str, Procedure]) -> str:
    """How long the steps that are not optional take one after the other, in words; "" where the records do not allow to say."""
    return together([limit_of(records[step.code], step.case) for step in event.steps if not step.optional])


def time_sentence(total: str) -> str:
    """What is said of the whole time. total: as total_of gives it."""
    return texts.EVENT_TOTAL.format(total=total) if total else texts.EVENT_NO_TOTAL


def limit_words(record: Procedure, case: str | None, office: str) -> str:
    """ "thời hạn 7 ngày làm việc", "có kết quả trong ngày", or that there is no single number and whom to ask."""
    limit = limit_of(record, case)
    if limit.unit == "same_day":
        return f"có kết quả {limit.text}"
    if limit.text:
        return f"thời hạn {limit.text}"
    unknown = record.unknown_reason("duration") is not None
    return f"thời hạn {'chưa rõ' if unknown else 'tùy trường hợp'}, anh/chị hỏi {office}"


def source_lines(records: Iterable[Procedure]) -> list[str]:
    """One line for each title and day of checking, the codes in order."""
    groups: dict[tuple[str, date], list[str]] = {}
    for record in records:
        groups.setdefault((record.source.title, record.checked_on), []).append(record.code)
    return [f"Nguồn: {title}, mã {', '.join(codes)}; đối chiếu ngày {words.day(day)}." for (title, day), codes in groups.items()]


def _opening(event: LifeEvent) -> str:
    if event.opening:
        return texts.EVENT_AFTER.format(opening=words.lower_first(event.opening), name=event.name)
    return texts.EVENT.format(name=words.lower_first(event.name))


def _paper(paper: Paper) -> str:
    steps = ", ".join(map(str, paper.steps))
    kept = "mang theo một lần" if paper.only_shown else "chuẩn bị đủ cho từng bước"
    return f"{words.lower_first(paper.name)} (bước {steps}; {kept})"


def _step_facts(step: Step, record: Procedure) -> list[Fact]:
    facts = [_fact(record, f"duration[{n}]", words.limit(record.duration[n])) for n in limit_of(record, step.case).rows]
    return [*facts, _fact(record, step.said_in, step.sentence(record))] if step.said_in else facts


def _fact(record: Procedure, path: str, value: str) -> Fact:
    return Fact(path, value, record.code, record.version)

"""(Life event, its records, day, contacts) -> the page of all its steps, to be read, ticked off and printed. Pure, no script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from actions import texts, words
from actions.compose_life_event import limit_words, several_main, time_sentence, total_of
from actions.shared_papers import Paper, papers
from actions.texts import OFFICE
from bot.channels.page_html import Html, document, entries, entry, esc, joined, note, section
from bot.channels.procedure_page import source_note
from bot.channels.procedure_parts import document_details
from index.life_events import LifeEvent, Note, Step
from index.procedure import Procedure

LIST_TITLE = "Thủ tục theo việc trong đời sống"
_ORDER = "Các việc thường phải làm, theo thứ tự nên làm. Việc có ghi “nếu cần” thì tùy hoàn cảnh."
_TICKS = "Anh/chị đánh dấu giấy đã có. Dấu chỉ nằm trên trang này, không được gửi đi hay lưu lại."


def life_event_page(event: LifeEvent, records: Mapping[str, Procedure], day: date, contacts: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole HTML document. records: by code, all of event.codes. A step whose record is not in force on `day` keeps its place
    and tells none of it."""
    valid = {n: step for n, step in enumerate(event.steps, 1) if records[step.code].valid_on(day)}
    opening = f'\n<p class="summary">{esc(words.sentence(event.opening))}</p>' if event.opening else ""
    body = [
        Html(f"<h1>{esc(event.name)}</h1>{opening}\n<p>{esc(_ORDER)}</p>"),
        section("steps", "Các bước", _steps(event, records, valid, contacts)),
        section("papers", "Giấy tờ", _papers(event, records, valid)),
    ]
    if several_main(event):
        total = total_of(event, records) if len(valid) == len(event.steps) else ""
        body.append(section("time", "Thời gian", Html(f"<p>{esc(time_sentence(total))}</p>")))
    if event.notes:
        body.append(section("notes", "Lưu ý", joined(_note(row, records) for row in event.notes)))
    body.append(section("source", "Nguồn", joined(source_note(records[step.code]) for step in valid.values())))
    body.append(Html('<p class="actions"><a class="button" href="/">Hỏi trợ lý</a> <a href="/viec">Việc khác</a></p>'))
    return document(event.name, Html(f'<article class="record event">\n{joined(body)}\n</article>'), f"Nội dung tính đến ngày {words.day(day)}.")


def life_events_page(events: Sequence[LifeEvent], records: Mapping[str, Procedure]) -> str:
    """The list of all events, each with the names of its steps."""
    rows = [
        entry(event.name, details=[words.sentence("; ".join(records[step.code].name for step in event.steps))], link=_link(f"/viec/{event.id}", f"Xem việc cần làm {words.lower_first(event.name)}"))
        for event in events
    ]
    body = Html(f'<h1 id="events-title">{esc(LIST_TITLE)}</h1>\n<section aria-labelledby="events-title">{entries(rows, label="events-title")}</section>')
    return document(LIST_TITLE, Html(f'<div class="record">\n{body}\n</div>'))


def _link(path: str, text: str) -> Html:
    return Html(f'<a href="{esc(path)}">{esc(text)}</a>')


def _title(step: Step, record: Procedure) -> str:
    return f"{record.name} (nếu cần)" if step.optional else record.name


def _steps(event: LifeEvent, records: Mapping[str, Procedure], valid: Mapping[int, Step], contacts: Mapping[str, Mapping[str, Any]]) -> Html:
    rows = []
    for n, step in enumerate(event.steps, 1):
        record = records[step.code]
        office = (contacts.get(record.contact) or {"name": OFFICE})["name"]
        link = _link(f"/thu-tuc/{record.code}", f"Xem thủ tục {record.code}")
        if n in valid:
            where = f"{record.place.agency}; {record.place.where}" if record.place.where else record.place.agency
            said = (step.why, step.when, limit_words(record, step.case, office))
            details = [" ".join(map(words.sentence, said)), words.sentence(f"Nơi làm: {where}")]
        else:
            details = [words.sentence(texts.EVENT_STEP_ENDED.format(office=office))]
        rows.append(entry(_title(step, record), details=details, link=link))
    return entries(rows, label="steps-title", start=1)


def _papers(event: LifeEvent, records: Mapping[str, Procedure], valid: Mapping[int, Step]) -> Html:
    """Each paper once: what several steps want first, then step by step."""
    found = papers({n: (records[step.code], step.case) for n, step in valid.items()})
    common = [paper for paper in found if len(paper.steps) > 1]
    parts = [note(_TICKS)]
    if common:
        parts += [_heading("papers-common", "Giấy tờ dùng chung"), _boxes("papers-common", (_common(paper) for paper in common))]
    for n, step in valid.items():
        record = records[step.code]
        own = [paper for paper in found if paper.steps == (n,)]
        left = any(row.case not in (None, step.case) for row in record.documents)
        parts.append(_heading(f"papers-{n}", f"Bước {n}: {_title(step, record)}"))
        if own:
            parts.append(_boxes(f"papers-{n}", (_box(paper.name, document_details(paper.uses[0].document)) for paper in own)))
        if left or not own:
            said = "Còn giấy tờ tùy trường hợp" if left else "Không có giấy tờ riêng"
            parts.append(Html(f'<p class="detail">{said}; {_link(f"/thu-tuc/{record.code}#documents", "xem đủ ở trang thủ tục")}.</p>'))
    return joined(parts)


def _heading(anchor: str, title: str) -> Html:
    return Html(f'<h3 id="{anchor}">{esc(title)}</h3>')


def _boxes(label: str, rows: Iterable[Html]) -> Html:
    return Html(f'<ul class="event-papers" aria-labelledby="{label}">\n{joined(rows)}\n</ul>')


def _common(paper: Paper) -> Html:
    steps = ", ".join(map(str, paper.steps))
    kept = "Mang theo một lần." if paper.only_shown else "Chuẩn bị đủ cho từng bước."
    told = dict.fromkeys(detail for use in paper.uses for detail in document_details(use.document))
    return _box(paper.name, [f"Dùng cho bước {steps}. {kept}", *told])


def _box(name: str, details: Iterable[str]) -> Html:
    below = "".join(f'<p class="detail">{esc(detail)}</p>' for detail in details)
    return Html(f'<li><label class="event-paper"><input type="checkbox"><span>{esc(name)}</span></label>{below}</li>')


def _note(row: Note, records: Mapping[str, Procedure]) -> Html:
    links = "".join(f" {_link(f'/thu-tuc/{code}', records[code].name)}." for code in row.codes)
    return Html(f'<p>{esc(words.sentence(row.text))}{links}</p>\n<p class="detail">{esc(words.sentence(f"Nguồn: {row.source}"))}</p>')

"""(Procedure, day, whom to ask) -> the readable page of one whole record, in the order in which citizens need it. Pure.

What the record does not settle stands in its place as not settled, and once more at the end with the office to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from actions import words
from actions.address import CHECKLIST
from bot.channels import procedure_parts as parts
from bot.channels.page_html import Html, document, esc, joined, note, section
from index.portal_stale import stale_warnings
from index.portal_whole import in_full
from index.procedure import ASPECTS, Procedure

NOT_REVIEWED = (
    "Dữ liệu lấy nguyên từ Cổng Dịch vụ công quốc gia, cán bộ chưa rà soát, nên có thể thiếu hoặc sai. "
    "Anh/chị hỏi lại {office} trước khi nộp hồ sơ."
)
ENDED = "Dữ liệu về thủ tục này đã hết hiệu lực ngày {day} nên không ghi lại ở đây để tránh sai. Anh/chị hỏi {office}."
NOT_YET = "Thủ tục này chỉ áp dụng từ ngày {day}. Trước ngày đó, anh/chị hỏi {office}."
LONG = 120
"""Characters of a name from which on it is set smaller; the portal has names of 500."""
WAYS = "ways"
"""The section of post_submit, post_return and online together."""
_TITLES = {WAYS: "Bưu chính và trực tuyến", "ask": "Chưa rõ thì hỏi ai", "source": "Nguồn", **words.ASPECT_TITLES, "decision": "Quyết định công bố"}


def procedure_page(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> str:
    """The whole HTML document. contact: the row of province/*.yml whom to ask; `name` at least.

    A record that is not in force on `day` shows its name and whom to ask, and none of its parts. What answers shorten stands here
    in full.
    """
    procedure = in_full(procedure)
    body = [_head(procedure), *notices(procedure, day, contact["name"])]
    if procedure.valid_on(day):
        shown = {name: html for name, html in _sections(procedure, day).items() if html}
        body.append(_contents([*shown, "ask", "source"]))
        body += [section(name, _TITLES[name], html) for name, html in shown.items()]
    body += [section("ask", _TITLES["ask"], ask(procedure, contact)), section("source", _TITLES["source"], source_note(procedure))]
    body.append(Html('<p class="actions"><a class="button" href="/">Hỏi trợ lý</a></p>'))
    printed = f"Nội dung tính đến ngày {words.day(day)}."
    return document(f"{procedure.name} ({procedure.code})", Html(f'<article class="record">\n{joined(body)}\n</article>'), printed)


def _head(procedure: Procedure) -> Html:
    facts = {"Mã thủ tục": procedure.code, "Cấp giải quyết": words.LEVELS[procedure.level], "Lĩnh vực": procedure.field}
    rows = "".join(f"<div><dt>{esc(name)}</dt><dd>{esc(value)}</dd></div>" for name, value in facts.items())
    # The import puts the name where it finds no summary.
    told = procedure.overview != procedure.name
    summary = f'\n<p class="summary">{esc(words.sentence(procedure.overview))}</p>' if told else ""
    size = ' class="long"' if len(procedure.name) > LONG else ""
    return Html(f'<h1{size}>{esc(procedure.name)}</h1>\n<dl class="facts">{rows}</dl>{summary}')


def notices(procedure: Procedure, day: date, office: str) -> list[Html]:
    """What must be read before anything else."""
    found = []
    if procedure.effective_to and procedure.effective_to < day:
        found.append(ENDED.format(day=words.day(procedure.effective_to), office=office))
    elif procedure.effective_from and procedure.effective_from > day:
        found.append(NOT_YET.format(day=words.day(procedure.effective_from), office=office))
    if not procedure.reviewed:
        found.append(NOT_REVIEWED.format(office=office))
    if warned := procedure.warning("overview"):
        found.append(words.sentence(warned))
    return [note(sentence, "warn") for sentence in found]


def _sections(procedure: Procedure, day: date) -> dict[str, Html]:
    """Part -> its HTML, in the order of the page; "" for a part with nothing to say."""
    drawn = {
        "documents": lambda: _documents(procedure),
        "duration": lambda: parts.duration(procedure),
        "fees": lambda: parts.fees(procedure, day),
        WAYS: lambda: parts.channels(procedure),
        "place": lambda: parts.place(procedure),
        "steps": lambda: parts.sentences(procedure, "steps", numbered=True),
        "conditions": lambda: parts.sentences(procedure, "conditions"),
        "result": lambda: parts.sentences(procedure, "result"),
        "template": lambda: parts.template(procedure),
        "legal_basis": lambda: parts.sentences(procedure, "legal_basis"),
        "decision": lambda: _decision(procedure),
        "applicants": lambda: parts.sentences(procedure, "applicants"),
    }
    return {name: part(procedure, name, draw) for name, draw in drawn.items()}


def part(procedure: Procedure, name: str, draw: Callable[[], Html]) -> Html:
    """What is doubtful about a part, then the part as drawn, or that it is not settled."""
    reason = procedure.unknown_reason(name)
    body = parts.unsettled(reason) if reason is not None else draw()
    return joined([*(note(words.sentence(warned), "warn") for warned in _warnings(procedure, name)), body])


def _warnings(procedure: Procedure, name: str) -> list[str]:
    """Of the import, and what the whole text has of the old order where the shortened one that it read had nothing."""
    warned = procedure.warning(name)
    known = [warned] if warned else []
    if procedure.whole is None:
        return known
    return known + [said for said in stale_warnings(getattr(procedure, name, "")) if said not in (warned or "")]


def _documents(procedure: Procedure) -> Html:
    """The papers, and the way to the list on which they can be ticked off."""
    if not procedure.documents:
        return parts.documents(procedure)
    path = CHECKLIST.format(code=procedure.code)
    link = Html(f'<p class="onward"><a href="{esc(path)}">Danh sách giấy tờ để đánh dấu và in</a></p>')
    return joined([parts.documents(procedure), link])


def _contents(names: list[str]) -> Html:
    rows = "".join(f'<li><a href="#{name}">{esc(_TITLES[name])}</a></li>\n' for name in names)
    return Html(f'<nav class="contents" aria-label="Các phần của trang">\n<ul>\n{rows}</ul>\n</nav>')


def _decision(procedure: Procedure) -> Html:
    if procedure.decision is None:
        return Html("")
    dated = f", ngày {words.day(procedure.decision.date)}" if procedure.decision.date else ""
    return Html(f"<p>Quyết định {esc(procedure.decision.number)}{dated}.</p>")


def ask(procedure: Procedure, contact: Mapping[str, Any]) -> Html:
    """Whom to ask, and the parts that the record leaves open."""
    unsettled = "; ".join(words.lower_first(_TITLES[part]) for part in (*ASPECTS, "decision") if procedure.unknown_reason(part))
    said = [f"Phần chưa rõ: {unsettled}." if unsettled else "", f"Anh/chị hỏi {contact['name']} để chắc chắn trước khi đi."]
    for title, key in (("Địa chỉ", "address"), ("Điện thoại", "phone")):
        said.append(f"{title}: {contact[key]}." if contact.get(key) else "")
    if contact.get("phone") and contact.get("note"):
        said.append(words.sentence(str(contact["note"])))
    return joined(Html(f"<p>{esc(text)}</p>") for text in said if text)


def source_note(procedure: Procedure) -> Html:
    """Where the record was read, which day's copy, and whether a person compared the two."""
    read = procedure.source
    title = esc(read.title)
    if read.url and read.url.startswith(("https://", "http://")):  # never a link that could run something
        title = Html(f'<a href="{esc(read.url)}" rel="noreferrer">{title}</a>')
    taken = f", bản ngày {words.day(read.taken_on)}" if read.taken_on else ""
    compared = f"Đối chiếu ngày {words.day(procedure.checked_on)}." if procedure.reviewed else "Chưa có người đối chiếu."
    replaced = f"<p>Thay cho mã cũ: {esc(', '.join(procedure.replaces))}.</p>" if procedure.replaces else ""
    return Html(f"<p>{title}, mã {esc(procedure.code)}{taken}. {compared}</p>{replaced}")

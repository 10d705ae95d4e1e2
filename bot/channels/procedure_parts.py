"""(Procedure, day) -> the parts of its page that hold rows: papers, time limits, fees, ways of filing, forms. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from actions import words
from actions.compose_fees import ended_fees, ended_line, until_when
from actions.compose_papers import DOCUMENT_WORDS, counts
from actions.section import circumstance
from bot.channels.page_html import Html, bullets, entries, entry, esc, joined, note
from index.procedure import Document, Fee, Procedure

POST = {"accepted": "Được", "not_accepted": "Không được"}
ONLINE = {
    "full": "Được, làm trọn trên mạng (toàn trình)",
    "partial": "Được một phần, vẫn còn bước phải nộp giấy hoặc đến nơi",
    "appointment": "Chỉ đặt lịch hẹn trên mạng, sau đó đến làm trực tiếp",
    "not_accepted": "Không có, anh/chị nộp theo cách khác",
}
UNSETTLED = "Chưa có thông tin chắc chắn"
WHOM = Html('<p class="whom"><a href="#ask">Hỏi ai?</a></p>')


def unsettled(reason: str) -> Html:
    """In place of a part that the record leaves open."""
    return Html(f"<p>{UNSETTLED}: {esc(words.lower_first(reason).rstrip('.'))}.</p>{WHOM}")


def documents(procedure: Procedure) -> Html:
    """Papers for everybody first, then case by case, numbered through."""
    groups = list(_by_case(procedure))
    common = groups[0][0] is None if groups else False
    parts: list[Html] = []
    number = 1
    for n, (name, rows) in enumerate(groups):
        label = "documents-title"
        if len(groups) > 1 or name:
            label = f"documents-{n}"
            parts.append(Html(f'<h3 id="{label}">{esc(_title(name, common))}</h3>'))
        parts.append(entries([_document(procedure, row) for row in rows], label=label, start=number))
        number += len(rows)
    return joined(parts)


def _title(name: str | None, common: bool) -> str:
    """Names from the portal often say "trường hợp" themselves."""
    if name is None:
        return "Giấy tờ chung"
    if "trường hợp" in name.lower():
        return f"Cần thêm: {words.lower_first(name)}" if common else name
    return f"{'Thêm cho t' if common else 'T'}rường hợp: {name}"


def _by_case(procedure: Procedure) -> Iterator[tuple[str | None, list[Document]]]:
    """(name of the case, its papers) in the order of the cases; None = for everybody, first."""
    for case_id in (None, *(case.id for case in procedure.cases)):
        if rows := [row for row in procedure.documents if row.case == case_id]:
            yield procedure.case_name(case_id), rows


def _document(procedure: Procedure, row: Document) -> Html:
    details = document_details(row)
    form = next(((n, form) for n, form in enumerate(procedure.template) if form.id == row.template), None)
    if form is None:
        return entry(row.name, details=details)
    link = f'<a href="#template-{form[0]}">{esc(form[1].number or "Xem biểu mẫu")}</a>'
    return entry(row.name, details=details, link=Html(link))


def document_details(row: Document) -> list[str]:
    """How many of a paper, when it is wanted, and what else is noted of it; a sentence each."""
    return _filled([counts(row), words.sentence(DOCUMENT_WORDS.get(row.kind, "")), words.sentence(row.note or "")])


def _filled(sentences: list[str]) -> list[str]:
    """`words.sentence` makes "." of nothing."""
    return [sentence for sentence in sentences if sentence not in ("", ".")]


def duration(procedure: Procedure) -> Html:
    """Each time limit with its case and way of filing, in the order of the cases."""
    order = [None, *(case.id for case in procedure.cases)]
    rows = []
    for row in sorted(procedure.duration, key=lambda row: order.index(row.case)):
        # Without a case the record does not say that the limit holds for every case.
        when = circumstance(procedure, row.case, row.channel) or "thời hạn giải quyết"
        details = [words.sentence(row.note)] if row.note and row.unit else []
        rows.append(entry(when[:1].upper() + when[1:], words.limit(row), details))
    return entries(rows, label="duration-title") if rows else Html("")


def fees(procedure: Procedure, day: date) -> Html:
    """The rows in force on `day`, each with its last day; a row that has ended and has no successor is named as ended."""
    valid = [fee for fee in procedure.fees if fee.valid_on(day)]
    ended = {ended_line(fee) for _, fee in ended_fees(procedure, day)}
    parts = [Html(f"<p>Mức áp dụng ngày {words.day(day)}.</p>")] if valid else [note("Hiện chưa có mức phí nào còn áp dụng trong dữ liệu.", "warn")]
    if valid:
        parts.append(entries([_fee(procedure, fee) for fee in valid], label="fees-title"))
    return joined([*parts, *(note(sentence, "warn") for sentence in sorted(ended))])


def _fee(procedure: Procedure, fee: Fee) -> Html:
    # A row of the portal without an amount may as well mean free for some; a reviewed one says that money is taken.
    value = words.amount(fee) or ("có thu, chưa rõ mức" if procedure.reviewed else "chưa rõ mức")
    until = words.sentence(until_when(fee)) if until_when(fee) else ""
    when = [circumstance(procedure, fee.case, fee.channel), fee.condition or "", fee.note or ""]
    basis = f"Theo {fee.source}." if fee.source else ""
    return entry(fee.name, value, _filled([*(words.sentence(text) for text in when), until, basis]))


def channels(procedure: Procedure) -> Html:
    """Sending by post, return by post, online: three answers that people take for one, told apart."""
    rows = []
    for part, said in (("post_submit", POST), ("post_return", POST), ("online", ONLINE)):
        channel = getattr(procedure, part)
        reason = procedure.unknown_reason(part)
        value = UNSETTLED if reason is not None else said.get(channel.status, UNSETTLED)
        below = _filled([words.sentence(reason or ""), words.sentence(channel.note or "")])
        warned = procedure.warning(part)
        rows.append(
            f'<div id="{part}"><dt>{esc(words.ASPECT_TITLES[part])}</dt><dd><p>{esc(value)}.</p>'
            + "".join(f'<p class="detail">{esc(text)}</p>' for text in below)
            + (str(WHOM) if value == UNSETTLED else "")
            + (note(words.sentence(warned), "warn") if warned else "")
            + "</dd></div>"
        )
    return Html('<dl class="ways">\n' + "\n".join(rows) + "\n</dl>")


def place(procedure: Procedure) -> Html:
    """Who decides and where to hand in."""
    said = [f"Cơ quan giải quyết: {procedure.place.agency}", procedure.place.where or "", procedure.place.note or ""]
    return joined(Html(f"<p>{esc(text)}</p>") for text in _filled([words.sentence(text) for text in said]))


def template(procedure: Procedure) -> Html:
    """Forms with their official mark."""
    if not procedure.template:
        return Html("<p>Dữ liệu không ghi mẫu nào cho thủ tục này.</p>")
    rows = []
    for n, form in enumerate(procedure.template):
        tail = "".join(f"; {text}" for text in (form.number, form.note) if text)
        rows.append(f'<li id="template-{n}">{esc(words.sentence(form.name + tail))}</li>\n')
    return Html(f'<ul class="lines" aria-labelledby="template-title">\n{"".join(rows)}</ul>')


def sentences(procedure: Procedure, part: str, *, numbered: bool = False) -> Html:
    """A part that is a list of sentences. numbered: the numbers that the portal writes itself, "Bước 1:", are not shown twice."""
    rows = list(getattr(procedure, part))
    if numbered:
        rows = [re.sub(rf"^Bước 0?{n}\s*[.:)]\s*(?=\S)", "", row, flags=re.I) for n, row in enumerate(rows, 1)]
    return bullets([words.sentence(row) for row in rows], label=f"{part}-title", numbered=numbered) if rows else Html("")

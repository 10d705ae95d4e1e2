"""Checklist -> the page on which papers are ticked off and which is printed on at most two sheets. Pure, no script."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import segno

from actions import words
from actions.address import CHECKLIST, PAGE, public
from actions.checklist import Checklist
from actions.reopen_code import reopen_code
from bot.channels import procedure_parts as parts
from bot.channels.checklist_papers import NO_OWN_PAPERS, papers
from bot.channels.page_html import Html, document, esc, joined, note, section
from bot.channels.procedure_page import LONG, ask, notices, part, source_note

REOPEN = "/m"
"""Followed by the letters that reopen a list; short, as people type it from paper."""
CASE_GONE = "Trường hợp đã chọn không còn trong dữ liệu, anh/chị xem và chọn lại."
ONLY_COMMON = "Danh sách này mới là phần chung, chưa tính giấy tờ, thời hạn, mức phí riêng của từng trường hợp."
CHOOSE = "Giấy tờ của thủ tục này tùy trường hợp. Anh/chị bấm vào trường hợp của mình để xem danh sách."
OTHER_CASES = "Nếu còn thuộc trường hợp khác, anh/chị cần thêm giấy tờ của trường hợp đó."
BY_CASE_ONLY = {
    "documents": NO_OWN_PAPERS,
    "duration": "Thời hạn ghi riêng theo từng trường hợp hoặc cách nộp; anh/chị xem đủ ở trang thủ tục.",
    "fees": "Mức phí ghi riêng theo từng trường hợp hoặc cách nộp; anh/chị xem đủ ở trang thủ tục.",
}
"""Said of a part that has rows, but none for the chosen case."""


def query(case: str | None, channel: str | None = None) -> str:
    """What follows the path of a checklist to choose a case and a way of filing; "" for neither."""
    asked = urlencode({name: value for name, value in (("case", case), ("channel", channel)) if value})
    return f"?{asked}" if asked else ""


def checklist_page(one: Checklist, *, case_gone: bool = False) -> str:
    """The whole HTML document. case_gone: the case that was asked for is none of the record's.

    A record that is not in force on the day shows its name and whom to ask, and nothing to tick.
    """
    record = one.record
    body = [_head(one), *notices(record, one.day, one.contact["name"])]
    if case_gone:
        body.append(note(CASE_GONE, "warn"))
    if record.valid_on(one.day):
        body.append(_choice(one))
        if not one.must_choose:
            body += _sections(one)
    body += [section("ask", "Chưa rõ thì hỏi ai", ask(record, one.contact)), section("source", "Nguồn", source_note(record))]
    body.append(Html(f'<p class="actions"><a class="button" href="{PAGE.format(code=esc(record.code))}">Xem cả thủ tục</a></p>'))
    printed = f"Nội dung tính đến ngày {words.day(one.day)}."
    title = f"Danh sách giấy tờ: {record.name} ({record.code})"
    return document(title, Html(f'<article class="record checklist">\n{joined(body)}\n</article>'), printed)


def _head(one: Checklist) -> Html:
    facts = {"Mã thủ tục": one.record.code}
    if one.case:
        facts["Trường hợp"] = one.case.name
    if one.channel:
        facts["Cách nộp"] = words.CHANNELS[one.channel]
    rows = "".join(f"<div><dt>{esc(name)}</dt><dd>{esc(value)}</dd></div>" for name, value in facts.items())
    size = ' class="long"' if len(one.record.name) > LONG else ""
    title = f'<p class="kicker">Danh sách giấy tờ</p>\n<h1{size}>{esc(one.record.name)}</h1>\n<dl class="facts">{rows}</dl>'
    return Html(f'<div class="sheet">\n<div>\n{title}\n</div>\n{_reopen(one)}\n</div>')


def _reopen(one: Checklist) -> Html:
    """The letters that reopen this list, and a QR code of their address when the office has named a public one: the name under
    which a request comes in may be anybody's, and on paper it would stay."""
    letters = reopen_code(one.record.code, one.case.id if one.case else None)
    if letters is None:
        return Html("")
    path = f"{REOPEN}/{letters}"
    address = public(path)
    shown = Html("")
    if address.startswith(("https://", "http://")):
        drawn = segno.make(address, error="m", micro=False).svg_inline(border=2, light="#ffffff", omitsize=True, svgclass="qr", lineclass=None)
        shown = Html(f'<span role="img" aria-label="Mã QR mở lại danh sách này">{drawn}</span>')
    site = esc(address.removesuffix(letters).partition("://")[2] or f"{REOPEN}/")
    link = f'<a href="{path}">{site}<strong class="letters">{letters}</strong></a>'
    return Html(f'<div class="reopen">\n{shown}\n<p>Mở lại danh sách: {link}</p>\n</div>')


def _choice(one: Checklist) -> Html:
    """The cases to choose from: open before one is chosen, folded away after."""
    if not one.cases:
        return Html("")
    path = CHECKLIST.format(code=esc(one.record.code))
    rest = [case for case in one.cases if case is not one.case]
    links = [f'<li><a href="{path}{esc(query(case.id, one.channel))}">{esc(case.name)}</a></li>' for case in rest]
    if one.case is None:
        said = CHOOSE if one.must_choose else ONLY_COMMON
        return section("case", "Anh/chị thuộc trường hợp nào?", Html(f'<p>{said}</p>\n<ul class="cases">\n{joined(map(Html, links))}\n</ul>'))
    if one.common:
        links.append(f'<li><a href="{path}{esc(query(None, one.channel))}">Chỉ xem phần chung</a></li>')
    if not links:
        return Html("")
    listed = f'<ul class="cases">\n{joined(map(Html, links))}\n</ul>'
    again = Html(f'<details class="again"><summary>Đổi trường hợp</summary>\n{listed}\n</details>')
    return joined([note(OTHER_CASES) if rest else Html(""), again])


def _sections(one: Checklist) -> list[Html]:
    """What to bring, how long it takes, what it costs, where to go; each with its doubts, or that the record leaves it open."""
    titles = {**words.ASPECT_TITLES, "documents": "Giấy tờ cần chuẩn bị"}
    drawn = {name: part(one.record, name, partial(_drawn, one, name)) for name in ("documents", "duration", "fees", "place")}
    return [section(name, titles[name], body) for name, body in drawn.items() if body]


def _drawn(one: Checklist, name: str) -> Html:
    if name in one.elsewhere:
        return Html(f"<p>{BY_CASE_ONLY[name]}</p>")
    if name == "documents":
        return papers(one)
    if name == "duration":
        return parts.duration(one.record)
    return parts.fees(one.record, one.day) if name == "fees" else parts.place(one.record)

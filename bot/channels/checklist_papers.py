"""Checklist -> its papers, each with a box to tick. Pure.

Ticks are the browser's own and live in the open page only: no form, no name, nothing is sent or kept.
"""

from __future__ import annotations

from actions import words
from actions.checklist import Checklist, Paper
from bot.channels.page_html import Html, esc, joined

NO_OWN_PAPERS = "Dữ liệu không ghi giấy tờ riêng cho trường hợp này."
FORMS = "Biểu mẫu nào không ghi chỗ lấy thì anh/chị hỏi nơi nộp."
TICKS = "Dấu đánh chỉ có trên trang đang mở, đóng trang là mất. Muốn in, anh/chị chọn “In” trong trình duyệt hoặc bấm Ctrl và P."


def papers(one: Checklist) -> Html:
    """Papers for everybody, then those of the case, numbered through."""
    if not one.record.documents:
        return Html("")
    drawn = [Html(f'<p class="hint onscreen">{TICKS}</p>')]
    if one.own and one.common:
        drawn += [Html('<h3 id="common">Giấy tờ chung</h3>'), _ticks(one.common, "common", 1)]
        drawn += [Html('<h3 id="own">Thêm cho trường hợp này</h3>'), _ticks(one.own, "own", len(one.common) + 1)]
    else:
        drawn.append(_ticks(one.common or one.own, "documents-title", 1))
        drawn.append(Html(f"<p>{NO_OWN_PAPERS}</p>") if one.case and not one.own else Html(""))
    if any(paper.form for paper in (*one.common, *one.own)):
        drawn.append(Html(f'<p class="hint">{FORMS}</p>'))
    return joined(drawn)


def _ticks(papers: tuple[Paper, ...], label: str, first: int) -> Html:
    """label: id of the heading that names the list. first: number of its first paper."""
    rows = joined(_tick(paper, number) for number, paper in enumerate(papers, first))
    return Html(f'<ul class="ticks" aria-labelledby="{label}">\n{rows}\n</ul>')


def _tick(paper: Paper, number: int) -> Html:
    """A box with the paper's name and count as its label, and what else is known of the paper below. autocomplete="off": no
    browser brings the ticks back to whoever opens the page next."""
    details = list(dict.fromkeys(words.sentence(text) for text in (paper.kind, paper.form, paper.note) if text))
    described = f' aria-describedby="paper-{number}"' if details else ""
    below = f'<p class="detail" id="paper-{number}">{esc(" ".join(details))}</p>' if details else ""
    count = f' <strong class="value">{esc(paper.counts)}</strong>' if paper.counts else ""
    box = f'<input type="checkbox" autocomplete="off"{described}>'
    return Html(f'<li><label class="tick">{box}<span class="what">{number}. {esc(paper.name)}{count}</span></label>{below}</li>')

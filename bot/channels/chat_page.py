"""The chat page for browsers without script: its template and what was said in, the page out. Pure.

The template is bot/widget/index.html. It serves both kinds of browser; here its form without script is filled in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.answer import Answer
from bot.channels.answer_html import answer_html, choice_forms, without_repeated_list
from bot.channels.page_html import Html, esc, joined

MARK = "<!-- plain -->"
_NOTICE = re.compile(r"<!-- notice -->.*?<!-- /notice -->", re.S)
ANCHOR = "tra-loi"
ACTION = f"/chat#{ANCHOR}"
"""The browser scrolls to the answer by itself."""
_FORM = 'action="/chat"'
_TOKEN = '<input type="hidden" name="conversation" value="">'
_MAIN = 'class="plain"'
_BOX = re.compile(r'<textarea id="message"([^>]*)></textarea>')
_TITLE = re.compile(r"<title>[^<]*</title>")
_ELEMENT = re.compile(r"<mot-cua-chat\b[^>]*></mot-cua-chat>\s*")
_SCRIPT = re.compile(r"<script\b[^>]*></script>\s*")
_ERROR = "message-error"
_FULL = Html('<p><a href="/chat">Dùng trang trò chuyện đầy đủ</a></p>')


class TemplateError(ValueError):
    """index.html lacks something that the page without script is made of; one line naming it."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answers. question: as typed. notice: said before the answers, None = not now. code: with which the
    conversation can be erased later, None = there is none."""

    question: str
    answers: tuple[Answer, ...]
    notice: str | None = None
    code: str | None = None


def noticed(template: str, notice: str) -> str:
    """The template that says before the first question who answers, what is kept, how long and how it is erased."""
    return _NOTICE.sub(lambda _: esc(notice), template)


def empty_page(template: str) -> str:
    """Nothing said yet: also the page of those who have script, so a template without the mark is served as it is."""
    return template.replace(MARK, "").replace(_FORM, f'action="{ACTION}"')


def answered_page(template: str, exchange: Exchange, token: str) -> str:
    """The exchange, then the form ready for the next question of the same conversation. Raises TemplateError."""
    title = "Câu trả lời"
    below = (_section(title, _exchange(exchange, token)), _erasing(token, exchange.code), _FULL)
    return _filled(template, title, joined(below), token, "")


def erased_page(template: str, sentence: str) -> str:
    """After erasing: the form begins a new conversation. Raises TemplateError."""
    title = "Đã xóa cuộc trò chuyện"
    said = Html(f'<div class="message message--notice"><div class="bubble"><p>{esc(sentence)}</p></div></div>')
    return _filled(template, title, joined((_section(title, said), _FULL)), "", "")


def refused_page(template: str, sentence: str, token: str, typed: str) -> str:
    """Why the question was not taken; what was typed is still in the box. Raises TemplateError."""
    title = "Chưa gửi được"
    said = Html(f'<div class="message message--alert"><div class="bubble"><p id="{_ERROR}">{esc(sentence)}</p></div></div>')
    return _filled(template, title, joined((_section(title, said), _FULL)), token, typed, refused=True)


def _section(title: str, body: Html) -> Html:
    return Html(f'<section id="{ANCHOR}" class="log" aria-labelledby="{ANCHOR}-title">\n<h2 id="{ANCHOR}-title">{esc(title)}</h2>\n{body}\n</section>')


def _erasing(token: str, code: str | None) -> Html:
    """A form of its own: Enter in the box of questions must never erase."""
    if code is None:
        return Html("")
    kept = f'<p>Mã để xóa cuộc trò chuyện này về sau, ở trang <a href="/quyen-rieng-tu">Quyền riêng tư</a>: <strong>{esc(code)}</strong></p>'
    hidden = f'<input type="hidden" name="conversation" value="{esc(token)}">'
    button = '<button class="choice" type="submit" name="erase" value="1">Xóa cuộc trò chuyện này</button>'
    return Html(f'<form class="erase-form" method="post" action="{ACTION}" accept-charset="utf-8">{hidden}{kept}{button}</form>')


def _exchange(exchange: Exchange, token: str) -> Html:
    asked = Html(
        '<div class="message message--user"><div class="bubble"><p><span class="visually-hidden">Anh/chị hỏi: </span>'
        f"{esc(exchange.question.strip())}</p></div></div>"
    )
    notice = Html(f'<div class="message message--notice"><div class="bubble"><p>{esc(exchange.notice)}</p></div></div>' if exchange.notice else "")
    return joined((asked, notice, *(_message(answer, token) for answer in exchange.answers)))


def _message(answer: Answer, token: str) -> Html:
    text, numbered = without_repeated_list(answer)
    choices = choice_forms(answer.choices, numbered, token, ACTION)
    below = f'\n<div class="choices-box">{choices}</div>' if choices else ""
    return Html(f'<div class="message message--bot"><div class="bubble">{answer_html(text, answer.sources)}</div>{below}</div>')


def _filled(template: str, title: str, said: Html, token: str, typed: str, *, refused: bool = False) -> str:
    """Without the chat element, which would take the place of what is shown here."""
    page = _ELEMENT.sub("", _SCRIPT.sub("", empty_page(_put(template, MARK, said))))
    page = _put(page, _MAIN, 'class="plain plain--answered"')
    page = _put(page, _TOKEN, f'<input type="hidden" name="conversation" value="{esc(token)}">')
    for pattern, drawn in ((_TITLE, lambda _: f"<title>{esc(title)} – Một Cửa</title>"), (_BOX, lambda box: _box(box[1], typed, refused))):
        page, found = pattern.subn(drawn, page, count=1)
        if not found:
            raise TemplateError(f"the chat page's template has no {pattern.pattern}")
    return page


def _box(attributes: str, typed: str, refused: bool) -> str:
    """Browsers drop one newline after the tag: with one of ours there, none that was typed is lost."""
    if refused:
        attributes = attributes.replace('aria-describedby="', f'aria-describedby="{_ERROR} ') + ' aria-invalid="true"'
    return f'<textarea id="message"{attributes}>\n{esc(typed)}</textarea>'


def _put(page: str, place: str, text: str) -> str:
    if place not in page:
        raise TemplateError(f"the chat page's template has no {place}")
    return page.replace(place, text, 1)

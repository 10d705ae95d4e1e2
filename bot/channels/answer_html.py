"""An Answer in, HTML for a page without script out: paragraphs, lists, links to our own pages and to the source. Pure."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from actions.answer import Answer, Choice, SourceRef
from bot.channels.page_html import Html, esc, joined

_NUMBERED = re.compile(r"\s*(\d{1,3})[.)]\s+(\S.*)")
_BULLETED = re.compile(r"\s*[-–•*]\s+(\S.*)")
_LABELLED = re.compile(r'([^:.,;?!“”"()]{2,48}:)(\s\S.*)')
_SOURCE = re.compile(r"Nguồn:\s")
# Our own pages and calendar files, also after a public address: only the path is followed, so never another host.
_OWN = (
    r"(?:https?://[^\s/]+)?(/(?:thu-tuc/\d\.\d{6}(?:/checklist)?|viec/[a-z-]+|lien-he|quyen-rieng-tu"
    r"|api/deadline\.ics\?[\w.=&:-]*[\w=&-]))(?![\w/-])"
)
_PAGE = re.compile(_OWN, re.ASCII)
_NAMED_PAGE = re.compile(rf"(\S.{{1,80}}):[ ]{_OWN}\.?", re.ASCII)
_NEW_TAB = Html('<span class="visually-hidden"> (mở trang mới)</span>')


def answer_html(text: str, sources: Sequence[SourceRef]) -> Html:
    """The text's lines as elements; the same line of the text is never shown twice."""
    blocks = list(_blocks(unicodedata.normalize("NFC", text)))
    drawn = []
    for at, (kind, lines) in enumerate(blocks):
        leads = at + 1 < len(blocks) and blocks[at + 1][0] in ("ol", "ul")
        drawn.append(_block(kind, lines, leads, sources))
    return joined(drawn)


def without_repeated_list(answer: Answer) -> tuple[str, bool]:
    """A question back lists its choices as "1. …" for channels without buttons. Where buttons follow: the text without that list,
    and True when the buttons are to be numbered instead."""
    lines = answer.text.split("\n")
    listed = [match for line in lines if (match := _NUMBERED.fullmatch(line))]
    rest = [line for line in lines if not _NUMBERED.fullmatch(line)]
    same = len(answer.choices) > 1 and [(int(one[1]), one[2].strip()) for one in listed] == [
        (number, choice.title.strip()) for number, choice in enumerate(answer.choices, 1)
    ]
    return ("\n".join(rest), True) if same and any(line.strip() for line in rest) else (answer.text, False)


def choice_forms(choices: Sequence[Choice], numbered: bool, token: str, action: str) -> Html:
    """Each choice as a form of its own: one press sends it. token: of the conversation; action: where to."""
    if not choices:
        return Html("")
    rows = (
        f'<li><form method="post" action="{esc(action)}" accept-charset="utf-8">'
        f'<input type="hidden" name="conversation" value="{esc(token)}"><input type="hidden" name="message" value="{esc(choice.message)}">'
        f'<button class="choice" type="submit">{f"{number}. " if numbered else ""}{esc(choice.title)}</button></form></li>'
        for number, choice in enumerate(choices, 1)
    )
    kind = " choices--numbered" if numbered else ""
    return Html(f'<ul class="choices{kind}" aria-label="Bấm để hỏi tiếp">{"".join(rows)}</ul>')


def _blocks(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """("ol" | "ul" | "source" | "text", [(number or "", words)])."""
    kept = [_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    # A blank line parts two lists; sources stand one by one.
    for (kind, _), rows in itertools.groupby(enumerate(kept), key=lambda row: (row[1][0], row[0] if row[1][0] == "source" else -1)):
        if kind != "gap":
            yield kind, [(number, words) for _, (_, number, words) in rows]


def _line(line: str) -> tuple[str, str, str]:
    if numbered := _NUMBERED.fullmatch(line):
        return "ol", numbered[1], numbered[2]
    if bulleted := _BULLETED.fullmatch(line):
        return "ul", "", bulleted[1]
    return ("source" if _SOURCE.match(line) else "text" if line.strip() else "gap"), "", line.strip()


def _block(kind: str, lines: Sequence[tuple[str, str]], leads: bool, sources: Sequence[SourceRef]) -> Html:
    if kind == "ol":
        return Html('<ol class="items">' + "".join(f'<li value="{number}">{_linked(words)}</li>' for number, words in lines) + "</ol>")
    if kind == "ul":
        return Html('<ul class="items">' + "".join(f"<li>{_linked(words)}</li>" for _, words in lines) + "</ul>")
    if kind == "source":
        return _source(lines[0][1], sources)
    last = len(lines) - 1
    return joined(_paragraph(words, leads and at == last) for at, (_, words) in enumerate(lines))


def _paragraph(line: str, leads: bool) -> Html:
    if named := _NAMED_PAGE.fullmatch(line):
        return Html(f"<p>{_link(named[2], named[1])}</p>")
    if leads and line.endswith(":"):
        return Html(f'<p class="lead">{esc(line)}</p>')
    if label := _LABELLED.fullmatch(line):
        return Html(f"<p><strong>{esc(label[1])}</strong>{_linked(label[2])}</p>")
    return Html(f"<p>{_linked(line)}</p>")


def _linked(text: str) -> Html:
    """The addresses of our own pages in it as links."""
    parts, at = [], 0
    for page in _PAGE.finditer(text):
        parts += [esc(text[at:page.start()]), _link(page[1], page[0])]
        at = page.end()
    return Html("".join([*parts, esc(text[at:])]))


def _source(line: str, sources: Sequence[SourceRef]) -> Html:
    """ "Nguồn: <title>, mã …": the title leads to the source when its address is an http(s) one."""
    for source in sources:
        href = web_address(source.url)
        if href and source.title and source.title in line:
            before, _, after = line.partition(source.title)
            return Html(f'<p class="source">{esc(before)}{_link(href, source.title)}{_linked(after)}</p>')
    return Html(f'<p class="source">{_linked(line)}</p>')


def _link(href: str, words: str) -> Html:
    return Html(f'<a href="{esc(href)}" target="_blank" rel="noopener noreferrer">{esc(words)}{_NEW_TAB}</a>')


def web_address(url: str | None) -> str | None:
    """The address when it is an absolute http(s) one, else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None

"""Texts in, HTML out: the frame around a readable page, and the few elements its parts are built of. Pure, no script.

Every function escapes the texts it is given; a parameter of type `Html` is inserted as it stands.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import NewType

Html = NewType("Html", str)
"""Text that is markup already."""
_FRAME = """<!DOCTYPE html>
<html lang="vi" class="paper">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
  <title>{title} – Một Cửa</title>
  <meta name="color-scheme" content="light dark">
  <meta name="theme-color" content="#0b5750" media="(prefers-color-scheme: light)">
  <meta name="theme-color" content="#10302c" media="(prefers-color-scheme: dark)">
  <link rel="icon" href="/favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/chat.css">
  <link rel="stylesheet" href="/page.css">
</head>
<body>
  <a class="skip" href="#content">Đến nội dung chính</a>
  <header class="header">
    <div class="masthead">
      <div class="column masthead-row">
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
          <path class="mark-arch" d="M6 27V15a10 10 0 0 1 20 0v12"/>
          <path class="mark-door" d="M12 27V15.5a4 4 0 0 1 8 0V27z"/>
        </svg>
        <p class="name"><span class="brand">Một Cửa</span><span class="visually-hidden"> – </span><span class="tagline">Hướng dẫn thủ tục hành chính tỉnh Cà&nbsp;Mau</span></p>
      </div>
    </div>
    <div class="strip">
      <div class="column strip-row">
        <p class="label">Trang tra cứu, chỉ để hướng dẫn</p>
        <a class="quiet" href="/">Hỏi trợ lý</a>
      </div>
    </div>
  </header>
  <main id="content" class="column" tabindex="-1">
{body}
  </main>
  <footer class="foot">
    <div class="column">
      <p>Máy tự soạn trang này từ dữ liệu đã ghi. Kết quả chính thức do cơ quan có thẩm quyền quyết định.{printed}</p>
    </div>
  </footer>
</body>
</html>
"""


def esc(text: object) -> Html:
    """Safe in an element and in a quoted attribute."""
    return Html(html.escape(str(text), quote=True))


def document(title: str, body: Html, printed: str = "") -> str:
    """The whole page. printed: the sentence of the day for which it holds, "" when it holds on any."""
    return _FRAME.format(title=esc(title), body=body, printed=f" {esc(printed)}" if printed else "")


def message_page(title: str, *sentences: str) -> str:
    """A page that only says something, such as that there is no such procedure, and leads to the assistant."""
    said = "\n".join(f"<p>{esc(sentence)}</p>" for sentence in sentences)
    back = '<p class="actions"><a class="button" href="/">Hỏi trợ lý</a></p>'
    return document(title, Html(f'<div class="record"><h1>{esc(title)}</h1>\n{said}\n{back}</div>'))


def joined(parts: Iterable[Html]) -> Html:
    """One after the other, each on its line; empty ones are left out."""
    return Html("\n".join(part for part in parts if part))


def section(anchor: str, title: str, body: Html) -> Html:
    """A part with its heading; `anchor` is what a link names, ASCII."""
    return Html(f'<section id="{esc(anchor)}" aria-labelledby="{esc(anchor)}-title">\n<h2 id="{esc(anchor)}-title">{esc(title)}</h2>\n{body}\n</section>')


def note(text: str, kind: str = "plain") -> Html:
    """A sentence set apart. kind: plain, or warn for what a citizen must not overlook."""
    return Html(f'<p class="note note--{esc(kind)}" role="note">{esc(text)}</p>')


def bullets(rows: Iterable[str], *, label: str, numbered: bool = False) -> Html:
    """A list of sentences. A row of several lines is a head and smaller lines below it. label: id of the heading that names it."""
    tag = "ol" if numbered else "ul"
    items = "".join(f"<li>{_lines(row)}</li>\n" for row in rows)
    return Html(f'<{tag} class="lines" aria-labelledby="{esc(label)}">\n{items}</{tag}>')


def _lines(row: str) -> str:
    head, *rest = row.split("\n")
    return esc(head) + "".join(f'<p class="detail">{esc(line)}</p>' for line in rest)


def entry(name: str, value: str = "", details: Iterable[str] = (), link: Html = Html("")) -> Html:
    """One <li>: what it is, its value beside it, and smaller lines below. link: markup after the details."""
    head = f'<span class="what">{esc(name)}</span>'
    if value:
        head += f'<span class="visually-hidden">: </span><strong class="value">{esc(value)}</strong>'
    below = "".join(f'<p class="detail">{esc(detail)}</p>' for detail in details if detail)
    below += f'<p class="detail">{link}</p>' if link else ""
    return Html(f'<li><p class="pair">{head}</p>{below}</li>')


def entries(rows: Iterable[Html], *, label: str, start: int | None = None) -> Html:
    """A list of `entry`s. start: its first number; None = not numbered."""
    tag, first = ("ul", "") if start is None else ("ol", f' start="{start}"' if start != 1 else "")
    return Html(f'<{tag} class="entries" aria-labelledby="{esc(label)}"{first}>\n{joined(rows)}\n</{tag}>')

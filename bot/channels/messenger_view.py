"""Answers in, what a messenger shall be sent out: plain text within the limit, sources as lines, choices numbered. Pure.

It draws every status alike and shows neither state nor JSON.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from actions.answer import Answer, Choice, SourceRef
from bot.channels.messenger_text import for_messenger
from bot.channels.outgoing import Button, Outgoing
from bot.channels.text_parts import LIMIT, parts
from bot.channels.zalo_events import PAYLOAD
from bot.gateway import texts

MAX_CHOICES = 9
"""One digit each."""
MAX_BUTTONS, MAX_TITLE, MAX_PAYLOAD = 5, 100, 1_000
"""Zalo's limits: buttons a message, characters of a title and of a payload."""


def messenger_view(
    answers: Sequence[Answer], notice: str | None = None, public_url: str = "", opening: str | None = None
) -> list[Outgoing]:
    """notice: a message of its own before all others. opening: a line before the first answer. public_url: see for_messenger.

    Buttons go on the last part of the answer whose choices the numbers stand for: offered(answers) tells which.
    """
    shown = [Outgoing(part) for part in parts(notice or "")]
    asking = _asking(answers)
    for n, answer in enumerate(answers):
        choices = offered(answers) if n == asking else ()
        text = for_messenger(answer.text, public_url)
        body = "\n".join([*([opening] if opening and n == 0 else []), text, *_source_lines(answer.sources, text)])
        pages = _with_choices(parts(body), _choice_block(answer, text, choices))
        buttons = tuple(button for choice in choices[:MAX_BUTTONS] if (button := _button(choice)))
        shown += [Outgoing(page) for page in pages[:-1]]
        shown += [Outgoing(page, buttons) for page in pages[-1:]]
    # Whatever an engine said, the citizen is not left in silence.
    return shown if any(answer.text.strip() or answer.choices for answer in answers) else [*shown, Outgoing(texts.FAILED)]


def offered(answers: Sequence[Answer]) -> tuple[Choice, ...]:
    """What 1, 2, 3 … mean after these answers: the choices of the last one that has any."""
    asking = _asking(answers)
    return answers[asking].choices[:MAX_CHOICES] if asking is not None else ()


def _asking(answers: Sequence[Answer]) -> int | None:
    return next((n for n in reversed(range(len(answers))) if answers[n].choices), None)


def _source_lines(sources: Sequence[SourceRef], text: str) -> list[str]:
    """A text usually names its source; what it lacks is the page. One line an address."""
    lines = {}
    for source in sources:
        url = source.url or ""
        if not url.startswith(("https://", "http://")) or url in text:
            continue
        day = date.fromisoformat(source.checked_on).strftime("%d/%m/%Y") if source.checked_on else ""
        line = texts.MESSENGER_SOURCE_PAGE if source.title in text or not day else texts.MESSENGER_SOURCE
        lines.setdefault(url, line.format(url=url, title=source.title, day=day))
    return list(lines.values())


def _choice_block(answer: Answer, text: str, choices: Sequence[Choice]) -> str:
    """The numbered choices; "" when there are none or the text numbers them itself."""
    lines = text.split("\n")
    if all(any(line.startswith(f"{n}. {choice.title}") for line in lines) for n, choice in enumerate(choices, 1)):
        return ""
    asks_back = answer.status.startswith("unclear")
    head = texts.MESSENGER_ANSWER_BY_NUMBER if asks_back else texts.MESSENGER_ASK_BY_NUMBER
    return "\n".join([head, *(f"{n}. {_line(choice.title)}" for n, choice in enumerate(choices, 1))])


def _with_choices(pages: list[str], block: str) -> list[str]:
    """The block stays in one piece: behind the last part when it fits there, else as a part of its own."""
    if not block:
        return pages
    block = unicodedata.normalize("NFC", block)
    if pages and len(pages[-1]) + 1 + len(block) <= LIMIT:
        return [*pages[:-1], f"{pages[-1]}\n{block}"]
    return [*pages, *parts(block)]


def _button(choice: Choice) -> Button | None:
    """None when the question behind it is longer than a payload: its number still works."""
    payload = PAYLOAD + choice.message
    return Button(_clipped(_line(choice.title), MAX_TITLE), payload) if len(payload) <= MAX_PAYLOAD else None


def _line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"

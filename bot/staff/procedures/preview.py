"""(record, day) -> what a citizen reads: the answer to every aspect as the bot composes and verifies it, and the public page. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup

from actions import texts, words
from actions.answer import Answer, AnswerStatus, ProcedureRef
from actions.compose import compose
from actions.in_force import out_of_force
from actions.verify import UnverifiedError, verify
from bot.channels.answer_html import answer_html
from bot.channels.procedure_page import procedure_page
from index.post import Post
from index.procedure import ASPECTS, Procedure

ORDER = ("overview", *(aspect for aspect in ASPECTS if aspect != "overview"))
ANSWERED = {
    AnswerStatus.ANSWERED: "Trả lời được",
    AnswerStatus.ANSWERED_EXPIRED_WARNING: "Trả lời, kèm báo đã hết hạn",
    AnswerStatus.NOT_IN_RECORD: "Chưa trả lời được",
    AnswerStatus.ERROR_UNVERIFIED: "Bot sẽ không gửi câu này",
}


@dataclass(frozen=True)
class Shown:
    """asked: the question in words. problem: why the answer is not sent, for staff; None = it is. html: as the chat draws it."""

    aspect: str
    title: str
    asked: str
    answer: Answer
    problem: str | None
    html: Markup

    @property
    def status(self) -> str:
        """In words."""
        return ANSWERED.get(self.answer.status, str(self.answer.status))


def answers(procedure: Procedure, day: date, contact: Mapping[str, Any], post: Post = Post()) -> list[Shown]:
    """One for every aspect, the overview first. As actions.reply answers a question about a procedure that is found."""
    return [_shown(procedure, aspect, day, contact, post) for aspect in ORDER]


def public_page(procedure: Procedure, day: date, contact: Mapping[str, Any]) -> Markup:
    """What stands in <main> of /thu-tuc/<code>; its parts cannot be jumped to from here, its headings stand one level lower."""
    page = procedure_page(procedure, day, contact)
    inner = page[page.index(">", page.index("<main")) + 1 : page.index("</main>")]
    drawn = _Inside()
    drawn.feed(inner)
    return Markup("".join(drawn.parts))


def _shown(procedure: Procedure, aspect: str, day: date, contact: Mapping[str, Any], post: Post) -> Shown:
    answer, problem = _answer(procedure, aspect, day, contact, post)
    html = Markup(answer_html(answer.text, answer.sources))
    return Shown(aspect, words.ASPECT_TITLES[aspect], f"{procedure.name} {words.ASPECT_QUESTIONS[aspect]}?", answer, problem, html)


def _answer(
    procedure: Procedure, aspect: str, day: date, contact: Mapping[str, Any], post: Post
) -> tuple[Answer, str | None]:
    ref = ProcedureRef(procedure.code, procedure.name)
    if ended := out_of_force(procedure, day, contact["name"]):
        return Answer(AnswerStatus.NOT_IN_RECORD, ended, ref), None
    try:
        return verify(compose(procedure, (aspect,), day, contact, post), procedure, contact, post=post), None
    except UnverifiedError as error:
        told = f"Câu trả lời có chỗ không khớp bản ghi ({error}). Anh/chị xem lại số và chữ trong phần này."
        return Answer(AnswerStatus.ERROR_UNVERIFIED, texts.UNVERIFIED.format(office=contact["name"]), ref), told


class _Inside(HTMLParser):
    """A page's markup inside another page: no anchors of its own (one page, one id), headings from h1 to h3."""

    LOWER = {"h1": "h3", "h2": "h4", "h3": "h5"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [(key, value) for key, value in attrs if key not in ("id", "aria-labelledby", "aria-describedby")]
        if tag == "a" and (dict(attrs).get("href") or "").startswith("#"):
            tag, kept = "span", []
        self._open = getattr(self, "_open", [])
        self._open.append(tag)
        shown = "".join(Markup(' {}="{}"').format(key, value or "") for key, value in kept)
        self.parts.append(f"<{self.LOWER.get(tag, tag)}{shown}>")
        if tag in ("br", "hr", "img", "input", "path", "meta", "link"):
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if getattr(self, "_open", []):
            opened = self._open.pop()
            self.parts.append(f"</{self.LOWER.get(opened, opened)}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

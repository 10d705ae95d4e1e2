"""What an HTML form posts in, its fields out; and the parts of a form as HTML, errors beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request

from bot.channels.page_html import Html, esc
from bot.gateway.limits import read_body

TYPE = "application/x-www-form-urlencoded"
MAX_FIELDS = 20


class BadForm(ValueError):
    """The body is no form of ours."""


async def read_form(request: Request) -> dict[str, str]:
    """Each field's first value. Raises BadForm, BodyTooLarge."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != TYPE:
        raise BadForm(TYPE)
    raw = await read_body(request)
    try:
        fields = parse_qs(raw.decode("utf-8"), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError as error:
        raise BadForm(type(error).__name__) from None
    return {name: values[0] for name, values in fields.items()}


def text_field(
    name: str, label: str, value: str, *, error: str | None = None, hint: str = "", rows: int = 1, more: Html = Html("")
) -> Html:
    """A labelled box; hint and error are read out with it. rows > 1: a textarea. more: further attributes."""
    told = [part for part, there in ((f"{name}-hint", hint), (f"{name}-error", error)) if there]
    attributes = f'id="{esc(name)}" name="{esc(name)}"{more}'
    if told:
        attributes += f' aria-describedby="{" ".join(told)}"'
    if error:
        attributes += ' aria-invalid="true"'
    if rows > 1:
        box = f'<textarea rows="{rows}" {attributes}>\n{esc(value)}</textarea>'
    else:
        box = f'<input type="text" {attributes} value="{esc(value)}">'
    above = f'<label for="{esc(name)}">{esc(label)}</label>'
    above += f'<p class="hint" id="{esc(name)}-hint">{esc(hint)}</p>' if hint else ""
    return Html(f'<div class="field">{above}{error_line(name, error)}{box}</div>')


def tick_field(name: str, label: str, ticked: bool, *, error: str | None = None) -> Html:
    """A box to tick, its words beside it."""
    attributes = f'id="{esc(name)}" name="{esc(name)}" value="1" required' + (" checked" if ticked else "")
    attributes += f' aria-describedby="{esc(name)}-error" aria-invalid="true"' if error else ""
    box = f'<label class="consent"><input type="checkbox" {attributes}><span>{esc(label)}</span></label>'
    return Html(f'<div class="field">{error_line(name, error)}{box}</div>')


def error_line(name: str, error: str | None) -> Html:
    """Empty when there is no error."""
    said = f'<span class="visually-hidden">Lỗi: </span>{esc(error)}'
    return Html(f'<p class="error" id="{esc(name)}-error">{said}</p>' if error else "")


def error_list(errors: Mapping[str, str]) -> Html:
    """At the head of a form that was refused: what is wrong, each line leading to its field."""
    if not errors:
        return Html("")
    rows = "".join(f'<li><a href="#{esc(name)}">{esc(error)}</a></li>' for name, error in errors.items())
    head = "<p>Anh/chị xem lại giúp các mục sau:</p>"
    return Html(f'<div class="note note--warn" role="alert">{head}<ul class="lines">{rows}</ul></div>')

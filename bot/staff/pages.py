"""A template and values in, HTML out: every text is escaped, every form gets its token, every page its menu."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.staff.menu import menu
from bot.staff.plain import field_words, file_words, gist, holes, intent_words, problem_words, value_words
from bot.staff.rights import ROLE_NAMES, Right, Role
from bot.staff.statuses import aspect_words, status_words

if TYPE_CHECKING:
    from bot.staff.visit import Visit

TEMPLATES = Path(__file__).with_name("templates")
VIETNAM = timezone(timedelta(hours=7))


def render(template: str, visit: Visit, values: Mapping[str, Any]) -> str:
    """Raises jinja2's errors for a template that is wrong: a value that is missing is a fault, never an empty place."""
    more = {
        "visit": visit,
        "person": visit.person,
        "notice": visit.notice,
        "menu": menu(visit.person, visit.at),
        "csrf_field": lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(visit.csrf),
        "may": lambda right: visit.person is not None and visit.person.may(Right(right)),
    }
    return _environment().get_template(template).render({**more, **values})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"day": day, "moment": moment, "number": number, "dong": dong, "is_day": is_day, "role": lambda role: ROLE_NAMES[Role(role)]}
    environment.filters |= {"status": status_words, "aspects": aspect_words, "intent": intent_words, "file": file_words}
    environment.filters |= {"field": field_words, "value": value_words, "problem": problem_words, "gist": gist, "holes": holes}
    return environment


def day(value: float | str | date | None) -> str:
    """Seconds since 1970, an ISO day or a date -> 23/11/2026 in Vietnam; "" for None."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return f"{(value if isinstance(value, date) else datetime.fromtimestamp(value, VIETNAM)):%d/%m/%Y}"


def is_day(value: str) -> bool:
    """Can a date field show it? 2026-11-22 it can, "22/11" it would swallow."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def moment(value: float | None) -> str:
    """Seconds since 1970 -> 14:05 23/11/2026 in Vietnam; "" for None."""
    return f"{datetime.fromtimestamp(value, VIETNAM):%H:%M %d/%m/%Y}" if value is not None else ""


def number(value: float, places: int = 0) -> str:
    """1234.5 -> 1.234,5 (with places=1). What rounds to zero has no minus."""
    return f"{value:z,.{places}f}".translate(str.maketrans(",.", ".,"))


def dong(value: int) -> str:
    """50000 -> 50.000 đồng."""
    return f"{number(value)} đồng"

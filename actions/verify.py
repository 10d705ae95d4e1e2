"""Every fact of an Answer is found in its record or in a count made anew, and every number of its text in a fact, or the answer is
not sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from actions import words
from actions.address import page_of
from actions.answer import Answer, Fact
from actions.compose import source_line
from actions.compose_faq import faq_source
from actions.deadline_hours import clock
from actions.deadline_step import Step, on
from actions.due_count import Count
from index.faq import Faq
from index.post import Post
from index.procedure import Duration, Fee, Procedure

NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")
STEP = re.compile(r"^\d+\. |\bbước \d+(?:, \d+)*", re.M)
"""The numbers of the answer's own lines, and where one of them is pointed to."""
CONTACT = "contact."
"""Paths of facts that the row of province/*.yml bears out, not the record: "contact.address", "contact.filing.text"."""


class UnverifiedError(ValueError):
    """An answer that says something its record does not. The message names the field or the number."""


def verify(
    answer: Answer,
    procedure: Procedure,
    contact: Mapping[str, Any] | None = None,
    *,
    post: Post = Post(),
    count: Count | None = None,
) -> Answer:
    """The same answer when every fact and number is borne out by `procedure`, by its row of contacts, by what holds for all that
    goes by post, and computed days ("due[0].steps[3]") by `count`: not the one the answer was made from, but one made anew of the
    same record. Raises UnverifiedError otherwise."""
    return verify_all(answer, {procedure.code: procedure}, contact=contact, post=post, count=count)


def verify_all(
    answer: Answer,
    procedures: Mapping[str, Procedure],
    frame: str = "",
    *,
    contact: Mapping[str, Any] | None = None,
    post: Post = Post(),
    count: Count | None = None,
) -> Answer:
    """The same answer when every fact is borne out by the record that it names, and every number by a fact. procedures: by code.
    frame: what else the answer may have numbers from, worked out from the records. Raises UnverifiedError otherwise."""
    versions = {code: procedure.version for code, procedure in procedures.items()}  # a hash of the whole record: made once
    for fact in answer.facts:
        if not fact.code:
            _verify_general(fact, post)
            continue
        if versions.get(fact.code) != fact.version:
            expected = ", ".join(f"{code} {version}" for code, version in versions.items())
            raise UnverifiedError(f"{fact.field}: of {fact.code} {fact.version}; expected {expected}")
        if fact.field.startswith(CONTACT):
            said = shown(told_by(contact or {}, fact.field))
        else:
            counted = count is not None and hasattr(count, re.split(r"\W", fact.field)[0])
            said = shown(resolve(count if counted else procedures[fact.code], fact.field))
        if fact.value not in said:
            raise UnverifiedError(f"{fact.field}: says {fact.value!r}; the record says {said}")
    stated = [fact.value for fact in answer.facts] + [_frame(procedure) for procedure in procedures.values()]
    strange = numbers(STEP.sub("", answer.text)) - numbers(" ".join([*stated, frame]))
    if strange:
        raise UnverifiedError(f"text has {sorted(strange)}, in no fact")
    return answer


def verify_faq(answer: Answer, faq: Faq) -> Answer:
    """The same answer when it tells the entry's answer of the release, word for word, and nothing beside it but the line of its source.
    Raises UnverifiedError otherwise."""
    told = [(fact.field, fact.value, fact.version) for fact in answer.facts]
    if told != [(faq.field, faq.answer, faq.version)]:
        raise UnverifiedError(f"{faq.field}: says {told!r}; the release says {faq.answer!r}, version {faq.version}")
    if answer.text != f"{faq.answer}\n{faq_source(faq)}":
        raise UnverifiedError(f"{faq.field}: the text is not the answer and its source")
    return answer


def _verify_general(fact: Fact, post: Post) -> None:
    if fact.version != post.version:
        raise UnverifiedError(f"{fact.field}: of {fact.version}; expected {post.version}")
    if fact.value != post.texts.get(fact.field):
        raise UnverifiedError(f"{fact.field}: says {fact.value!r}; the file says {post.texts.get(fact.field)!r}")


def numbers(text: str) -> set[str]:
    """Numbers as written, dates and law numbers whole: {"1.001193", "22/11/2026", "7"}."""
    return {found.strip(".,/-") for found in NUMBER.findall(text)}


def resolve(origin: Procedure | Count, path: str) -> Any:
    """The value at a field path such as "documents[0].name", "unknown.fees" or "due[0].steps[3]". Raises UnverifiedError when there
    is none."""
    value: Any = origin
    try:
        for name, index in re.findall(r"(\w+)(?:\[(\d+)\])?", path):
            value = (
                dict(value)[name] if isinstance(value, tuple) and not index and not hasattr(value, name) else getattr(value, name)
            )
            if index:
                value = value[int(index)]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise UnverifiedError(f"{path}: no such field in {getattr(origin, 'code', 'the count')}") from error
    return value


def told_by(contact: Mapping[str, Any], path: str) -> Any:
    """The value at a path such as "contact.filing.text". Raises UnverifiedError when the row has none."""
    value: Any = contact
    for name in path.removeprefix(CONTACT).split("."):
        if not isinstance(value, Mapping) or name not in value:
            raise UnverifiedError(f"{path}: no such field in the contact {contact.get('name')!r}")
        value = value[name]
    return value


def shown(value: Any) -> tuple[str, ...]:
    """The ways a field's value may be shown, worked out from the record again and not taken from the answer."""
    if isinstance(value, Duration):
        return (words.limit(value),)
    if isinstance(value, Fee):
        return (words.amount(value),)
    if isinstance(value, tuple):  # a row of warnings: (part, what is said)
        return (str(value[-1]),)
    if isinstance(value, Step):
        return (on(value), on(value, name=False), on(value, year=True))
    if isinstance(value, datetime):
        return (words.day(value), f"{clock(value)} {words.day(value)}")
    if isinstance(value, date):
        return (words.day(value), value.isoformat())
    return (str(value),)


def _frame(procedure: Procedure) -> str:
    """What stands around the facts: name, code, decision, days of checking, and its page, whose address may have a port."""
    return f"{procedure.name} {source_line(procedure)} {page_of(procedure)}"

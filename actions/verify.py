"""Every fact of an Answer is found in its record, and every number of its text in a fact, or the answer is not sent."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions import words
from actions.address import page_of
from actions.answer import Answer, Fact
from actions.compose import source_line
from index.post import Post
from index.procedure import Duration, Fee, Procedure

NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")
STEP = re.compile(r"^(\d+)\. ", re.M)


class UnverifiedError(ValueError):
    """An answer that says something its record does not. The message names the field or the number."""


def verify(answer: Answer, procedure: Procedure, post: Post = Post()) -> Answer:
    """The same answer when every fact and number is borne out by `procedure` and by what holds for all that goes by post. Raises
    UnverifiedError otherwise."""
    version = procedure.version
    for fact in answer.facts:
        if not fact.code:
            _verify_general(fact, post)
            continue
        if (fact.code, fact.version) != (procedure.code, version):
            raise UnverifiedError(f"{fact.field}: of {fact.code} {fact.version}; expected {procedure.code} {version}")
        if fact.value not in shown(resolve(procedure, fact.field)):
            raise UnverifiedError(f"{fact.field}: says {fact.value!r}; the record says {shown(resolve(procedure, fact.field))}")
    allowed = numbers(" ".join(fact.value for fact in answer.facts)) | numbers(_frame(procedure))
    # The contact line is configuration, not a record: its numbers are those of the sourced contact and are let through by name.
    body = "\n".join(line for line in answer.text.splitlines() if not line.startswith("Phần chưa rõ, anh/chị hỏi"))
    strange = numbers(STEP.sub("", body)) - allowed
    if strange:
        raise UnverifiedError(f"text has {sorted(strange)}, in no fact")
    return answer


def _verify_general(fact: Fact, post: Post) -> None:
    if fact.version != post.version:
        raise UnverifiedError(f"{fact.field}: of {fact.version}; expected {post.version}")
    if fact.value != post.texts.get(fact.field):
        raise UnverifiedError(f"{fact.field}: says {fact.value!r}; the file says {post.texts.get(fact.field)!r}")


def numbers(text: str) -> set[str]:
    """Numbers as written, dates and law numbers whole: {"1.001193", "22/11/2026", "7"}."""
    return {found.strip(".,/-") for found in NUMBER.findall(text)}


def resolve(procedure: Procedure, path: str) -> Any:
    """The value at a field path such as "documents[0].name" or "unknown.fees". Raises UnverifiedError when there is none."""
    value: Any = procedure
    try:
        for name, index in re.findall(r"(\w+)(?:\[(\d+)\])?", path):
            value = (
                dict(value)[name] if isinstance(value, tuple) and not index and not hasattr(value, name) else getattr(value, name)
            )
            if index:
                value = value[int(index)]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise UnverifiedError(f"{path}: no such field in {procedure.code}") from error
    return value


def shown(value: Any) -> tuple[str, ...]:
    """The ways a field's value may be shown, worked out from the record again and not taken from the answer."""
    if isinstance(value, Duration):
        return (words.limit(value),)
    if isinstance(value, Fee):
        return (words.amount(value),)
    if isinstance(value, tuple):  # a row of warnings: (part, what is said)
        return (str(value[-1]),)
    if isinstance(value, date):
        return (words.day(value), value.isoformat())
    return (str(value),)


def _frame(procedure: Procedure) -> str:
    """What stands around the facts: name, code, decision, days of checking, and its page, whose address may have a port."""
    return f"{procedure.name} {source_line(procedure)} {page_of(procedure)}"

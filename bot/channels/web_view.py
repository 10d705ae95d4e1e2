"""Answer, Procedure or error in, the chat API's JSON out (docs: design/architecture.md, "The chat API"). Pure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from actions.answer import Answer, AnswerStatus
from index.procedure import Procedure

_CODE = re.compile(r"(\d)\.?(\d{6})(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2,3}(?:\.\d+)*)?", re.ASCII | re.IGNORECASE)


def reply_payload(conversation: str, turn: str, answers: Iterable[Answer], notice: str | None) -> dict[str, Any]:
    """The body of a 200. turn: what feedback names. notice: said before the answers, as a message of its own; None = not now."""
    first = [{"text": notice, "notice": True, "answer": None}] if notice else []
    return {"conversation": conversation, "turn": turn, "messages": first + [message_payload(answer) for answer in answers]}


def message_payload(answer: Answer) -> dict[str, Any]:
    """One message. The dialogue state stays here: it is the server's own."""
    return {
        "text": answer.text,
        "answer": {
            "status": answer.status.value,
            "procedure": plain(answer.procedure),
            "aspects": list(answer.aspects),
            "candidates": plain(answer.candidates),
            "choices": plain(answer.choices),
            "facts": plain(answer.facts),
            "sources": plain(answer.sources),
        },
    }


def error_payload(message: str, status: AnswerStatus = AnswerStatus.ERROR_BAD_INPUT, field: str | None = None) -> dict[str, Any]:
    """message: a Vietnamese sentence that says what to do next. field: of a form, where the fault is."""
    return {"error": {"status": status.value, "message": message, **({"field": field} if field else {})}}


def procedure_payload(procedure: Procedure) -> dict[str, Any]:
    """The whole record, keys as in its YAML file, days as ISO text, None kept; and its version."""
    return {**plain(procedure), "version": procedure.version}


def page_payload(procedures: Sequence[Procedure], total: int, page: int, page_size: int, day: date) -> dict[str, Any]:
    """One page of a list: enough of each record to choose from; of one that is not in force on `day` no overview."""
    rows = [
        {"code": p.code, "name": p.name, "field": p.field, "level": p.level, "overview": p.overview if p.valid_on(day) else None}
        for p in procedures
    ]
    pages = -(-total // page_size)
    return {"procedures": rows, "total": total, "page": page, "pages": pages, "page_size": page_size}


def short_code(text: str) -> str | None:
    """ "1.001193.000.00.00.H12", "1,001193", " 1. 001193 " → "1.001193"; None when it is no code at all."""
    match = _CODE.fullmatch("".join(text.split()).replace(",", "."))
    return f"{match[1]}.{match[2]}" if match else None


def plain(value: Any) -> Any:
    """Dataclasses, tuples, days → what JSON knows."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value

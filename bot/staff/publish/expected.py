"""What a question must bring: a file of golden/ or regression/ in, and the chat API's messages against it.

    question: phí chứng thực bản sao bao nhiêu
    before: [tôi muốn chứng thực bản sao]        # optional: earlier messages of the same conversation
    expect: {status: answered, procedure: "2.000815", aspects: [fees], facts: [2.000 đồng]}
    origin: bộ câu hỏi chuẩn
    created: "2026-11-23"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from actions.answer import AnswerStatus
from bot.staff.figures.words import FAMILIES
from bot.staff.statuses import aspect_words, status_words
from index.catalogue import CODE
from index.procedure import ASPECTS

_KEYS = {"question", "before", "expect", "origin", "created"}
_EXPECT = {"status", "procedure", "aspects", "facts"}
MOST_BEFORE = 10


class ExpectedError(ValueError):
    """A file that says nothing that can be checked. One Vietnamese sentence: what was found, what is expected."""


@dataclass(frozen=True, slots=True)
class Expected:
    """status: a prefix ("unclear_", "answered"). procedure: None = any or none. aspects: all must be among those answered.

    facts: each must be shown, spaces and case apart. before: earlier messages, the first one first. created: ISO day.
    """

    question: str
    before: tuple[str, ...]
    status: str
    procedure: str | None
    aspects: tuple[str, ...]
    facts: tuple[str, ...]
    origin: str
    created: str


def read_expected(text: str) -> Expected:
    """Raises ExpectedError."""
    try:
        raw = yaml.load(text, yaml.BaseLoader)  # every scalar a text: no 1.01001 out of 1.010010, no day out of "2026-11-23"
    except yaml.YAMLError as error:
        raise ExpectedError(f"Không đọc được tệp câu kiểm tra ({' '.join(str(error).split())}); xem lại dấu hai chấm và thụt dòng.") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("expect"), dict):
        raise ExpectedError("Tệp câu kiểm tra cần có question (câu hỏi) và expect (kết quả mong đợi).")
    expect = raw["expect"]
    unknown = sorted(set(raw) - _KEYS) + [f"expect.{key}" for key in sorted(set(expect) - _EXPECT)]
    if unknown:
        raise ExpectedError(f"Khóa không dùng được: {', '.join(unknown)}. Chỉ dùng {', '.join(sorted(_KEYS))} và trong expect: {', '.join(sorted(_EXPECT))}.")
    found = Expected(
        question=_text(raw, "question"),
        before=_texts(raw, "before"),
        status=_text(expect, "status"),
        procedure=_procedure(expect.get("procedure")),
        aspects=_texts(expect, "aspects"),
        facts=_texts(expect, "facts"),
        origin=_text(raw, "origin"),
        created=_text(raw, "created"),
    )
    if not any(status.value.startswith(found.status) for status in AnswerStatus):
        raise ExpectedError(f'expect.status là "{found.status}", không trạng thái nào bắt đầu như vậy; ví dụ dùng được: answered, unclear_, unanswerable_not_found.')
    if odd := [aspect for aspect in found.aspects if aspect not in ASPECTS]:
        raise ExpectedError(f'expect.aspects có "{odd[0]}"; chỉ dùng {", ".join(ASPECTS)}.')
    if len(found.before) > MOST_BEFORE:
        raise ExpectedError(f"before có {len(found.before)} tin nhắn; nhiều nhất {MOST_BEFORE}.")
    try:
        date.fromisoformat(found.created)
    except ValueError as error:
        raise ExpectedError(f'created là "{found.created}"; cần ngày dạng 2026-11-23.') from error
    return found


def misses(expected: Expected, messages: Sequence[Mapping[str, Any]]) -> list[str]:
    """messages: of the chat API's 200, notices among them. -> Vietnamese sentences, empty when all holds."""
    said = [message for message in messages if message.get("answer")]
    answers = [message["answer"] for message in said]
    if not answers:
        return ["Bot không trả lời."]
    # In one reply to two questions, the answer about the expected procedure is the one that counts.
    of_code = [answer for answer in answers if _code(answer) == expected.procedure]
    of_status = [answer for answer in of_code or answers if str(answer.get("status", "")).startswith(expected.status)]
    wrong = []
    if not of_status:
        wrong.append(f"Cần: {_status(expected.status)}. Bot: {', '.join(_status(str(answer.get('status'))) for answer in answers)}.")
    if expected.procedure and not of_code:
        got = ", ".join(_code(answer) or "không thủ tục nào" for answer in answers)
        wrong.append(f"Cần thủ tục {expected.procedure}, bot trả lời về {got}.")
    asked = {aspect for answer in of_code or answers for aspect in answer.get("aspects") or ()}
    if lacking := [aspect for aspect in expected.aspects if aspect not in asked]:
        wrong.append(f"Cần trả lời về {aspect_words(lacking)}; bot trả lời về {aspect_words(sorted(asked)) or 'không mục nào'}.")
    shown = _plain("\n".join(str(message.get("text") or "") for message in said))
    wrong += [f'Câu trả lời thiếu "{fact}".' for fact in expected.facts if _plain(fact) not in shown]
    return wrong


def _status(status: str) -> str:
    """What staff call it; a beginning ("unclear_") is called by its family."""
    family = FAMILIES.get(status.rstrip("_"))
    return family if family is not None and status not in set(AnswerStatus) else status_words(status)


def _code(answer: Mapping[str, Any]) -> str | None:
    return (answer.get("procedure") or {}).get("code")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).casefold().strip()


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ExpectedError(f"{key} đang trống; hãy ghi vào.")
    return unicodedata.normalize("NFC", value.strip())


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ExpectedError(f"{key} cần một danh sách câu chữ, không có dòng trống.")
    return tuple(unicodedata.normalize("NFC", item.strip()) for item in value)


def _procedure(value: Any) -> str | None:
    if value in (None, "", "null", "~"):
        return None
    if not isinstance(value, str) or not CODE.fullmatch(value):
        raise ExpectedError(f'expect.procedure là "{value}"; cần mã dạng "1.001193", hoặc null.')
    return value

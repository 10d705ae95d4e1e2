"""Content whose reader lies elsewhere or that Rasa reads: its form only. YAML's values in, errors out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.texts_list import fault
from bot.staff.content.revision import FieldError
from index.catalogue import CODE
from index.procedure import ASPECTS

DOMAIN = Path(__file__).parents[3] / "domain.yml"
RASA_VERSION = "3.1"
FAQ_KEYS = {"question", "asked", "answer", "procedure", "owner", "source", "checked_on"}
FAQ_OPTIONAL = {"effective_from", "effective_to"}
EXPECT_KEYS = {"status", "procedure", "aspects", "facts"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def errors(path: str, raw: Any, around: Callable[[str], Mapping[str, str]]) -> list[FieldError]:
    """path: a checked one; raw: the file as index.catalogue.read_yaml gives it."""
    folder = path.split("/")[0]
    readers: dict[str, Callable[[Any], Iterator[FieldError]]] = {
        "nlu": _nlu,
        "rules": _rules,
        "faq": _faq,
        "golden": _expected,
        "regression": _expected,
        "texts.yml": _texts,
    }
    return list(readers[folder](raw)) if folder in readers else []


@cache
def intents() -> frozenset[str]:
    """Those that the bot has rules for; a new one is a matter of code."""
    return frozenset(
        name for row in yaml.safe_load(DOMAIN.read_text("utf-8"))["intents"] for name in ([row] if isinstance(row, str) else row)
    )


def examples(raw: Any) -> list[str]:
    """The texts of an `examples` block, written as one text with dashes or as a list. Raises ValueError for another form."""
    if isinstance(raw, str):
        lines = [line for line in raw.splitlines() if line.strip()]
        if not all(line.startswith("- ") and line[2:].strip() for line in lines):
            raise ValueError("a line without a dash")
        return [line[2:].strip() for line in lines]
    if isinstance(raw, list) and all(
        isinstance(row, dict) and isinstance(row.get("text"), str) and row["text"].strip() for row in raw
    ):
        return [row["text"].strip().removeprefix("- ") for row in raw]
    raise ValueError("neither text nor rows")


def _nlu(raw: Any) -> Iterator[FieldError]:
    if (
        not isinstance(raw, dict)
        or set(raw) != {"version", "nlu"}
        or raw["version"] != RASA_VERSION
        or not isinstance(raw["nlu"], list)
    ):
        yield FieldError("", f'Tệp ví dụ cần đúng hai khóa: version: "{RASA_VERSION}" và nlu (danh sách ý định).')
        return
    owner: dict[str, str] = {}
    for n, block in enumerate(raw["nlu"]):
        where = f"nlu[{n}]"
        if not isinstance(block, dict) or set(block) != {"intent", "examples"}:
            yield FieldError(where, "Mỗi mục cần đúng hai khóa: intent (tên ý định) và examples (các ví dụ).")
            continue
        intent = block["intent"]
        if intent not in intents():
            yield FieldError(f"{where}.intent", f'Ý định "{intent}" chưa có; ý định mới cần người phát triển thêm quy tắc trước.')
        try:
            texts = examples(block["examples"])
        except ValueError:
            yield FieldError(f"{where}.examples", "Mỗi ví dụ một dòng, bắt đầu bằng dấu gạch ngang và một dấu cách.")
            continue
        if not texts:
            yield FieldError(f"{where}.examples", f'Ý định "{intent}" không còn ví dụ nào; cần ít nhất một.')
        for text in texts:
            before = owner.setdefault(text.casefold(), intent)
            if before != intent:
                yield FieldError(f"{where}.examples", f'Ví dụ "{text}" đã thuộc ý định "{before}"; mỗi câu chỉ thuộc một ý định.')


def _rules(raw: Any) -> Iterator[FieldError]:
    if (
        not isinstance(raw, dict)
        or set(raw) != {"version", "rules"}
        or raw["version"] != RASA_VERSION
        or not isinstance(raw["rules"], list)
    ):
        yield FieldError("", f'Tệp quy tắc cần đúng hai khóa: version: "{RASA_VERSION}" và rules (danh sách quy tắc).')
        return
    for n, row in enumerate(raw["rules"]):
        if not isinstance(row, dict) or not isinstance(row.get("rule"), str) or not isinstance(row.get("steps"), list):
            yield FieldError(f"rules[{n}]", "Mỗi quy tắc cần tên (rule) và các bước (steps).")


def _faq(raw: Any) -> Iterator[FieldError]:
    yield from _keys(raw, FAQ_KEYS, FAQ_OPTIONAL)
    if not isinstance(raw, dict):
        return
    for key, name in (("question", "Câu hỏi"), ("answer", "Câu trả lời"), ("owner", "Người phụ trách")):
        if not _is_text(raw.get(key)):
            yield FieldError(key, f"{name} đang trống; hãy ghi vào.")
    if not isinstance(raw.get("asked"), list) or not all(map(_is_text, raw["asked"])):
        yield FieldError("asked", "Các cách hỏi khác cần một danh sách câu, không có câu trống.")
    if raw.get("procedure") is not None and not CODE.fullmatch(str(raw["procedure"])):
        yield FieldError("procedure", f'Mã thủ tục đang là "{raw["procedure"]}"; cần dạng "1.001193", hoặc để trống.')
    source = raw.get("source")
    if not isinstance(source, dict) or not _is_text(source.get("title")) or set(source) - {"title", "url"}:
        yield FieldError("source", "Nguồn cần tên văn bản hoặc trang (title) và địa chỉ (url) nếu có.")
    for key in ("checked_on", *sorted(FAQ_OPTIONAL)):
        if (value := raw.get(key)) is not None and not _is_day(value) or key == "checked_on" and value is None:
            yield FieldError(key, f'Ngày đang là "{"" if value is None else value}"; cần một ngày có thật, dạng "2026-11-22".')
    if _is_day(raw.get("effective_from")) and _is_day(raw.get("effective_to")) and raw["effective_from"] > raw["effective_to"]:
        yield FieldError("effective_to", "Ngày hết dùng ở trước ngày bắt đầu dùng.")


def _expected(raw: Any) -> Iterator[FieldError]:
    yield from _keys(raw, {"question", "expect", "origin", "created"}, {"before"})
    if not isinstance(raw, dict):
        return
    if not _is_text(raw.get("question")):
        yield FieldError("question", "Câu hỏi đang trống; hãy ghi vào.")
    if not isinstance(raw.get("before", []), list) or not all(map(_is_text, raw.get("before", []))):
        yield FieldError("before", "Các tin nhắn trước cần một danh sách câu.")
    expect = raw.get("expect")
    if not isinstance(expect, dict) or set(expect) - EXPECT_KEYS or not _is_text(expect.get("status")):
        yield FieldError("expect", "Kết quả mong đợi cần status, và có thể thêm procedure, aspects, facts.")
        return
    for aspect in expect.get("aspects") or []:
        if aspect not in ASPECTS:
            yield FieldError("expect.aspects", f'"{aspect}" không phải điều được hỏi; cần một trong: {", ".join(ASPECTS)}.')
    if expect.get("procedure") is not None and not CODE.fullmatch(str(expect["procedure"])):
        yield FieldError("expect.procedure", f'Mã thủ tục đang là "{expect["procedure"]}"; cần dạng "1.001193", hoặc để trống.')


def _texts(raw: Any) -> Iterator[FieldError]:
    if raw is not None and not isinstance(raw, dict):
        yield FieldError("", "Cần các dòng khóa: câu chữ.")
        return
    for key, text in (raw or {}).items():
        if not _is_text(text):
            yield FieldError(str(key), "Câu này đang trống; hãy ghi vào, hoặc bỏ cả dòng để dùng câu có sẵn.")
        elif wrong := fault(str(key), text):
            yield FieldError(str(key), wrong)


def _keys(raw: Any, needed: set[str], optional: set[str]) -> Iterator[FieldError]:
    if not isinstance(raw, dict):
        yield FieldError("", "Tệp cần các dòng khóa: giá trị.")
        return
    for key in sorted(needed - set(raw)):
        yield FieldError(key, "Còn thiếu; hãy ghi vào.")
    for key in sorted(map(str, set(raw) - needed - optional)):
        yield FieldError(key, f"Khóa này không có trong mẫu; các khóa dùng được: {', '.join(sorted(needed | optional))}.")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True

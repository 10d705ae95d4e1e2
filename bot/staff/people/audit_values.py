"""What stands in a row of the log as values in, lines that an auditor reads out. The files of the log keep the values as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.staff.figures.words import FAULTS, VERDICTS
from bot.staff.people.audit_words import title
from bot.staff.plain import field_words, file_words, is_file, value_words
from bot.staff.procedures.kinds import TITLES
from bot.staff.publish.candidates import STATE_NAMES
from bot.staff.queue.resolve import HOW
from bot.staff.rights import ROLE_NAMES, Role
from index.catalogue import CODE

STATES = {
    "open": "đang chờ", "done": "đã xử lý", "ignored": "đã bỏ qua", "draft": "bản nháp", "submitted": "đã lưu để xuất bản",
    **{state.value: name for state, name in STATE_NAMES.items()},
}  # fmt: skip
WAYS = {**HOW, "password": "bằng mật khẩu", "totp": "bằng mật khẩu và mã xác thực", "oidc": "qua hệ thống của cơ quan"}
SUBJECTS = {
    "call": "Lời nhắn chờ gọi lại",
    "queue": "Nhóm câu hỏi", "publish": "Bản xuất bản", "import": "Lần nhập danh mục", "sample": "Mẫu câu trả lời",
    "figures": "Tệp số liệu", "content": "Tệp nội dung",
    "audit_exported": "Nhật ký", "audit_verified": "Nhật ký",
}  # fmt: skip
"""Begin of an action -> what it is done to."""


def subject_words(action: str, subject: str, people: Mapping[str, str]) -> str:
    """people: Person.id -> name. "" for what has no words."""
    kind, _, name = subject.partition("/")
    if kind == "people":
        return f"Tài khoản {people[name]}" if name in people else "Tài khoản chưa rõ"
    if subject in TITLES:
        return TITLES[subject]
    if action.startswith("switch."):
        return f"Thủ tục {subject}" if CODE.fullmatch(subject) else "Toàn bộ trợ lý"
    if is_file(subject):
        return file_words(subject)
    return SUBJECTS.get(action, SUBJECTS.get(action.split(".")[0], ""))


def value_lines(value: Any, people: Mapping[str, str]) -> list[str]:
    """One line a field; who is named twice, by id and by name, once."""
    if not isinstance(value, dict):
        return [_plain(value, people)]
    shown = {name: one for name, one in value.items() if not (name == "owner" and "owner_name" in value)}
    return [f"{field_words(name) or name}: {_said(name, one, people)}" for name, one in shown.items()]


def _said(name: str, value: Any, people: Mapping[str, str]) -> str:
    by_name: dict[str, Callable[[str], str]] = {
        "state": lambda one: STATES.get(one, one),
        "how": lambda one: WAYS.get(one, one),
        "roles": lambda one: ROLE_NAMES[Role(one)] if one in set(Role) else one,
        "paths": file_words,
        "action": title,
        "subject": lambda one: subject_words("", one, people) or one,
    }
    if name in ("into", "taken"):
        return "một nhóm khác"  # its id says nothing to whoever reads; the file of the log has it
    if name == "turns" and isinstance(value, list):
        return f"{len(value)} câu"
    if isinstance(value, list):
        return ", ".join(_said(name, one, people) for one in value) or "không có"
    return by_name[name](value) if name in by_name and isinstance(value, str) else _plain(value, people)


def _plain(value: Any, people: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(one, people) for one in value if one is not None)
    words = {**VERDICTS, **FAULTS, **people}
    return words.get(value, value) if isinstance(value, str) else value_words(value)

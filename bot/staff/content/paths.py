"""Which names a file of the content may have, and which kind a path is of."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from bot.staff.content.revision import ContentError, FieldError
from index.province import CONTACTS_FILE

LONGEST = 200
REQUIRED = frozenset({CONTACTS_FILE, "province/old_names.yml", "province/holidays.yml"})
"""Without one of these no release can be built."""
KINDS: tuple[tuple[str, str], ...] = (
    ("procedures/", "Thủ tục"),
    ("phrasings/", "Câu người dân hay hỏi"),
    ("faq/", "Hỏi đáp riêng"),
    ("life_events/", "Việc trong đời"),
    ("families.yml", "Nhóm thủ tục phải hỏi lại"),
    ("texts.yml", "Câu chữ của bot"),
    ("province/", "Nơi liên hệ, lịch nghỉ"),
    ("nlu/", "Ví dụ để hiểu câu"),
    ("rules/", "Quy tắc hội thoại"),
    ("golden/", "Câu kiểm tra chuẩn"),
    ("regression/", "Câu kiểm tra đã sửa"),
)
OTHER = "Tệp khác"
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


def checked_path(path: str) -> str:
    """The path itself. Raises ContentError unless it is relative, of plain ASCII names, without hidden ones."""
    parts = path.split("/")
    if len(path) > LONGEST or not all(_PART.fullmatch(part) for part in parts):
        shown = path[:60].encode("unicode_escape").decode("ascii")
        raise ContentError(
            FieldError("path", f'Tên tệp "{shown}" không dùng được; chỉ dùng chữ không dấu, số, dấu - _ . và / giữa thư mục.')
        )
    return path


def kind(path: str) -> str:
    """What staff call the files of this kind."""
    return next((name for prefix, name in KINDS if path == prefix or (prefix.endswith("/") and path.startswith(prefix))), OTHER)


def suffix(path: str) -> str:
    """ ".yml", ".md", …"""
    return PurePosixPath(path).suffix

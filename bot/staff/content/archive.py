"""The content as one ZIP file, out and in. What comes in is somebody's upload: nothing in it is trusted, nothing is written to disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

from bot.staff.content.folder import decoded
from bot.staff.content.paths import checked_path
from bot.staff.content.revision import ContentError, FieldError

MOST_FILES = 5000
MOST_BYTES = 50 * 1024 * 1024
"""Of all files together, unpacked; data/ has 4."""
MOST_FILE_BYTES = 8 * 1024 * 1024
ROOT = "data/"
"""The folder that our own ZIP puts around everything; taken off again, when all files lie in it."""
_TOO_LARGE = f"Giải nén ra quá {MOST_BYTES // 1024 // 1024} MB; hãy nhập từng phần."
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The same content gives the same bytes."""


def pack(texts: Mapping[str, str]) -> bytes:
    """-> the bytes of a ZIP with every file below data/."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(texts):
            row = zipfile.ZipInfo(ROOT + path, _WHEN)
            row.external_attr = (stat.S_IFREG | 0o644) << 16
            row.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(row, texts[path].encode("utf-8"))
    return made.getvalue()


def unpack(file: BinaryIO) -> dict[str, str]:
    """A ZIP -> path -> text. Raises ContentError: no ZIP, a name that leads elsewhere, a link, too many files, too large, no UTF-8."""
    try:
        with zipfile.ZipFile(file) as archive:
            rows = [row for row in archive.infolist() if not row.is_dir() and not _litter(row.filename)]
            if len(rows) > MOST_FILES:
                raise _refused(f"Có {len(rows)} tệp; nhiều nhất {MOST_FILES} tệp.")
            # What the head of the file claims; the reading below counts again.
            if sum(row.file_size for row in rows) > MOST_BYTES:
                raise _refused(_TOO_LARGE)
            return _read(archive, rows)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, UnicodeError):
            raise _refused("Tên tệp trong ZIP không đọc được; chỉ dùng chữ không dấu.") from error
        raise _refused("Đây không phải tệp ZIP dùng được: hỏng, có mật khẩu, hoặc nén kiểu lạ.") from error


def _read(archive: zipfile.ZipFile, rows: list[zipfile.ZipInfo]) -> dict[str, str]:
    inside = all(row.filename.startswith(ROOT) for row in rows)
    found: dict[str, str] = {}
    errors: list[FieldError] = []
    total = 0
    for row in rows:
        name = row.filename.removeprefix(ROOT) if inside else row.filename
        try:
            checked_path(name)
            if stat.S_IFMT(row.external_attr >> 16) not in (0, stat.S_IFREG):
                raise _refused(f"{name} là liên kết hoặc tệp đặc biệt; chỉ nhận tệp thường.")
            if name in found:
                raise _refused(f"{name} có hai lần trong tệp ZIP.")
            with archive.open(row) as opened:
                raw = opened.read(MOST_FILE_BYTES + 1)
            total += len(raw)
            if len(raw) > MOST_FILE_BYTES or total > MOST_BYTES:
                raise _refused(f"{name} quá lớn khi giải nén." if len(raw) > MOST_FILE_BYTES else _TOO_LARGE)
            found[name] = decoded(name, raw)
        except ContentError as error:
            errors += error.errors
            if total > MOST_BYTES or len(errors) > 20:
                break
    if errors:
        raise ContentError(*errors)
    if not found:
        raise _refused("Tệp ZIP không có tệp nào.")
    return found


def _litter(name: str) -> bool:
    """What file managers leave in a ZIP."""
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


def _refused(sentence: str) -> ContentError:
    return ContentError(FieldError("zip", sentence))

"""What a browser sends as a file in, a file below var/uploads out, or a sentence why not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from index.portal_files import SUFFIXES

MOST_BYTES = 96 * 1024 * 1024
"""The national catalogue has 66 MB plain, 4 MB packed."""
_XZ = b"\xfd7zXZ\x00"


class BadUpload(ValueError):
    """Why a file cannot be taken, in Vietnamese."""


def suffix_of(name: str) -> str:
    """The ending that says how a file is read. Raises BadUpload."""
    ending = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), None)
    if ending is None:
        raise BadUpload(f"Tệp tên “{name[:80]}” không đọc được. Cần tệp {', '.join(SUFFIXES)} tải từ Cổng Dịch vụ công quốc gia.")
    return ending


def uploaded(var: Path, import_id: str, name: str) -> Path:
    """Where the file of an import lies; nothing of the uploader's name but its ending is used."""
    return var / "uploads" / f"{import_id}{suffix_of(name)}"


def keep_upload(source: BinaryIO, name: str, var: Path, import_id: str) -> Path:
    """Copy it. Raises BadUpload for a file that is too large, empty, or not what its name says."""
    path = uploaded(var, import_id, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}")
    try:
        with temporary.open("wb") as target:
            written = 0
            while part := source.read(1024 * 1024):
                if not written:
                    _look(part, path.suffix)
                written += len(part)
                if written > MOST_BYTES:
                    raise BadUpload(f"Tệp lớn hơn {MOST_BYTES // 2**20} MB. Nén bằng xz rồi tải lại.")
                target.write(part)
        if not written:
            raise BadUpload("Tệp trống. Chọn lại tệp.")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def _look(start: bytes, suffix: str) -> None:
    if (suffix == ".xz") != start.startswith(_XZ):
        raise BadUpload("Nội dung tệp không khớp với đuôi tên tệp. Kiểm tra lại tệp đã tải.")
    if suffix != ".xz" and b"\x00" in start[:1024]:
        raise BadUpload("Tệp này không phải tệp văn bản JSON.")

"""A folder of text files <-> path -> text, byte for byte in both directions: line ends, byte order marks and blank ends stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.staff.content.paths import checked_path
from bot.staff.content.revision import ContentError, FieldError


def read_tree(data: Path) -> dict[str, str]:
    """Every file below `data` in the order of the paths; hidden ones (.git, .DS_Store) and links are left out.

    Raises ContentError for a name or a content that is none of ours, FileNotFoundError without the folder.
    """
    if not data.is_dir():
        raise FileNotFoundError(f"{data}: no such folder")
    found, errors = {}, []
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in path.relative_to(data).parts):
            continue
        try:
            found[checked_path(name)] = decoded(name, path.read_bytes())
        except ContentError as error:
            errors += error.errors
    if errors:
        raise ContentError(*errors)
    return found


def decoded(name: str, raw: bytes) -> str:
    """Raises ContentError for what is no UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentError(FieldError(name, f"Dòng {line} không phải chữ UTF-8; hãy lưu lại tệp với bảng mã UTF-8.")) from None


def write_tree(texts: Mapping[str, str], target: Path) -> None:
    """Raises FileExistsError unless `target` is new or empty, so that nothing old stays among the new."""
    target.mkdir(parents=True, exist_ok=True)
    if next(target.iterdir(), None) is not None:
        raise FileExistsError(f"{target}: is not empty; expected a new folder")
    for path, text in texts.items():
        file = target / checked_path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))

"""What serves: a release, a model and a content folder, moved together by one atomic rename.

    var/live/<n>/{release,model,content}     links to what belongs together
    var/live/current                         -> <n>, the only pointer that moves
    var/{releases,models,content}/current    -> ../live/current/{release,model,content}, made once

`make release` and `make train` put their own links in the place of the lower ones; the next publication takes them in again.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from index.manifest import ReleaseError, read_manifest

PARTS = {"releases": "release", "models": "model", "content": "content"}
"""Folder below var/ -> name of its link below var/live/<n>."""


@dataclass(frozen=True, slots=True)
class Served:
    """Names below var/releases, var/models, var/content. tree: None = the content that came with the program."""

    release_id: str
    model: str
    tree: str | None

    def to_dict(self) -> dict[str, str | None]:
        """Plain data for JSON."""
        return asdict(self)


def serving(var: Path) -> Served | None:
    """What the pointers name now; None while a release or a model is missing."""
    release, model, content = (var / part / "current" for part in PARTS)
    if not (release / "manifest.json").is_file() or not model.exists():
        return None
    return Served(release.resolve().name, model.resolve().name, content.resolve().name if content.is_dir() else None)


def whole(var: Path, wanted: Served) -> str | None:
    """Why it could not serve, a sentence for staff; None = it could."""
    try:
        read_manifest(var / "releases" / wanted.release_id)
    except ReleaseError:
        return f"Bản phát hành {wanted.release_id} không còn đủ tệp, hoặc được tạo bằng phiên bản chương trình khác. Tạo lại một bản mới."
    if not (var / "models" / wanted.model).is_file():
        return f"Không còn mô hình {wanted.model}. Tạo lại một bản mới."
    if wanted.tree is not None and not (var / "content" / wanted.tree / "procedures").is_dir():
        return f"Không còn nội dung {wanted.tree}. Tạo lại một bản mới."
    return None


def point(var: Path, wanted: Served) -> None:
    """Make `wanted` serve. Killed anywhere, the old or the new serves whole; done twice, nothing changes. Raises OSError."""
    live = var / "live"
    before = serving(var)
    current = live / "current"
    if current.is_symlink() and before is not None and _by_one(var) and before == wanted:
        return
    if before is not None and not _by_one(var):
        _link(current, _folder(var, before).name)  # says what the pointers say already
        for folder, name in PARTS.items():
            (var / folder).mkdir(exist_ok=True)
            _link(var / folder / "current", f"../live/current/{name}")
    _link(current, _folder(var, wanted).name)
    for folder, name in PARTS.items():  # where nothing served before
        (var / folder).mkdir(exist_ok=True)
        _link(var / folder / "current", f"../live/current/{name}")
    keep = os.readlink(current)
    for old in live.iterdir():
        if old.is_dir() and not old.is_symlink() and old.name != keep:
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def moving(var: Path) -> Iterator[None]:
    """One process of this machine at a time moves pointers."""
    (var / "live").mkdir(parents=True, exist_ok=True)
    with (var / "live" / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _by_one(var: Path) -> bool:
    links = (var / folder / "current" for folder in PARTS)
    return all(link.is_symlink() and os.readlink(link).startswith("../live/current/") for link in links)


def _folder(var: Path, wanted: Served) -> Path:
    """A new folder below var/live with links to the parts of `wanted`."""
    live = var / "live"
    live.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(path.name) for path in live.iterdir() if path.name.isdecimal()), default=0)
    folder = live / str(number)
    folder.mkdir()
    (folder / "release").symlink_to(f"../../releases/{wanted.release_id}")
    (folder / "model").symlink_to(f"../../models/{wanted.model}")
    if wanted.tree is not None:
        (folder / "content").symlink_to(f"../../content/{wanted.tree}")
    return folder


def _link(link: Path, target: str) -> None:
    temporary = link.with_name(f".{link.name}-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)

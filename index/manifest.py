"""Which release serves: the pointer `current`, and the manifest that says whether a folder is whole."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

FORMAT = 9
"""Raised when files of a release change their meaning; a release of another format is refused."""


class ReleaseError(RuntimeError):
    """A release that cannot be served. One line: what, found, expected, remedy."""


def current(var: Path) -> Path:
    """The folder that serves now. Raises ReleaseError when there is none."""
    link = var / "releases" / "current"
    if not link.exists():
        raise ReleaseError(f"{link}: no release; run make release")
    return link.resolve()


def use(var: Path, release_id: str, encoder_name: str | None = None) -> Path:
    """Point `current` at a release that is there and whole: publish or roll back. Raises ReleaseError."""
    manifest = read_manifest(var / "releases" / release_id)
    if encoder_name and manifest["encoder"] != encoder_name:
        raise ReleaseError(
            f"{release_id} was built with encoder {manifest['encoder']}, settings name {encoder_name}; run make release"
        )
    return point(var, release_id)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest after every file's checksum was compared. Raises ReleaseError in one line."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        if manifest["format"] != FORMAT:
            raise ReleaseError(f"{folder}: format {manifest['format']}, this program reads {FORMAT}; run make release")
        for name, expected in manifest["files"].items():
            if checksum(folder / name) != expected:
                raise ReleaseError(f"{folder / name}: damaged (checksum differs from the manifest); run make release")
        return manifest
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{folder}: not a whole release ({type(error).__name__}: {error}); run make release") from error


def point(var: Path, release_id: str) -> Path:
    """Move the pointer in one atomic rename -> the folder it now names."""
    link = var / "releases" / "current"
    temporary = link.with_name(f".current-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(release_id)
    temporary.replace(link)
    return link.resolve()


def checksum(path: Path) -> str:
    """SHA-256 of a file, hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""A PDF file in, its pages and their words with their places out: poppler's pdfinfo and pdftotext."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import pytest

POINTS = 72 / 25.4
"""A millimetre."""


@dataclass(frozen=True, slots=True)
class Word:
    """Edges in points from the page's left upper corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def require_poppler() -> None:
    """Missing: a reason to skip on a desk, a failure in CI."""
    if missing := [tool for tool in ("pdfinfo", "pdftotext") if shutil.which(tool) is None]:
        reason = f"{', '.join(missing)} missing (apt-get install poppler-utils)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def size(path: Path) -> str:
    """As pdfinfo tells: "594.96 x 841.92 pts (A4)"."""
    return re.search(r"^Page size: +(.*)$", _run("pdfinfo", str(path)), re.M)[1]


def pages(path: Path) -> list[list[Word]]:
    """Words of each page, in the order in which they were drawn."""
    root = ET.fromstring(_run("pdftotext", "-bbox", str(path), "-"))
    found = []
    for page in root.iter("{http://www.w3.org/1999/xhtml}page"):
        edges = [[*map(float, map(word.get, ("xMin", "yMin", "xMax", "yMax")))] for word in page]
        found.append([Word(word.text or "", *edge) for word, edge in zip(page, edges)])
    return found


def text(words: list[Word]) -> str:
    """With one space between words."""
    return " ".join(" ".join(word.text.split()) for word in words)


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout

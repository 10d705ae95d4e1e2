"""data/phrasings/*.yml -> the questions people ask, each with its procedure and what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.catalogue import DataError, read_yaml
from index.procedure import ASPECTS


@dataclass(frozen=True, slots=True)
class Asked:
    """One real question; aspects in the order of ASPECTS, at least one."""

    code: str
    aspects: tuple[str, ...]
    text: str


def read_asked(folder: Path) -> Iterator[Asked]:
    """All questions in file order. Raises DataError naming file, code and key for a shape that is none of ours."""
    for path in sorted(folder.glob("*.yml")):
        for code, groups in (read_yaml(path) or {}).items():
            if not isinstance(groups, dict):
                raise DataError(f"{path}: {code}: is a {type(groups).__name__}; expected aspects -> sentences")
            for key, sentences in groups.items():
                aspects = tuple(str(key).split("+"))
                if list(aspects) != [aspect for aspect in ASPECTS if aspect in aspects]:
                    raise DataError(f"{path}: {code}: key {key!r}; expected aspects joined by + in the order {', '.join(ASPECTS)}")
                if not isinstance(sentences, list) or not all(isinstance(text, str) and text.strip() for text in sentences):
                    raise DataError(f"{path}: {code}: {key}: expected a list of sentences")
                for text in sentences:
                    yield Asked(str(code), aspects, text)

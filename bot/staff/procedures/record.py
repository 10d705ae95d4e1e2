"""The text of a record's file in, the record or why there is none out; read once for each text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from bot.staff.content.revision import FieldError
from bot.staff.content.sentences import told
from index.catalogue import CODE, IMPORT_ONLY, DataError, compose_yaml, parse_procedure
from index.procedure import Procedure
from index.text import fold, normalise, tokens

FOLDER = "procedures/"


@dataclass(frozen=True)
class Reading:
    """procedure: None while the file is not fit to be served, error then says why. raw: what could be read of it at least."""

    raw: dict[str, Any]
    procedure: Procedure | None
    error: FieldError | None

    @property
    def name(self) -> str:
        """For lists."""
        return str(self.raw.get("name") or "Chưa có tên")

    @property
    def field(self) -> str:
        """For lists."""
        return str(self.raw.get("field") or "Chưa rõ lĩnh vực")


@lru_cache(maxsize=2048)
def read_record(text: str) -> Reading:
    """As index.catalogue reads a file, its error in Vietnamese."""
    raw: Any = {}
    try:
        raw = compose_yaml(text)[1]
        if not isinstance(raw, dict):
            raise DataError(f"is a {type(raw).__name__}; expected a mapping")
        for key in IMPORT_ONLY:
            if key in raw:
                raise DataError(f"{key}: only the import sets it; expected a file without it")
        return Reading(raw, parse_procedure(raw), None)
    except DataError as error:
        return Reading(raw if isinstance(raw, dict) else {}, None, told(str(error)))
    except (TypeError, AttributeError, ValueError, KeyError):
        return Reading(raw if isinstance(raw, dict) else {}, None, FieldError("", "Tệp không đúng mẫu; hãy xem data/README.md."))


def code_in(path: str) -> str:
    """ "procedures/ho-tich/1.001193-….yml" -> "1.001193"; "" for another file."""
    found = CODE.match(PurePosixPath(path).name)
    return found[0] if found and path.startswith(FOLDER) and path.endswith(".yml") else ""


def slug(words: str) -> str:
    """ASCII, for the names of files and folders; "thu-tuc" when nothing is left."""
    return "-".join(tokens(fold(normalise(words))))[:60].strip("-") or "thu-tuc"


def path_for(code: str, field: str, name: str) -> str:
    """Where a new record lies."""
    return f"{FOLDER}{slug(field)}/{code}-{slug(name)}.yml"

"""What the store hands out: revisions, changes between two snapshots, and the two ways in which a save is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["draft", "submitted"]
Origin = Literal["staff", "import", "seed"]


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of one file, never changed afterwards.

    id: grows over all files; number: 1, 2, … within the file. text: None = the file was removed. author: Person.id; author_name: as
    of then. at: seconds since 1970.
    """

    id: int
    path: str
    number: int
    text: str | None
    author: str
    author_name: str
    at: float
    why: str
    state: State
    origin: Origin


@dataclass(frozen=True, slots=True)
class Edit:
    """A text to be submitted. base: Revision.id that it was made from; None for a new file."""

    path: str
    text: str
    base: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs between two snapshots. before: None = there was none. after: its text is None when it was removed; None
    itself when the later snapshot knows no such file at all (comparing backwards)."""

    path: str
    before: Revision | None
    after: Revision | None


@dataclass(frozen=True, slots=True)
class FieldError:
    """field: its path in the record ("fees[0].amount_vnd"), "dòng 12", or "" for the whole file. sentence: Vietnamese, to be shown."""

    field: str
    sentence: str


class Conflict(Exception):
    """Somebody saved meanwhile. current: what is newest now; the caller shows both texts and loses neither."""

    def __init__(self, current: Revision) -> None:
        super().__init__(f"{current.path}: revision {current.id} is newer")
        self.current = current


class ContentError(Exception):
    """Content that the bot could not use, or a path that is none. errors: at least one."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__("; ".join(f"{error.field}: {error.sentence}" for error in errors))
        self.errors = errors

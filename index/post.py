"""data/province/post.yml in, what holds for any dossier or result that goes by post out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.catalogue import CODE, SLUG, DataError, build, read_yaml

ASPECTS = ("post_submit", "post_return")


@dataclass(frozen=True, slots=True)
class PostRow:
    """One sentence. aspects: those of ASPECTS that it belongs to. exceptions: codes whose own record says otherwise.

    effective_to: last day, None = open. note: for the staff who check the row, never said to a citizen.
    """

    id: str
    aspects: tuple[str, ...]
    text: str
    source: str
    checked_on: date
    exceptions: tuple[str, ...] = ()
    effective_to: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """heading: said before the rows; None without rows. rows: in the order in which they are said."""

    heading: str | None = None
    rows: tuple[PostRow, ...] = ()

    def rows_for(self, code: str, aspects: Iterable[str], day: date) -> tuple[PostRow, ...]:
        """The rows of any of `aspects` that hold for a procedure on `day`, each once."""
        wanted = set(aspects)
        return tuple(
            row for row in self.rows if wanted & set(row.aspects) and code not in row.exceptions and day <= (row.effective_to or date.max)
        )

    @property
    def texts(self) -> dict[str, str]:
        """What may be said, by field path: "post.heading", and "post.<id>" for each row."""
        return {"post.heading": self.heading or "", **{f"post.{row.id}": row.text for row in self.rows}}

    @property
    def version(self) -> str:
        """First 12 hex digits of the SHA-256 of the content, as of a record."""
        return hashlib.sha256(json.dumps(asdict(self), ensure_ascii=False, default=str).encode()).hexdigest()[:12]


def read_post(path: Path) -> Post:
    """An empty Post without the file. Raises DataError; its line begins with the path."""
    if not path.exists():
        return Post()
    try:
        return parse_post(read_yaml(path))
    except DataError as error:
        raise DataError(str(error) if str(error).startswith(str(path)) else f"{path}: {error}") from None


def parse_post(raw: Any) -> Post:
    """The content of the file, also as JSON keeps it, -> Post. Raises DataError: field: found; expected."""
    if not isinstance(raw, dict) or set(raw) != {"heading", "rows"}:
        raise DataError(f"keys {sorted(raw) if isinstance(raw, dict) else raw!r}; expected heading and rows")
    post: Post = build(Post, raw, "")
    if bool(post.rows) != bool(post.heading):
        raise DataError(f"heading: is {post.heading!r} over {len(post.rows)} rows; expected both or none")
    for n, row in enumerate(post.rows):
        where = f"rows[{n}]"
        if not SLUG.fullmatch(row.id) or row.id in ("heading", *(other.id for other in post.rows[:n])):
            raise DataError(f"{where}.id: is {row.id!r}; expected a plain ASCII id that stands once")
        if not row.aspects or not set(row.aspects) <= set(ASPECTS):
            raise DataError(f"{where}.aspects: is {list(row.aspects)}; expected some of {', '.join(ASPECTS)}")
        for code in row.exceptions:
            if not CODE.fullmatch(code):
                raise DataError(f"{where}.exceptions: has {code!r}; expected codes such as 1.001193, in quotes")
    return post

"""The content in the service's database: files by path, every text they ever had, snapshots by revision id.

A snapshot is the id of a revision: `tree(at)` is what was submitted up to it, and stays the same for ever. For that, ids must be
given in the order of the commits, so all writers take one lock; readers never wait.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.staff.content import checks, folder
from bot.staff.content.paths import REQUIRED, checked_path
from bot.staff.content.revision import Change, Conflict, ContentError, Edit, FieldError, Origin, Revision, State
from bot.staff.content.tables import REVISIONS
from bot.staff.person import Person
from bot.staff.transaction import reading, writing

__all__ = ["Change", "Conflict", "Content", "ContentError", "Edit", "FieldError", "Revision"]

MOST_CHARS = 2_000_000
"""Of one file; the longest of data/ has 60,000."""
_ROW = REVISIONS.c


class Content:
    """engine: stays the caller's. clock: seconds since 1970. Every call is one transaction; safe among threads and processes."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine, self._clock = engine, clock

    def paths(self, prefix: str = "") -> list[str]:
        """Files that are there, drafts too, in order."""
        newest = _newest(drafts=True, prefix=prefix)
        asked = sa.select(_ROW.path).join(newest, newest.c.id == _ROW.id).where(_ROW.text.isnot(None)).order_by(_ROW.path)
        with reading(self._engine) as connection:
            return sorted(connection.execute(asked).scalars())

    def read(self, path: str) -> Revision | None:
        """The newest revision, a draft too; a removed file has one with text None, an unknown one None."""
        with reading(self._engine) as connection:
            return _read(connection, path)

    def save(
        self,
        path: str,
        text: str,
        *,
        base: int | None,
        who: Person,
        why: str,
        state: State = "submitted",
        origin: Origin = "staff",
    ) -> Revision:
        """Add a revision. base: the id that was read before; None for a new file. The text of now once more adds nothing.

        Raises Conflict when another revision came after `base`, ContentError for a path or a submitted text that cannot be used.
        """
        checked_path(path)
        text = unicodedata.normalize("NFC", text) if origin == "staff" else text
        if errors := _unfit(text) or (checks.check(path, text, self._around) if state == "submitted" else ()):
            raise ContentError(*errors)
        return self._add(path, text, base, who, why, state, origin)

    def save_all(self, edits: Sequence[Edit], *, who: Person, why: str) -> list[Revision]:
        """Several files in one transaction: all are submitted or none -> their revisions, in the order of `edits`.

        Each file is checked beside the others as they will be. Raises as save does, for the first file that is refused.
        """
        texts = {}
        for edit in edits:
            checked_path(edit.path)
            texts[edit.path] = unicodedata.normalize("NFC", edit.text)
        for path, text in texts.items():
            if errors := _unfit(text) or checks.check(path, text, lambda prefix: self._around(prefix) | _below(texts, prefix)):
                raise ContentError(*errors)
        with writing(self._engine) as connection:
            _lock(connection)
            return [self._put(connection, edit.path, texts[edit.path], edit.base, who, why, "submitted", "staff") for edit in edits]

    def remove(self, path: str, *, base: int | None, who: Person, why: str) -> Revision:
        """Add the revision that says the file is gone. Raises as save does, and ContentError for a file that is needed or not there."""
        if path in REQUIRED:
            raise ContentError(FieldError("", f"Không bỏ được {path}: thiếu tệp này thì không tạo được bản phát hành."))
        now = self.read(path)
        if now is None or now.text is None:
            raise ContentError(FieldError("", f"Không có tệp {path}; có thể người khác đã bỏ."))
        return self._add(path, None, base, who, why, "submitted", "staff")

    def history(self, path: str) -> list[Revision]:
        """Every revision of a file, newest first; [] for an unknown one."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(REVISIONS).where(_ROW.path == path).order_by(_ROW.id.desc()))
            return [Revision(**row) for row in rows.mappings()]

    def revision(self, revision_id: int) -> Revision:
        """Raises KeyError."""
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(REVISIONS).where(_ROW.id == revision_id)).mappings().one_or_none()
        if row is None:
            raise KeyError(revision_id)
        return Revision(**row)

    def restore(self, revision_id: int, *, who: Person, why: str) -> Revision:
        """Make an old text the newest one. Raises KeyError, ContentError as save does (also for a removal), Conflict in a race."""
        old = self.revision(revision_id)
        if old.text is None:
            raise ContentError(FieldError("", "Lần sửa này là lần bỏ tệp; hãy chọn một lần trước đó để khôi phục."))
        now = self.read(old.path)
        return self.save(old.path, old.text, base=now and now.id, who=who, why=why)

    def head(self) -> int:
        """The newest id of all; 0 while the store is empty."""
        with reading(self._engine) as connection:
            return connection.execute(sa.select(sa.func.max(_ROW.id))).scalar() or 0

    def tree(self, at: int | None = None, prefix: str = "") -> dict[str, str]:
        """Path -> newest submitted text up to revision `at` (None = now), in the order of the paths; removed files are left out."""
        newest = _newest(at=at, prefix=prefix)
        asked = sa.select(_ROW.path, _ROW.text).join(newest, newest.c.id == _ROW.id).where(_ROW.text.isnot(None))
        with reading(self._engine) as connection:
            return dict(sorted(connection.execute(asked).all()))

    def changes(self, since: int, to: int | None = None) -> list[Change]:
        """Files whose submitted text differs between two snapshots, in the order of their paths."""
        with reading(self._engine) as connection:
            ids = [
                dict(connection.execute(sa.select(part.c.path, part.c.id)).all()) for part in (_newest(at=since), _newest(at=to))
            ]
            odd = sorted(path for path in {*ids[0], *ids[1]} if ids[0].get(path) != ids[1].get(path))
            found = _by_id(connection, [part[path] for part in ids for path in odd if path in part])
        pairs = [(path, *(found.get(part.get(path, 0)) for part in ids)) for path in odd]
        there = [(path, before if before and before.text is not None else None, after) for path, before, after in pairs]
        return [Change(*row) for row in there if _text(row[1]) != _text(row[2])]

    def authors(self, since: int, to: int | None = None) -> set[str]:
        """Person.id of everybody who submitted something after `since` and up to `to`, whatever became of it."""
        asked = sa.select(_ROW.author).distinct().where(_ROW.state == "submitted", _ROW.id > since)
        with reading(self._engine) as connection:
            return set(connection.execute(asked if to is None else asked.where(_ROW.id <= to)).scalars())

    def write(self, target: Path, at: int | None = None) -> None:
        """The tree as files, byte for byte. Raises OSError, also when `target` already holds something."""
        folder.write_tree(self.tree(at), target)

    def seed(self, data: Path, who: Person) -> list[str]:
        """Fill an empty store from a folder; a store that holds anything is left alone. -> the paths that were added."""
        with writing(self._engine) as connection:
            _lock(connection)
            if connection.execute(sa.select(_ROW.id).limit(1)).first():
                return []
            texts = folder.read_tree(data)
            self._insert(connection, texts, {}, who, "Nội dung ban đầu", "seed")
        return sorted(texts)

    def import_folder(self, data: Path, who: Person, why: str, *, whole: bool = False) -> list[str]:
        """A folder as `write` makes it -> the store; see import_tree."""
        return self.import_tree(folder.read_tree(data), who, why, whole=whole)

    def import_tree(self, texts: Mapping[str, str], who: Person, why: str, *, whole: bool = False) -> list[str]:
        """Path -> text, all or nothing -> the paths that changed. whole: what is not among `texts` is removed.

        Raises ContentError naming every file that cannot be used; nothing is taken then.
        """
        errors = [error for path in texts for error in _path_errors(path)]
        errors += [FieldError(path, error.sentence) for path, text in texts.items() for error in _unfit(text)]
        now = self.tree()
        after = {**({} if whole else now), **texts}
        changed = {path: text for path, text in texts.items() if now.get(path) != text}
        errors += [
            FieldError(f"{path}: {error.field}".rstrip(": "), error.sentence)
            for path, text in ([] if errors else changed.items())
            for error in checks.check(path, text, lambda prefix: _below(after, prefix))
        ]
        gone = {path: None for path in now if path not in after}
        errors += [
            FieldError(path, f"Bản nhập thiếu {path}; thiếu tệp này thì không tạo được bản phát hành.")
            for path in REQUIRED & set(gone)
        ]
        if errors:
            raise ContentError(*errors)
        with writing(self._engine) as connection:
            _lock(connection)
            self._insert(connection, {**changed, **gone}, _numbers(connection), who, why, "import")
        return sorted({**changed, **gone})

    def _around(self, prefix: str) -> dict[str, str]:
        return self.tree(prefix=prefix)

    def _add(self, path: str, text: str | None, base: int | None, who: Person, why: str, state: State, origin: Origin) -> Revision:
        with writing(self._engine) as connection:
            _lock(connection)
            return self._put(connection, path, text, base, who, why, state, origin)

    def _put(
        self, connection: Connection, path: str, text: str | None, base: int | None, who: Person, why: str, state: State, origin: Origin
    ) -> Revision:
        """Under the lock."""
        now = _read(connection, path)
        if now is not None and now.text == text and (now.state == state or now.state == "submitted"):
            return now
        # A removed file may be written anew by somebody who has never seen it.
        if now is not None and now.id != base and not (base is None and now.text is None):
            raise Conflict(now)
        number = 1 if now is None else now.number + 1
        row = self._row(path, number, text, who, why, state, origin)
        added = connection.execute(REVISIONS.insert().values(row)).inserted_primary_key[0]
        return Revision(id=added, **row)

    def _row(self, path: str, number: int, text: str | None, who: Person, why: str, state: State, origin: Origin) -> dict:
        row = {"path": path, "number": number, "text": text, "author": who.id, "author_name": who.name}
        return {**row, "at": self._clock(), "why": why, "state": state, "origin": origin}

    def _insert(
        self,
        connection: Connection,
        texts: Mapping[str, str | None],
        numbers: Mapping[str, int],
        who: Person,
        why: str,
        origin: Origin,
    ) -> None:
        rows = [self._row(path, numbers.get(path, 0) + 1, texts[path], who, why, "submitted", origin) for path in sorted(texts)]
        if rows:
            connection.execute(REVISIONS.insert(), rows)


def _lock(connection: Connection) -> None:
    """One writer at a time until the transaction ends; SQLite's transactions are that by themselves (database.py)."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"LOCK TABLE {REVISIONS.name} IN SHARE ROW EXCLUSIVE MODE"))


def _newest(*, at: int | None = None, drafts: bool = False, prefix: str = "") -> sa.sql.Subquery:
    """path, id of the newest revision of each file."""
    asked = sa.select(_ROW.path, sa.func.max(_ROW.id).label("id")).group_by(_ROW.path)
    if not drafts:
        asked = asked.where(_ROW.state == "submitted")
    if at is not None:
        asked = asked.where(_ROW.id <= at)
    return (asked.where(_ROW.path.startswith(prefix, autoescape=True)) if prefix else asked).subquery()


def _read(connection: Connection, path: str) -> Revision | None:
    row = (
        connection.execute(sa.select(REVISIONS).where(_ROW.path == path).order_by(_ROW.id.desc()).limit(1)).mappings().one_or_none()
    )
    return None if row is None else Revision(**row)


def _by_id(connection: Connection, ids: Iterable[int]) -> dict[int, Revision]:
    """In portions: SQLite takes 32,766 parameters at most, older ones 999."""
    wanted, found = list(ids), {}
    for n in range(0, len(wanted), 500):
        rows = connection.execute(sa.select(REVISIONS).where(_ROW.id.in_(wanted[n : n + 500]))).mappings()
        found |= {row["id"]: Revision(**row) for row in rows}
    return found


def _numbers(connection: Connection) -> dict[str, int]:
    return dict(connection.execute(sa.select(_ROW.path, sa.func.max(_ROW.number)).group_by(_ROW.path)).all())


def _below(texts: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {path: text for path, text in texts.items() if path.startswith(prefix)}


def _text(revision: Revision | None) -> str | None:
    return None if revision is None else revision.text


def _unfit(text: str) -> tuple[FieldError, ...]:
    """What no database could keep, or no page could show."""
    if "\x00" in text:
        return (FieldError("", "Trong tệp có ký tự rỗng (NUL); hãy lưu lại tệp ở dạng văn bản thường."),)
    if len(text) > MOST_CHARS:
        return (FieldError("", f"Tệp dài {len(text):,} ký tự; nhiều nhất {MOST_CHARS:,} ký tự.".replace(",", ".")),)
    return ()


def _path_errors(path: str) -> tuple[FieldError, ...]:
    try:
        checked_path(path)
    except ContentError as error:
        return error.errors
    return ()

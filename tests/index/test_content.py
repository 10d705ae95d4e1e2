"""The content store: one contract, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from index.content import BATCH, Report, Store, StoreError, import_rows, open_store, present
from index.content_tables import HEADS, IMPORTS, REVISIONS

from .portal_rows import row

SERVER = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")


def answers() -> bool:
    try:
        socket.create_connection(("127.0.0.1", 5432), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; PostgreSQL in a schema of its own that is dropped again."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'var' / 'content.db'}"
        return
    if not answers():
        pytest.skip("no PostgreSQL on 127.0.0.1:5432")
    schema = f"mot_cua_test_{uuid.uuid4().hex[:12]}"
    engine = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(sa.text(f"create schema {schema}"))
    except sa.exc.OperationalError as error:
        pytest.skip(f"PostgreSQL refuses: {error.orig}")
    try:
        yield f"{SERVER}?options=-csearch_path%3D{schema}"
    finally:
        with engine.connect() as connection:
            connection.execute(sa.text(f"drop schema {schema} cascade"))
        engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.engine.dispose()


def load(store: Store, *rows: dict[str, Any], whole: bool = True) -> Report:
    return import_rows(store, rows, "test", complete=lambda: whole)


def counts(report: Report) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    return report.added, report.changed, report.withdrawn, report.unchanged


def revisions(store: Store) -> list[Any]:
    with store.engine.connect() as connection:
        return connection.execute(sa.select(REVISIONS).order_by(REVISIONS.c.id)).fetchall()


A, B, C = "1.900001", "1.900002", "2.900003"


def test_rows_come_back_in_code_order_as_they_were(store: Store) -> None:
    rows = [row(C, note="Ðiều \u0000 <b>"), row(A, note="e\u0302\u0301 \U0001f41d")]
    assert counts(load(store, *rows)) == ((A, C), (), (), 0)
    assert list(present(store)) == [rows[1], rows[0]]


def test_half_a_character_is_stored(store: Store) -> None:
    load(store, row(A, note="\ud83d"))
    assert [found["detail"]["note"] for found in present(store)] == ["\ud83d"]


def test_the_same_row_twice_makes_no_revision(store: Store) -> None:
    load(store, row(A), row(B))
    before = revisions(store)
    assert counts(load(store, dict(reversed(row(A).items())), row(B))) == ((), (), (), 2)
    assert revisions(store) == before


def test_a_change_adds_a_revision_and_leaves_the_old_one(store: Store) -> None:
    load(store, row(A), row(B))
    before = revisions(store)
    assert counts(load(store, row(A, isFullProcess=False), row(B))) == ((), (A,), (), 1)
    assert revisions(store)[:2] == before and len(revisions(store)) == 3
    assert next(present(store))["detail"]["isFullProcess"] is False


def test_content_that_comes_back_uses_its_old_revision(store: Store) -> None:
    for full in (True, False, True):
        load(store, row(A, isFullProcess=full))
    assert len(revisions(store)) == 2 and next(present(store))["detail"]["isFullProcess"] is True


def test_what_a_whole_file_lacks_is_withdrawn_and_may_return(store: Store) -> None:
    load(store, row(A), row(B))
    assert counts(load(store, row(A))) == ((), (), (B,), 1)
    assert [found["code"] for found in present(store)] == [A]
    assert counts(load(store, row(A))) == ((), (), (), 1)
    assert counts(load(store, row(A), row(B))) == ((B,), (), (), 1)
    assert len(revisions(store)) == 2


def test_a_part_of_a_file_withdraws_nothing(store: Store) -> None:
    load(store, row(A), row(B))
    report = load(store, row(A), whole=False)
    assert (report.withdrawn, report.complete) == ((), False)
    assert [found["code"] for found in present(store)] == [A, B]


def test_a_file_without_rows_withdraws_nothing(store: Store) -> None:
    load(store, row(A))
    assert counts(load(store)) == ((), (), (), 0)
    assert len(list(present(store))) == 1


def test_a_code_that_stands_twice_keeps_the_newer_row_however_often_it_is_read(store: Store) -> None:
    rows = [row(A, updatedAt=2), row(f" {A}", updatedAt=1), row(B)]
    report = load(store, *rows)
    assert (report.added, report.repeated) == ((A, B), (A,))
    assert next(present(store))["detail"]["updatedAt"] == 2
    assert counts(load(store, *rows)) == ((), (), (), 2)
    assert counts(load(store, *reversed(rows))) == ((), (), (), 2)
    assert next(present(store))["detail"]["updatedAt"] == 2


def test_internal_rows_are_kept_and_counted(store: Store) -> None:
    assert load(store, row(A, isInternal=True), row(B)).internal == 1
    assert len(list(present(store))) == 2


def test_an_interrupted_import_goes_on_when_run_again(store: Store) -> None:
    rows = [row(f"1.{n:06d}") for n in range(BATCH * 2 + 50)]

    def torn() -> Iterator[dict[str, Any]]:
        yield from rows[: BATCH + 10]
        raise KeyboardInterrupt

    load(store, row("9.000001"))
    with pytest.raises(KeyboardInterrupt):
        import_rows(store, torn(), "test")
    assert len(list(present(store))) == BATCH + 1, "whole batches are kept, nothing is withdrawn"
    report = load(store, *rows)
    assert (len(report.added), report.unchanged, report.withdrawn) == (BATCH + 50, BATCH, ("9.000001",))
    assert len(revisions(store)) == len(rows) + 1
    with store.engine.connect() as connection:
        log = connection.execute(sa.select(IMPORTS.c.finished_at, IMPORTS.c.counts).order_by(IMPORTS.c.id)).fetchall()
    assert [bool(finished) for finished, _ in log] == [True, False, True]
    assert json.loads(log[2][1])["withdrawn"] == 1


def test_progress_tells_the_rows_done(store: Store) -> None:
    told: list[int] = []
    import_rows(store, [row(f"1.{n:06d}") for n in range(BATCH + 1)], "test", told.append)
    assert told == [BATCH, BATCH + 1]


def test_a_row_without_a_code_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="code: is '1.1'; expected digit, dot, six digits"):
        load(store, row("1.1"))


def test_opening_again_keeps_what_is_there(store: Store, url: str) -> None:
    load(store, row(A))
    again = open_store(url)
    assert len(list(present(again))) == 1
    again.engine.dispose()


def test_every_head_points_to_a_revision_of_its_code(store: Store) -> None:
    load(store, row(A), row(B))
    load(store, row(B, isFullProcess=False), row(C))
    query = sa.select(HEADS.c.code, REVISIONS.c.code, HEADS.c.status).join(REVISIONS, HEADS.c.revision_id == REVISIONS.c.id).order_by(HEADS.c.code)
    with store.engine.connect() as connection:
        assert [tuple(found) for found in connection.execute(query)] == [(A, A, "withdrawn"), (B, B, "present"), (C, C, "present")]


@pytest.mark.parametrize("address", ["postgresql://nobody:secret@127.0.0.1:1/none", "nonsense://x", "sqlite:////proc/none/content.db"])
def test_a_database_that_cannot_be_opened_is_told_in_one_line(address: str) -> None:
    with pytest.raises(StoreError, match="check --database or DATABASE_URL") as caught:
        open_store(address)
    assert "\n" not in str(caught.value) and "secret" not in str(caught.value)

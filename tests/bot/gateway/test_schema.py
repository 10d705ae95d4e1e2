"""The schema forwards and back with data, on both databases; a fresh database and a migrated one are the same."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Engine

from bot.gateway import schema
from bot.gateway.database import DatabaseError, connect, open_database
from bot.gateway.schema import FIRST, HEAD, SchemaError, bring_up, go_back
from bot.gateway.tables import TABLES

TURN = {"id": "t" * 22, "conversation": "c", "channel": "web", "at": 1.0, "question": "làm [họ tên] gì", "answer": "Dạ", "status": "answered",
        "procedure": None, "aspects": "[]", "candidates": "[]", "release": "r"}  # fmt: skip


@pytest.fixture
def empty(service_url: str, tmp_path: Path) -> Iterator[Engine]:
    engine = connect(tmp_path, service_url)
    yield engine
    engine.dispose()


@pytest.fixture
def old(empty: Engine) -> Engine:
    """A database of before there were migrations, with a turn in it."""
    with empty.begin() as connection:
        schema._run(connection, FIRST)
        connection.execute(sa.text("drop table alembic_version"))
        names = list(TURN)
        connection.execute(sa.text(f"insert into turns ({', '.join(map(_quoted, names))}) values ({', '.join(f':{n}' for n in names)})"), TURN)
    return empty


def _quoted(name: str) -> str:
    return f'"{name}"'


def turns(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text("select question from turns")).scalars())


def tables(engine: Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def differences(engine: Engine) -> list:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return compare_metadata(context, TABLES)


def test_a_new_database_has_everything_at_once(empty: Engine) -> None:
    assert bring_up(empty) == "" and bring_up(empty) == HEAD
    assert set(TABLES.tables) <= tables(empty) and differences(empty) == []


def test_an_older_one_is_brought_up_and_keeps_its_rows(old: Engine) -> None:
    assert "staff_people" not in tables(old)
    assert bring_up(old) == FIRST
    assert turns(old) == [TURN["question"]] and differences(old) == [] and set(TABLES.tables) <= tables(old)


def test_back_and_forwards_again_keeps_what_both_know(old: Engine) -> None:
    bring_up(old)
    go_back(old, FIRST)
    assert turns(old) == [TURN["question"]] and "staff_people" not in tables(old)
    assert bring_up(old) == FIRST and turns(old) == [TURN["question"]] and differences(old) == []


def test_back_by_one_step_and_forwards_again(old: Engine) -> None:
    bring_up(old)
    go_back(old, "0002")
    assert "staff_figure_days" not in tables(old) and "staff_people" in tables(old) and turns(old) == [TURN["question"]]
    assert bring_up(old) == "0002" and "staff_figure_days" in tables(old) and differences(old) == []


def _checks(engine: Engine) -> set[tuple[str, str]]:
    inspector = sa.inspect(engine)
    return {(name, _plain(check["sqltext"])) for name in TABLES.tables for check in inspector.get_check_constraints(name)}


def _plain(text: str) -> str:
    return "".join(text.replace("(", "").replace(")", "").split()).lower()


def test_a_migrated_database_checks_what_a_new_one_checks(old: Engine, tmp_path: Path) -> None:
    bring_up(old)
    migrated = _checks(old)
    go_back(old, FIRST)
    with old.begin() as connection:
        for name in tables(old):
            connection.execute(sa.text(f"drop table {_quoted(name)}"))
    bring_up(old)
    assert migrated == _checks(old) and len(migrated) >= 10


def test_the_log_refuses_changes_in_a_migrated_database_too(old: Engine) -> None:
    from bot.staff.people.audit import Audit
    from bot.staff.person import SYSTEM

    bring_up(old)
    Audit(old, lambda: 1.0).note(SYSTEM, "a", "b")
    for statement in ("update staff_audit set action = 'x'", "delete from staff_audit"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), old.begin() as connection:
            connection.execute(sa.text(statement))


def test_a_migration_that_fails_leaves_the_version_before_it(old: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    def broken(*_: object, **__: object) -> None:
        raise sa.exc.OperationalError("create table", {}, Exception("disk full"))

    with monkeypatch.context() as patch:
        patch.setattr(op, "create_index", broken)
        with pytest.raises(sa.exc.OperationalError, match="disk full"):
            bring_up(old)
    assert "staff_people" not in tables(old) and turns(old) == [TURN["question"]]
    bring_up(old)
    assert differences(old) == []


def test_several_gateways_that_start_at_once_migrate_once(old: Engine, service_url: str, tmp_path: Path) -> None:
    engines = [connect(tmp_path, service_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        before = list(pool.map(bring_up, engines))
    for engine in engines:
        engine.dispose()
    assert sorted(before) == [FIRST, HEAD, HEAD, HEAD] and differences(old) == []


def test_a_newer_program_s_database_is_refused_in_one_line(empty: Engine, service_url: str, tmp_path: Path) -> None:
    bring_up(empty)
    with empty.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(SchemaError, match="9999"):
        bring_up(empty)
    with pytest.raises(DatabaseError, match="9999") as told:
        open_database(tmp_path, service_url)
    assert "\n" not in str(told.value)


def test_the_command_shows_and_goes_back(empty: Engine, service_url: str, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("DATABASE_URL", service_url), monkeypatch.setenv("MOT_CUA_VAR", str(tmp_path / "var"))
    assert schema.main(["show"]) == 0 and "(none)" in capsys.readouterr().out
    assert schema.main(["up"]) == 0 and schema.main(["down", FIRST]) == 0 and f"schema {FIRST}" in capsys.readouterr().out
    assert schema.main(["down", "none"]) == 1 and capsys.readouterr().err.count("\n") == 1

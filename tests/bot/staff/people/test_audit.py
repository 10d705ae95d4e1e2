"""The log: chained, closed to changes by the database itself, silent about secrets, and whole when exported."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bot.staff.people.audit import Audit, Filter
from bot.staff.people.audit_ddl import append_only, no_longer
from bot.staff.people.audit_export import as_csv, as_jsonl
from bot.staff.people.tables import AUDIT

from ..conftest import person


@pytest.fixture
def audit(service, clock) -> Audit:
    return Audit(service, clock)


def fill(audit, count=3):
    for number in range(count):
        audit.note(person("curator"), "saved", f"procedures/{number}", {"name": "cũ"}, {"name": "mới"}, "đối chiếu nguồn", "10.0.0.1")


def open_up(service):
    with service.begin() as connection:
        for statement in no_longer(service.dialect.name, "staff_audit"):
            connection.exec_driver_sql(statement)


def test_rows_follow_each_other_and_the_chain_holds(audit) -> None:
    fill(audit)
    rows = list(audit.all())
    assert [row.id for row in rows] == [1, 2, 3] and [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert audit.verify() is None and audit.head() == (3, rows[-1].hash)


@pytest.mark.parametrize("statement", ["UPDATE staff_audit SET why = 'x'", "DELETE FROM staff_audit", "DELETE FROM staff_audit WHERE id = 2"])
def test_the_database_itself_refuses_changes(audit, service, statement) -> None:
    fill(audit)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), service.begin() as connection:
        connection.exec_driver_sql(statement)
    assert len(list(audit.all())) == 3


def test_postgresql_refuses_to_empty_the_log(audit, service) -> None:
    if service.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), service.begin() as connection:
        connection.exec_driver_sql("TRUNCATE staff_audit")


def test_a_migration_can_put_the_triggers_on_again(audit, service) -> None:
    open_up(service)
    with service.begin() as connection:
        for statement in append_only(service.dialect.name, "staff_audit"):
            connection.exec_driver_sql(statement)
    test_the_database_itself_refuses_changes(audit, service, "DELETE FROM staff_audit")


@pytest.mark.parametrize("change, first", [
    (AUDIT.update().where(AUDIT.c.id == 2).values(why="khác"), 2),
    (AUDIT.update().where(AUDIT.c.id == 5).values(person_name="ai đó"), 5),
    (AUDIT.delete().where(AUDIT.c.id == 3), 3),
    (AUDIT.delete().where(AUDIT.c.id == 1), 1),
    (AUDIT.update().where(AUDIT.c.id == 4).values(hash="0" * 64), 4),
])
def test_who_gets_past_the_triggers_is_found(audit, service, change, first) -> None:
    fill(audit, 5)
    open_up(service)
    with service.begin() as connection:
        connection.execute(change)
    assert audit.verify() == first


def test_a_mark_kept_elsewhere_shows_that_the_end_was_cut_off(audit, service) -> None:
    fill(audit, 5)
    known = audit.head()
    open_up(service)
    with service.begin() as connection:
        connection.execute(AUDIT.delete().where(AUDIT.c.id > 3))
    assert audit.verify() is None and audit.verify(known) == 4


def test_many_at_once_make_one_chain(audit) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: audit.note(None, "saved", str(number)), range(24)))
    assert audit.verify() is None and audit.head()[0] == 24


def test_secrets_never_come_in_and_procedures_codes_do(audit) -> None:
    audit.note(None, "saved", "x", {"new_password": "bí mật", "inner": [{"totp_secret": "ABC"}]}, {"code": "1.001193", "roles": {"b", "a"}})
    row = next(audit.all())
    assert "bí mật" not in row.before and "ABC" not in row.before
    assert json.loads(row.after) == {"code": "1.001193", "roles": ["a", "b"]}


def test_what_is_long_or_odd_does_not_break_the_log(audit) -> None:
    audit.note(None, "saved", "x\0y" + "z" * 400, "a" * 70_000, {"text": "nửa \ud800 chữ"}, "l\0ý do")
    row = next(audit.all())
    assert json.loads(row.before)["characters"] == 70_002 and row.why == "lý do" and audit.verify() is None


def test_a_row_of_a_transaction_that_fails_is_gone_with_it(audit, service) -> None:
    with pytest.raises(RuntimeError), service.begin() as connection:
        audit.note(None, "saved", "x", connection=connection)
        raise RuntimeError
    assert audit.head()[0] == 0


def test_filters_and_pages(audit, clock) -> None:
    fill(audit, 60)
    clock.now += 86_400
    audit.note(person("admin"), "login", "people/1%")
    rows, pages = audit.rows(Filter())
    assert (len(rows), pages, rows[0].action) == (50, 2, "login")
    assert len(audit.rows(Filter(), 2)[0]) == 11
    assert [row.id for row in audit.rows(Filter(action="login"))[0]] == [61]
    assert audit.rows(Filter(subject="people/1_"))[0] == [] and len(audit.rows(Filter(subject="people/1%"))[0]) == 1
    assert len(audit.rows(Filter(since=clock.now))[0]) == 1 and len(audit.rows(Filter(until=clock.now, person=person("curator").id))[0]) == 50


def test_the_exported_lines_carry_the_whole_chain(audit) -> None:
    fill(audit)
    previous = "0" * 64
    for line in as_jsonl(audit.all()):
        row = json.loads(line)
        mark = row.pop("hash")
        assert row["previous"] == previous
        previous = hashlib.sha256(json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
        assert previous == mark


def test_a_spreadsheet_runs_nothing_of_the_log(audit) -> None:
    audit.note(None, "saved", "=cmd|calc", why="-1, \"hai\"\nba")
    text = "".join(as_csv(audit.all()))
    row = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))[0]
    assert text.startswith("\ufeff") and (row["subject"], row["why"]) == ("'=cmd|calc", "'-1, \"hai\"\nba") and row["at"].endswith("+07:00")

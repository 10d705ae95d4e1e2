"""Periods to the second, with a moved clock, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.gateway import retention
from bot.gateway.database import open_database
from bot.gateway.retention_job import EVERY, LEASE, keep_periods, run_if_due
from bot.gateway.tables import CHANNEL_USERS, CODES, CONTACTS, COUNTS, FEEDBACK, INBOX, OUTBOX, RATINGS, TABLES, TURNS

from .harness import running
from .turns import NOW, everything, rows

DAY = 86_400.0
KEEP = 30
A, B = "A" * 22, "B" * 22


def insert(engine: Engine, table: sa.Table, **values: Any) -> None:
    with engine.begin() as connection:
        connection.execute(table.insert().values(**values))


def add_turn(engine: Engine, at: float, name: str = "t1", conversation: str = A) -> None:
    insert(engine, TURNS, id=name, conversation=conversation, channel="web", at=at, question="hỏi", answer="đáp", status="answered", procedure="1.001193", aspects="[]", candidates="[]", margin=0.4, why='{"rule":"found"}')


def add_inbox(engine: Engine, at: float, state: str, name: str = "k1") -> None:
    insert(engine, INBOX, channel="zalo", key=name, user="u", sent_ms=1, event="{}", state=state, at=at)


def add_outbox(engine: Engine, at: float, state: str, sent_at: float | None = None) -> None:
    insert(engine, OUTBOX, channel="zalo", user="u", inbox_id=None, part=0, payload="{}", state=state, not_before=at, at=at, sent_at=sent_at)


def add_contact(engine: Engine, at: float, state: str, done_at: float | None = None) -> None:
    insert(engine, CONTACTS, id="c1", code_hash="h", at=at, state=state, done_at=done_at, sealed="…")


def apply(engine: Engine, now: float, keep: int = KEEP) -> retention.Plan:
    """Checks on the way that the plan tells what is then done, and changes nothing."""
    before = everything(engine, TABLES)
    planned = retention.plan(engine, now, keep)
    assert everything(engine, TABLES) == before
    done = retention.apply(engine, now, keep)
    assert done == planned
    assert retention.plan(engine, now, keep).total == 0, "a second run finds nothing"
    return done


@pytest.fixture
def kept(service: Engine) -> Engine:
    """All that one conversation leaves, at NOW."""
    add_turn(service, NOW)
    insert(service, FEEDBACK, turn="t1", conversation=A, at=NOW, value="down", reason="sai")
    insert(service, RATINGS, id="r1", conversation=A, at=NOW, stars=2, comment="chán")
    insert(service, CODES, code_hash="h", conversation=A, at=NOW)
    insert(service, COUNTS, day="2027-01-15", channel="web", status="answered", procedure="1.001193", aspect="fees", n=3)
    return service


def test_one_second_before_the_period_is_full_everything_is_there(kept: Engine) -> None:
    before = everything(kept, TABLES)
    assert apply(kept, NOW + KEEP * DAY - 1).total == 0
    assert everything(kept, TABLES) == before


def test_when_it_is_full_counters_stay_and_nothing_links_them(kept: Engine) -> None:
    done = apply(kept, NOW + KEEP * DAY)
    assert {name: n for name, n in done.counts.items() if n} == {"turns": 1, "feedback": 1, "ratings": 1, "codes": 1}
    row = rows(kept, TURNS)[0]
    assert (row["conversation"], row["question"], row["answer"], row["why"]) == (None, None, None, None)
    assert row["margin"] == 0.4, "a number that belongs to nobody stays for the figures"
    assert (row["status"], row["procedure"], row["at"]) == ("answered", "1.001193", NOW)
    assert rows(kept, FEEDBACK) == [{"turn": "t1", "conversation": None, "at": NOW, "value": "down", "reason": None}]
    assert rows(kept, RATINGS) == [{"id": "r1", "conversation": None, "at": NOW, "stars": 2, "comment": None}]
    assert rows(kept, CODES) == [] and rows(kept, COUNTS)[0]["n"] == 3
    assert A not in everything(kept, TABLES)


def test_a_code_lives_as_long_as_there_is_something_that_it_erases(service: Engine) -> None:
    for name in (A, B):
        insert(service, CODES, code_hash=name[0], conversation=name, at=NOW)
    add_turn(service, NOW, "old")
    add_turn(service, NOW + 5 * DAY, "new")
    assert apply(service, NOW + KEEP * DAY).counts["codes"] == 1
    assert [row["conversation"] for row in rows(service, CODES)] == [A]
    assert apply(service, NOW + (KEEP + 5) * DAY).counts["codes"] == 1 and rows(service, CODES) == []


@pytest.mark.parametrize(("state", "done_at", "days"), [("done", NOW + 2 * DAY, 9), ("open", None, 30), ("done", NOW + 29 * DAY, 30)])
def test_messages_for_a_call(service: Engine, state: str, done_at: float | None, days: int) -> None:
    add_contact(service, NOW, state, done_at)
    assert apply(service, NOW + days * DAY - 1).total == 0
    assert apply(service, NOW + days * DAY).counts["contacts"] == 1 and rows(service, CONTACTS) == []


@pytest.mark.parametrize(("state", "text_days", "row_days"), [("done", 1, 8), ("dead", 30, 30), ("waiting", 30, 30), ("taken", 30, 30)])
def test_what_a_messenger_brought(service: Engine, state: str, text_days: int, row_days: int) -> None:
    add_inbox(service, NOW, state)
    assert apply(service, NOW + text_days * DAY - 1).total == 0
    assert apply(service, NOW + text_days * DAY).counts["inbox_texts"] == 1
    if row_days > text_days:
        assert rows(service, INBOX)[0]["event"] is None and rows(service, INBOX)[0]["key"] == "k1"
    assert apply(service, NOW + row_days * DAY - 1).total == 0
    apply(service, NOW + row_days * DAY)
    assert rows(service, INBOX) == []


@pytest.mark.parametrize(("state", "sent_at", "text_days", "row_days"), [
    ("sent", NOW, 1, 8), ("sent", NOW + DAY, 2, 8), ("dropped", None, 1, 8), ("dead", None, 30, 30), ("waiting", None, 30, 30), ("sending", None, 30, 30),
])
def test_what_went_to_a_messenger(service: Engine, state: str, sent_at: float | None, text_days: int, row_days: int) -> None:
    add_outbox(service, NOW, state, sent_at)
    assert apply(service, NOW + text_days * DAY - 1).total == 0
    assert apply(service, NOW + text_days * DAY).counts["outbox_texts"] == 1
    assert apply(service, NOW + row_days * DAY - 1).total == 0
    apply(service, NOW + row_days * DAY)
    assert rows(service, OUTBOX) == []


def test_a_short_period_never_forgets_the_key_of_an_event_that_may_come_again(service: Engine) -> None:
    add_inbox(service, NOW, "dead")
    add_outbox(service, NOW, "dead")
    done = apply(service, NOW + 2 * DAY, keep=2)
    assert (done.counts["inbox_texts"], done.counts["inbox"], done.counts["outbox_texts"], done.counts["outbox"]) == (1, 0, 1, 0)
    assert apply(service, NOW + 8 * DAY, keep=2).counts["inbox"] == 1 and rows(service, OUTBOX) == []


def test_a_user_who_no_longer_writes(service: Engine) -> None:
    insert(service, CHANNEL_USERS, channel="zalo", user="gone", last_seen_ms=int(NOW * 1000))
    insert(service, CHANNEL_USERS, channel="zalo", user="here", last_seen_ms=int(NOW * 1000) + 1000)
    assert apply(service, NOW + KEEP * DAY - 1).total == 0
    assert apply(service, NOW + KEEP * DAY).counts["users"] == 1
    assert [row["user"] for row in rows(service, CHANNEL_USERS)] == ["here"]


def test_more_than_one_transaction_s_worth(service: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "CHUNK", 10)
    for n in range(35):
        add_turn(service, NOW, f"t{n}")
    insert(service, CHANNEL_USERS, channel="zalo", user="u", last_seen_ms=0)
    assert apply(service, NOW + KEEP * DAY).counts["turns"] == 35


def test_no_byte_stays_in_the_file_of_sqlite(service: Engine) -> None:
    if service.dialect.name != "sqlite":
        pytest.skip("PostgreSQL frees pages by itself, later (docs/privacy.md)")
    add_turn(service, NOW)
    with service.begin() as connection:
        connection.execute(TURNS.update().values(question="kangaroo" * 2000))
    apply(service, NOW + KEEP * DAY)
    folder = Path(service.url.database).parent
    assert not any(b"kangaroo" in path.read_bytes() for path in folder.iterdir() if "sqlite3" in path.name)


def test_every_table_with_texts_or_persons_has_a_period() -> None:
    untouched = {"counts", "tokens", "chores", "conversations"}  # a count is nobody's; state without text, 24 hours (store.py)
    # What the staff did and wrote is the office's record. The queue's rows go with their turns (forget_clusters), sessions, tries and
    # kept forms are tidied by people/door.py. Days that are counted up are counts, and go with each of their turns (forget_days.py).
    staff = {
        "staff_audit", "staff_candidates", "staff_clusters", "staff_cluster_turns", "staff_doubt_owners", "staff_drafts", "staff_editing",
        "staff_figure_days", "staff_import_changes", "staff_imports", "staff_judgements", "staff_kept_forms", "staff_live", "staff_login_tries",
        "staff_oidc_used", "staff_people", "staff_publish_leases", "staff_queue_cursors", "staff_recovery_codes", "staff_revisions",
        "staff_sample", "staff_sample_weeks", "staff_sessions", "staff_switches",
    }  # fmt: skip
    assert {table.name for table in TABLES.sorted_tables} - {rule.table.name for rule in retention.RULES} == untouched | staff


def test_the_work_queue_forgets_a_question_with_its_turn(kept: Engine) -> None:
    from bot.staff.queue.tables import CLUSTERS, MEMBERS

    with kept.begin() as connection:
        turn = connection.execute(sa.select(TURNS.c.id).where(TURNS.c.question.isnot(None)).order_by(TURNS.c.at).limit(1)).scalar_one()
        connection.execute(CLUSTERS.insert().values(
            id="c", title="câu hỏi của một người", n=1, newest_at=1.0, signals="{}", state="open", note="", opened_at=1.0,
        ))  # fmt: skip
        connection.execute(MEMBERS.insert().values(turn=turn, cluster="c", at=1.0, signals="unclear", vector=b""))
    retention.apply(kept, NOW + KEEP * DAY, KEEP)
    with kept.connect() as connection:
        assert connection.execute(sa.select(MEMBERS)).all() == []
        assert connection.execute(sa.select(CLUSTERS.c.title, CLUSTERS.c.n)).one() == ("", 0)


def test_once_a_day_and_by_one_gateway_only(kept: Engine) -> None:
    late = NOW + KEEP * DAY
    done = run_if_due(kept, KEEP, late)
    assert done is not None and done.total == 4
    assert run_if_due(kept, KEEP, late + 1) is None and run_if_due(kept, KEEP, late + EVERY - 1) is None
    assert run_if_due(kept, KEEP, late + EVERY) is not None


def test_one_that_died_at_work_is_followed_by_another(kept: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    late = NOW + KEEP * DAY
    with monkeypatch.context() as patch:
        patch.setattr(retention, "apply", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run_if_due(kept, KEEP, late)
    assert run_if_due(kept, KEEP, late + LEASE - 1) is None
    assert run_if_due(kept, KEEP, late + LEASE) is not None


def test_the_task_goes_on_after_a_failure(kept: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    apply_really, tried = retention.apply, []

    def once_broken(*values: Any) -> retention.Plan:
        tried.append(values)
        return apply_really(*values) if len(tried) > 1 else 1 / 0  # type: ignore[return-value]

    monkeypatch.setattr(retention, "apply", once_broken)
    monkeypatch.setattr("bot.gateway.retention_job.LEASE", 0.0)

    async def run() -> None:
        task = asyncio.create_task(keep_periods(kept, KEEP, lambda: NOW + KEEP * DAY, look_every=0.01))
        async with asyncio.timeout(20):
            while rows(kept, TURNS)[0]["question"] is not None:
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert len(tried) == 2


def test_a_running_gateway_does_it_by_itself(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    add_turn(engine, time.time() - 8 * DAY, "old")
    add_turn(engine, time.time() - 6 * DAY, "young")
    with running(tmp_path, keeps=True, MOT_CUA_KEEP_DAYS="7") as gateway:
        gateway.until(lambda: len([row for row in rows(engine, TURNS) if row["question"]]) == 1)
    assert [(row["id"], row["question"]) for row in rows(engine, TURNS)] == [("old", None), ("young", "hỏi")]
    engine.dispose()

"""The inbox on SQLite and PostgreSQL: what is kept, who is taken when, what an echo does, what erasing leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.messenger_event import Kind
from bot.channels.outgoing import Outgoing
from bot.gateway import inbox_queue as queue
from bot.gateway.database import open_database
from bot.gateway.inbox import PAUSE_SECONDS, Inbox
from bot.gateway.inbox_queue import Forget, Outcome, Taken
from bot.gateway.outbox import Outbox, echo_key
from bot.gateway.tables import CHANNEL_USERS, INBOX, OUTBOX

from .in_world import BEGIN, address, event, keep, rows, sent, user_row


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with address(request.param, tmp_path) as url:
        opened = open_database(tmp_path, url)
        yield opened
        opened.dispose()


def take(engine: Engine, most: int = 10, now: float = BEGIN + 10, lease: float = 60) -> list[Taken]:
    with engine.begin() as connection:
        queue.recover(connection, now)
        return queue.take(connection, ("zalo", "zalo_bot"), most, lease, now)


def finish(engine: Engine, taken: Taken, outcome: Outcome | None = None, now: float = BEGIN + 11, state: str = "done") -> bool:
    with engine.begin() as connection:
        return queue.finish(connection, taken, outcome or Outcome((Outgoing(f"về {taken.text}"),)), now, state)


def test_an_event_is_kept_once(engine: Engine) -> None:
    assert keep(engine, event("lệ phí?"), event("khác", at=BEGIN + 5), event("lệ phí?", "b")) == [True, False, True]
    assert keep(engine, event("lệ phí?")) == [False] and keep(engine, event(channel="zalo_bot")) == [True]
    assert [row.event for row in rows(engine)][:1] == ['{"kind": "question", "text": "lệ phí?"}'] and len(rows(engine)) == 3


def test_an_answered_event_that_comes_again_is_not_answered_again(engine: Engine) -> None:
    keep(engine, event())
    finish(engine, take(engine)[0])
    assert keep(engine, event()) == [False] and take(engine) == []


def test_many_deliveries_at_once_make_one_row(engine: Engine) -> None:
    gate = threading.Barrier(8)

    def put(n: int) -> bool:
        gate.wait(20)
        return keep(engine, event(user="u", at=BEGIN + n))[0]

    with ThreadPoolExecutor(8) as many:
        assert sorted(many.map(put, range(8))) == [False] * 7 + [True]
    assert len(rows(engine)) == 1


def test_taken_in_the_order_of_the_messenger_s_clock(engine: Engine) -> None:
    keep(engine, event("2", "b", at=BEGIN + 2), event("1", "a", at=BEGIN + 1), event("2b", "c", at=BEGIN + 2), event("v", "d", "v", at=BEGIN + 3))
    order = []
    while found := take(engine):
        order.append([one.text for one in found])
        assert all(finish(engine, one) for one in found)
    assert order == [["1", "v"], ["2"], ["2b"]]


def test_an_event_waits_a_moment_for_an_earlier_one(engine: Engine) -> None:
    keep(engine, event("sau", "b", at=BEGIN), now=BEGIN, settle=0.3)
    assert take(engine, now=BEGIN + 0.2) == []
    keep(engine, event("trước", "a", at=BEGIN - 1), now=BEGIN + 0.25, settle=0.3)
    assert take(engine, now=BEGIN + 0.4) == []
    assert [one.text for one in take(engine, now=BEGIN + 0.6)] == ["trước"]


def test_never_two_of_one_user_at_once(engine: Engine) -> None:
    keep(engine, event("1", "a"), event("2", "b", at=BEGIN + 1))
    one, = take(engine)
    assert take(engine) == []
    keep(engine, event("0", "c", at=BEGIN - 1))  # earlier, but too late
    assert take(engine) == []
    finish(engine, one)
    assert [found.text for found in take(engine)] == ["0"]


def test_the_table_itself_allows_only_one(engine: Engine) -> None:
    """Two processes whose views of the table differ: the second loses, nothing breaks."""
    keep(engine, event("1", "a"), event("2", "b", at=BEGIN + 1), event("v", "c", "v"))
    second = next(row for row in rows(engine) if "2" in row.event)
    take(engine, most=1)
    with engine.begin() as connection:
        assert queue._lease(connection, second, BEGIN + 60) is None
        assert [one.text for one in queue.take(connection, ("zalo",), 5, 60, BEGIN + 10)] == ["v"]


def test_several_takers_share_without_a_double(engine: Engine) -> None:
    keep(engine, *(event(f"{user}{n}", f"{user}{n}", f"u{user}", at=BEGIN + n) for user in range(6) for n in range(5)))
    order: dict[str, list[str]] = {}
    guard = threading.Lock()

    def taker(_: int) -> int:
        done = 0
        while any(row.state != "done" for row in rows(engine)):
            for one in take(engine, most=2):
                with guard:
                    order.setdefault(one.user, []).append(one.text)
                assert finish(engine, one)
                done += 1
        return done

    with ThreadPoolExecutor(4) as many:
        assert sum(many.map(taker, range(4))) == 30
    assert order == {f"u{user}": [f"{user}{n}" for n in range(5)] for user in range(6)}
    assert len(rows(engine, OUTBOX)) == 30


def test_answer_and_done_are_one_commit(engine: Engine) -> None:
    keep(engine, event())
    one, = take(engine)
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        queue.finish(connection, one, Outcome((Outgoing("x"),)), BEGIN)
        raise ZeroDivisionError
    assert rows(engine)[0].state == "taken" and rows(engine, OUTBOX) == []
    assert finish(engine, one) and sent(engine) == ["về lệ phí?"]
    row, = rows(engine)
    assert (row.state, row.event, row.lease) == ("done", None, None) and rows(engine, OUTBOX)[0].inbox_id == row.id


def test_a_lease_that_ran_out_goes_to_the_next(engine: Engine) -> None:
    keep(engine, event())
    slow, = take(engine, lease=60)
    assert take(engine, now=BEGIN + 60) == []
    quick, = take(engine, now=BEGIN + 71)
    assert (slow.attempts, quick.attempts) == (1, 2)
    assert finish(engine, quick) and not finish(engine, slow, Outcome((Outgoing("zweimal"),)))
    assert sent(engine) == ["về lệ phí?"]


@pytest.mark.parametrize(("failed", "attempts"), [(True, 2), (False, 1)])
def test_put_back(engine: Engine, failed: bool, attempts: int) -> None:
    keep(engine, event(), event("2", "b", at=BEGIN + 1))
    one, = take(engine)
    with engine.begin() as connection:
        queue.put_back(connection, one, BEGIN + 20, failed=failed)
    assert take(engine, now=BEGIN + 19) == []  # nor the second: answers keep the order of questions
    assert take(engine, now=BEGIN + 20)[0].attempts == attempts


def test_what_is_known_of_the_user(engine: Engine) -> None:
    keep(engine, event("1", "a"))
    one, = take(engine)
    assert (one.greeted_at, one.paused_until, one.choices) == (None, None, ())
    finish(engine, one, Outcome((Outgoing("x"),), greeted=True, choices=("Lệ phí?", "Bao lâu?")), now=BEGIN + 11)
    keep(engine, event("2", "b", at=BEGIN + 12))
    two, = take(engine, now=BEGIN + 13)
    assert (two.greeted_at, two.choices) == (BEGIN + 11, ("Lệ phí?", "Bao lâu?"))
    finish(engine, two, Outcome((Outgoing("x"),), choices=()))
    keep(engine, event("3", "c", at=BEGIN + 14))
    assert (take(engine, now=BEGIN + 15)[0].choices, user_row(engine).greeted_at) == ((), BEGIN + 11)


def test_the_last_interaction_never_moves_back(engine: Engine) -> None:
    keep(engine, event("1", "a", at=BEGIN + 5))
    with engine.begin() as connection:
        connection.execute(CHANNEL_USERS.update().values(unreachable="chặn"))
    keep(engine, event("0", "b", at=BEGIN))
    assert (user_row(engine).last_seen_ms, user_row(engine).unreachable) == (int((BEGIN + 5) * 1000), None)


def test_unfollowing(engine: Engine) -> None:
    keep(engine, event("1", "a", at=BEGIN), event(key="f", at=BEGIN + 5, kind=Kind.UNFOLLOW))
    row = user_row(engine)
    assert (row.unreachable, row.unreachable_at, row.last_seen_ms) == ("người dùng bỏ quan tâm", BEGIN + 5, int(BEGIN * 1000))
    keep(engine, event("2", "b", at=BEGIN + 9), event(key="g", at=BEGIN + 7, kind=Kind.UNFOLLOW))
    assert user_row(engine).unreachable is None
    assert {row.key: row.state for row in rows(engine)} == {"a": "waiting", "f": "done", "b": "waiting", "g": "done"}
    keep(engine, event(key="h", user="never", kind=Kind.UNFOLLOW))
    assert user_row(engine, "never") is None


def answered(engine: Engine, text: str = "Dạ, về thủ tục", **columns: object) -> None:
    """An answer of ours is in the outbox, as `columns` say."""
    with engine.begin() as connection:
        Outbox.put(connection, "zalo", "u", [Outgoing(text)], None, BEGIN)
        connection.execute(OUTBOX.update().values(**columns))


def echoed(engine: Engine, message_id: str = "m1", text: str | None = "Dạ, về thủ tục", at: float = BEGIN + 20, person: bool = False) -> float | None:
    """Until when the bot is silent after such an echo."""
    one = event(key=message_id, at=at, kind=Kind.ECHO, message_id=message_id, echo=echo_key(text) if text else None, by_person=person)
    keep(engine, one, now=at)
    row = user_row(engine)
    return row.paused_until if row else None


def test_echoes_of_ours_change_nothing(engine: Engine) -> None:
    answered(engine, state="sent", message_id="m1", sent_at=BEGIN + 10)
    assert echoed(engine) is None and echoed(engine, "m1", "khác", person=True) is None
    assert all(row.state == "done" and row.event is None for row in rows(engine))


def test_an_echo_settles_what_was_being_sent(engine: Engine) -> None:
    answered(engine, state="sending")
    assert echoed(engine) is None and [(row.state, row.message_id) for row in rows(engine, OUTBOX)] == [("sent", "m1")]


def test_a_person_s_message_silences_the_bot(engine: Engine) -> None:
    assert echoed(engine, person=True) == BEGIN + 20 + PAUSE_SECONDS and user_row(engine).last_seen_ms == 0
    assert echoed(engine, "m2", at=BEGIN + 60, person=True) == BEGIN + 60 + PAUSE_SECONDS
    assert echoed(engine, "m2", at=BEGIN + 90, person=True) == BEGIN + 60 + PAUSE_SECONDS, "a repeat prolongs nothing"


@pytest.mark.parametrize(("sent_at", "silent"), [(BEGIN + 10, True), (BEGIN - 41, False)])
def test_an_unknown_message_into_a_fresh_talk_silences_the_bot(engine: Engine, sent_at: float, silent: bool) -> None:
    answered(engine, state="sent", message_id="m1", sent_at=sent_at)
    assert (echoed(engine, "m9", "Anh chờ em xem hồ sơ nhé") is not None) is silent


@pytest.mark.parametrize("columns", [{"state": "sending"}, {"state": "waiting", "unsure": 1}])
def test_an_unknown_echo_while_ours_is_under_way_silences_nothing(engine: Engine, columns: dict[str, object]) -> None:
    answered(engine, "cũ", state="sent", message_id="m0", sent_at=BEGIN + 10)
    with engine.begin() as connection:
        Outbox.put(connection, "zalo", "u", [Outgoing("Dạ, về thủ tục")], None, BEGIN)
        connection.execute(OUTBOX.update().where(OUTBOX.c.message_id.is_(None)).values(**columns))
    assert echoed(engine, "m9", "Dạ, về thủ tục, đổi một chữ") is None


def test_a_person_who_writes_meanwhile_goes_before(engine: Engine) -> None:
    keep(engine, event())
    one, = take(engine)
    echoed(engine, at=BEGIN + 10.5, person=True)
    assert finish(engine, one) and sent(engine) == [] and [row.state for row in rows(engine)] == ["done", "done"]


def contents(engine: Engine) -> str:
    """Everything in the messengers' tables."""
    with engine.begin() as connection:
        return repr([connection.execute(sa.select(table)).all() for table in (INBOX, OUTBOX, CHANNEL_USERS)])


def test_erasing_leaves_the_keys_alone(engine: Engine) -> None:
    keep(engine, event("một", "k1", "citizen"), event("hai", "k2", "citizen", at=BEGIN + 1), event("ba", "k3", "other"))
    for one in take(engine):
        finish(engine, one)
    with engine.begin() as connection:
        Inbox.forget(connection, "zalo", "citizen", waiting=True)
    left = contents(engine)
    assert "citizen" not in left and "một" not in left and "hai" not in left and "other" in left
    assert keep(engine, event("một", "k1", "citizen")) == [False] and take(engine) == []


@pytest.mark.parametrize(("forget", "later"), [(Forget.TALK, "waiting"), (Forget.ALL, "done")])
def test_erasing_by_an_event(engine: Engine, forget: Forget, later: str) -> None:
    keep(engine, event("một", "k1"))
    finish(engine, take(engine)[0])
    keep(engine, event(key="k2", at=BEGIN + 1, kind=Kind.ERASE), event("sau", "k3", at=BEGIN + 2))
    said = (Outgoing("đã xóa"),) if forget is Forget.TALK else ()
    assert finish(engine, take(engine)[0], Outcome(said, forget=forget, unless_paused=False))
    assert sent(engine) == [message.text for message in said] and user_row(engine) is None
    assert {row.key: row.state for row in rows(engine)} == {"k1": "done", "k2": "done", "k3": later}


def test_an_event_past_retention_is_over(engine: Engine) -> None:
    keep(engine, event("1", "a"), event("2", "b", at=BEGIN + 1))
    with engine.begin() as connection:
        connection.execute(INBOX.update().where(INBOX.c.key == "a").values(event=None))
    assert take(engine) == [] and [one.text for one in take(engine)] == ["2"]


def test_counts(engine: Engine) -> None:
    keep(engine, event("1", "a"), event("2", "b", at=BEGIN + 1), event("3", "c", "v", channel="zalo_bot"))
    one, *_ = take(engine, most=1)
    with engine.begin() as connection:
        assert queue.counts(connection) == {("zalo", "taken"): 1, ("zalo", "waiting"): 1, ("zalo_bot", "waiting"): 1}
        assert queue.oldest(connection) == BEGIN
    finish(engine, one, state="dead")
    with engine.begin() as connection:
        assert queue.counts(connection)[("zalo", "dead")] == 1

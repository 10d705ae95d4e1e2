"""The outbox as a table: put once, taken in order, one of a user at a time, confirmed by echoes; on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.outgoing import Button, Outgoing
from bot.gateway import outbox_queue as queue
from bot.gateway.database import open_database
from bot.gateway.outbox import Outbox, echo_key
from bot.gateway.outbox_desk import counts, dead_letters, retry
from bot.gateway.tables import OUTBOX

from .out_world import BEGIN, DATABASES, database, interact, put, rows, states


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param, tmp_path) as url:
        opened = open_database(tmp_path, url)
        yield opened
        opened.dispose()


def take(engine: Engine, most: int = 10, now: float = BEGIN, lease: float = 60) -> list[queue.Taken]:
    with engine.begin() as connection:
        return queue.take(connection, ["zalo"], most, lease, now)


def sent(engine: Engine, taken: queue.Taken, message_id: str = "m") -> None:
    with engine.begin() as connection:
        queue.mark_sent(connection, taken.id, message_id, BEGIN)


def test_what_is_put_comes_out_whole(engine: Engine) -> None:
    message = Outgoing("Dạ, mời anh/chị", (Button("Lệ phí", payload="#q:1"), Button("Cổng", url="https://a.example")))
    put(engine, "u", message)
    taken = take(engine)[0]
    assert taken.message == message and taken.user == "u" and taken.last_seen == BEGIN and taken.unreachable is None


def test_parts_come_in_order_and_one_at_a_time(engine: Engine) -> None:
    put(engine, "u", "1", "2", inbox_id=7)
    put(engine, "v", "a")
    put(engine, "u", "3", inbox_id=8)
    order = []
    first = take(engine)
    assert [one.message.text for one in first] == ["1", "a"]
    assert take(engine) == []
    for _ in range(2):
        sent(engine, first[0])
        first = take(engine)
        order.append(first[0].message.text)
    assert order == ["2", "3"]


def test_a_user_s_failed_message_holds_back_the_later_ones(engine: Engine) -> None:
    put(engine, "u", "1", "2")
    one = take(engine)[0]
    with engine.begin() as connection:
        queue.put_back(connection, one, BEGIN + 10, "lỗi", failed=True)
    assert take(engine, now=BEGIN + 9) == []
    again = take(engine, now=BEGIN + 10)
    assert [row.message.text for row in again] == ["1"] and again[0].attempts == 1


def test_an_event_is_answered_once(engine: Engine) -> None:
    put(engine, "u", "1", inbox_id=7)
    put(engine, "u", "khác", "thêm", inbox_id=7)
    assert [row.inbox_id for row in rows(engine)] == [7]
    put(engine, "u", "x")
    put(engine, "u", "y")  # no event: no limit
    assert len(rows(engine)) == 3


def test_two_transactions_cannot_both_answer_an_event(engine: Engine) -> None:
    errors: list[type] = []
    gate = threading.Barrier(4)

    def answer(text: str) -> None:
        gate.wait(20)
        try:
            put(engine, "u", text, inbox_id=7)
        except sa.exc.IntegrityError as error:
            errors.append(type(error))

    threads = [threading.Thread(target=answer, args=(str(i),)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(rows(engine)) == 1


def test_nothing_stays_when_the_caller_s_transaction_fails(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        Outbox.put(connection, "zalo", "u", [Outgoing("1")], 7, BEGIN)
        raise ZeroDivisionError
    assert rows(engine) == []


def test_many_takers_take_each_message_once_and_keep_the_order(engine: Engine) -> None:
    for user in range(6):
        put(engine, f"u{user}", "0", "1", "2")
    seen: list[tuple[str, str]] = []
    flying: set[str] = set()
    lock, together = threading.Lock(), []

    def drain() -> None:
        for _ in range(200):
            for taken in take(engine, most=2):
                with lock:
                    together.append(taken.user in flying)
                    flying.add(taken.user)
                    seen.append((taken.user, taken.message.text))
                states(engine)  # others get a chance to take the same user's next message
                with lock:
                    flying.discard(taken.user)
                sent(engine, taken)
            if set(states(engine)) == {"sent"}:
                return

    threads = [threading.Thread(target=drain) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(states(engine)) == {"sent"} and len(seen) == 18 and not any(together)
    assert all([text for user, text in seen if user == f"u{one}"] == ["0", "1", "2"] for one in range(6))


def test_a_vanished_sender_s_message_waits_for_its_echo_and_goes_once_more(engine: Engine) -> None:
    put(engine, "u", "1")
    take(engine, lease=60)
    with engine.begin() as connection:
        assert queue.recover(connection, 60, BEGIN + 59) == 0
        assert queue.recover(connection, 60, BEGIN + 61) == 1
    assert take(engine, now=BEGIN + 120) == []
    assert [one.unsure for one in take(engine, now=BEGIN + 121)] == [1]
    with engine.begin() as connection:
        queue.recover(connection, 60, BEGIN + 300)
    assert states(engine) == ["dead"]


def test_an_echo_settles_what_was_in_doubt(engine: Engine) -> None:
    put(engine, "u", "Dạ, mời  anh/chị\n")
    take(engine)
    with engine.begin() as connection:
        queue.recover(connection, 60, BEGIN + 100)
        assert not Outbox.confirm(connection, "zalo", "u", "m1", echo_key("lời khác"))
        assert not Outbox.confirm(connection, "zalo", "v", "m1", echo_key("Dạ, mời anh/chị"))
        assert Outbox.confirm(connection, "zalo", "u", "m1", echo_key("Dạ, mời anh/chị"))
        assert Outbox.confirm(connection, "zalo", "u", "m1")
        assert Outbox.confirm(connection, "zalo", "u", "m2", echo_key("Dạ, mời anh/chị"))
    row = rows(engine)[0]
    assert (row.state, row.message_id, row.payload) == ("sent", "m1", None)


def test_a_message_that_was_never_tried_is_not_settled_by_an_equal_text(engine: Engine) -> None:
    put(engine, "u", "1")
    with engine.begin() as connection:
        assert not Outbox.confirm(connection, "zalo", "u", "m1", echo_key("1"))
    assert states(engine) == ["waiting"]


def test_the_later_result_of_a_settled_message_changes_nothing(engine: Engine) -> None:
    put(engine, "u", "1")
    one = take(engine)[0]
    with engine.begin() as connection:
        Outbox.confirm(connection, "zalo", "u", "m1", echo_key("1"))
        queue.mark_unsure(connection, one, 60, BEGIN)
        queue.put_back(connection, one, BEGIN, "lỗi", failed=True)
        queue.give_up(connection, one, "dead", "lỗi")
        queue.mark_sent(connection, one.id, "m2", BEGIN)
    assert (rows(engine)[0].state, rows(engine)[0].message_id) == ("sent", "m1")


def test_forgetting_a_user_leaves_the_others(engine: Engine) -> None:
    put(engine, "u", "1", "2")
    put(engine, "v", "1")
    sent(engine, take(engine)[0])
    with engine.begin() as connection:
        Outbox.forget(connection, "zalo", "u")
    assert [row.user for row in rows(engine)] == ["v"]


def test_sent_and_dropped_messages_keep_no_text(engine: Engine) -> None:
    put(engine, "u", "1", "2", "3")
    for step in range(3):
        one = take(engine)[0]
        with engine.begin() as connection:
            if step == 0:
                queue.mark_sent(connection, one.id, "m", BEGIN)
            else:
                queue.give_up(connection, one, "dropped" if step == 1 else "dead", "vì sao")
    assert [row.payload is None for row in rows(engine)] == [True, True, False]


def test_a_user_who_wrote_again_is_reachable_again(engine: Engine) -> None:
    interact(engine, "u", BEGIN, unreachable="chặn", unreachable_at=BEGIN + 5)
    put(engine, "u", "1")
    one = take(engine)[0]
    assert one.unreachable == "chặn"
    with engine.begin() as connection:
        queue.put_back(connection, one, 0, None, failed=False)
    interact(engine, "u", BEGIN + 6, unreachable="chặn", unreachable_at=BEGIN + 5)
    assert take(engine)[0].unreachable is None


def test_staff_see_dead_letters_without_text_and_send_them_again(engine: Engine) -> None:
    put(engine, "246845883529197922", "nội dung riêng")
    one = take(engine)[0]
    with engine.begin() as connection:
        queue.give_up(connection, one, "dead", "hết lượt thử")
        letter = dead_letters(connection)[0]
        assert (letter.user, letter.reason, letter.kept) == ("…7922", "hết lượt thử", True)
        assert "riêng" not in repr(letter) and counts(connection) == {("zalo", "dead"): 1}
        assert retry(connection, letter.id + 1, BEGIN) == 0
        assert retry(connection, letter.id, BEGIN) == 1
    assert take(engine)[0].attempts == 0


def test_a_dead_letter_told_to_go_again_does_not_overtake_what_is_in_flight(engine: Engine) -> None:
    put(engine, "u", "1", "2")
    one = take(engine)[0]
    with engine.begin() as connection:
        queue.give_up(connection, one, "dead", "lỗi")
    two = take(engine)[0]
    with engine.begin() as connection:
        retry(connection, None, BEGIN)
    assert take(engine) == []
    sent(engine, two)
    assert [row.message.text for row in take(engine)] == ["1"]


def test_the_table_s_own_rule_forbids_a_second_part_of_one_answer(engine: Engine) -> None:
    put(engine, "u", "1", inbox_id=7)
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(OUTBOX.insert().values(channel="zalo", user="u", inbox_id=7, part=0, state="waiting", not_before=0, at=0))

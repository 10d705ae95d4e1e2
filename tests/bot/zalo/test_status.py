"""The status of an application on Zalo: looked up by a number that no table ever holds, told as on the web."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.channels.messenger_event import Kind, heard
from bot.channels.outgoing import Outgoing
from bot.gateway import outbox_queue
from bot.gateway.case_status_words import SEND_AGAIN, SEND_NUMBER
from bot.gateway.database import open_database
from bot.gateway.outbox import Outbox
from bot.gateway.passing import KEEP_SECONDS, MOST_EVENTS, Passing
from bot.gateway.tables import OUTBOX

from ..gateway.harness import Gateway, running
from ..gateway.test_case_status import NUMBER, FakeOffice, office
from .in_world import ENV, body, deliver, sent

__all__ = ["office"]
TOLD = "Dạ, hồ sơ của anh/chị đang được xử lý."


@pytest.fixture
def gateway(tmp_path: Path, office: FakeOffice) -> Iterator[Gateway]:  # noqa: F811
    with running(tmp_path / "var", **ENV, MOT_CUA_STATUS_URL=office.url) as one:
        yield one


@pytest.fixture
def engine(gateway: Gateway) -> Iterator[Engine]:
    opened = open_database(gateway.settings.var)
    yield opened
    opened.dispose()


def say(gateway: Gateway, engine: Engine, text: str, msg_id: str, n: int) -> str:
    """The n-th message for the user, once it is there."""
    assert deliver(gateway.http, body(text=text, msg_id=msg_id, user="an")).status_code == 200
    gateway.until(lambda: len(sent(engine, "an")) >= n, 30)
    return sent(engine, "an")[n - 1]


def test_asked_for_then_looked_up_and_told_as_on_the_web(gateway: Gateway, engine: Engine, office: FakeOffice) -> None:  # noqa: F811
    assert SEND_NUMBER in say(gateway, engine, "HỒ SƠ của tôi tới đâu rồi", "s1", 2)
    told = say(gateway, engine, f"mã hồ sơ của em là {NUMBER} ạ", "s2", 3)
    assert told.startswith(TOLD) and NUMBER not in told
    assert told == gateway.text(f"mã hồ sơ của em là {NUMBER} ạ")
    assert [number for number, _ in office.asked] == [NUMBER, NUMBER]


def test_the_number_is_in_no_file(gateway: Gateway, engine: Engine) -> None:
    say(gateway, engine, f"HỒ SƠ {NUMBER} tới đâu rồi", "f1", 2)
    with engine.connect() as connection:
        kept = [row for table in sa.inspect(engine).get_table_names() for row in connection.execute(sa.text(f'select * from "{table}"'))]
    assert kept and NUMBER not in repr(kept)
    for path in gateway.settings.var.rglob("*"):
        if path.is_file() and "sqlite" in path.name:
            assert NUMBER.encode() not in path.read_bytes(), path


def test_a_number_that_was_lost_is_asked_for_again(gateway: Gateway, engine: Engine, office: FakeOffice, monkeypatch) -> None:  # noqa: ANN001, F811
    """As after a crash between taking the event in and answering it."""
    monkeypatch.setattr(Passing, "of", lambda self, channel, key: ())
    assert SEND_AGAIN in say(gateway, engine, f"{NUMBER}", "l1", 2)
    assert SEND_AGAIN in say(gateway, engine, f"HỒ SƠ {NUMBER} tới đâu rồi", "l2", 3)
    assert office.asked == []


def test_an_event_says_its_number_to_nobody_but_its_reader() -> None:
    said = heard(f"hồ sơ {NUMBER} xong chưa")
    assert said == (Kind.QUESTION, "hồ sơ [số hồ sơ] xong chưa", (NUMBER,))
    assert heard("xóa dữ liệu của tôi").numbers == ()


def test_a_status_that_cannot_be_delivered_is_not_kept(engine: Engine) -> None:
    with engine.begin() as connection:
        Outbox.put(connection, "zalo", "an", [Outgoing(TOLD, passing=True), Outgoing("khác")], None, 1.0)
        for _ in range(2):
            taken = outbox_queue.take(connection, ["zalo"], 1, 60.0, 2.0)[0]
            outbox_queue.give_up(connection, taken, "dead", "vì sao")
        kept = connection.execute(sa.select(OUTBOX.c.payload).order_by(OUTBOX.c.id)).scalars().all()
    assert kept[0] is None and "khác" in kept[1]


def test_numbers_pass_for_minutes_and_are_few() -> None:
    now = [0.0]
    passing = Passing(lambda: now[0])
    passing.keep("zalo", "a", [NUMBER])
    passing.keep("zalo", "b", [])
    assert passing.of("zalo", "a") == (NUMBER,) and passing.of("zalo", "b") == passing.of("zalo_bot", "a") == ()
    now[0] = KEEP_SECONDS + 1
    assert passing.of("zalo", "a") == ()
    for n in range(MOST_EVENTS + 5):
        passing.keep("zalo", str(n), [NUMBER])
    assert passing.of("zalo", "4") == () and passing.of("zalo", "5") == (NUMBER,)
    passing.drop("zalo", "5")
    assert passing.of("zalo", "5") == ()

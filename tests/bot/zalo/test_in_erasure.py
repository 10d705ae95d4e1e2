"""After an erasure on Zalo nothing of the user is in any table or file, on SQLite and PostgreSQL: turns, judgements, codes, events, sendings."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.channels.messenger_id import messenger_conversation
from bot.gateway import texts
from bot.gateway.tables import CODES, FEEDBACK, RATINGS, TABLES, TURNS

from ..gateway.harness import running
from ..gateway.turns import everything, rows
from .in_world import ENV, body, deliver, sent

USER, OTHER, SECRET = "kanguru-4711", "wombat-0815", "kăngurusprungversuch"


def linked(engine: Engine, conversation: str) -> dict[str, int]:
    """Table -> rows that belong to the conversation."""
    return {table.name: sum(row["conversation"] == conversation for row in rows(engine, table)) for table in (TURNS, FEEDBACK, RATINGS, CODES)}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("how", ["sentence", "withdrawal"])
def test_nothing_of_the_user_is_left(tmp_path: Path, request: pytest.FixtureRequest, kind: str, how: str) -> None:
    more = {"DATABASE_URL": request.getfixturevalue("postgres")} if kind == "postgresql" else {}
    with running(tmp_path, keeps=True, **ENV, **more) as gateway:
        engine = gateway.database
        for n, user in enumerate((USER, OTHER)):
            assert deliver(gateway.http, body(text=f"{SECRET if user == USER else 'wombat'} lệ phí?", msg_id=f"m{n}", user=user)).status_code == 200
            gateway.until(lambda user=user: len(sent(engine, user)) >= 2, 30)
        gateway.until(lambda: len(rows(engine, TURNS)) == 2, 30)
        conversation = messenger_conversation(gateway.settings.secret, "zalo", USER)
        (turn,) = [row for row in rows(engine, TURNS) if row["conversation"] == conversation]
        judge(engine, conversation, turn["id"])
        assert all(linked(engine, conversation).values()), linked(engine, conversation)
        if how == "sentence":
            deliver(gateway.http, body(text="xóa dữ liệu của tôi", msg_id="m9", user=USER))
            gateway.until(lambda: sent(engine, USER) == [texts.MESSENGER_ERASED], 30)
        else:
            now = str(int(time.time() * 1000))
            deliver(gateway.http, {"event_name": "user_withdraw", "user_id": USER, "app_id": ENV["ZALO_APP_ID"], "timestamp": now})
            gateway.until(lambda: not sent(engine, USER), 30)
        gateway.until(lambda: not any(linked(engine, conversation).values()), 30)
        left = everything(engine, TABLES)
        assert SECRET not in left and conversation not in left
        named = [line for line in left.splitlines() if USER in line]
        # The sentence that says so is still to be sent, or was just now: the one row that names the user, for eight days at most.
        assert [line.split()[0] for line in named] == (["outbox"] if how == "sentence" else [])
        assert OTHER in left and "wombat" in left, "others keep theirs"
    files = {path.name for path in tmp_path.rglob("*") if path.is_file() and not path.is_symlink() and SECRET.encode() in path.read_bytes()}
    assert files == set()


def judge(engine: Engine, conversation: str, turn: str) -> None:
    """What Zalo has no button for, and the same code of erasure as elsewhere."""
    with engine.begin() as connection:
        connection.execute(FEEDBACK.insert().values(turn=turn, conversation=conversation, value="down", reason=SECRET, at=time.time()))
        connection.execute(RATINGS.insert().values(id="r" * 22, conversation=conversation, stars=1, comment=SECRET, at=time.time()))

"""From a webhook call to the outbox, with a real gateway and an engine; and the desk that decides what is said."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from actions.answer import Answer, AnswerStatus, Choice
from bot.channels.messenger_choice import picked
from bot.channels.messenger_event import Kind
from bot.channels.messenger_id import messenger_conversation
from bot.gateway import texts
from bot.gateway.conversation import Reply
from bot.gateway.database import open_database
from bot.gateway.inbox_queue import Forget, Outcome, Taken
from bot.gateway.messenger_desk import GREET_EVERY, LATE_AFTER, PER_MINUTE, MessengerDesk
from bot.gateway.tables import INBOX, OUTBOX

from ..gateway.harness import Gateway, running
from .in_world import BEGIN, BOT_ENV, ENV, OA, Clock, body, deliver, echo, sent, user_row

NOTICE = texts.messenger_notice(30, "")
SECRET = b"a secret for tests only"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("var"), **ENV, **BOT_ENV) as one:
        yield one


@pytest.fixture(scope="module")
def engine(gateway: Gateway) -> Iterator[Engine]:
    opened = open_database(gateway.settings.var)
    yield opened
    opened.dispose()


def answers(gateway: Gateway, engine: Engine, user: str, n: int) -> list[str]:
    """Once there are n messages for the user."""
    gateway.until(lambda: len(sent(engine, user)) >= n, 30)
    return sent(engine, user)


def ask(gateway: Gateway, user: str, text: str, msg_id: str, **more: Any) -> None:
    assert deliver(gateway.http, body(text=text, msg_id=msg_id, user=user, **more)).status_code == 200


def stored(gateway: Gateway, user: str, channel: str = "zalo") -> bool:
    """Whether the conversation's state is kept."""
    with sqlite3.connect(gateway.settings.var / "gateway.sqlite3") as database:
        name = messenger_conversation(gateway.settings.secret, channel, user)
        return bool(database.execute("SELECT 1 FROM conversations WHERE id = ?", (name,)).fetchall())


def test_a_talk(gateway: Gateway, engine: Engine) -> None:
    ask(gateway, "talk", "lệ phí?", "t1")
    notice, first = answers(gateway, engine, "talk", 2)
    assert notice == NOTICE and "turn=1" in first and first.endswith("Để hỏi tiếp, anh/chị trả lời bằng số:\n1. Lệ phí")
    ask(gateway, "talk", "GÌ gọi 0912345678", "t2")
    second = answers(gateway, engine, "talk", 3)[2]
    assert "turn=2" in second and "text=GÌ gọi" in second and "0912" not in second
    ask(gateway, "talk", "GÌ gọi 0912345678", "t2")
    ask(gateway, "talk", "ba", "t3")
    assert "turn=3" in answers(gateway, engine, "talk", 4)[3] and len(sent(engine, "talk")) == 4


def test_users_and_channels_do_not_share_a_talk(gateway: Gateway, engine: Engine) -> None:
    ask(gateway, "one", "lệ phí?", "u1")
    ask(gateway, "two", "lệ phí?", "u2")
    message = {"message_id": "b1", "chat": {"id": "one", "chat_type": "PRIVATE"}, "text": "lệ phí?", "date": int(time.time() * 1000)}
    event = {"ok": True, "result": {"event_name": "message.text.received", "message": message}}
    assert gateway.http.post("/zalo-bot/webhook", json=event, headers={"X-Bot-Api-Secret-Token": BOT_ENV["ZALO_BOT_SECRET"]}).status_code == 200
    assert "turn=1" in answers(gateway, engine, "two", 2)[1] and all("turn=1" in text for text in answers(gateway, engine, "one", 4) if text != NOTICE)
    with engine.begin() as connection:
        assert {row.channel for row in connection.execute(sa.select(OUTBOX).where(OUTBOX.c.user == "one"))} == {"zalo", "zalo_bot"}


def test_quick_questions_are_answered_in_their_order(gateway: Gateway, engine: Engine) -> None:
    now = int(time.time() * 1000)
    for n in (2, 0, 1):
        ask(gateway, "quick", f"GÌ câu {'abc'[n]}", f"q{n}", timestamp=str(now + n))
    said = answers(gateway, engine, "quick", 4)[1:]
    assert [f"turn={n + 1}" in text and f"câu {'abc'[n]}" in text for n, text in enumerate(said)] == [True] * 3


def test_a_follower_is_greeted_once_a_day(gateway: Gateway, engine: Engine) -> None:
    follow = {"oa_id": OA, "follower": {"id": "follower"}, "event_name": "follow", "source": "oa_profile", "app_id": ENV["ZALO_APP_ID"]}
    now = int(time.time() * 1000)
    for n in range(2):
        assert deliver(gateway.http, {**follow, "timestamp": str(now + n)}).status_code == 200
    ask(gateway, "follower", "lệ phí?", "f1", timestamp=str(now + 2))
    said = answers(gateway, engine, "follower", 3)
    assert said[:2] == [NOTICE, texts.MESSENGER_GREETING] and "turn=1" in said[2] and len(said) == 3


def test_when_nothing_answers_there_is_an_apology(tmp_path: Path) -> None:
    with running(tmp_path, "mute", ready=False, **ENV) as broken:
        opened = open_database(broken.settings.var)
        with opened.begin() as connection:  # four tries are behind it
            connection.execute(INBOX.insert().values(
                channel="zalo", key="k", user="u", sent_ms=int(time.time() * 1000), at=time.time(), state="waiting", attempts=4, not_before=0.0,
                event=json.dumps({"kind": "question", "text": "HỎNG"}),
            ))
        assert answers(broken, opened, "u", 1) == [texts.BUSY]
        opened.dispose()


@pytest.mark.parametrize("sentence", ["xóa dữ liệu của tôi", "xoa du lieu cua toi"])
def test_erasing_by_a_sentence(gateway: Gateway, engine: Engine, sentence: str) -> None:
    user = f"eraser-{len(sentence)}-{sentence[1]}"
    ask(gateway, user, "lệ phí?", f"{user}1")
    answers(gateway, engine, user, 2)
    assert stored(gateway, user)
    ask(gateway, user, sentence, f"{user}2")
    gateway.until(lambda: sent(engine, user) == [texts.MESSENGER_ERASED], 30)
    assert not stored(gateway, user) and user_row(engine, user) is None
    with engine.begin() as connection:
        assert connection.execute(sa.select(INBOX).where(INBOX.c.user == user)).all() == []
    ask(gateway, user, "lệ phí?", f"{user}3")
    assert "turn=1" in answers(gateway, engine, user, 3)[2], "a new talk, with the notice before it"


def test_a_withdrawal_erases_without_a_word(gateway: Gateway, engine: Engine) -> None:
    ask(gateway, "gone", "lệ phí?", "g1")
    answers(gateway, engine, "gone", 2)
    withdrawn = {"event_name": "user_withdraw", "user_id": "gone", "app_id": ENV["ZALO_APP_ID"], "timestamp": str(int(time.time() * 1000))}
    assert deliver(gateway.http, withdrawn).status_code == 200
    gateway.until(lambda: not sent(engine, "gone"), 30)
    assert not stored(gateway, "gone") and user_row(engine, "gone") is None


def test_the_bot_is_silent_while_a_person_talks(gateway: Gateway, engine: Engine) -> None:
    assert deliver(gateway.http, echo("p0", "Em chào anh", admin="7", user="person")).status_code == 200
    ask(gateway, "person", "lệ phí?", "p1")
    ask(gateway, "person", "xóa dữ liệu của tôi", "p2")
    assert answers(gateway, engine, "person", 1) == [texts.MESSENGER_ERASED]


class FakeConversations:
    """Says what it was asked, with two choices."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    async def reply_to(self, message: str, conversation: str, channel: str, numbers: tuple[str, ...] = ()) -> Reply:
        self.asked.append((message, conversation, channel))
        choices = (Choice("Lệ phí", "Khai sinh lệ phí?"), Choice("Bao lâu", "Khai sinh bao lâu?"))
        return Reply("token", "turn", False, (Answer(AnswerStatus.ANSWERED, f"về {message}", choices=choices),))


class Desk:
    """A MessengerDesk over fakes."""

    def __init__(self, public_url: str = "", fails: bool = False) -> None:
        self.clock, self.conversations, self.erased, self.fails = Clock(), FakeConversations(), [], fails
        self.desk = MessengerDesk(self.conversations, self.erase, SECRET, public_url, 30, self.clock)  # type: ignore[arg-type]

    async def erase(self, conversation: str) -> None:
        if self.fails:
            raise RuntimeError
        self.erased.append(conversation)

    def __call__(self, text: str = "lệ phí?", kind: Kind = Kind.QUESTION, **more: Any) -> Outcome:
        given = {"greeted_at": BEGIN, "attempts": 1, "sent_ms": int(BEGIN * 1000), **more}
        taken = Taken(1, "zalo", "u", kind, text, at=BEGIN, lease="x", **given)
        return asyncio.run(self.desk.answer(taken))


def said(outcome: Outcome) -> list[str]:
    return [message.text for message in outcome.messages]


def test_a_number_stands_for_the_offered_question() -> None:
    desk, offered = Desk(), ("Khai sinh lệ phí?", "Khai sinh bao lâu?")
    assert desk("2", choices=offered).choices == offered
    assert [desk("1 nha", choices=offered), desk("3", choices=offered), desk("2")] and [asked[0] for asked in desk.conversations.asked] == [
        "Khai sinh bao lâu?", "Khai sinh lệ phí?", "3", "2",
    ]
    assert desk.conversations.asked[0][1:] == (messenger_conversation(SECRET, "zalo", "u"), "zalo")


@pytest.mark.parametrize("text", ["thứ hai", "con thứ hai", "ba tôi mất", "hai vợ chồng", "2 bản sao", "12", "0", "lệ phí 2", "-", "năm 2", "2026", "khai sinh cho con thứ 2"])
def test_no_other_message_is_a_number(text: str) -> None:
    assert picked(text, ("a", "b", "c")) is None


@pytest.mark.parametrize(("text", "found"), [("1", "a"), (" 2. ", "b"), ("Dạ 3 ạ", "c"), ("số 2 nhé", "b"), ("chọn 1", "a"), ("２", "b")])
def test_numbers(text: str, found: str) -> None:
    assert picked(text, ("a", "b", "c")) == found


def test_the_notice_comes_once_a_day() -> None:
    desk = Desk()
    assert said(desk(greeted_at=None))[0] == NOTICE and desk(greeted_at=None).greeted
    assert len(said(desk(greeted_at=BEGIN - GREET_EVERY + 1))) == 1 and len(said(desk(greeted_at=BEGIN - GREET_EVERY))) == 2
    assert said(desk(kind=Kind.GREET, greeted_at=BEGIN)) == []
    assert said(Desk("https://hoi.example")(greeted_at=None))[0].endswith("https://hoi.example/quyen-rieng-tu")


def test_a_late_answer_begins_with_an_apology() -> None:
    desk = Desk()
    in_time, late = (desk(sent_ms=int((BEGIN - LATE_AFTER - age) * 1000)) for age in (0, 1))
    assert said(in_time)[0].startswith("về") and said(late)[0].startswith(f"{texts.MESSENGER_LATE}\nvề")


def test_too_many_questions_are_told_so_once() -> None:
    desk = Desk()
    outcomes = [desk() for _ in range(PER_MINUTE + 5)]
    assert [bool(outcome.messages) for outcome in outcomes[PER_MINUTE:]] == [True] + [False] * 4
    assert said(outcomes[PER_MINUTE]) == [texts.MESSENGER_TOO_FAST] and outcomes[PER_MINUTE].choices is None
    assert said(desk(attempts=2))[0].startswith("về"), "a further try was counted before"


@pytest.mark.parametrize(("kind", "text"), [
    (Kind.NEEDS_TEXT, texts.MESSENGER_NEEDS_TEXT), (Kind.FORM, texts.MESSENGER_FORM), (Kind.TOO_LONG, texts.TOO_LONG), (Kind.UNREADABLE, texts.UNREADABLE),
])
def test_what_is_no_question_gets_one_sentence_a_minute(kind: Kind, text: str) -> None:
    desk = Desk()
    assert [said(desk("", kind)) for _ in range(3)] == [[text], [], []] and desk.conversations.asked == []


def test_silence_towards_a_user_whom_a_person_answers() -> None:
    desk = Desk()
    for kind in (Kind.QUESTION, Kind.NEEDS_TEXT, Kind.GREET, Kind.FORM):
        assert desk(kind=kind, paused_until=BEGIN + 1, greeted_at=None) == Outcome()
    assert desk.conversations.asked == [] and said(desk(paused_until=BEGIN))


def test_erasing() -> None:
    desk = Desk()
    assert desk(kind=Kind.WITHDRAW) == Outcome(forget=Forget.ALL)
    erased = desk(kind=Kind.ERASE, paused_until=BEGIN + 1)
    assert (said(erased), erased.forget, erased.unless_paused) == ([texts.MESSENGER_ERASED], Forget.TALK, False)
    assert desk.erased == [messenger_conversation(SECRET, "zalo", "u")] * 2
    with pytest.raises(RuntimeError):
        Desk(fails=True)(kind=Kind.ERASE)


@pytest.mark.parametrize(("kind", "text"), [(Kind.QUESTION, [texts.BUSY]), (Kind.ERASE, [texts.MESSENGER_NOT_ERASED]), (Kind.GREET, []), (Kind.NEEDS_TEXT, [])])
def test_apologies(kind: Kind, text: list[str]) -> None:
    taken = Taken(1, "zalo", "u", kind, "", int(BEGIN * 1000), BEGIN, 5, "x")
    assert said(Desk().desk.apology(taken)) == text

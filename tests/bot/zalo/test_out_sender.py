"""The senders against the fake Zalo: bodies, buttons and their fallback, tokens, pace, and the Bot Platform."""

from __future__ import annotations

import asyncio
import json
import threading
import unicodedata
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.channels.outgoing import Button, Outgoing
from bot.channels.pace import Pace
from bot.channels.sending import SendError, Sent, Trouble
from bot.channels.zalo_bot_sender import ZaloBotSender
from bot.channels.zalo_errors import KNOWN, error_of
from bot.channels.zalo_http import ZaloHttp
from bot.channels.zalo_sender import NO_BUTTONS_FOR, ZaloSender
from bot.channels.zalo_settings import ZaloSettings, read_zalo_settings
from bot.gateway.database import open_database

from .fake_zalo import OAUTH, FakeZalo, fake_zalo
from .out_world import BEGIN, Clock, bootstrap, tokens_of

USER = "246845883529197922"
CHOICES = (Button("Lệ phí", payload="#q:1"), Button("Mở cổng", url="https://a.example/thu-tuc"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def zalo(clock: Clock) -> Iterator[FakeZalo]:
    with fake_zalo(clock) as fake:
        fake.users[USER] = BEGIN
        yield fake


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(tmp_path)
    bootstrap(opened, BEGIN)
    yield opened
    opened.dispose()


@pytest.fixture
def using(engine: Engine, zalo: FakeZalo, clock: Clock) -> Callable[..., Any]:
    """Run a story with a sender. options: of ZaloSender; read: seconds of the read time-out."""

    def run(story: Callable[[ZaloSender], Awaitable[Any]], read: float = 5.0, **options: Any) -> Any:
        async def main() -> Any:
            http = ZaloHttp(connect=2.0, read=read)
            try:
                return await story(ZaloSender(http, tokens_of(engine, zalo, http, clock), zalo.url, clock=clock, **options))
            finally:
                await http.close()

        return asyncio.run(main())

    return run


def troubled(using: Callable[..., Any], story: Callable[[ZaloSender], Awaitable[Any]], **options: Any) -> SendError:
    with pytest.raises(SendError) as caught:
        using(story, **options)
    return caught.value


def hello(sender: ZaloSender) -> Awaitable[Sent]:
    return sender.send(USER, Outgoing("Dạ, chào anh/chị"))


def test_a_text_goes_out_as_the_documentation_says(using: Callable[..., Any], zalo: FakeZalo) -> None:
    assert using(hello).message_id == zalo.accepted[0]["message_id"]
    call = zalo.calls()[0]
    assert call.body == {"recipient": {"user_id": USER}, "message": {"text": "Dạ, chào anh/chị"}}
    assert call.headers["access_token"] == "access-0" and call.headers["content-type"].startswith("application/json")


def test_text_is_sent_composed(using: Callable[..., Any], zalo: FakeZalo) -> None:
    using(lambda sender: sender.send(USER, Outgoing(unicodedata.normalize("NFD", "ệ" * 2000))))
    assert zalo.texts() == ["ệ" * 2000]


def test_without_the_setting_no_buttons_are_sent(using: Callable[..., Any], zalo: FakeZalo) -> None:
    using(lambda sender: sender.send(USER, Outgoing("1. Lệ phí", CHOICES)))
    assert set(zalo.calls()[0].body["message"]) == {"text"}


def test_buttons_are_sent_with_the_text(using: Callable[..., Any], zalo: FakeZalo) -> None:
    using(lambda sender: sender.send(USER, Outgoing("1. Lệ phí", CHOICES)), buttons=True)
    assert zalo.accepted[0]["message"] == {"text": "1. Lệ phí", "attachment": {"type": "template", "payload": {"buttons": [
        {"title": "Lệ phí", "type": "oa.query.hide", "payload": "#q:1"},
        {"title": "Mở cổng", "type": "oa.open.url", "payload": {"url": "https://a.example/thu-tuc"}},
    ]}}}


def test_buttons_zalo_would_refuse_are_left_out(using: Callable[..., Any], zalo: FakeZalo) -> None:
    wrong = (Button("a" * 101, payload="x"), Button("", payload="x"), Button("a", payload="x" * 1001), Button("a"))
    many = tuple(Button(str(n), payload=str(n)) for n in range(9))
    using(lambda sender: sender.send(USER, Outgoing("a", wrong + many)), buttons=True)
    assert [one["title"] for one in zalo.accepted[0]["message"]["attachment"]["payload"]["buttons"]] == list("01234")


@pytest.mark.parametrize("code", [-233, -201, -200, -210])
def test_refused_buttons_fall_back_to_text_at_once_and_for_an_hour(
    using: Callable[..., Any], zalo: FakeZalo, clock: Clock, code: int
) -> None:
    zalo.fail(code=code)

    async def story(sender: ZaloSender) -> None:
        for _ in range(2):
            await sender.send(USER, Outgoing("1. Lệ phí", CHOICES))
        clock.now += NO_BUTTONS_FOR
        await sender.send(USER, Outgoing("1. Lệ phí", CHOICES))

    using(story, buttons=True)
    assert ["attachment" in call.body["message"] for call in zalo.calls()] == [True, False, False, True]
    assert zalo.texts() == ["1. Lệ phí"] * 3


def test_a_message_refused_with_and_without_buttons_says_nothing_about_buttons(using: Callable[..., Any], zalo: FakeZalo) -> None:
    async def story(sender: ZaloSender) -> None:
        with pytest.raises(SendError) as caught:
            await sender.send("nobody", Outgoing("a", CHOICES))
        assert (caught.value.trouble, caught.value.code) == (Trouble.PERMANENT, -201)
        await sender.send(USER, Outgoing("a", CHOICES))

    using(story, buttons=True)
    assert "attachment" in zalo.accepted[0]["message"]


def test_a_refused_token_is_renewed_once_and_the_message_sent_once(using: Callable[..., Any], zalo: FakeZalo) -> None:
    zalo.expire()
    using(hello)
    assert zalo.texts() == ["Dạ, chào anh/chị"] and len(zalo.calls(OAUTH)) == 1 and len(zalo.calls()) == 2
    assert zalo.calls()[1].headers["access_token"] == "access-1"


def test_a_token_refused_twice_is_trouble_and_no_loop(using: Callable[..., Any], zalo: FakeZalo) -> None:
    zalo.fail(code=-216, times=10)
    assert troubled(using, hello).trouble is Trouble.TOKEN
    assert len(zalo.calls()) == 2 and len(zalo.calls(OAUTH)) == 1


def test_a_refused_refresh_token_is_token_trouble_with_the_remedy(using: Callable[..., Any], zalo: FakeZalo) -> None:
    zalo.expire()
    zalo.refresh = {}
    error = troubled(using, hello)
    assert error.trouble is Trouble.TOKEN and "bot.zalo bootstrap" in str(error) and "-14014" in str(error)


@pytest.mark.parametrize(("fault", "trouble"), [
    ({"status": 500}, Trouble.RETRY), ({"status": 503}, Trouble.RETRY), ({"status": 429}, Trouble.RATE),
    ({"status": 504}, Trouble.UNSURE), ({"status": 400}, Trouble.PERMANENT), ({"status": 401}, Trouble.OFFICE),
    ({"status": 404}, Trouble.OFFICE), ({"status": 302, "headers": {"Location": "/v2.0/oa/getoa"}}, Trouble.OFFICE),
    ({"drop": True}, Trouble.UNSURE), ({"body": b"nonsense"}, Trouble.UNSURE), ({"body": b"[]"}, Trouble.UNSURE),
    ({"body": b"{}"}, Trouble.UNSURE), ({"body": b"{" * 100_000}, Trouble.UNSURE), ({"body": b'{"error":true}'}, Trouble.UNSURE),
])
def test_what_the_network_does_is_told_apart(using: Callable[..., Any], zalo: FakeZalo, fault: dict[str, Any], trouble: Trouble) -> None:
    zalo.fail(**fault)
    assert troubled(using, hello).trouble is trouble
    assert [call.path for call in zalo.received] == [zalo.calls()[0].path]  # nothing was tried again, no redirect was followed


def test_an_answer_that_does_not_come_is_doubt(using: Callable[..., Any], zalo: FakeZalo) -> None:
    gate = threading.Event()
    zalo.fail(gate=gate, after=True)
    try:
        assert troubled(using, hello, read=0.2).trouble is Trouble.UNSURE
    finally:
        gate.set()
    assert zalo.texts() == ["Dạ, chào anh/chị"]


def test_nobody_listening_is_no_doubt(using: Callable[..., Any], zalo: FakeZalo) -> None:
    zalo.url = "http://127.0.0.1:1"
    assert troubled(using, hello).trouble is Trouble.RETRY


def test_proxies_of_the_environment_are_not_used(
    using: Callable[..., Any], zalo: FakeZalo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    using(hello)
    assert len(zalo.accepted) == 1


@pytest.mark.parametrize(("quota", "last"), [
    ({"remain": "0", "total": "8"}, True), ({"remain": 0, "total": 8}, True), ({"remain": "7", "total": "8"}, False),
    ({"remain": "0", "total": "0"}, False), ({"remain": "-1", "total": "-1"}, False), ({"remain": "không"}, False), ({}, False), (None, False), ("x", False),
])
def test_only_a_counted_quota_that_is_used_up_stops(using: Callable[..., Any], zalo: FakeZalo, quota: Any, last: bool) -> None:
    zalo.fail(body=json.dumps({"error": 0, "data": {"message_id": "m", "quota": quota}}).encode())
    assert using(hello) == Sent("m", last)


def test_no_call_left_in_this_minute_rests(using: Callable[..., Any], zalo: FakeZalo) -> None:
    zalo.rate_limit = 1

    async def story(sender: ZaloSender) -> None:
        await hello(sender)
        with pytest.raises(SendError) as caught:
            await hello(sender)
        assert caught.value.trouble is Trouble.RATE and 0 < caught.value.wait <= 10

    using(story)
    assert len(zalo.calls()) == 1


def test_no_minute_sees_more_calls_than_allowed() -> None:
    clock = Clock(0.0)
    pace, passed = Pace(4000, clock=clock), []
    while clock.now < 180:
        while not (wait := pace.wait()):
            passed.append(clock.now)
        clock.now += wait
    most = max(sum(at < passed[first] + 60 for at in passed[first : first + 4100]) for first in range(0, len(passed), 50))
    assert 3_900 <= most <= 4_000 and passed.count(0.0) == 100


@pytest.mark.parametrize("code", sorted(KNOWN))
def test_every_known_code_has_words_and_a_class(code: int) -> None:
    error = error_of(code)
    assert error.trouble is not Trouble.UNKNOWN and str(code) in str(error) and str(error)[0].isalpha()


def test_an_unknown_code_is_unknown() -> None:
    assert error_of(-9999).trouble is Trouble.UNKNOWN


def ask_bot(zalo: FakeZalo, user: str = USER, token: str | None = None) -> Sent:
    async def main() -> Sent:
        http = ZaloHttp()
        try:
            return await ZaloBotSender(http, zalo.url, token or zalo.bot_token).send(user, Outgoing("Dạ", CHOICES))
        finally:
            await http.close()

    return asyncio.run(main())


def test_the_bot_platform_gets_plain_text(zalo: FakeZalo) -> None:
    assert ask_bot(zalo) == Sent("bot0")
    assert zalo.received[0].body == {"chat_id": USER, "text": "Dạ"} and zalo.received[0].path == f"/bot{zalo.bot_token}/sendMessage"


@pytest.mark.parametrize(("code", "trouble"), [
    (400, Trouble.PERMANENT), (401, Trouble.OFFICE), (403, Trouble.UNREACHABLE), (429, Trouble.RATE), (500, Trouble.RETRY), (777, Trouble.RETRY), (499, Trouble.UNKNOWN),
])
def test_the_bot_platform_s_errors_are_understood_in_the_body(zalo: FakeZalo, code: int, trouble: Trouble) -> None:
    zalo.fail(path="/bot", body=b'{"ok": false, "error_code": %d, "description": "x"}' % code)
    with pytest.raises(SendError) as caught:
        ask_bot(zalo)
    assert (caught.value.trouble, caught.value.code) == (trouble, code)


def test_a_bot_s_token_is_in_no_error(zalo: FakeZalo) -> None:
    zalo.fail(path="/bot", drop=True)
    with pytest.raises(SendError) as caught:
        ask_bot(zalo)
    assert caught.value.trouble is Trouble.UNSURE and "1234" not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    with pytest.raises(SendError) as refused:
        ask_bot(zalo, token="5678:wrong")
    assert refused.value.trouble is Trouble.OFFICE and "5678" not in str(refused.value)


def test_settings_of_the_environment() -> None:
    assert read_zalo_settings({}) is None
    oa = {"ZALO_APP_ID": "1", "ZALO_OA_ID": "2", "ZALO_APP_SECRET": "giau-ky", "ZALO_OA_SECRET_KEY": "giau-ky"}
    settings = read_zalo_settings(oa)
    assert isinstance(settings, ZaloSettings) and not settings.paid and not settings.buttons and "giau-ky" not in repr(settings)

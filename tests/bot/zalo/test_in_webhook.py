"""The webhooks over real HTTP: who is let in, what is kept, and the answer in time whatever is broken behind."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.channels.messenger_intake import KEEP_SECONDS, READ_SECONDS, Intake
from bot.channels.zalo_settings import ZaloSettings, read_zalo_settings
from bot.gateway import texts
from bot.gateway.database import FILE, open_database
from bot.gateway.inbox_metrics import InboxMetrics
from bot.gateway.settings import SettingsError

from ..gateway.harness import Gateway, running
from .in_world import APP, BOT_ENV, ENV, KEY, OA, USER, body, deliver, echo, event, raw_of, rows, sign, user_row
from .test_events import BOT


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """Its engine never comes up: nothing here may need it."""
    with running(tmp_path_factory.mktemp("var"), "exit=3", ready=False, **ENV, **BOT_ENV, ZALO_VERIFIER="abc-DEF_1") as one:
        yield one


@pytest.fixture(scope="module")
def engine(gateway: Gateway) -> Iterator[Engine]:
    opened = open_database(gateway.settings.var)
    yield opened
    opened.dispose()


def kept(engine: Engine, key: str) -> list[Any]:
    return [row for row in rows(engine) if row.key.endswith(f":{key}")]


def stored_bytes(gateway: Gateway, engine: Engine) -> bytes:
    """Of the database and its log; a connection that is open keeps the log from being folded away meanwhile."""
    with engine.begin():
        return b"".join((gateway.settings.var / f"{FILE}{end}").read_bytes() for end in ("", "-wal"))


def counted(gateway: Gateway, result: str, channel: str = "zalo") -> float:
    return gateway.metric("mot_cua_inbox_events_total", channel=channel, result=result)


def test_a_signed_event_is_kept_masked(gateway: Gateway, engine: Engine) -> None:
    response = deliver(gateway.http, body(text="căn cước 079203001234 làm lại ở đâu", msg_id="s1"))
    assert (response.status_code, response.json()) == (200, {})
    row, = kept(engine, "s1")
    assert (row.channel, row.user, row.key) == ("zalo", USER, "user_send_text:s1")
    stored = stored_bytes(gateway, engine)
    assert b"079203001234" not in stored and b"s1" in stored


def test_the_bytes_count_not_the_json(gateway: Gateway, engine: Engine) -> None:
    event = body(msg_id="s2")
    odd = json.dumps(event, indent=3, ensure_ascii=True).encode() + b"\r\n "
    assert deliver(gateway.http, event, odd).status_code == 200 and kept(engine, "s2")
    other = body(msg_id="s3")
    wrong = f"mac={sign(raw_of(other), other['timestamp'])}"
    assert deliver(gateway.http, other, json.dumps(other, indent=1).encode(), **{"X-ZEvent-Signature": wrong}).status_code == 200
    assert kept(engine, "s3") == []


@pytest.mark.parametrize(("name", "headers", "change", "result"), [
    ("no header", {"X-ZEvent-Signature": ""}, {}, "unsigned"), ("nonsense", {"X-ZEvent-Signature": "mac=xyz"}, {}, "wrong_signature"),
    ("another app", {}, {"app_id": "1"}, "wrong_app"), ("no app", {}, {"app_id": None}, "wrong_app"), ("no timestamp", {}, {"timestamp": None}, None),
])
def test_what_is_not_zalo_s_is_dropped(gateway: Gateway, engine: Engine, name: str, headers: dict[str, str], change: dict[str, Any], result: str | None) -> None:
    before = counted(gateway, result) if result else 0
    response = deliver(gateway.http, {**body(msg_id=f"drop {name}"), **change}, **headers)
    assert (response.status_code, response.json()) == (200, {})
    assert (kept(engine, f"drop {name}") == []) is bool(result) and (not result or counted(gateway, result) == before + 1)


def test_the_oa_s_id_as_first_term_is_told_in_the_log_only(gateway: Gateway, engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    event = body(msg_id="shadow")
    mac = sign(raw_of(event), event["timestamp"], first=OA)
    assert deliver(gateway.http, event, **{"X-ZEvent-Signature": mac}).status_code == 200
    assert kept(engine, "shadow") == [] and "signed_with_oa_id" in caplog.text


def test_a_wrong_key_is_told_apart_from_it(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    event = body(msg_id="other key")
    deliver(gateway.http, event, **{"X-ZEvent-Signature": sign(raw_of(event), event["timestamp"], key=KEY + "x")})
    assert "signed_with_oa_id" not in caplog.text


@pytest.mark.parametrize("probe", [b"", b"{}", b'{"event_name": "x"}'])
def test_the_probe_of_the_console_gets_200(gateway: Gateway, probe: bytes) -> None:
    assert gateway.http.post("/zalo/webhook", content=probe, headers={"Content-Type": "application/json"}).status_code == 200


DEEP = b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BAD = {
    "broken": (400, b'{"a": '), "list": (400, b"[1]"), "number": (400, b"5"), "NUL": (400, b"\x00"), "UTF-16": (400, '{"a": 1}'.encode("utf-16")),
    "invalid UTF-8": (400, b'{"a": "\xff"}'), "deep": (400, DEEP), "a number without end": (400, b'{"a": ' + b"9" * 50_000 + b"}"), "huge": (413, b" " * (256 * 1024 + 1)),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("path", ["/zalo/webhook", "/zalo-bot/webhook"])
def test_bad_bodies_get_a_status_and_a_sentence(gateway: Gateway, path: str, name: str) -> None:
    code, raw = BAD[name]
    headers = {"Content-Type": "application/json", "X-ZEvent-Signature": "mac=" + "0" * 64, "X-Bot-Api-Secret-Token": BOT_ENV["ZALO_BOT_SECRET"]}
    response = gateway.http.post(path, content=raw, headers=headers)
    assert response.status_code == code and set(response.json()["error"]) == {"status", "message"} and "Traceback" not in response.text


def test_a_body_of_the_largest_size_is_read(gateway: Gateway, engine: Engine) -> None:
    event = body(msg_id="large", text="a. " * 600)
    assert deliver(gateway.http, event, raw_of(event).ljust(256 * 1024)).status_code == 200 and kept(engine, "large")


def test_other_types_and_methods(gateway: Gateway) -> None:
    event = body()
    assert deliver(gateway.http, event, **{"Content-Type": "text/plain"}).status_code == 415
    assert deliver(gateway.http, event, **{"Content-Type": "application/json; charset=utf-8"}).status_code == 200
    assert gateway.http.get("/zalo/webhook").status_code == 404 and gateway.http.put("/zalo-bot/webhook").status_code == 405


@pytest.mark.parametrize("timestamp", ["\ud800", ["x"], {"a": 1}, 1.5, "9" * 5000])
def test_a_timestamp_that_is_none(gateway: Gateway, timestamp: object) -> None:
    raw = json.dumps({**body(), "timestamp": timestamp}).encode()
    headers = {"Content-Type": "application/json", "X-ZEvent-Signature": "mac=" + "0" * 64}
    assert gateway.http.post("/zalo/webhook", content=raw, headers=headers).status_code == 200


def test_the_same_message_many_times_at_once(gateway: Gateway, engine: Engine) -> None:
    now = int(time.time() * 1000)
    events = [body(msg_id="again", timestamp=str(now + n), text=f"lệ phí {n}") for n in range(12)]
    with ThreadPoolExecutor(12) as many:
        assert {response.status_code for response in many.map(lambda one: deliver(gateway.http, one), events)} == {200}
    assert len(kept(engine, "again")) == 1 and counted(gateway, "repeated") >= 11


@pytest.mark.parametrize("name", ["user_seen_message", "user_reacted_message", "something_new", "anonymous_send_text"])
def test_events_that_mean_nothing_to_us_get_200(gateway: Gateway, engine: Engine, name: str) -> None:
    assert deliver(gateway.http, body(name, msg_id=f"no {name}")).status_code == 200 and kept(engine, f"no {name}") == []


def test_an_old_recording_is_not_kept(gateway: Gateway, engine: Engine) -> None:
    old = body(msg_id="old", timestamp=str(int((time.time() - 9 * 86_400) * 1000)))
    assert deliver(gateway.http, old).status_code == 200 and kept(engine, "old") == [] and counted(gateway, "stale") == 1


def test_a_form_and_an_echo_leave_no_words(gateway: Gateway, engine: Engine) -> None:
    assert deliver(gateway.http, {**body("user_submit_info", None, None, user="form"), "info": {"name": "Nguyễn Thị Ẩn", "phone": "84912345678"}}).status_code == 200
    assert deliver(gateway.http, echo("echo-1", "Chị Ẩn ơi, hồ sơ thiếu", admin="5", user="echo")).status_code == 200
    stored = stored_bytes(gateway, engine)
    assert "Ẩn".encode() not in stored and b"84912345678" not in stored
    assert user_row(engine, "echo").paused_until > time.time() + 1500


def test_a_database_that_does_not_answer_is_said_and_made_good(gateway: Gateway, engine: Engine) -> None:
    event = body(msg_id="locked", user="locked")
    holder = sqlite3.connect(gateway.settings.var / FILE, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        response = deliver(gateway.http, event)
        took = time.monotonic() - began
        assert response.status_code == 500 and response.json()["error"]["message"] == texts.FAILED
        assert READ_SECONDS + KEEP_SECONDS < 2, "Zalo's limit, as our clock keeps it"
        assert took < 4, "a busy machine adds to it; without the limit the database itself would wait longer"
    finally:
        holder.close()
    gateway.until(lambda: deliver(gateway.http, event).status_code == 200)
    assert len(kept(engine, "locked")) == 1 and counted(gateway, "not_kept") >= 1


def test_the_bot_platform(gateway: Gateway, engine: Engine) -> None:
    event = {"result": {**BOT["result"], "message": {**BOT["result"]["message"], "date": int(time.time() * 1000)}}}
    assert gateway.http.post("/zalo-bot/webhook", json=event).status_code == 401
    for secret in ("wrong", "", "é", BOT_ENV["ZALO_BOT_SECRET"] + "x"):
        headers = [(b"X-Bot-Api-Secret-Token", secret.encode())]
        assert gateway.http.post("/zalo-bot/webhook", json=event, headers=headers).status_code == 401
    assert kept(engine, "b1") == []
    for _ in range(2):
        response = gateway.http.post("/zalo-bot/webhook", json=event, headers={"X-Bot-Api-Secret-Token": BOT_ENV["ZALO_BOT_SECRET"]})
        assert (response.status_code, response.json()) == (200, {})
    row, = kept(engine, "b1")
    assert (row.channel, row.user) == ("zalo_bot", "c7") and counted(gateway, "repeated", "zalo_bot") == 1


def test_the_file_that_proves_the_domain(gateway: Gateway) -> None:
    response = gateway.http.get("/zalo_verifierabc-DEF_1.html")
    assert response.status_code == 200 and '<meta name="zalo-platform-site-verification" content="abc-DEF_1">' in response.text
    assert gateway.http.get("/zalo_verifierother.html").status_code == 404


def test_unsigned_calls_refused_when_told_so(tmp_path: Path) -> None:
    with running(tmp_path, None, ready=False, **ENV, ZALO_UNSIGNED="refuse") as strict:
        assert deliver(strict.http, body(), **{"X-ZEvent-Signature": ""}).status_code == 401
        assert deliver(strict.http, body(), **{"X-ZEvent-Signature": "mac=0"}).status_code == 401
        assert deliver(strict.http, body()).status_code == 200
        assert strict.http.post("/zalo-bot/webhook", json=BOT).status_code in (404, 405), "no bot is set up"
        assert strict.http.get("/zalo_verifier.html").status_code == 404


def test_without_settings_there_is_no_webhook(tmp_path: Path) -> None:
    with running(tmp_path, None, ready=False) as plain:
        assert deliver(plain.http, body()).status_code in (404, 405) and plain.http.get("/zalo/webhook").status_code == 404
        assert not (tmp_path / FILE).exists()


def test_settings() -> None:
    assert read_zalo_settings({}) is None
    both = read_zalo_settings({**ENV, **BOT_ENV, "ZALO_BUTTONS": "1"})
    assert isinstance(both, ZaloSettings) and (both.app_id, both.oa_id, both.buttons, both.unsigned, both.verifier) == (APP, OA, True, "drop", "")
    assert KEY not in repr(both) and BOT_ENV["ZALO_BOT_TOKEN"] not in repr(both)
    bot_only = read_zalo_settings(BOT_ENV)
    assert bot_only and bot_only.app_id == "" and bot_only.bot_secret == BOT_ENV["ZALO_BOT_SECRET"]


@pytest.mark.parametrize("env", [
    {"ZALO_APP_ID": APP}, {**ENV, "ZALO_OA_SECRET_KEY": " "}, {"ZALO_BOT_TOKEN": "x"}, {**ENV, "ZALO_UNSIGNED": "maybe"}, {**ENV, "ZALO_BUTTONS": "yes"},
    {**ENV, "ZALO_API_URL": "openapi.zalo.me"}, {**ENV, "ZALO_VERIFIER": "../x"},
])
def test_bad_settings_are_named(env: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="ZALO_"):
        read_zalo_settings(env)


def test_only_a_new_event_wakes_the_worker(tmp_path: Path) -> None:
    woken: list[int] = []
    opened = open_database(tmp_path)
    intake = Intake(opened, InboxMetrics(), lambda: woken.append(1))
    for _ in range(2):
        assert asyncio.run(intake.keep(event(at=time.time()))).status_code == 200
    assert woken == [1]
    intake.close()
    assert asyncio.run(intake.keep(event(key="b", at=time.time()))).status_code == 500 and woken == [1]
    opened.dispose()

"""A citizen asks, the gateway answers, through the fake Zalo and back: webhook, inbox, engine, outbox, sending, echoes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels import token_rows
from bot.channels import zalo_oauth as oauth
from bot.channels import zalo_sending as sending
from bot.gateway import texts
from bot.gateway.database import open_database
from bot.gateway.seal import Seal
from bot.gateway.tables import OUTBOX

from ..gateway.harness import Gateway, running
from . import fake_zalo as fake
from .in_world import echo, rows, user_row

World = tuple[Gateway, Any]
"""The gateway and the FakeZalo it talks to."""

KEY = "data-key-of-the-test-0123456789"
NOTICE = texts.messenger_notice(30, "")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with fake.fake_zalo() as zalo:
        engine = open_database(tmp_path)
        with engine.begin() as connection:
            token_rows.write(connection, "zalo", Seal(KEY.encode(), sending.PURPOSE), oauth.Pair("access-0", "refresh-0", 90_000.0), time.time(), None)
        engine.dispose()
        env = {
            "ZALO_APP_ID": zalo.app_id, "ZALO_OA_ID": zalo.oa_id, "ZALO_APP_SECRET": zalo.app_secret, "ZALO_OA_SECRET_KEY": zalo.oa_secret_key,
            "ZALO_API_URL": zalo.url, "ZALO_OAUTH_URL": zalo.url, "ZALO_BUTTONS": "1", "MOT_CUA_DATA_KEY": KEY,
        }
        with running(tmp_path, **env) as gateway:
            zalo.webhook = f"{gateway.base}/zalo/webhook"
            yield gateway, zalo


def ask(zalo: Any, user: str, text: str, msg_id: str, times: int = 1) -> None:
    assert set(zalo.deliver(zalo.event_text(user, text, msg_id), times=times)) == {200}


def told(gateway: Gateway, zalo: Any, user: str, n: int) -> list[str]:
    """What Zalo has taken for the user, once it is n messages and their echoes have been heard."""
    gateway.until(lambda: len(zalo.texts(user)) >= n, 60)
    gateway.until(lambda: gateway.metric("mot_cua_inbox_events_total", channel="zalo", result="kept") >= len(zalo.echoes), 60)
    return zalo.texts(user)


def test_a_talk_through_zalo_and_back(world: World) -> None:
    gateway, zalo = world
    ask(zalo, "u", "lệ phí?", "m1", times=3)
    notice, first = told(gateway, zalo, "u", 2)
    assert notice == NOTICE and "turn=1" in first
    assert zalo.accepted[-1]["message"]["attachment"]["payload"]["buttons"][0]["payload"] == "#q:lệ phí?"
    ask(zalo, "u", "#q:GÌ lệ phí", "m2")
    third = told(gateway, zalo, "u", 3)[2]
    assert "turn=2" in third and "text=GÌ lệ phí" in third
    engine = open_database(gateway.settings.var)
    gateway.until(lambda: all(row.state == "sent" and row.payload is None for row in rows(engine, OUTBOX)))
    assert user_row(engine, "u").paused_until is None, "our own echoes silence nobody"
    engine.dispose()


def test_an_answer_whose_receipt_is_lost_arrives_once(world: World) -> None:
    gateway, zalo = world
    zalo.fail(after=True, drop=True)
    ask(zalo, "u", "lệ phí?", "m1")
    assert len(told(gateway, zalo, "u", 2)) == 2 and zalo.texts("u")[0] == NOTICE
    ask(zalo, "u", "nữa", "m2")
    assert "turn=2" in told(gateway, zalo, "u", 3)[2] and len(zalo.texts("u")) == 3


def test_a_person_takes_over(world: World) -> None:
    gateway, zalo = world
    ask(zalo, "u", "lệ phí?", "m1")
    told(gateway, zalo, "u", 2)
    person = {**echo("x1", "Em chào anh", admin="7", user="u"), "app_id": zalo.app_id, "sender": {"id": zalo.oa_id, "admin_id": "7"}}
    assert zalo.deliver(person) == [200]
    ask(zalo, "u", "nữa", "m2")
    ask(zalo, "v", "lệ phí?", "m3")
    told(gateway, zalo, "v", 2)
    gateway.until(lambda: gateway.metric("mot_cua_inbox_handled_total", channel="zalo", result="done") == 3)
    assert len(zalo.texts("u")) == 2

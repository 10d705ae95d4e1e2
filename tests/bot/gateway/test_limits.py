from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from starlette.requests import Request

from bot.gateway import texts
from bot.gateway.limits import A_CONVERSATION, RateLimit, client_of

from .harness import running


def test_a_full_minute_at_once_then_one_by_one() -> None:
    now = [0.0]
    limit = RateLimit(60, clock=lambda: now[0])
    assert [limit.wait("a") for _ in range(60)] == [0.0] * 60
    assert limit.wait("a") == pytest.approx(1.0)
    assert limit.wait("b") == 0
    now[0] += 1.0
    assert limit.wait("a") == 0 and limit.wait("a") > 0


def test_off_and_bounded() -> None:
    assert all(RateLimit(0).wait("a") == 0 for _ in range(500))
    limit = RateLimit(1, max_clients=10)
    for n in range(100):
        limit.wait(str(n))
    assert len(limit) == 10 and limit.wait("99") > 0


@pytest.mark.parametrize(("host", "client"), [
    ("10.0.0.7", "10.0.0.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80::/64"), ("x:y", "x:y"),
    ("::ffff:192.0.2.7", "192.0.2.7"),  # a listener for both kinds shows IPv4 so: not everybody in one /64
])
def test_whom_to_count(host: str, client: str) -> None:
    assert client_of(Request({"type": "http", "client": (host, 1), "headers": []})) == client


def test_nobody() -> None:
    assert client_of(Request({"type": "http", "client": None, "headers": []})) == ""


def test_a_conversation_may_send_twenty_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("bot.gateway.app.RateLimit", partial(RateLimit, clock=lambda: now[0]))
    with running(tmp_path, MOT_CUA_RATE_LIMIT="1000") as gateway:
        token = gateway.say("a").json()["conversation"]
        answers = [gateway.say("a", token) for _ in range(A_CONVERSATION + 1)]
        assert [one.status_code for one in answers] == [200] * A_CONVERSATION + [429]
        assert answers[-1].headers["Retry-After"] == "3"
        assert answers[-1].json()["error"]["message"] == texts.TOO_FAST.format(seconds=3)
        assert gateway.say("a").status_code == 200, "another conversation of the same client goes on"
        assert gateway.say("", token).status_code == 400, "what is no message is not counted"
        assert gateway.metric("mot_cua_rate_limited_total", channel="web") == 1
        now[0] += 3
        assert [gateway.say("a", token).status_code for _ in range(2)] == [200, 429]


def test_a_changed_token_has_no_bucket_to_empty(tmp_path: Path) -> None:
    with running(tmp_path, MOT_CUA_RATE_LIMIT="1000") as gateway:
        token = gateway.say("a").json()["conversation"]
        changed = ("B" if token[0] == "A" else "A") + token[1:]
        assert {gateway.say("a", changed).status_code for _ in range(25)} == {200}
        assert gateway.say("a", token).status_code == 200


def test_nought_switches_every_limit_off(tmp_path: Path) -> None:
    with running(tmp_path, MOT_CUA_RATE_LIMIT="0") as gateway:
        token = gateway.say("a").json()["conversation"]
        assert {gateway.say("a", token).status_code for _ in range(70)} == {200}

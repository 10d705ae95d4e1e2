from __future__ import annotations

import pytest
from starlette.requests import Request

from bot.gateway.limits import RateLimit, client_of


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
])
def test_whom_to_count(host: str, client: str) -> None:
    assert client_of(Request({"type": "http", "client": (host, 1), "headers": []})) == client


def test_nobody() -> None:
    assert client_of(Request({"type": "http", "client": None, "headers": []})) == ""

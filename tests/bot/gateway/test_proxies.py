"""Whose address is counted behind a reverse proxy: the table, then over real HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.gateway.proxies import read_address, read_networks, real_client
from bot.gateway.settings import SettingsError, read_settings

from .harness import Gateway, running

TRUSTED = read_networks("127.0.0.1, 10.0.0.0/8, ::1, fd00::/8")


@pytest.mark.parametrize(("peer", "forwarded", "client"), [
    ("198.51.100.7", ["203.0.113.9"], "198.51.100.7"),  # not our proxy: a client that writes the header itself
    ("127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
    ("127.0.0.1", ["1.1.1.1", "203.0.113.9"], "203.0.113.9"),  # what the client wrote stands left
    ("127.0.0.1", ["1.1.1.1", "203.0.113.9", "10.1.2.3"], "203.0.113.9"),
    ("127.0.0.1", ["10.9.9.9", "10.1.2.3"], "10.9.9.9"),  # all ours: someone inside
    ("127.0.0.1", ["203.0.113.9", "unknown"], "127.0.0.1"),
    ("127.0.0.1", ["203.0.113.9", "x", "10.1.2.3"], "10.1.2.3"),
    ("127.0.0.1", [""], "127.0.0.1"), ("127.0.0.1", [], "127.0.0.1"),
    ("127.0.0.1", [" 203.0.113.9:4711 "], "203.0.113.9"),
    ("::1", ["2001:db8::5"], "2001:db8::5"), ("::1", ["[2001:db8::5]:443"], "2001:db8::5"), ("fd00::2", ["203.0.113.9"], "203.0.113.9"),
    ("::ffff:127.0.0.1", ["203.0.113.9"], "203.0.113.9"), ("127.0.0.1", ["::ffff:203.0.113.9"], "203.0.113.9"),
    ("testclient", ["203.0.113.9"], "testclient"), ("", ["203.0.113.9"], ""),
])
def test_the_right_most_address_that_is_no_proxy(peer: str, forwarded: list[str], client: str) -> None:
    assert real_client(peer, forwarded, TRUSTED) == client


def test_nobody_is_believed_when_none_is_named() -> None:
    assert real_client("127.0.0.1", ["203.0.113.9"], ()) == "127.0.0.1"


@pytest.mark.parametrize("text", ["", "a", "1.2.3", "1.2.3.4.5", "999.1.1.1", "::g", "١.٢.٣.٤", "1.2.3.4 5"])
def test_what_is_no_address(text: str) -> None:
    assert read_address(text) is None


def test_proxies_are_read_from_the_environment(tmp_path: Path) -> None:
    env = {"MOT_CUA_VAR": str(tmp_path)}
    assert read_settings(env).proxies == ()
    assert [str(one) for one in read_settings({**env, "MOT_CUA_PROXIES": " 127.0.0.1 ,10.2.0.0/16,"}).proxies] == ["127.0.0.1/32", "10.2.0.0/16"]
    for bad in ("proxy.local", "10.2.0.1/16", "*", "127.0.0.1;10.0.0.1"):
        with pytest.raises(SettingsError, match="MOT_CUA_PROXIES"):
            read_settings({**env, "MOT_CUA_PROXIES": bad})


def codes(gateway: Gateway, addresses: list[str]) -> list[int]:
    return [gateway.http.post("/api/chat", json={"message": "a"}, headers={"X-Forwarded-For": one}).status_code for one in addresses]


def test_a_header_of_nobody_we_trust_does_not_help(tmp_path: Path) -> None:
    with running(tmp_path, MOT_CUA_RATE_LIMIT="2") as gateway:
        assert codes(gateway, ["203.0.113.1", "203.0.113.2", "203.0.113.3"]) == [200, 200, 429]


def test_behind_a_trusted_proxy_each_citizen_is_counted(tmp_path: Path) -> None:
    with running(tmp_path, MOT_CUA_RATE_LIMIT="2", MOT_CUA_PROXIES="127.0.0.1") as gateway:
        assert codes(gateway, ["203.0.113.1", "203.0.113.2", "203.0.113.1", "203.0.113.1"]) == [200, 200, 200, 429]
        # Another address put in front changes nothing, nor does a second header line.
        assert codes(gateway, ["8.8.8.8, 203.0.113.1"]) == [429]
        twice = [("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-For", "203.0.113.1"), ("Content-Type", "application/json")]
        assert gateway.http.post("/api/chat", content=b'{"message": "a"}', headers=twice).status_code == 429

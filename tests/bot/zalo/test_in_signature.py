"""Zalo's signature, against a second implementation that others wrote (coreutils)."""

from __future__ import annotations

import subprocess

import pytest

from bot.channels.zalo_signature import zalo_mac, zalo_mac_fits

RAW = '{"text":"Đăng ký  khai sinh\\u00e9","x":1.0}\n'.encode()


def sha256sum(data: bytes) -> str:
    return subprocess.run(["sha256sum"], input=data, capture_output=True, check=True).stdout.split()[0].decode()


@pytest.mark.parametrize("raw", [RAW, b"", b"\xff\x00", "ế".encode() * 5000])
def test_the_mac_is_a_plain_hash_of_four_parts(raw: bytes) -> None:
    assert zalo_mac(raw, "123", "khóa", "1700") == sha256sum(b"123" + raw + b"1700" + "khóa".encode())


@pytest.mark.parametrize("shape", ["mac={}", "{}", "MAC={}", " mac={} ", "mac = {}"])
def test_the_header_s_shapes(shape: str) -> None:
    mac = zalo_mac(RAW, "1", "k", "2")
    assert zalo_mac_fits(RAW, shape.format(mac), "1", "k", "2") and zalo_mac_fits(RAW, shape.format(mac.upper()), "1", "k", "2")


@pytest.mark.parametrize("header", ["", "mac=", "mac", "mac=" + "0" * 64, "é" * 64, "mac=" + zalo_mac(RAW, "1", "k", "2")[:-1], "mac=" + zalo_mac(RAW, "1", "k", "2") + "0"])
def test_anything_else_does_not_fit(header: str) -> None:
    assert not zalo_mac_fits(RAW, header, "1", "k", "2")


@pytest.mark.parametrize("changed", [{"raw": RAW + b" "}, {"first": "2"}, {"secret_key": "l"}, {"timestamp": "3"}])
def test_each_part_counts(changed: dict[str, object]) -> None:
    parts = {"raw": RAW, "first": "1", "secret_key": "k", "timestamp": "2"}
    assert not zalo_mac_fits(header=zalo_mac(**parts), **{**parts, **changed})  # type: ignore[arg-type]

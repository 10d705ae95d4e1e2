"""Slow, endless and unwanted bodies over a raw connection: an answer comes, then the connection ends."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import pytest

from bot.gateway import limits, texts

from .harness import Gateway
from .plain import needs_template

JSON = "Content-Type: application/json\r\n"


def connect(gateway: Gateway) -> socket.socket:
    place = urlsplit(gateway.base)
    return socket.create_connection((place.hostname, place.port), timeout=20)


def head(path: str, more: str = JSON) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()


def all_of(client: socket.socket) -> bytes:
    """Until the server closes; fails by the socket's time-out when it never does."""
    said = b""
    while part := client.recv(65536):
        said += part
    return said


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.read_body, "__defaults__", (limits.MAX_BODY, 0.3))


@pytest.mark.parametrize("path", ["/api/chat", pytest.param("/chat", marks=needs_template)])
def test_a_body_that_does_not_come_is_not_waited_for(shared: Gateway, hurried: None, path: str) -> None:
    kind = JSON if path == "/api/chat" else "Content-Type: application/x-www-form-urlencoded\r\n"
    with connect(shared) as client:
        client.sendall(head(path, f"{kind}Content-Length: 50\r\n") + b'{"mess')
        said = all_of(client)
    assert said.startswith(b"HTTP/1.1 408 ") and b"connection: close" in said and texts.TOO_SLOW in said.decode()
    assert b"content-security-policy" in said


def test_a_body_that_drips_is_not_waited_for(shared: Gateway, hurried: None) -> None:
    began = time.monotonic()
    with connect(shared) as client:
        client.sendall(head("/api/chat", f"{JSON}Transfer-Encoding: chunked\r\n"))
        client.settimeout(0.05)
        said = b""
        while not said and time.monotonic() - began < 20:
            client.sendall(b"1\r\n \r\n")
            try:
                said = client.recv(4096)
            except TimeoutError:
                continue
    assert said.startswith(b"HTTP/1.1 408 ")


def test_an_endless_body_gets_its_answer_and_an_end(shared: Gateway) -> None:
    part = b"2000\r\n" + b" " * 0x2000 + b"\r\n"
    sent = 0
    with connect(shared) as client:
        client.sendall(head("/api/chat", f"{JSON}Transfer-Encoding: chunked\r\n"))
        client.settimeout(20)
        with pytest.raises(OSError):  # cut off
            while sent < 500 * 1024 * 1024:
                client.sendall(part)
                sent += len(part)
    assert sent < 20 * 1024 * 1024


def test_too_large_is_said_also_while_the_rest_is_on_its_way(shared: Gateway) -> None:
    with connect(shared) as client:
        client.sendall(head("/api/chat", f"{JSON}Content-Length: 500000\r\n") + b"x" * 500_000)
        said = all_of(client)
    assert said.startswith(b"HTTP/1.1 413 ") and texts.TOO_BIG in said.decode()


def test_a_request_that_was_read_keeps_its_connection(shared: Gateway) -> None:
    answer = shared.say("")
    assert answer.status_code == 400 and "connection" not in answer.headers
    assert "connection" not in shared.http.get("/healthz").headers


def test_headers_without_end_are_refused(shared: Gateway) -> None:
    with connect(shared) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        said = b""
        try:
            for number in range(4):
                client.sendall(f"X-{number}: {'a' * 30_000}\r\n".encode())
            said = all_of(client)
        except ConnectionError:  # closed while more was on its way
            pass
    assert said.startswith(b"HTTP/1.1 400 ") or not said
    assert shared.http.get("/", headers={"X-Long": "a" * 30_000}).status_code == 200

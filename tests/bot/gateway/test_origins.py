"""Which sites may call: the table of decisions, then over real HTTP."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.gateway import texts
from bot.gateway.origins import Origins, is_api

from .harness import Gateway, running

PORTAL = "https://portal.example"
EVIL = "https://evil.example"
HOST = "hoi.tinh.example"
SAME, CROSS = {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "cross-site"}
ORIGINS = Origins([PORTAL], "https://chat.tinh.example/hoi")


@pytest.mark.parametrize(("origin", "known"), [
    (PORTAL, True), ("HTTPS://Portal.Example", True), ("https://chat.tinh.example", True), (f"https://{HOST}", True), (f"http://{HOST}", True),
    (EVIL, False), ("http://portal.example", False), ("https://portal.example:8443", False), ("https://portal.example.evil.example", False),
    ("https://www.portal.example", False), ("null", False), ("", False), (HOST, False), (f"ftp://{HOST}", False), ("https://", False),
    (f"https://{HOST}.evil.example", False), ("file://", False), (f"https://user@{HOST}", False),
])
def test_known_origins_are_matched_whole(origin: str, known: bool) -> None:
    assert ORIGINS.knows(origin, HOST) is known


def test_without_a_host_nothing_is_our_own() -> None:
    assert not ORIGINS.knows("https://", "") and not Origins().knows("", "")


@pytest.mark.parametrize(("method", "path", "headers", "refused"), [
    ("POST", "/api/chat", {}, False),  # curl, a server
    ("POST", "/api/chat", {"origin": PORTAL, **CROSS}, False),
    ("POST", "/api/chat", {"origin": f"https://{HOST}", **SAME}, False),
    ("POST", "/api/chat", {"origin": EVIL, **CROSS}, True),
    ("POST", "/api/chat", {"origin": "null"}, True),
    ("POST", "/api/chat", CROSS, True),
    ("POST", "/api/chat", {"sec-fetch-site": "same-site"}, True),
    ("POST", "/api/chat", {"sec-fetch-site": "none"}, False),
    ("GET", "/api/widget", {"origin": EVIL}, True),
    ("GET", "/api/widget", {"origin": "null", **CROSS}, True),
    ("GET", "/api/deadline.ics", CROSS, False),  # a link in a portal's page
    ("DELETE", "/api/conversation", {"origin": EVIL}, True),
    ("OPTIONS", "/api/chat", {"origin": EVIL}, True),
    ("GET", "/widget.js", {"origin": EVIL}, False),  # <script crossorigin>
    ("GET", "/chat", {"origin": "null", **CROSS}, False),
    ("POST", "/chat", {"origin": EVIL, **CROSS}, False),  # begins a new conversation
    ("POST", "/", {"origin": "null", **CROSS}, False),
    ("POST", "/lien-he", {"origin": EVIL, **CROSS}, True),
    ("POST", "/lien-he", {"origin": "null", **CROSS}, True),
    ("POST", "/lien-he", {"origin": "null", **SAME}, False),  # our own form: no referrer, hence no origin
    ("POST", "/lien-he", {"origin": "null"}, False),  # the same from an older browser
    ("POST", "/webhooks/zalo", {}, False),
])
def test_what_is_refused(method: str, path: str, headers: dict[str, str], refused: bool) -> None:
    assert ORIGINS.refuses(method, path, {"host": HOST, **headers}) is refused


@pytest.mark.parametrize(("path", "api"), [("/api", True), ("/api/chat", True), ("/apis", False), ("/", False), ("/API/chat", False)])
def test_what_is_the_api(path: str, api: bool) -> None:
    assert is_api(path) is api


@pytest.fixture(scope="module")
def open_to_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("var"), MOT_CUA_ORIGINS=f"{PORTAL}, https://other.example") as one:
        yield one


def test_a_preflight_of_the_portal_is_granted(open_to_portal: Gateway) -> None:
    asked = {"Origin": PORTAL, "Access-Control-Request-Method": "DELETE", "Access-Control-Request-Headers": "content-type"}
    answer = open_to_portal.http.request("OPTIONS", "/api/conversation", headers=asked)
    assert answer.status_code == 204 and answer.content == b""
    assert answer.headers["Access-Control-Allow-Origin"] == PORTAL and "Origin" in answer.headers["Vary"]
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, POST, DELETE"
    assert answer.headers["Access-Control-Allow-Headers"] == "Content-Type, Conversation" and answer.headers["Access-Control-Max-Age"] == "600"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_preflight_of_another_site_is_refused(open_to_portal: Gateway) -> None:
    answer = open_to_portal.http.request("OPTIONS", "/api/chat", headers={"Origin": EVIL, "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 403 and not [name for name in answer.headers if name.startswith("access-control")]


def test_options_that_are_no_preflight_are_not_answered(open_to_portal: Gateway) -> None:
    assert open_to_portal.http.request("OPTIONS", "/api/chat").status_code == 405
    assert open_to_portal.http.request("OPTIONS", "/chat", headers={"Access-Control-Request-Method": "POST"}).status_code == 405


def test_the_portal_may_read_answers_and_errors(open_to_portal: Gateway) -> None:
    for path, body, code in (("/api/chat", {"message": "lệ phí?"}, 200), ("/api/chat", {"message": ""}, 400), ("/api/nothing", {}, 404)):
        answer = open_to_portal.http.post(path, json=body, headers={"Origin": PORTAL})
        assert answer.status_code == code
        assert answer.headers["Access-Control-Allow-Origin"] == PORTAL and "Origin" in answer.headers["Vary"]
        assert answer.headers["Access-Control-Expose-Headers"] == "Retry-After"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_the_portal_may_read_the_apology_for_a_fault(open_to_portal: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.web_view.reply_payload", lambda *_: 1 / 0)
    answer = open_to_portal.http.post("/api/chat", json={"message": "a"}, headers={"Origin": PORTAL})
    assert answer.status_code == 500 and answer.headers["Access-Control-Allow-Origin"] == PORTAL and "Xin lỗi" in answer.text


def test_each_portal_gets_its_own_name_back(open_to_portal: Gateway) -> None:
    answer = open_to_portal.http.get("/api/procedures", headers={"Origin": "https://other.example"})
    assert answer.status_code == 200 and answer.headers["Access-Control-Allow-Origin"] == "https://other.example"


def test_every_answer_of_the_api_varies_by_origin(open_to_portal: Gateway) -> None:
    for origin in ({}, {"Origin": PORTAL}, {"Origin": EVIL}):
        assert "Origin" in open_to_portal.http.get("/api/procedures", headers=origin).headers["Vary"]


def test_another_site_is_refused_with_a_sentence(open_to_portal: Gateway) -> None:
    before = open_to_portal.metric("mot_cua_refused_requests_total", channel="web", code="403")
    answer = open_to_portal.http.post("/api/chat", json={"message": "a"}, headers={"Origin": EVIL})
    assert answer.status_code == 403 and answer.json() == {"error": {"status": "error_bad_input", "message": texts.FOREIGN_SITE}}
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert open_to_portal.metric("mot_cua_refused_requests_total", channel="web", code="403") == before + 1


def test_a_form_of_another_site_gets_a_page(open_to_portal: Gateway) -> None:
    answer = open_to_portal.http.post("/lien-he", data={"name": "a"}, headers={"Origin": EVIL})
    assert answer.status_code == 403 and answer.headers["Content-Type"].startswith("text/html") and texts.FOREIGN_SITE in answer.text


def test_another_site_is_refused_before_its_body_is_sent(open_to_portal: Gateway) -> None:
    place = urlsplit(open_to_portal.base)
    with socket.create_connection((place.hostname, place.port), timeout=10) as client:
        client.sendall(
            f"POST /api/chat HTTP/1.1\r\nHost: {place.netloc}\r\nOrigin: {EVIL}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n".encode()
        )
        assert client.recv(4096).startswith(b"HTTP/1.1 403 ")


def test_our_own_page_may_call(open_to_portal: Gateway) -> None:
    answer = open_to_portal.http.post("/api/chat", json={"message": "a"}, headers={"Origin": open_to_portal.base, "Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 200


def test_without_origin_everybody_may_call(open_to_portal: Gateway) -> None:
    assert open_to_portal.say("a").status_code == 200
    assert open_to_portal.http.post("/api/chat", json={"message": "a"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_the_public_address_is_our_own_also_behind_a_proxy(tmp_path: Path) -> None:
    with running(tmp_path, ready=False, MOT_CUA_PUBLIC_URL="https://hoi.tinh.example") as gateway:
        assert gateway.http.get("/api/procedures", headers={"Origin": "https://hoi.tinh.example"}).status_code == 200
        assert gateway.http.get("/api/procedures", headers={"Origin": PORTAL}).status_code == 403

"""Security headers: on each kind of route, on errors too, and what the settings change."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway.guard import Guard
from bot.gateway.headers import content_policy, security_headers

from .harness import Gateway, running
from .plain import needs_template

KINDS = {
    "chat page": ("GET", "/", 200), "plain page": ("GET", "/chat", 200), "guide": ("GET", "/nhung", 200), "style": ("GET", "/chat.css", 200),
    "picture": ("GET", "/favicon.svg", 200), "procedure": ("GET", "/thu-tuc/1.001193", 200), "checklist": ("GET", "/thu-tuc/1.001193/checklist", 200),
    "redirect": ("GET", "/thu-tuc/1001193", 308), "no procedure": ("GET", "/thu-tuc/9.999999", 404), "no file": ("GET", "/nothing", 404),
    "list": ("GET", "/api/procedures", 200), "no route": ("GET", "/api/nothing", 404), "wrong method": ("GET", "/api/chat", 405),
    "wrong type": ("POST", "/api/chat", 415), "health": ("GET", "/healthz", 200), "metrics": ("GET", "/metrics", 200),
    "head": ("HEAD", "/", 200),
}


def headers_of(gateway: Gateway, kind: str) -> httpx.Headers:
    method, path, code = KINDS[kind]
    answer = gateway.http.request(method, path)
    assert answer.status_code == code, answer.text
    return answer.headers


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_answer_is_guarded(shared: Gateway, kind: str) -> None:
    headers = headers_of(shared, kind)
    assert headers["Content-Security-Policy"] == content_policy() and headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
    assert headers["Permissions-Policy"].startswith("camera=()") and headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin" and "Strict-Transport-Security" not in headers
    assert "Server" not in headers and all(len(headers.get_list(name)) == 1 for name in headers if name != "vary")


@needs_template
def test_an_answer_in_the_page_is_guarded(shared: Gateway) -> None:
    for fields, code in (({"message": "a"}, 200), ({"message": ""}, 400)):
        answer = shared.http.post("/chat", data=fields)
        assert answer.status_code == code and answer.headers["Content-Security-Policy"] == content_policy()


@pytest.mark.parametrize("kind", KINDS)
def test_portals_may_frame_and_tls_is_kept(framed: Gateway, kind: str) -> None:
    headers = headers_of(framed, kind)
    assert "frame-ancestors 'self' https://portal.example https://other.example:8443;" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers and headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    told = {"MOT_CUA_ORIGINS": "https://portal.example,https://other.example:8443", "MOT_CUA_PUBLIC_URL": "https://hoi.example"}
    with running(tmp_path_factory.mktemp("var"), **told) as one:
        yield one


def test_an_apology_is_guarded(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.web_view.reply_payload", lambda *_: 1 / 0)
    answer = gateway.say("a")
    assert answer.status_code == 500 and answer.headers["Content-Security-Policy"] == content_policy()


def test_too_fast_too_big_and_foreign_are_guarded(tmp_path: Path) -> None:
    with running(tmp_path, MOT_CUA_RATE_LIMIT="2") as gateway:
        big = gateway.http.post("/api/chat", json={"message": "a" * 100_000})
        foreign = gateway.http.get("/api/procedures", headers={"Origin": "https://evil.example"})
        fast = [gateway.say("a") for _ in range(3)][-1]
        assert [one.status_code for one in (big, foreign, fast)] == [413, 403, 429]
        assert all(one.headers["Content-Security-Policy"] == content_policy() for one in (big, foreign, fast))


def test_the_policy_allows_nothing_inline() -> None:
    policy = dict(part.partition(" ")[::2] for part in content_policy(["https://portal.example"]).split("; "))
    assert policy == {
        "default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'", "img-src": "'self' data:",
        "frame-ancestors": "'self' https://portal.example", "form-action": "'self'", "base-uri": "'none'", "object-src": "'none'",
        "require-trusted-types-for": "'script'",
    }


def test_what_an_answer_says_itself_stays() -> None:
    async def widget(request: object) -> Response:
        return Response("", headers={"Cross-Origin-Resource-Policy": "cross-origin"})

    app = Starlette(routes=[Route("/widget.js", widget)], middleware=[Middleware(Guard, headers=security_headers())])

    async def get() -> httpx.Headers:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
            return (await client.get("/widget.js")).headers

    headers = asyncio.run(get())
    assert headers.get_list("Cross-Origin-Resource-Policy") == ["cross-origin"] and headers["X-Content-Type-Options"] == "nosniff"


def test_the_widget_may_be_loaded_by_other_sites(shared: Gateway) -> None:
    answer = shared.http.get("/widget.js", headers={"Origin": "https://evil.example"})
    if answer.status_code == 404:
        pytest.skip("the widget is no part of this tree yet")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin" and answer.headers["Access-Control-Allow-Origin"] == "*"

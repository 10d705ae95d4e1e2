"""A scripted stand-in for the gateway: the widget's files and the API that it speaks, in a thread of this process.

Replies to questions are taken from `script` in order; with none left, ANSWER is sent. The headers are the gateway's own.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web_view import error_payload
from bot.channels.widget_files import WidgetFiles
from bot.gateway.app import WIDGET, Guard

SOURCE = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc=1.001193"
NOTICE = {"text": "Đây là máy trả lời tự động, chỉ hướng dẫn về thủ tục hành chính.", "notice": True, "answer": None}


def message(
    text: str, status: str = "answered", choices: Any = (), candidates: Any = (), url: str | None = SOURCE, facts: Any = (),
) -> dict[str, Any]:
    """One message as web_view draws it. choices: (title, message) pairs; candidates: (code, name) pairs; facts: (field, code) pairs."""
    return {"text": text, "answer": {
        "status": status, "procedure": None, "aspects": [],
        "facts": [{"field": name, "value": "", "code": code, "version": "1"} for name, code in facts],
        "candidates": [{"code": code, "name": name} for code, name in candidates],
        "choices": [{"title": title, "message": sent} for title, sent in choices],
        "sources": [{"title": "Cổng Dịch vụ công quốc gia", "url": url, "checked_on": "2026-11-20"}],
    }}


ANSWER = message(
    "Dạ, về thủ tục Đăng ký khai sinh:\nGiấy tờ cần chuẩn bị:\n1. Tờ khai đăng ký khai sinh (1 bản chính)\n"
    "2. Giấy chứng sinh (1 bản chính)\nNếu thuộc trường hợp “con sinh ở nước ngoài”, thêm:\n3. Giấy tờ của nước đó (1 bản sao)\n"
    "Thời hạn giải quyết: trong ngày.\nPhí, lệ phí:\n- Lệ phí hộ tịch (đúng hạn): miễn phí.\n"
    "Nguồn: Cổng Dịch vụ công quốc gia, mã 1.001193; đối chiếu ngày 20/11/2026.",
    choices=[("Nơi nộp", "Đăng ký khai sinh (mã 1.001193) nộp ở đâu?"), ("Nộp trực tuyến", "Đăng ký khai sinh (mã 1.001193) nộp trực tuyến được không?")],
)
ASK_BACK = message(
    "Dạ, anh/chị cần thủ tục nào?\n1. Đăng ký tạm trú\n2. Gia hạn tạm trú", "unclear_procedure", url=None,
    choices=[("Đăng ký tạm trú", "Đăng ký tạm trú (mã 1.004194) cần giấy tờ gì?"), ("Gia hạn tạm trú", "Gia hạn tạm trú (mã 1.002755) cần giấy tờ gì?")],
    candidates=[("1.004194", "Đăng ký tạm trú"), ("1.002755", "Gia hạn tạm trú")],
)


@dataclass
class Reply:
    """One scripted answer. body: None makes a usual reply of `messages`; bytes are sent as they are; held: until release()."""

    messages: tuple[dict[str, Any], ...] = (ANSWER,)
    code: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    held: bool = False


def refusal(code: int, sentence: str, **headers: str) -> Reply:
    """An error as the gateway words it."""
    return Reply(code=code, body=_json(error_payload(sentence)).encode(), headers=headers)


def _json(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False)


INFO = {
    "title": "Một Cửa", "province": "Cà Mau", "keep_days": 30, "max_length": 2000,
    "notice": {
        "version": "1", "privacy": "/quyen-rieng-tu",
        "text": "Đây là máy trả lời tự động, chỉ hướng dẫn. Anh/chị đừng nhập số căn cước, số điện thoại hay thông tin riêng của mình.",
    },
    "suggestions": [{"title": f"Câu hỏi mẫu {n}", "message": f"Câu hỏi mẫu {n} cần giấy tờ gì?"} for n in range(1, 7)],
    "office": {"text": "Cần gặp người hướng dẫn, anh/chị đến Trung tâm Phục vụ hành chính công xã, phường nơi mình ở."},
}
CODE = "7K2P-9DRT-4"


class FakeApi:
    """url: where it listens. received: the bodies of POST /api/chat, oldest first. noted: every other call but GET /api/widget,
    as (method, path, body). failing: paths answered with 503. origins: other sites that may call the API. info: GET /api/widget."""

    def __init__(self) -> None:
        self.url, self.script, self.received = "", deque[Reply](), []
        self.noted: list[tuple[str, str, Any]] = []
        self.failing: set[str] = set()
        self.origins: set[str] = set()
        self.info: dict[str, Any] = INFO
        self._gate = threading.Event()

    def answers(self, *messages: dict[str, Any]) -> None:
        """Script one 200 with these messages."""
        self.script.append(Reply(messages))

    def release(self) -> None:
        """Let a held reply go."""
        self._gate.set()

    def reset(self) -> None:
        """As new, for the next test."""
        self.script.clear()
        self.received.clear()
        self.noted.clear()
        self.failing.clear()
        self.origins.clear()
        self.info = INFO
        self._gate = threading.Event()

    async def chat(self, request: Request) -> Response:
        """POST /api/chat."""
        body = await request.json()
        self.received.append(body)
        reply = self.script.popleft() if self.script else Reply()
        gate = self._gate
        while reply.held and not gate.is_set() and not await request.is_disconnected():
            await asyncio.sleep(0.02)
        content = reply.body
        if content is None:
            turn = f"t{len(self.received)}"
            said = {"conversation": body["conversation"] or f"c{len(self.received)}", "turn": turn, "messages": list(reply.messages)}
            content = _json(said).encode()
        return Response(content, reply.code, dict(reply.headers), media_type="application/json")

    async def widget(self, request: Request) -> Response:
        """GET /api/widget."""
        return JSONResponse(self.info)

    async def note(self, request: Request) -> Response:
        """POST /api/feedback and /api/rating, DELETE /api/conversation, GET /api/conversation/code."""
        path = request.url.path
        body = request.headers.get("conversation") if request.method == "GET" else await request.json()
        self.noted.append((request.method, path, body))
        if path in self.failing:
            return JSONResponse(error_payload("Máy đang bận."), 503)
        if request.method == "DELETE":
            return JSONResponse({"erased": True})
        return JSONResponse({"code": CODE}) if request.method == "GET" else Response(status_code=204)

    def routes(self) -> list[BaseRoute]:
        """The gateway's addresses as far as the widget meets them."""
        return [
            Route("/api/chat", self.chat, methods=["POST"]),
            Route("/api/widget", self.widget, methods=["GET"]),
            Route("/api/feedback", self.note, methods=["POST"]),
            Route("/api/rating", self.note, methods=["POST"]),
            Route("/api/conversation", self.note, methods=["DELETE"]),
            Route("/api/conversation/code", self.note, methods=["GET"]),
            Route("/chat", lambda request: FileResponse(WIDGET / "index.html"), methods=["GET"]),
            *WidgetFiles().routes(),
            Mount("/", StaticFiles(directory=WIDGET, html=True)),
        ]


class Origins:
    """The contract's answers to other sites: their exact origin, or 403."""

    def __init__(self, app: ASGIApp, fake: FakeApi) -> None:
        self._app, self._fake = app, fake

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope) if scope["type"] == "http" else None
        origin = request.headers.get("origin") if request else None
        if request is None or origin in (None, self._fake.url) or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
        elif origin not in self._fake.origins:
            await JSONResponse(error_payload("Trang này chưa được phép gọi."), 403)(scope, receive, send)
        elif request.method == "OPTIONS":
            asked = {"Access-Control-Allow-Methods": "GET, POST, DELETE", "Access-Control-Allow-Headers": "Content-Type, Conversation"}
            await Response(status_code=204, headers={**asked, **_allowed(origin)})(scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(send, _allowed(origin)))


def _allowed(origin: str | None) -> dict[str, str]:
    return {"Access-Control-Allow-Origin": origin or "", "Vary": "Origin"}


def _with_headers(send: Send, more: Mapping[str, str]) -> Send:
    async def send_more(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *((name.lower().encode(), value.encode()) for name, value in more.items())]
        await send(message)

    return send_more


@contextmanager
def serving() -> Iterator[FakeApi]:
    """The fake on a free port of loopback."""
    fake = FakeApi()
    app = Starlette(routes=fake.routes(), middleware=[Middleware(Guard), Middleware(Origins, fake=fake)])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        fake.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            yield fake
        finally:
            fake.release()
            server.should_exit = True
            thread.join(5)

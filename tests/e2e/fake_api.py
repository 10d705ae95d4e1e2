"""A scripted stand-in for the gateway: the widget's static files and POST /api/chat, in a thread of this process.

Replies are taken from `script` in order; with none left, ANSWER is sent. The headers are the gateway's own.
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
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web_view import error_payload
from bot.gateway.app import WIDGET, Guard

SOURCE = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc=1.001193"
NOTICE = {"text": "Đây là máy trả lời tự động, chỉ hướng dẫn về thủ tục hành chính.", "notice": True, "answer": None}


def message(text: str, status: str = "answered", choices: Any = (), candidates: Any = (), url: str | None = SOURCE) -> dict[str, Any]:
    """One message as web_view draws it. choices: (title, message) pairs; candidates: (code, name) pairs."""
    return {"text": text, "answer": {
        "status": status, "procedure": None, "aspects": [], "facts": [],
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


class FakeApi:
    """url: where it listens. received: the bodies of POST /api/chat, oldest first."""

    def __init__(self) -> None:
        self.url, self.script, self.received = "", deque[Reply](), []
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
            content = _json({"conversation": body["conversation"] or f"c{len(self.received)}", "messages": list(reply.messages)}).encode()
        return Response(content, reply.code, dict(reply.headers), media_type="application/json")


@contextmanager
def serving() -> Iterator[FakeApi]:
    """The fake on a free port of loopback."""
    fake = FakeApi()
    app = Starlette(
        routes=[Route("/api/chat", fake.chat, methods=["POST"]), Mount("/", StaticFiles(directory=WIDGET, html=True))],
        middleware=[Middleware(Guard)],
    )
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

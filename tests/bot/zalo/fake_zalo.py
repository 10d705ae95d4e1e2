"""A Zalo on loopback, as strict as its documentation: OA messages, quota, users, uploads, OAuth, Bot Platform, webhook calls.

It is a model of what the documentation says, not of what the live service does; tests/bot/zalo/test_fake_zalo.py lets a sender
that others wrote talk to it. Everything it received is kept in `received`, every accepted message in `accepted`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qs

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

DAY = 24 * 3600
MAX_TEXT, MAX_BUTTONS, MAX_TITLE, MAX_PAYLOAD = 2000, 5, 100, 1000
BUTTON_TYPES = {"oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.sms", "oa.open.phone"}
SEND, REACT, QUOTA = "/v3.0/oa/message/cs", "/v2.0/oa/message", "/v3.0/oa/quota/message"
OAUTH = "/v4/oa/access_token"


@dataclass
class Fault:
    """What happens to the next `times` calls whose path starts with `path`.

    code: a Zalo error instead of the work. status: an HTTP status. body: raw bytes with 200. `after`: the work is done first, so
    the caller cannot know. drop: the connection is cut without a byte. gate: wait for it first (or, with `after`, last).
    """

    path: str = SEND
    times: int = 1
    code: int | None = None
    status: int | None = None
    body: bytes | None = None
    drop: bool = False
    after: bool = False
    gate: threading.Event | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Received:
    """One call as it came."""

    path: str
    headers: dict[str, str]
    body: Any
    at: float


class FakeZalo:
    """Users are known by the time (seconds) of their last interaction; None = never wrote."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.app_id, self.app_secret = "360846524940903967", "app-secret-of-the-fake"
        self.oa_id, self.oa_secret_key = "388613280878808645", "oa-secret-of-the-fake"
        self.bot_token = "1234:bot-token-of-the-fake"
        self.clock = clock
        self.users: dict[str, float | None] = {}
        self.access: dict[str, float] = {"access-0": clock() + DAY}  # token -> expiry
        self.refresh: dict[str, bool] = {"refresh-0": True}  # token -> still unused
        self.minted = 0
        self.buttons_work = True
        self.rate_limit = 4000
        self.quota: dict[str, int] = {}  # replies left, absent = not counted
        self.faults: list[Fault] = []
        self.received: list[Received] = []
        self.accepted: list[dict[str, Any]] = []
        self.echoes: list[dict[str, Any]] = []
        self.delivered: list[int] = []
        self.webhook: str | None = None
        self.url = ""
        self._calls: list[float] = []
        self._lock = threading.RLock()

    # What tests set up and look at.

    def fail(self, **fault: Any) -> Fault:
        """Script a fault; see Fault."""
        one = Fault(**fault)
        self.faults.append(one)
        return one

    def calls(self, path: str = SEND) -> list[Received]:
        with self._lock:
            return [call for call in self.received if call.path == path]

    def texts(self, user: str | None = None) -> list[str]:
        """Accepted texts in the order of acceptance."""
        with self._lock:
            return [one["text"] for one in self.accepted if user in (None, one["user"])]

    def expire(self) -> None:
        """All access tokens are over."""
        self.access = dict.fromkeys(self.access, 0.0)

    # The webhook's other end.

    def sign(self, raw: bytes, timestamp: str) -> str:
        return "mac=" + hashlib.sha256(self.app_id.encode() + raw + timestamp.encode() + self.oa_secret_key.encode()).hexdigest()

    def deliver(
        self, event: Mapping[str, Any], *, times: int = 1, delay: float = 0.0, retries: int = 0, pause: float = 0.05
    ) -> list[int]:
        """POST a signed event to `webhook`; times: duplicates. retries: after anything but 200, with header num_retry. → statuses."""
        assert self.webhook, "no webhook was told"
        raw = json.dumps({"app_id": self.app_id, **event}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "X-ZEvent-Signature": self.sign(raw, str(event["timestamp"]))}
        time.sleep(delay)
        statuses: list[int] = []
        for _ in range(times):
            for turn in range(retries + 1):
                try:
                    status = httpx.post(self.webhook, content=raw, headers={**headers, **({"num_retry": str(turn)} if turn else {})}, timeout=2).status_code
                except httpx.HTTPError:
                    status = 0
                statuses.append(status)
                if status == 200:
                    break
                time.sleep(pause)
        self.delivered += statuses
        return statuses

    def event_text(self, user: str, text: str, msg_id: str, at_ms: int | None = None) -> dict[str, Any]:
        """A citizen writes."""
        self.users[user] = self.clock()
        return {
            "event_name": "user_send_text", "sender": {"id": user}, "recipient": {"id": self.oa_id}, "user_id_by_app": f"9{user}",
            "message": {"text": text, "msg_id": msg_id}, "timestamp": str(at_ms or int(self.clock() * 1000)),
        }

    # The API.

    def send(self, request: Received) -> dict[str, Any]:
        body = request.body if isinstance(request.body, dict) else {}
        recipient, message = body.get("recipient"), body.get("message")
        user = recipient.get("user_id") if isinstance(recipient, dict) else None
        if not isinstance(user, str) or user not in self.users:
            return error(-201, "user_id is invalid!")
        if not isinstance(message, dict) or not message:
            return error(-201, "message is invalid!")
        wrong = self._wrong_message(message)
        if wrong:
            return wrong
        seen = self.users[user]
        if seen is None or self.clock() - seen > 7 * DAY:
            return error(-230, "User has not interacted with the OA in the past 7 days")
        if self.quota.get(user) == 0:
            return error(-311, "Out of quota for responding to user message")
        return self._accept(user, message)

    def _wrong_message(self, message: dict[str, Any]) -> dict[str, Any] | None:
        text, attachment = message.get("text"), message.get("attachment")
        if text is None and attachment is None:
            return error(-201, "message is invalid!")
        if text is not None and (not isinstance(text, str) or not text.strip()):
            return error(-201, "text is invalid!")
        if text and len(unicodedata.normalize("NFC", text)) > MAX_TEXT:
            return error(-210, "text exceeds the limit")
        if attachment is None:
            return None
        if not isinstance(attachment, dict) or attachment.get("type") not in ("template", "file"):
            return error(-201, "attachment is invalid!")
        payload = attachment.get("payload")
        if not isinstance(payload, dict):
            return error(-201, "payload is invalid!")
        if payload.get("template_type", "buttons") not in ("media", "list", "request_user_info", "buttons"):
            return error(-233, "Message type is invalid or not support")
        return self._wrong_buttons(payload.get("buttons") or [])

    def _wrong_buttons(self, buttons: list[Any]) -> dict[str, Any] | None:
        if buttons and not self.buttons_work:
            return error(-233, "Message type is invalid or not support")
        if len(buttons) > MAX_BUTTONS:
            return error(-210, "buttons exceed the limit")
        for button in buttons:
            kind, payload = button.get("type"), button.get("payload")
            if kind not in BUTTON_TYPES:
                return error(-201, "type is invalid!")
            if not button.get("title") or len(button["title"]) > MAX_TITLE:
                return error(-210, "title exceeds the limit")
            if kind.startswith("oa.query") and not (isinstance(payload, str) and 0 < len(payload) <= MAX_PAYLOAD):
                return error(-201, "payload is invalid!")
            if kind == "oa.open.url" and not (isinstance(payload, dict) and str(payload.get("url", "")).startswith("http")):
                return error(-201, "url is invalid!")
        return None

    def _accept(self, user: str, message: dict[str, Any]) -> dict[str, Any]:
        message_id = hashlib.sha256(f"{user}{len(self.accepted)}".encode()).hexdigest()[:20]
        left = self.quota.get(user)
        if left is not None:
            self.quota[user] = left = left - 1
        self.accepted.append({"user": user, "text": message.get("text"), "message": message, "message_id": message_id})
        echo = {
            "event_name": "oa_send_text", "sender": {"id": self.oa_id}, "recipient": {"id": user}, "user_id_by_app": f"9{user}",
            "message": {"text": message.get("text"), "msg_id": message_id}, "timestamp": str(int(self.clock() * 1000)),
        }
        self.echoes.append(echo)
        if self.webhook:
            threading.Thread(target=self.deliver, args=(echo,), daemon=True).start()
        quota = {"quota_type": "reply", "remain": str(8 if left is None else left), "total": "8"}
        data = {"message_id": message_id, "user_id": user, "sent_time": str(int(self.clock() * 1000)), "quota": quota}
        return {"data": data, "error": 0, "message": "Success"}

    def react(self, request: Received) -> dict[str, Any]:
        action = (request.body or {}).get("sender_action") or {}
        if not action.get("react_icon") or not action.get("react_message_id"):
            return error(-201, "sender_action is invalid!")
        return {"data": {"message_id": action["react_message_id"]}, "error": 0, "message": "Success"}

    def quota_of(self, request: Received) -> dict[str, Any]:
        user = (request.body or {}).get("user_id")
        if user not in self.users:
            return error(-201, "user_id is invalid!")
        seen, left = self.users[user], self.quota.get(user, 8)
        data = {"last_interaction": str(int((seen or 0) * 1000)), "cs_reply": {"remain": left, "total": 8}}
        return {"data": data, "error": 0, "message": "Success"}

    def user_detail(self, request: Received) -> dict[str, Any]:
        user = (request.body or {}).get("user_id")
        if user not in self.users:
            return error(-201, "user_id is invalid!")
        seen = time.strftime("%d/%m/%Y", time.localtime(self.users[user] or 0))
        data = {"user_id": user, "display_name": "Người dùng thử", "user_is_follower": True, "user_last_interaction_date": seen}
        return {"data": data, "error": 0, "message": "Success"}

    def account(self, _request: Received) -> dict[str, Any]:
        data = {"oaid": self.oa_id, "name": "Một Cửa thử", "is_verified": True, "package_name": "Gói thử", "linked_ZCA": ""}
        return {"data": data, "error": 0, "message": "Success"}

    def upload(self, request: Received) -> dict[str, Any]:
        kind = request.path.rsplit("/", 1)[1]
        content = request.body if isinstance(request.body, bytes) else b""
        limit = 1_000_000 if kind == "image" else 5_000_000
        if not content or len(content) > limit:
            return error(-210, "file exceeds the limit")
        name = {"image": "attachment_id", "gif": "attachment_id", "file": "token"}[kind]
        return {"data": {name: hashlib.sha256(content).hexdigest()[:20]}, "error": 0, "message": "Success"}

    def oauth(self, request: Received) -> dict[str, Any]:
        form = request.body if isinstance(request.body, dict) else {}
        if form.get("app_id") != self.app_id or request.headers.get("secret_key") != self.app_secret:
            return oauth_error(-14002, "Invalid appId")
        if form.get("grant_type") != "refresh_token" or not self.refresh.get(str(form.get("refresh_token"))):
            return oauth_error(-14014, "Invalid refresh token")
        self.refresh[form["refresh_token"]] = False
        self.minted += 1
        access, refresh = f"access-{self.minted}", f"refresh-{self.minted}"
        # The former access token stays valid until it expires by itself.
        self.access[access], self.refresh[refresh] = self.clock() + 90_000, True
        return {"access_token": access, "refresh_token": refresh, "expires_in": "90000"}

    def bot_send(self, request: Received) -> dict[str, Any]:
        body = request.body if isinstance(request.body, dict) else {}
        if request.path != f"/bot{self.bot_token}/sendMessage":
            return {"ok": False, "error_code": 401, "description": "Unauthorized"}
        if body.get("chat_id") not in self.users:
            return {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
        if not isinstance(body.get("text"), str) or not 1 <= len(body["text"]) <= MAX_TEXT:
            return {"ok": False, "error_code": 400, "description": "Bad Request: text"}
        message_id = f"bot{len(self.accepted)}"
        self.accepted.append({"user": body["chat_id"], "text": body["text"], "message": body, "message_id": message_id})
        return {"ok": True, "result": {"message_id": message_id, "date": int(self.clock() * 1000)}}

    def denied(self, request: Received) -> dict[str, Any] | None:
        """What is looked at before a call of the OA API is worked on: token, then rate."""
        token = request.headers.get("access_token", "")
        if token not in self.access:
            return error(-216, "Access token is invalid")
        if self.access[token] <= self.clock():
            return error(-216, "Access token has expired")
        self._calls = [at for at in self._calls if at > self.clock() - 60] + [self.clock()]
        return error(-32, "Application reached limit call api") if len(self._calls) > self.rate_limit else None

    def left(self) -> dict[str, str]:
        remain = max(0, self.rate_limit - len(self._calls))
        return {"X-RateLimit-Limit": str(self.rate_limit), "X-RateLimit-Remain": str(remain)}

    # HTTP.

    async def serve(self, request: Request) -> Response:
        received = await _received(request, self.clock())
        with self._lock:
            self.received.append(received)
            fault = next((one for one in self.faults if received.path.startswith(one.path)), None)
            if fault:
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
        if fault and not fault.after and (early := await self._misbehave(fault, request)):
            return early
        with self._lock:
            answer = self._work(received)
            headers = {**self.left(), **(fault.headers if fault else {})}
        if fault and fault.after and (late := await self._misbehave(fault, request)):
            return late
        return JSONResponse(answer, headers=headers)

    def _work(self, received: Received) -> dict[str, Any]:
        if received.path == OAUTH:
            return self.oauth(received)
        if received.path.startswith("/bot"):
            return self.bot_send(received)
        works = {
            SEND: self.send, REACT: self.react, QUOTA: self.quota_of, "/v3.0/oa/user/detail": self.user_detail,
            "/v2.0/oa/getoa": self.account, "/v2.0/oa/upload/image": self.upload, "/v2.0/oa/upload/file": self.upload,
            "/v2.0/oa/upload/gif": self.upload,
        }
        return self.denied(received) or works[received.path](received)

    async def _misbehave(self, fault: Fault, request: Request) -> Response | None:
        if fault.gate:
            while not fault.gate.is_set():
                await asyncio.sleep(0.01)
        if fault.drop:
            request.scope["abort"]()
            return Response()
        if fault.code is not None:
            return JSONResponse(oauth_error(fault.code, "fault") if fault.path == OAUTH else error(fault.code, "fault"), headers=fault.headers)
        if fault.status is not None:
            return Response(b"<html>fault</html>", fault.status, headers=fault.headers)
        return Response(fault.body, media_type="application/json") if fault.body is not None else None


def error(code: int, message: str) -> dict[str, Any]:
    return {"error": code, "message": message}


def oauth_error(code: int, reason: str) -> dict[str, Any]:
    return {"error_name": reason, "error_reason": reason, "error_description": reason, "error": code}


async def _received(request: Request, at: float) -> Received:
    raw, kind = await request.body(), request.headers.get("content-type", "")
    body: Any = None
    if request.method == "GET":
        body = json.loads(request.query_params.get("data") or "{}")
    elif kind.startswith("application/x-www-form-urlencoded"):
        body = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
    elif kind.startswith("multipart/form-data"):
        mail = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + raw)
        body = next((part.get_payload(decode=True) for part in mail.get_payload() if part.get_param("name", header="content-disposition") == "file"), None)
    else:
        try:
            body = json.loads(raw)
        except ValueError:
            body = raw
    return Received(request.url.path, dict(request.headers), body, at)


@contextmanager
def fake_zalo(clock: Callable[[], float] = time.time) -> Iterator[FakeZalo]:
    """One that listens on a free port of loopback until the block ends."""
    zalo = FakeZalo(clock)
    paths = [SEND, REACT, QUOTA, OAUTH, *(f"/v2.0/oa/upload/{kind}" for kind in ("image", "file", "gif")), "/{bot}/sendMessage"]
    routes = [Route(path, zalo.serve, methods=["POST"]) for path in paths]
    routes += [Route(path, zalo.serve, methods=["GET"]) for path in ("/v3.0/oa/user/detail", "/v2.0/oa/getoa")]
    inner = Starlette(routes=routes)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        # uvicorn's own `send` is a method of the object that holds the connection: the only way to cut it without an answer.
        if scope["type"] == "http":
            scope["abort"] = send.__self__.transport.abort  # type: ignore[attr-defined]
        await inner(scope, receive, send)

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, ws="none", http="h11", log_config=None, access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    zalo.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        yield zalo
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()

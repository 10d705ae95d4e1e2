"""The fake Zalo is judged by a sender that others wrote (PyPI zalo-sdk), and by the limits the documentation names."""

from __future__ import annotations

import hashlib
import subprocess
import threading
import unicodedata
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
import requests
import zalo_sdk
from zalo_sdk.oa import Client
from zalo_sdk.oa.ZaloMessage import ZaloAction, ZaloAttachment, ZaloMessageBody, ZaloRecipient

from .fake_zalo import OAUTH, SEND, FakeZalo, fake_zalo

USER = "246845883529197922"
DAY = 86_400


@pytest.fixture
def zalo() -> Iterator[FakeZalo]:
    with fake_zalo() as fake:
        fake.users[USER] = fake.clock()
        yield fake


@pytest.fixture
def client(zalo: FakeZalo) -> Client:
    return Client(zalo.app_id, zalo.app_secret, access_token="access-0", refresh_token="refresh-0", endpoint_prefix=zalo.url)


def post(zalo: FakeZalo, message: Any, user: str = USER, token: str = "access-0") -> dict[str, Any]:
    body = {"recipient": {"user_id": user}, "message": message}
    return httpx.post(zalo.url + SEND, json=body, headers={"access_token": token}).json()


def with_buttons(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"text": "Chọn", "attachment": {"type": "template", "payload": {"buttons": list(buttons)}}}


def test_the_other_sender_s_message_is_accepted_and_understood(zalo: FakeZalo, client: Client) -> None:
    answer = client.send_message(ZaloRecipient(user_id=USER), ZaloMessageBody(text="Dạ, mời anh/chị", quote_message_id="m1"))
    assert answer["data"]["message_id"] == zalo.accepted[0]["message_id"] and answer["data"]["user_id"] == USER
    assert zalo.texts(USER) == ["Dạ, mời anh/chị"]
    assert zalo.calls()[0].headers["access_token"] == "access-0" and "authorization" not in zalo.calls()[0].headers


def test_the_other_sender_can_send_buttons_as_an_attachment(zalo: FakeZalo, client: Client) -> None:
    button = {"title": "Lệ phí", "type": "oa.query.hide", "payload": "#q:fee"}
    body = ZaloMessageBody(text="Chọn", attachment=ZaloAttachment("template", {"buttons": [button]}))
    client.send_message(ZaloRecipient(user_id=USER), body)
    assert zalo.accepted[0]["message"]["attachment"]["payload"]["buttons"] == [button]


def test_the_other_sender_reads_quota_user_and_uploads(zalo: FakeZalo, client: Client) -> None:
    assert client.get_zalo_user_quotas(USER)["data"]["cs_reply"] == {"remain": 8, "total": 8}
    assert client.get_user_detail(USER)["data"]["user_id"] == USER
    assert client.upload_file(b"%PDF", "file", "don.pdf", "application/pdf")["data"]["token"]
    assert client.upload_file(b"\x89PNG", "image", "a.png", "image/png")["data"]["attachment_id"]
    assert client.send_message(ZaloRecipient(user_id=USER), action=ZaloAction("/-strong", "m1"), category="action")["error"] == 0


@pytest.mark.parametrize("code", [-32, -201, -213, -230, -233, -320])
def test_the_other_sender_understands_errors(zalo: FakeZalo, client: Client, code: int) -> None:
    zalo.fail(code=code)
    with pytest.raises(zalo_sdk.ZaloOAException, match=rf"\({code}\)"):
        client.send_message(ZaloRecipient(user_id=USER), ZaloMessageBody(text="a"))


def test_the_other_sender_knows_an_expired_token_and_refreshes_once(
    zalo: FakeZalo, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = requests.post
    monkeypatch.setattr(requests, "post", lambda url, **rest: real(url.replace("https://oauth.zaloapp.com", zalo.url), **rest))
    zalo.expire()
    with pytest.raises(zalo_sdk.ZaloOAAuthTokenExpiredException):
        client.send_message(ZaloRecipient(user_id=USER), ZaloMessageBody(text="a"))
    access, refresh, _ = client.refresh_acccess_token()
    assert (access, refresh) == ("access-1", "refresh-1")
    client.send_message(ZaloRecipient(user_id=USER), ZaloMessageBody(text="a"))
    client.refresh_token = "refresh-0"  # spent
    with pytest.raises(zalo_sdk.ZaloOAException, match="-14014"):
        client.refresh_acccess_token()


@pytest.mark.parametrize(("message", "code"), [
    ({"text": "a" * 2000}, 0),
    ({"text": "a" * 2001}, -210),
    ({"text": unicodedata.normalize("NFD", "ệ" * 2000)}, 0),
    ({"text": " "}, -201),
    ({}, -201),
    (with_buttons(*[{"title": "a", "type": "oa.query.hide", "payload": "b"}] * 5), 0),
    (with_buttons(*[{"title": "a", "type": "oa.query.hide", "payload": "b"}] * 6), -210),
    (with_buttons({"title": "a" * 101, "type": "oa.query.hide", "payload": "b"}), -210),
    (with_buttons({"title": "a", "type": "postback", "payload": "b"}), -201),
    (with_buttons({"title": "a", "type": "oa.open.url", "payload": {"url": "http://a.example"}}), 0),
    ({"text": "a", "attachment": {"type": "template", "payload": {"template_type": "carousel"}}}, -233),
])
def test_limits_are_those_of_the_documentation(zalo: FakeZalo, message: dict[str, Any], code: int) -> None:
    assert post(zalo, message)["error"] == code


def test_users_windows_tokens_and_rate_are_watched(zalo: FakeZalo) -> None:
    assert post(zalo, {"text": "a"}, user="nobody")["error"] == -201
    zalo.users["old"] = zalo.clock() - 7 * DAY - 1
    assert post(zalo, {"text": "a"}, user="old")["error"] == -230
    assert post(zalo, {"text": "a"}, token="Bearer access-0")["error"] == -216
    zalo.rate_limit = len(zalo._calls)
    assert post(zalo, {"text": "a"})["error"] == -32


def test_oauth_faults_come_with_200_and_without_a_token(zalo: FakeZalo) -> None:
    form = {"refresh_token": "refresh-0", "app_id": zalo.app_id, "grant_type": "refresh_token"}
    answer = httpx.post(zalo.url + OAUTH, data=form, headers={"secret_key": "wrong"})
    assert answer.status_code == 200 and answer.json()["error_name"] and "access_token" not in answer.json()
    answer = httpx.post(zalo.url + OAUTH, data=form, headers={"secret_key": zalo.app_secret})
    assert answer.json()["expires_in"] == "90000"


def test_a_cut_after_accepting_leaves_the_caller_in_doubt(zalo: FakeZalo) -> None:
    zalo.fail(drop=True, after=True)
    with pytest.raises(httpx.HTTPError):
        post(zalo, {"text": "đã tới"})
    assert zalo.texts() == ["đã tới"]
    zalo.fail(drop=True)
    with pytest.raises(httpx.HTTPError):
        post(zalo, {"text": "chưa tới"})
    assert zalo.texts() == ["đã tới"]


class Webhook(BaseHTTPRequestHandler):
    statuses: list[int] = []
    seen: list[tuple[bytes, str, str | None]] = []

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((raw, self.headers["X-ZEvent-Signature"], self.headers["num_retry"]))
        self.send_response(self.statuses.pop(0) if self.statuses else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


def test_events_are_signed_repeated_and_tried_again(zalo: FakeZalo) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    zalo.webhook = f"http://127.0.0.1:{server.server_address[1]}/zalo/webhook"
    Webhook.statuses, Webhook.seen = [500, 200, 200], []
    try:
        event = zalo.event_text(USER, "làm khai sinh", "m1", at_ms=1543979782740)
        assert zalo.deliver(event, times=2, retries=2, pause=0) == [500, 200, 200]
    finally:
        server.shutdown()
        server.server_close()
    raw, signature, _ = Webhook.seen[0]
    assert [row[2] for row in Webhook.seen] == [None, "1", None]
    text = zalo.app_id.encode() + raw + b"1543979782740" + zalo.oa_secret_key.encode()
    other = subprocess.run(["sha256sum"], input=text, capture_output=True, check=True).stdout.split()[0].decode()
    assert signature == f"mac={other}" == f"mac={hashlib.sha256(text).hexdigest()}"


def test_the_bot_platform_answers_in_its_own_way(zalo: FakeZalo) -> None:
    address = f"{zalo.url}/bot{zalo.bot_token}/sendMessage"
    assert httpx.post(address, json={"chat_id": USER, "text": "a"}).json()["ok"] is True
    assert httpx.post(address, json={"chat_id": "x", "text": "a"}).json()["error_code"] == 400
    assert httpx.post(f"{zalo.url}/botwrong/sendMessage", json={"chat_id": USER, "text": "a"}).json()["error_code"] == 401

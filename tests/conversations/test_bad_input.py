"""Whatever is sent, a Vietnamese sentence comes back in seconds, nothing of the inside shows, and the next citizen is served."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import httpx
import pytest

from .harness import RealServer

LIMIT = 10.0
QUESTION, CODE = "Đăng ký kết hôn cần giấy tờ gì?", "1.000894"
INSIDE = re.compile(r"Traceback|File \"|\.py\b|Exception|Error:|site-packages|rasa|/home/|/var/")
VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def body(message: object, conversation: object = None) -> bytes:
    """JSON as most clients write it: everything beyond ASCII escaped, so that lone surrogates can be sent."""
    return json.dumps({"message": message, "conversation": conversation}).encode()


BAD: dict[str, tuple[bytes, set[int]]] = {
    # name -> (body, statuses that may come back)
    "empty message": (body(""), {400}),
    "spaces": (body(" \n\t　"), {400}),
    "100,000 characters": (body("giấy " * 20_000), {400, 413}),
    "2,001 characters": (body("ă" * 2_001), {400}),
    "a body of 3 MB": (body("x" * 3_000_000), {413}),
    "no body": (b"", {400}),
    "broken JSON": (b'{"message": "khai sinh', {400}),
    "no JSON": (b"message=khai+sinh", {400}),
    "invalid UTF-8": (b'{"message": "khai sinh \xff\xfe\x80"}', {400}),
    "UTF-16": ('{"message": "khai sinh"}'.encode("utf-16"), {400}),
    "JSON array": (b'["khai sinh"]', {400}),
    "JSON text": (b'"khai sinh"', {400}),
    "JSON number": (b"1", {400}),
    "JSON null": (b"null", {400}),
    "NaN": (b'{"message": NaN}', {400}),
    "100,000 brackets": (b"[" * 100_000, {400, 413}),
    "10,000 brackets": (b'{"message": ' + b"[" * 10_000, {400, 413}),
    "no message": (b"{}", {400}),
    "message null": (body(None), {400}),
    "message number": (body(12), {400}),
    "message true": (body(True), {400}),
    "message list": (body(["khai sinh"]), {400}),
    "message object": (body({"text": "khai sinh"}), {400}),
    "conversation number": (body("khai sinh", 5), {400}),
    "conversation object": (body("khai sinh", {"id": 1}), {400}),
    "NUL": (body("\0"), {200, 400}),
    "NUL in between": (body("khai\0 sinh ở đâu"), {200}),
    "control characters": (body("\x01\x02\x1b[31m khai sinh ở đâu"), {200}),
    "lone surrogates": (body("\ud800\udfff khai sinh \udc00 ở đâu"), {200}),
    "only lone surrogates": (body("\ud800" * 9), {200, 400}),
    "50 emoji": (body("😀" * 50), {200}),
    "50 families": (body("👨‍👩‍👧‍👦" * 50), {200}),
    "right-to-left marks": (body("\u202e\u200f\u061c khai sinh ở đâu \u202c"), {200}),
    "only right-to-left marks": (body("\u200f\u202e\u2067" * 20), {200, 400}),
    "Arabic": (body("مرحبا كيف حالك"), {200}),
    "/intent with JSON": (body('/intent{"x":1}'), {200}),
    "/ask_fees": (body("/ask_fees"), {200}),
    "/ask_fees with a slot": (body('/ask_fees{"procedure": "abc"}'), {200}),
    "/restart": (body("/restart"), {200}),
    "/session_start": (body("/session_start"), {200}),
    "full-width slash": (body("／greet"), {200}),
    "hidden slash": (body("\u200b\u0301/greet"), {200}),
    "30 ligatures": (body("ﷺ" * 30), {200, 400}),
    "address with 40 marks": (body("http://" + "!" * 40), {200}),
    "address with 60 dots": (body("http://" + "a." * 60 + "com" + "." * 60), {200}),
    "a. 16,000 times": (body("a." * 16_000), {400}),
    "a. 1,000 times": (body("a." * 1_000), {200}),
    "2,000 digits": (body("1" * 2_000), {200}),
    "2,000 marks on one letter": (body("a" + "\u0301" * 1_999), {200, 400}),
    "2,000 question marks": (body("?" * 2_000), {200}),
    "markup": (body("<script>alert(1)</script> khai sinh ở đâu"), {200}),
    "SQL": (body("'; DROP TABLE conversations; --"), {200}),
    "braces": (body("{0} {name} %s ${HOME} khai sinh ở đâu"), {200}),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_a_vietnamese_sentence(server: RealServer, name: str) -> None:
    server.until_ready()
    raw, allowed = BAD[name]
    started = time.monotonic()
    response = server.http.post("/api/chat", content=raw, headers={"Content-Type": "application/json"})
    assert time.monotonic() - started < LIMIT
    assert response.status_code in allowed, f"{response.status_code} {response.text[:300]}"
    assert_in_words(response)
    assert server.say(QUESTION).code == CODE


def assert_in_words(response: httpx.Response) -> None:
    """4xx: an error with a sentence. 200: texts. Nothing that only a programmer understands."""
    data: Any = response.json()
    texts = [message["text"] for message in data["messages"]] if response.status_code == 200 else [data["error"]["message"]]
    assert texts
    for text in texts:
        assert VIETNAMESE.search(text), text
        assert not INSIDE.search(text), text
    if response.status_code == 200:
        assert not any(message["answer"] and message["answer"]["status"].startswith("error") for message in data["messages"]), texts


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_other_content_types_are_refused_in_words(server: RealServer, content_type: str | None) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    response = server.http.post("/api/chat", content=body(QUESTION), headers=headers)
    assert response.status_code in (400, 415)
    assert_in_words(response)


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/chat"), ("PUT", "/api/chat"), ("GET", "/api/nothing"), ("GET", "/api/procedures/abc"),
                                              ("GET", "/api/procedures/9.999999"), ("GET", "/api/procedures?page=-1"), ("GET", "/api/procedures?page=x")])
def test_wrong_addresses_are_refused_in_words(server: RealServer, method: str, path: str) -> None:
    response = server.http.request(method, path)
    assert 400 <= response.status_code < 500
    assert_in_words(response)


@pytest.mark.parametrize("chosen", ["me", "warm-up", "../../etc/passwd", "1' OR '1'='1", "x" * 5_000, "\ud800", ""])
def test_client_cannot_choose_its_conversation(server: RealServer, chosen: str) -> None:
    """An unknown id is a new conversation: with an id of the server's own, and with the notice."""
    server.until_ready()
    response = server.http.post("/api/chat", content=body(QUESTION, chosen), headers={"Content-Type": "application/json"})
    if response.status_code == 200:
        assert response.json()["conversation"] != chosen
        assert response.json()["messages"][0].get("notice")
    else:
        assert 400 <= response.status_code < 500
    assert_in_words(response)


def test_changed_id_does_not_open_another_conversation(server: RealServer) -> None:
    server.until_ready()
    talk = server.talk()
    talk.say("Đăng ký tạm trú cần gì?")
    token = talk.conversation or ""
    for place in (0, len(token) // 2, len(token) - 1):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1:]
        stranger = server.say("mất bao lâu", changed)
        assert stranger.code is None and stranger.notices and stranger.body["conversation"] != token
    assert talk.say("mất bao lâu").code == "1.004194"


@pytest.mark.parametrize("command", ["/ask_fees", "/restart", "/greet", "/request_officer", '/affirm{"procedure":"abc"}'])
def test_commands_are_words_like_any_other(server: RealServer, command: str) -> None:
    """A slash adds nothing: the same message without it gets the same answer, and the conversation goes on."""
    server.until_ready()
    talk, plain = server.talk(), server.talk()
    for one in (talk, plain):
        one.say("Đăng ký tạm trú cần gì?")
    with_slash, without = talk.say(command), plain.say(command.removeprefix("/"))
    assert (with_slash.status, with_slash.code, with_slash.text) == (without.status, without.code, without.text)


def test_the_log_of_all_this_shows_no_fault_of_ours(server: RealServer) -> None:
    """Last in this file: nothing above may have ended in an unhandled exception."""
    log = server.log.read_text("utf-8", "replace")
    assert "Traceback" not in log and '"request_failed"' not in log

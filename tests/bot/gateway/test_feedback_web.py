"""Feedback, rating, erasing over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot.gateway import texts
from bot.gateway.database import open_database
from bot.gateway.tables import CODES, CONVERSATIONS, COUNTS, FEEDBACK, RATINGS, TABLES, TURNS

from .harness import Gateway, running
from .turns import everything, rows


@pytest.fixture(scope="module")
def keeps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("var"), keeps=True) as one:
        yield one


def post(gateway: Gateway, path: str, **body: Any) -> httpx.Response:
    return gateway.http.post(f"/api/{path}", json=body)


def erase(gateway: Gateway, token: object) -> httpx.Response:
    return gateway.http.request("DELETE", "/api/conversation", json={"conversation": token})


def ask(gateway: Gateway, message: str = "lệ phí?") -> tuple[str, str]:
    """→ (token, turn)."""
    body = gateway.say(message).json()
    return body["conversation"], body["turn"]


def of(gateway: Gateway, table: sa.Table, token: str) -> list[dict[str, Any]]:
    return [row for row in rows(gateway.database, table) if row["conversation"] == token[:22]]


def test_at_once_after_the_answer(keeps: Gateway) -> None:
    token, turn = ask(keeps)
    response = post(keeps, "feedback", conversation=token, turn=turn, value="down", reason="Thiếu giấy tờ, gọi 0912345678")
    assert response.status_code == 204 and response.content == b""
    kept = of(keeps, FEEDBACK, token)[0]
    assert (kept["turn"], kept["value"], kept["reason"]) == (turn, "down", "Thiếu giấy tờ, gọi [số điện thoại]")
    assert post(keeps, "feedback", conversation=token, turn=turn, value=None).status_code == 204
    assert of(keeps, FEEDBACK, token) == []


def test_a_rating_replaces_the_former(keeps: Gateway) -> None:
    token, _ = ask(keeps)
    for stars, comment in ((1, "chậm"), (4, None)):
        assert post(keeps, "rating", conversation=token, stars=stars, comment=comment).status_code == 204
    assert [(row["stars"], row["comment"]) for row in of(keeps, RATINGS, token)] == [(4, None)]


def test_the_turn_of_another_conversation_is_not_found(keeps: Gateway) -> None:
    (token, _), (_, turn) = ask(keeps), ask(keeps)
    for number in (turn, "", "x" * 70, None, 7):
        response = post(keeps, "feedback", conversation=token, turn=number, value="up")
        assert response.status_code == 404 and response.json()["error"]["message"] == texts.NO_TURN


@pytest.mark.parametrize(("path", "body", "code", "sentence"), [
    ("feedback", {"turn": "x", "value": "great"}, 400, texts.BAD_VALUE),
    ("feedback", {"turn": "x", "value": ["up"]}, 400, texts.BAD_VALUE),
    ("feedback", {"turn": "x", "value": "up", "reason": 7}, 400, texts.BAD_JSON),
    ("feedback", {"turn": "x", "value": "up", "reason": "ab" * 251}, 400, texts.WORDS_TOO_LONG),
    *[("rating", {"stars": stars}, 400, texts.BAD_STARS) for stars in (0, 6, -1, 2.5, "5", None, True, [5])],
    ("rating", {"stars": 5, "comment": "ab" * 251}, 400, texts.WORDS_TOO_LONG),
])
def test_bad_input_is_named(keeps: Gateway, path: str, body: dict[str, Any], code: int, sentence: str) -> None:
    token, _ = ask(keeps)
    response = post(keeps, path, conversation=token, **body)
    assert (response.status_code, response.json()["error"]["message"]) == (code, sentence)


@pytest.mark.parametrize("token", [None, "", "x", 7, ["x"], "A" * 22 + "." + "B" * 43])
def test_a_conversation_that_is_not_ours(keeps: Gateway, token: object) -> None:
    assert post(keeps, "feedback", conversation=token, turn="x", value="up").status_code == 400
    assert post(keeps, "rating", conversation=token, stars=5).status_code == 400
    assert keeps.http.get("/api/conversation/code", headers={"Conversation": str(token)}).status_code == 400
    assert erase(keeps, token).json() == {"erased": True}


@pytest.mark.parametrize(("method", "path"), [("GET", "feedback"), ("PUT", "rating"), ("POST", "conversation"), ("POST", "conversation/code"), ("GET", "erase")])
def test_other_methods_are_refused(keeps: Gateway, method: str, path: str) -> None:
    assert keeps.http.request(method, f"/api/{path}", json={}).status_code == 405


@pytest.mark.parametrize(("content", "kind", "code"), [(b"{", "application/json", 400), (b"[]", "application/json", 400), (b"{}", "text/plain", 415)])
def test_bodies_that_are_no_json(keeps: Gateway, content: bytes, kind: str, code: int) -> None:
    for method, path in (("POST", "feedback"), ("POST", "rating"), ("DELETE", "conversation"), ("POST", "erase")):
        assert keeps.http.request(method, f"/api/{path}", content=content, headers={"Content-Type": kind}).status_code == code


def test_erasing_the_conversation(keeps: Gateway) -> None:
    token, turn = ask(keeps)
    post(keeps, "feedback", conversation=token, turn=turn, value="up")
    post(keeps, "rating", conversation=token, stars=3)
    other, _ = ask(keeps)
    response = erase(keeps, token)
    assert response.status_code == 200 and response.json() == {"erased": True} and response.headers["Cache-Control"] == "no-store"
    assert token[:22] not in everything(keeps.database, TABLES)
    assert "turn=1" in keeps.text("nữa", token), "the state is gone; the message begins a new conversation"
    assert "turn=2" in keeps.text("nữa", other)
    assert post(keeps, "rating", conversation=token, stars=3).status_code == 404
    assert erase(keeps, token).json() == {"erased": True}


def test_erasing_by_the_code_that_was_noted(keeps: Gateway) -> None:
    token, _ = ask(keeps)
    first, again = (keeps.http.get("/api/conversation/code", headers={"Conversation": token}) for _ in range(2))
    assert first.json() == again.json() and first.headers["Cache-Control"] == "no-store"
    found = post(keeps, "erase", code=first.json()["code"].lower())
    missed = post(keeps, "erase", code=first.json()["code"])
    assert found.status_code == missed.status_code == 200 and found.json() == missed.json() == {"message": texts.ERASED_BY_CODE}
    assert of(keeps, TURNS, token) == of(keeps, CODES, token) == []
    for code in ("", "7K2P-9GRT-5", None, 7):
        response = post(keeps, "erase", code=code)
        assert response.status_code == 400 and response.json()["error"]["field"] == "code"


def test_codes_cannot_be_tried_one_after_the_other(tmp_path: Path) -> None:
    with running(tmp_path, keeps=True, MOT_CUA_RATE_LIMIT="1000") as gateway:
        answers = [post(gateway, "erase", code="7K2P-9GRT-4") for _ in range(6)]
        assert [one.status_code for one in answers] == [200] * 5 + [429] and int(answers[-1].headers["Retry-After"]) >= 1
        page = gateway.http.post("/quyen-rieng-tu", data={"code": "7K2P-9GRT-4"})
        assert page.status_code == 429 and "Retry-After" in page.headers, "page and API count together"
        assert gateway.say("a").status_code == 200


def test_without_a_database_the_routes_say_so_and_answers_go_on(shared: Gateway) -> None:
    token, turn = ask(shared)
    for response in (
        post(shared, "feedback", conversation=token, turn=turn, value="up"), post(shared, "rating", conversation=token, stars=5), erase(shared, token),
        shared.http.get("/api/conversation/code", headers={"Conversation": token}), post(shared, "erase", code="7K2P-9GRT-4"),
        post(shared, "contact", name="Hoa", phone="0912345678", question="hỏi", consent=True),
    ):
        assert response.status_code == 503 and response.json()["error"]["message"] == texts.NOT_KEPT and response.headers["Retry-After"]


def test_a_database_that_fails_breaks_no_answer_and_no_erasure_seems_to_have_worked(tmp_path: Path) -> None:
    with running(tmp_path, keeps=True) as gateway:
        token, turn = ask(gateway)
        gateway.until(lambda: len(of(gateway, TURNS, token)) == 1)
        with gateway.database.begin() as connection:
            connection.execute(sa.text("drop table turns"))
        assert "turn=2" in gateway.text("nữa", token)
        response = post(gateway, "feedback", conversation=token, turn=turn, value="up")
        assert response.status_code == 503 and response.json()["error"]["message"] == texts.NOT_KEPT
        response = erase(gateway, token)
        assert response.status_code == 503 and response.json()["error"]["message"] == texts.NOT_ERASED


def test_on_postgresql_as_well(tmp_path: Path, postgres: str) -> None:
    with running(tmp_path, keeps=True, DATABASE_URL=postgres) as gateway:
        token, turn = ask(gateway)
        assert "turn=2" in gateway.text("nữa", token), "the state lives in the shared database"
        assert post(gateway, "feedback", conversation=token, turn=turn, value="up").status_code == 204
        assert post(gateway, "rating", conversation=token, stars=5).status_code == 204
        assert len(of(gateway, FEEDBACK, token)) == len(of(gateway, RATINGS, token)) == 1
        assert not (tmp_path / "gateway.sqlite3").exists() and not (tmp_path / "service.sqlite3").exists()
        assert erase(gateway, token).status_code == 200 and token[:22] not in everything(gateway.database, TABLES)
        assert sum(row["n"] for row in rows(gateway.database, COUNTS)) == 2
        CONVERSATIONS.drop(gateway.database)
        assert "turn=1" in gateway.text("lệ phí?") and "turn=1" in gateway.text("nữa", token), "forgetful, not silent"


def test_what_waits_is_written_when_the_server_stops(tmp_path: Path) -> None:
    with running(tmp_path, keeps=True) as gateway:
        for _ in range(3):
            ask(gateway)
    engine = open_database(tmp_path)
    assert len(rows(engine, TURNS)) == 3
    engine.dispose()

"""The page without script over real HTTP: questions, answers, and everything a form can get wrong."""

from __future__ import annotations

import html
import re
from pathlib import Path

import httpx
import pytest

from bot.gateway import texts
from bot.gateway.tables import TURNS

from .harness import Gateway, running
from .plain import needs_template, token_of
from .turns import rows

pytestmark = needs_template


def ask(gateway: Gateway, message: str, conversation: str = "", path: str = "/chat", **headers: str) -> httpx.Response:
    return gateway.http.post(path, data={"message": message, "conversation": conversation}, headers=headers)


def box(page: str) -> str:
    """What stands in the text box, as markup."""
    return re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)[1]


@pytest.mark.parametrize("path", ["/", "/chat"])
def test_the_page_comes_with_a_form(shared: Gateway, path: str) -> None:
    answer = shared.http.get(path)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/html; charset=utf-8" and answer.headers["Cache-Control"] == "no-cache"
    assert "<!-- plain -->" not in answer.text and token_of(answer.text) == ""
    assert shared.http.head(path).status_code == 200 and shared.http.put(path).status_code == 405


@pytest.mark.parametrize("path", ["/", "/chat"])
def test_a_question_is_answered_in_the_page(shared: Gateway, path: str) -> None:
    before = shared.metric("mot_cua_messages_total", channel="web_plain", status="answered")
    answer = ask(shared, "GÌ lệ phí khai sinh?", path=path)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert "turn=1" in answer.text and "text=GÌ lệ phí khai sinh?" in answer.text and texts.NOTICE in answer.text
    assert box(answer.text) == "" and shared.metric("mot_cua_messages_total", channel="web_plain", status="answered") == before + 1
    assert re.search(r'name="message" value="lệ phí\?"><button class="choice" type="submit">Lệ phí</button>', answer.text)


def test_the_conversation_goes_on_with_the_hidden_field(shared: Gateway) -> None:
    first = token_of(ask(shared, "a").text)
    second = ask(shared, "b", first)
    assert "turn=2" in second.text and token_of(second.text) == first and texts.NOTICE not in second.text
    assert "turn=3" in shared.text("c", first)  # the same conversation as through the API


@pytest.mark.parametrize("token", ["x", "admin.admin", "x" * 66, '"><script>', "é" * 66])
def test_a_conversation_of_the_clients_own_gets_a_fresh_one(shared: Gateway, token: str) -> None:
    page = ask(shared, "a", token).text
    assert "turn=1" in page and texts.NOTICE in page and token_of(page) != token and "<script>" not in page


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
def test_another_site_sends_into_no_conversation(shared: Gateway, headers: dict[str, str]) -> None:
    token = token_of(ask(shared, "a").text)
    sent = ask(shared, "b", token, **headers)
    assert sent.status_code == 200 and "turn=1" in sent.text and token_of(sent.text) != token
    refused = ask(shared, "", token, **headers)
    assert refused.status_code == 400 and token_of(refused.text) == ""


def test_our_own_form_goes_on(shared: Gateway) -> None:
    """Browsers send "null" for a page without referrer, and say that it is our own."""
    token = token_of(ask(shared, "a").text)
    for headers in ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}, {"Origin": shared.base}):
        assert token_of(ask(shared, "b", token, **headers).text) == token


def test_hostile_text_is_only_text(shared: Gateway) -> None:
    page = ask(shared, "GÌ <script>alert(1)</script> \" onfocus=alert(2)").text
    assert "&lt;script&gt;alert(1)" in page and "<script" not in page


@pytest.mark.parametrize(("message", "sentence"), [("", texts.BLANK), (" \r\n ", texts.BLANK), ("ab" * 1000 + "c", texts.TOO_LONG)])
def test_a_question_that_is_not_taken_stays_in_the_box(shared: Gateway, message: str, sentence: str) -> None:
    token = token_of(ask(shared, "a").text)
    answer = ask(shared, message, token)
    assert answer.status_code == 400 and sentence in answer.text and box(answer.text) == message and token_of(answer.text) == token
    assert "turn=2" in ask(shared, "b", token).text


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BAD = {
    "too large": (413, b"message=" + b"a" * 70_000, FORM), "no form": (415, b'{"message": "a"}', {"Content-Type": "application/json"}),
    "multipart": (415, b"--x", {"Content-Type": "multipart/form-data; boundary=x"}), "nothing": (400, b"", FORM),
    "broken UTF-8": (400, b"message=%ff%fe", FORM), "raw broken UTF-8": (400, b"message=\xff", FORM), "UTF-16": (400, "message=a".encode("utf-16"), FORM),
    "a thousand fields": (400, b"&".join(b"a=1" for _ in range(1000)), FORM), "other fields": (400, b"question=a", FORM),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_forms_get_a_page_with_a_sentence(shared: Gateway, name: str) -> None:
    code, raw, headers = BAD[name]
    answer = shared.http.post("/chat", content=raw, headers=headers)
    assert answer.status_code == code and re.search(r'<p id="message-error">[A-ZĐ][^<]{20,}</p>', answer.text) and token_of(answer.text) == ""


@pytest.mark.parametrize("raw", ["message=GÌ+cần+gì".encode(), b"message=G%C3%8C%20c%E1%BA%A7n+g%C3%AC", b"message=G%C3%8C+c%E1%BA%A7n+g%C3%AC&message=khac"])
def test_vietnamese_comes_through(shared: Gateway, raw: bytes) -> None:
    answer = shared.http.post("/chat", content=raw, headers={"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"})
    assert answer.status_code == 200 and "text=GÌ cần gì" in answer.text


def test_too_fast_is_said_in_the_page(tmp_path: Path) -> None:
    with running(tmp_path, MOT_CUA_RATE_LIMIT="2") as gateway:
        token = token_of(ask(gateway, "a").text)
        ask(gateway, "b", token)
        answer = ask(gateway, "câu thứ ba", token)
        assert answer.status_code == 429 and 1 <= int(answer.headers["Retry-After"]) <= 30
        assert "Anh/chị gửi hơi nhanh" in answer.text and box(answer.text) == "câu thứ ba" and token_of(answer.text) == token
        assert gateway.metric("mot_cua_refused_requests_total", channel="web_plain", code="429") == 1


def test_busy_is_said_in_the_page(gateway: Gateway) -> None:
    answer = ask(gateway, "CHẾT và HỎNG")
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5" and texts.BUSY in answer.text and box(answer.text) == "CHẾT và HỎNG"


def test_nothing_that_was_written_is_kept(gateway: Gateway, capfd: pytest.CaptureFixture[str]) -> None:
    for message in ("Kangaroo", "Kangaroo HỎNG CHẾT", "Kangaroo" * 300):
        ask(gateway, message)
    for path in [one for one in gateway.settings.var.rglob("*") if one.is_file()]:
        assert b"Kangaroo" not in path.read_bytes(), path
    assert "Kangaroo" not in "".join(capfd.readouterr())


def test_what_is_kept_and_how_it_goes_is_said_before_the_first_question(shared: Gateway) -> None:
    page = html.unescape(shared.http.get("/chat").text)
    assert texts.notice(shared.settings.keep_days) in page
    assert page.index(texts.notice(shared.settings.keep_days)) < page.index("<textarea")
    assert 'href="/quyen-rieng-tu"' in page and "<!-- notice -->" not in page


def test_a_conversation_is_erased_without_script_by_its_button_or_its_code(tmp_path: Path) -> None:
    with running(tmp_path, keeps=True) as gateway:
        page = gateway.http.post("/chat", data={"message": "GÌ vậy?"}).text
        token, code = token_of(page), re.search(r"<strong>([0-9A-Z-]{11})</strong>", page)
        assert code and 'name="erase"' in page
        gateway.until(lambda: len(rows(gateway.database, TURNS)) == 1)
        foreign = gateway.http.post("/chat", data={"conversation": token, "erase": "1"}, headers={"Origin": "https://elsewhere.example"})
        assert len(rows(gateway.database, TURNS)) == 1, f"another site erases nothing: {foreign.status_code}"
        erased = gateway.http.post("/chat", data={"conversation": token, "erase": "1"})
        assert erased.status_code == 200 and html.unescape(erased.text).count(texts.ERASED_HERE) == 1
        assert erased.headers["Cache-Control"] == "no-store" and token_of(erased.text) == ""
        assert rows(gateway.database, TURNS) == []
        assert gateway.http.post("/chat", data={"conversation": token, "erase": "1"}).status_code == 200, "a second press does no harm"
        again = gateway.http.post("/chat", data={"message": "GÌ nữa?"}).text
        gateway.until(lambda: len(rows(gateway.database, TURNS)) == 1)
        code = re.search(r"<strong>([0-9A-Z-]{11})</strong>", again)
        assert code and gateway.http.post("/quyen-rieng-tu", data={"code": code[1]}).status_code == 200
        assert rows(gateway.database, TURNS) == []


def test_without_a_database_there_is_nothing_to_erase(shared: Gateway) -> None:
    assert 'name="erase"' not in shared.http.post("/chat", data={"message": "GÌ vậy?"}).text
    assert shared.http.post("/chat", data={"erase": "1"}).status_code == 200

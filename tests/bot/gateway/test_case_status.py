"""The status of an application: asked at the office's own system, in plain words, behind a time limit and two locks, never kept."""

from __future__ import annotations

import asyncio
import html
import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.gateway.case_status import (
    CLIENT_MISSES,
    FAILURES,
    LOCKED,
    MISSES,
    REST,
    CaseState,
    CaseStatus,
    StatusDesk,
    StatusLocked,
    StatusUnavailable,
)
from bot.gateway.case_status_http import HttpStatusProvider, read_status
from bot.gateway.case_status_words import LATE, NOT_FOUND, SEND_NUMBER, UNAVAILABLE, told
from bot.gateway.case_status_words import LOCKED as LOCKED_WORDS
from bot.gateway.tables import TABLES, TURNS

from .harness import Gateway, running
from .turns import everything, rows

NUMBER = "H12.34-261101-0042"
KNOWN = {"state": "in_progress", "office": "Văn phòng đăng ký đất đai", "received": "2026-11-01", "due": "2026-12-01", "as_of": "2026-11-24"}


class FakeOffice:
    """An office's system on loopback. answers: number -> (status, body); asked: what came, with its Authorization."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, bytes]] = {NUMBER: (200, json.dumps(KNOWN).encode())}
        self.asked: list[tuple[str, str | None]] = []
        self.held = threading.Event()
        self.held.set()
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                number = self.path.rpartition("/")[2]
                office.asked.append((number, self.headers["Authorization"]))
                office.held.wait(20)
                code, body = office.answers.get(number, (404, b"{}"))
                self.send_response(code)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hoso"


@pytest.fixture
def office() -> Iterator[FakeOffice]:
    fake = FakeOffice()
    thread = threading.Thread(target=fake.server.serve_forever, daemon=True)
    thread.start()
    yield fake
    fake.held.set()
    fake.server.shutdown()
    fake.server.server_close()
    thread.join(5)


@pytest.fixture
def gateway(tmp_path: Path, office: FakeOffice) -> Iterator[Gateway]:
    with running(tmp_path, MOT_CUA_STATUS_URL=office.url, MOT_CUA_STATUS_TOKEN="t0ken", MOT_CUA_TEST_CLOCK="1") as one:
        yield one


def test_a_number_brings_the_status_in_plain_words(gateway: Gateway, office: FakeOffice) -> None:
    text = gateway.say(f"HỒ SƠ {NUMBER} tới đâu rồi", now="2026-11-25T09:00:00").json()["messages"][-1]["text"]
    assert text == (
        "Dạ, hồ sơ của anh/chị đang được xử lý.\nNơi giải quyết: Văn phòng đăng ký đất đai.\n"
        "Hồ sơ tiếp nhận ngày 01/11/2026, hẹn trả ngày 01/12/2026.\nTheo hệ thống của cơ quan, cập nhật ngày 24/11/2026."
    )
    assert office.asked == [(NUMBER, "Bearer t0ken")]


def test_a_number_alone_is_looked_up_and_without_one_it_is_asked_for(gateway: Gateway, office: FakeOffice) -> None:
    assert gateway.text("HỒ SƠ của tôi tới đâu rồi").endswith(SEND_NUMBER)
    assert office.asked == []
    assert "đang được xử lý" in gateway.text(f"mã hồ sơ của em là {NUMBER} ạ")


def test_a_question_that_only_mentions_a_number_is_answered_as_a_question(gateway: Gateway, office: FakeOffice) -> None:
    assert gateway.text(f"làm khai sinh lệ phí bao nhiêu, hồ sơ cũ {NUMBER}").startswith("A turn=1")
    assert office.asked == []


def test_late_is_said_with_the_right_to_an_apology() -> None:
    late = CaseStatus(CaseState.IN_PROGRESS, due=date(2026, 11, 20))
    assert LATE in told(late, date(2026, 11, 21)) and LATE not in told(late, date(2026, 11, 20))
    assert LATE not in told(CaseStatus(CaseState.RETURNED, due=date(2026, 11, 20)), date(2026, 11, 21))


@pytest.mark.parametrize("state", list(CaseState))
def test_each_state_has_words_and_nothing_is_added(state: CaseState) -> None:
    text = told(CaseStatus(state), date(2026, 11, 25))
    assert text.startswith("Dạ, hồ sơ của anh/chị ") and not any(sign.isdigit() for sign in text)


def test_unknown_and_unreachable_are_told_apart(gateway: Gateway, office: FakeOffice) -> None:
    assert gateway.text("HỒ SƠ H12.34-261101-9999 sao rồi") == NOT_FOUND
    office.answers[NUMBER] = (500, b"oops")
    assert gateway.text(f"HỒ SƠ {NUMBER} sao rồi") == UNAVAILABLE


def test_a_system_that_hangs_costs_its_time_limit_and_no_more(gateway: Gateway, office: FakeOffice) -> None:
    office.held.clear()
    assert gateway.text(f"HỒ SƠ {NUMBER} sao rồi") == UNAVAILABLE
    office.held.set()


def test_who_tries_number_after_number_has_to_wait(gateway: Gateway, office: FakeOffice) -> None:
    conversation = gateway.say("HỒ SƠ").json()["conversation"]
    for n in range(MISSES):
        assert gateway.text(f"HỒ SƠ H12.34-261101-{1000 + n} sao rồi", conversation) == NOT_FOUND
    asked = len(office.asked)
    assert gateway.text(f"HỒ SƠ {NUMBER} sao rồi", conversation) == LOCKED_WORDS
    assert len(office.asked) == asked, "a locked conversation asks nothing more"
    assert "đang được xử lý" in gateway.text(f"HỒ SƠ {NUMBER} sao rồi"), "who shares the address is not locked by five"


@pytest.mark.parametrize("path", ["/api/chat", "/chat"])
def test_leaving_out_the_conversation_does_not_get_round_the_lock(tmp_path: Path, office: FakeOffice, path: str) -> None:
    with running(tmp_path, MOT_CUA_STATUS_URL=office.url, MOT_CUA_PROXIES="127.0.0.1") as gateway:
        def text(number: str, client: str) -> str:
            message, headers = f"HỒ SƠ {number} sao rồi", {"X-Forwarded-For": client}
            if path == "/chat":
                return html.unescape(gateway.http.post(path, data={"message": message}, headers=headers).text)
            return gateway.http.post(path, json={"message": message}, headers=headers).json()["messages"][-1]["text"]

        for n in range(CLIENT_MISSES):
            assert NOT_FOUND.split("\n")[0] in text(f"H12.34-261101-{1000 + n}", "203.0.113.7")
        asked = len(office.asked)
        assert LOCKED_WORDS.split("\n")[0] in text(NUMBER, "203.0.113.7")
        assert len(office.asked) == asked
        assert "đang được xử lý" in text(NUMBER, "203.0.113.8"), "another client is not locked"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_number_and_the_status_are_kept_nowhere(
    tmp_path: Path, office: FakeOffice, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    more = {"DATABASE_URL": request.getfixturevalue("postgres")} if kind == "postgresql" else {}
    with running(tmp_path, keeps=True, MOT_CUA_STATUS_URL=office.url, **more) as gateway:
        assert "đang được xử lý" in gateway.text(f"HỒ SƠ {NUMBER} tới đâu rồi")
        gateway.text("HỒ SƠ H12.34-261101-9999 tới đâu rồi")
        office.answers[NUMBER] = (500, NUMBER.encode())
        gateway.text(f"HỒ SƠ {NUMBER} tới đâu rồi")
        gateway.until(lambda: len(rows(gateway.database, TURNS)) == 3)
        stored = everything(gateway.database, TABLES)
        metrics = gateway.http.get("/metrics").text
        kept = [path for path in gateway.settings.var.rglob("*") if path.is_file() and not path.is_symlink()]
        for needle in (NUMBER, "261101", "đang được xử lý", "Văn phòng đăng ký đất đai", "127.0.0.1"):
            assert needle not in stored and (needle == "127.0.0.1" or needle not in metrics), needle
            assert [path.name for path in kept if needle.encode() in path.read_bytes() and path.suffix != ".json"] == [], needle
    assert NUMBER not in "".join(capfd.readouterr())


@pytest.mark.parametrize("raw", [
    b"", b"[]", b"{}", b'{"state": "lost"}', b'{"state": 1}', b'{"state": "ready", "due": "soon"}', b'{"state": "ready", "due": 20261125}',
    b'{"state": "ready", "office": ["a"]}', b'{"state": "ready", "office": "' + b"x" * 200 + b'"}', b"\xff", b"[" * 100_000,
])
def test_half_a_status_is_none(raw: bytes) -> None:
    with pytest.raises(StatusUnavailable):
        read_status(raw)


class Scripted:
    """A provider that does as told: an exception is raised, anything else given."""

    def __init__(self, *results: object) -> None:
        self.results, self.asked = list(results), 0

    async def look_up(self, number: str) -> CaseStatus | None:
        self.asked += 1
        result = self.results.pop(0) if self.results else None
        if isinstance(result, Exception):
            raise result
        return result  # type: ignore[return-value]


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_failing_system_is_left_alone_for_a_while() -> None:
    clock, provider = Clock(), Scripted(*[StatusUnavailable("x")] * FAILURES, CaseStatus(CaseState.READY))
    desk = StatusDesk(provider, clock=clock)

    async def tries() -> None:
        for _ in range(FAILURES + 3):
            with pytest.raises(StatusUnavailable):
                await desk.look_up(NUMBER, "a")
        assert provider.asked == FAILURES
        clock.now += REST
        assert await desk.look_up(NUMBER, "a") == CaseStatus(CaseState.READY)

    asyncio.run(tries())


def test_the_lock_of_a_conversation_ends() -> None:
    clock = Clock()
    desk = StatusDesk(Scripted(), clock=clock)

    async def tries() -> None:
        for _ in range(MISSES):
            assert await desk.look_up("1", "a") is None
        with pytest.raises(StatusLocked) as locked:
            await desk.look_up("1", "a")
        assert locked.value.seconds == LOCKED
        clock.now += LOCKED
        assert await desk.look_up("1", "a") is None

    asyncio.run(tries())


def test_a_provider_does_not_follow_elsewhere(office: FakeOffice) -> None:
    office.answers[NUMBER] = (302, b"")

    async def ask() -> None:
        provider = HttpStatusProvider(office.url)
        try:
            with pytest.raises(StatusUnavailable):
                await provider.look_up(NUMBER)
        finally:
            await provider.close()

    asyncio.run(ask())

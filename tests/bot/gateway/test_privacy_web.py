"""The notice in full: what it promises is what the code does; erasing by code without script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.privacy_page import privacy_page
from bot.gateway import retention, texts
from bot.gateway.store import IDLE_SECONDS
from bot.gateway.tables import TURNS

from .harness import Gateway, running
from .turns import rows

DAY = 86_400


@pytest.fixture(scope="module")
def keeps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("var"), keeps=True, MOT_CUA_KEEP_DAYS="17") as one:
        yield one


def test_the_notice_tells_the_days_that_are_set(keeps: Gateway) -> None:
    response = keeps.http.get("/quyen-rieng-tu")
    page = response.text
    assert response.status_code == 200 and "<script" not in page and 'lang="vi"' in page
    assert "17 ngày" in page and "30 ngày" in page, "30 is the message that nobody has called about"
    assert keeps.say("a").json()["messages"][0]["text"] == texts.notice(17)
    for told in ("91/2025/QH15", "xóa dữ liệu của tôi", "Xóa cuộc trò chuyện", "Zalo", "địa chỉ thư điện tử", "Địa chỉ mạng (IP)"):
        assert told in page


def test_the_periods_told_are_the_periods_kept() -> None:
    page = privacy_page(30, {"name": "Trung tâm"})
    assert IDLE_SECONDS == DAY and "24 giờ" in page
    assert (retention.CONTACT_DONE, retention.CONTACT_OPEN) == (7 * DAY, 30 * DAY) and "gọi xong 7 ngày; chưa gọi được thì 30 ngày" in page
    assert (retention.MESSAGE, retention.REPEATS) == (DAY, 8 * DAY) and "đã xử lý: 1 ngày; mã tin để không trả lời trùng: 8 ngày" in page


def test_no_cookie_is_set(keeps: Gateway) -> None:
    assert not [name for path in ("/", "/quyen-rieng-tu", "/lien-he", "/api/widget") for name in keeps.http.get(path).headers if name == "set-cookie"]
    assert "set-cookie" not in keeps.say("a").headers


def test_whom_to_ask_is_the_province_s_own_office(tmp_path: Path) -> None:
    with running(tmp_path) as gateway:
        folder = tmp_path / "releases" / "r1"
        folder.mkdir(parents=True)
        contacts = {"province_centre": {"name": "Trung tâm <Thử>", "address": "Nhà số 1"}}
        (folder / "contacts.json").write_text(json.dumps({"contacts": contacts, "name": "Thử"}), "utf-8")
        (folder.parent / "current").symlink_to("r1")
        page = gateway.http.get("/quyen-rieng-tu").text
        assert "Trung tâm &lt;Thử&gt; (Nhà số 1)" in page and "<Thử>" not in page


def test_erasing_by_code_on_the_page(keeps: Gateway) -> None:
    token = keeps.say("lệ phí?").json()["conversation"]
    code = keeps.http.get("/api/conversation/code", headers={"Conversation": token}).json()["code"]
    response = keeps.http.post("/quyen-rieng-tu", data={"code": f" {code.lower()} "})
    assert response.status_code == 200 and texts.ERASED_BY_CODE in response.text and 'role="status"' in response.text
    assert token[:22] not in {row["conversation"] for row in rows(keeps.database, TURNS)}
    assert texts.ERASED_BY_CODE in keeps.http.post("/quyen-rieng-tu", data={"code": code}).text, "the same, found or not"


def test_a_code_with_a_slip_is_told_beside_its_box(keeps: Gateway) -> None:
    response = keeps.http.post("/quyen-rieng-tu", data={"code": '7K2P"<b>'})
    page = response.text
    assert response.status_code == 400 and texts.BAD_CODE in page and "<b>" not in page
    assert 'aria-describedby="code-hint code-error"' in page and 'value="7K2P&quot;&lt;b&gt;"' in page
    assert keeps.http.post("/quyen-rieng-tu", content=b"{}", headers={"Content-Type": "application/json"}).status_code == 400


def test_without_a_database_the_notice_is_still_there(shared: Gateway) -> None:
    assert shared.http.get("/quyen-rieng-tu").status_code == 200
    response = shared.http.post("/quyen-rieng-tu", data={"code": "7K2P-9GRT-4"})
    assert response.status_code == 503 and texts.NOT_ERASED in response.text and texts.ERASED_BY_CODE not in response.text

"""The pages of life events: what stands on them, links and headings, and the refusals in Vietnamese."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from actions import texts as action_texts
from bot.channels.life_event_page import life_event_page, life_events_page
from bot.channels.life_event_web import LifeEventPages, release_life_events
from bot.gateway import texts
from bot.gateway.app import create_app
from bot.gateway.catalogue import CatalogueError
from bot.gateway.engine import EnginePool
from bot.gateway.metrics import Metrics
from bot.gateway.settings import read_settings
from bot.gateway.store import SqliteStore
from index.life_events import LifeEvent, LifeEvents, Note, read_life_events
from index.procedure import Procedure
from index.release import build

from ... import small
from .harness import QUICK, SOURCES, fallback
from .test_procedure_page import Shelf, outline, words_of

DAY = date(2026, 11, 22)
RECORDS = {base["code"]: small.procedure(base) for base in small.RAW}
BADGE = {"name": "Sổ trại ong", "kind": "show", "note": "bản mới"}


@pytest.fixture
def event(tmp_path: Path) -> LifeEvent:
    small.write_yaml(tmp_path / "events" / f"{small.SWARM['id']}.yml", small.SWARM)
    return read_life_events(tmp_path / "events", RECORDS, ()).events[0]


def drawn(event: LifeEvent, records: dict[str, Procedure] = RECORDS, day: date = DAY) -> str:
    return life_event_page(event, records, day, small.CONTACTS)


def sharing() -> dict[str, Procedure]:
    """The two procedures of the event, both wanting BADGE."""
    return {
        **RECORDS, small.REGISTER: small.procedure(documents=[{"name": "Tờ khai", "template": "to-khai"}, BADGE]),
        small.RENEW: small.procedure(small.BEES_AGAIN, documents=[BADGE]),
    }


@pytest.mark.parametrize("golden", [
    "Các bước Đăng ký nuôi ong mật Để được đặt thùng. Khi trại cách khu dân cư ít nhất 200 mét. Thời hạn từ 3 đến 5 ngày làm việc.",
    "Nơi làm: Ủy ban nhân dân cấp xã; nộp tại nơi đặt trại ong. Xem thủ tục 1.900001",
    "Gia hạn đăng ký nuôi ong mật (nếu cần) Để nuôi tiếp. Khi sắp hết hạn. Có kết quả trong ngày.",
    "Bước 1: Đăng ký nuôi ong mật Tờ khai đăng ký nuôi ong 1 bản chính Giấy tờ tùy thân có ảnh Mang theo để xuất trình.",
    "Còn giấy tờ tùy trường hợp; xem đủ ở trang thủ tục .",
    "Sách về ong có ở thư viện. Cấp thẻ thư viện tỉnh . Nguồn: thủ tục thẻ thư viện.",
    "Cổng Dịch vụ công quốc gia , mã 1.900002, bản ngày 18/07/2026. Đối chiếu ngày 22/11/2026.",
])
def test_the_page_reads_as_written(event: LifeEvent, golden: str) -> None:
    assert golden in words_of(drawn(event))


def test_a_shared_paper_stands_once_with_its_steps(event: LifeEvent) -> None:
    said = words_of(drawn(event, sharing()))
    assert said.count("Sổ trại ong") == 1
    assert "Giấy tờ dùng chung Sổ trại ong Dùng cho bước 1, 2. Mang theo một lần. Mang theo để xuất trình. Bản mới. Bước 1:" in said
    assert "Bước 2: Gia hạn đăng ký nuôi ong mật (nếu cần) Không có giấy tờ riêng;" in said


def test_every_paper_has_a_box_with_its_name(event: LifeEvent) -> None:
    names = re.findall(r'<label class="event-paper"><input type="checkbox"><span>([^<]+)</span></label>', drawn(event))
    assert names == ["Tờ khai đăng ký nuôi ong", "Giấy tờ tùy thân có ảnh", "Sơ đồ nơi đặt thùng ong", "Đơn gia hạn"]


def test_the_whole_time_stands_where_several_steps_are_a_must(event: LifeEvent) -> None:
    assert 'id="time"' not in drawn(event)
    must = dataclasses.replace(event, steps=tuple(dataclasses.replace(step, optional=False) for step in event.steps))
    assert action_texts.EVENT_TOTAL.format(total="3 đến 6 ngày làm việc") in drawn(must)


def test_a_record_out_of_force_is_not_read_out(event: LifeEvent) -> None:
    page = drawn(event, day=date(2027, 1, 2))
    assert "Dữ liệu tôi có không còn áp dụng vào ngày này" in page and "Đơn gia hạn" not in page and "Khi sắp hết hạn" not in page
    assert "mã 1.900002" not in page


def test_headings_links_and_labels_are_sound(event: LifeEvent) -> None:
    for page in (drawn(event, sharing()), life_events_page([event], RECORDS)):
        found = outline(re.sub(r"<input[^>]*>", "", page))
        assert found.levels[0] == 1 and found.levels.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(found.levels, found.levels[1:], strict=False))
        assert len(found.ids) == len(set(found.ids)) and set(found.labels) <= set(found.ids)
    assert {"/thu-tuc/1.900001", "/thu-tuc/1.900002", "/thu-tuc/2.900003", "/viec", "/"} <= set(outline(re.sub(r"<input[^>]*>", "", drawn(event))).links)
    assert f"/viec/{event.id}" in outline(life_events_page([event], RECORDS)).links


def test_texts_of_events_are_escaped(event: LifeEvent) -> None:
    bad = "<script>1</script>"
    steps = tuple(dataclasses.replace(step, when=bad, why=bad) for step in event.steps)
    marked = dataclasses.replace(event, name=bad, opening=bad, steps=steps, notes=(Note(bad, bad, ()),))
    assert "<script" not in drawn(marked) and "<script" not in life_events_page([marked], RECORDS)
    assert drawn(marked).count("&lt;script&gt;") >= 8


def client(events: LifeEvents, broken: bool = False) -> tuple[TestClient, Metrics]:
    metrics = Metrics()
    pages = LifeEventPages(Shelf(broken), metrics, lambda: small.CONTACTS, lambda: events, lambda: DAY)
    return TestClient(Starlette(routes=pages.routes()), follow_redirects=False), metrics


@pytest.mark.parametrize("path", ["/viec", "/viec/"])
def test_the_list_leads_to_every_event(event: LifeEvent, path: str) -> None:
    response = client(LifeEvents((event,)))[0].get(path)
    assert response.status_code == 200 and response.headers["content-type"] == "text/html; charset=utf-8"
    assert f'href="/viec/{event.id}"' in response.text and "Đăng ký nuôi ong mật; Gia hạn đăng ký nuôi ong mật." in response.text


def test_an_event_has_its_page(event: LifeEvent) -> None:
    response = client(LifeEvents((event,)))[0].get(f"/viec/{event.id}")
    assert response.status_code == 200 and response.headers["cache-control"] == "no-cache" and "Nội dung tính đến ngày 22/11/2026." in response.text


@pytest.mark.parametrize("path", ["/khong-co", "/bat-duoc-dan-ong/x", "/<script>alert(1)</script>", "/%00", "/" + "a" * 5000, "/..%2f..%2fetc"])
def test_an_unknown_event_is_a_vietnamese_page(event: LifeEvent, path: str) -> None:
    http, metrics = client(LifeEvents((event,)))
    response = http.get(f"/viec{path}")
    assert response.status_code == 404 and texts.NOT_FOUND in response.text and "<script" not in response.text
    assert metrics.registry.get_sample_value("mot_cua_refused_requests_total", {"channel": "page", "code": "404"}) == 1


def test_without_records_it_asks_for_patience(event: LifeEvent) -> None:
    response = client(LifeEvents((event,)), broken=True)[0].get(f"/viec/{event.id}")
    assert response.status_code == 503 and response.headers["retry-after"] == "30" and texts.NO_RECORDS in response.text


def test_a_record_that_is_gone_asks_for_patience(event: LifeEvent) -> None:
    gone = dataclasses.replace(event, notes=(Note("a", "b", ("9.999999",)),))
    assert client(LifeEvents((gone,)))[0].get(f"/viec/{event.id}").status_code == 503


def test_events_come_from_the_current_release(data: Path, tmp_path: Path, event: LifeEvent) -> None:
    read = release_life_events(tmp_path / "var")
    with pytest.raises(CatalogueError):
        read()
    small.write_yaml(data / "life_events" / f"{event.id}.yml", small.SWARM)
    build(data, tmp_path / "var", small.HashedEncoder(), log=lambda line: None)
    assert read() == LifeEvents((event,))


def test_the_gateway_serves_it_with_its_own_headers(data: Path, tmp_path: Path, event: LifeEvent) -> None:
    small.write_yaml(data / "life_events" / f"{event.id}.yml", small.SWARM)
    build(data, tmp_path, small.HashedEncoder(), log=lambda line: None)
    settings = read_settings({"MOT_CUA_VAR": str(tmp_path), "MOT_CUA_SECRET": "a secret for tests only"})
    pool, store = EnginePool(SOURCES["forks"], 1, QUICK), SqliteStore(tmp_path / "gateway.sqlite3")
    http = TestClient(create_app(settings, pool, store, fallback, Shelf()))  # not entered: no engine is started
    response = http.get(f"/viec/{event.id}")
    assert response.status_code == 200 and "default-src 'self'" in response.headers["content-security-policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script", response.text)
    assert http.post(f"/viec/{event.id}").status_code == 405 and http.get("/viec").status_code == 200
    store.close()

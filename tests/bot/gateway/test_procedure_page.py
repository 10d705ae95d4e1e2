"""The readable page of a procedure: what stands on it, that nothing on it can run, and the refusals in Vietnamese."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from actions import texts as action_texts
from actions import words
from bot.channels.procedure_page import procedure_page
from bot.channels.procedure_parts import ONLINE, POST
from bot.channels.procedure_web import ProcedurePages, release_contacts
from bot.gateway import texts
from bot.gateway.app import create_app
from bot.gateway.catalogue import CatalogueError
from bot.gateway.engine import EnginePool
from bot.gateway.metrics import Metrics
from bot.gateway.settings import read_settings
from bot.gateway.store import SqliteStore
from index.procedure import LEVELS, ONLINE_STATUSES, POST_STATUSES, Decision, Procedure

from ... import small
from .harness import QUICK, SOURCES, fallback

DAY = date(2026, 11, 22)
CONTACT = {"name": "Trung tâm Phục vụ hành chính công xã", "address": "1 Lê Lợi", "phone": "1900 0000", "note": "giờ làm việc"}
CLOSED = {"level", "status", "kind", "unit", "channel", "case", "id", "template", "code"}
"""Fields whose words are a closed list, or only point to another row."""
NOT_SHOWN = {"aliases", "province", "contact", "differences"}


class Outline(HTMLParser):
    """Levels of headings, ids, link targets and open tags."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.labels: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.levels += [int(tag[1])] if re.fullmatch(r"h\d", tag) else []
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" else []
        self.labels += [given["aria-labelledby"] or ""] if "aria-labelledby" in given else []
        self.open += [] if tag in ("meta", "link", "path") else [tag]

    def handle_endtag(self, tag: str) -> None:
        if tag != "path":
            assert self.open.pop() == tag


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    assert found.open == []
    return found


def drawn(procedure: Procedure, day: date = DAY) -> str:
    return procedure_page(procedure, day, CONTACT)


def words_of(page: str) -> str:
    """What is read, tags gone."""
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2]).split())


def unreviewed(**changes: Any) -> Procedure:
    return dataclasses.replace(small.procedure(), reviewed=False, **changes)


def test_the_parts_stand_in_the_order_of_the_page() -> None:
    page = drawn(small.procedure())
    assert re.findall(r'<section id="(\w+)"', page) == [
        "documents", "duration", "fees", "ways", "place", "steps", "conditions", "result", "template", "legal_basis", "decision",
        "applicants", "ask", "source",
    ]
    assert [page.index(f'id="{part}"') for part in ("post_submit", "post_return", "online")] == sorted(
        page.index(f'id="{part}"') for part in ("post_submit", "post_return", "online")
    )


GOLDEN = [
    "Đăng ký nuôi ong mật Mã thủ tục 1.900001 Cấp giải quyết cấp xã Lĩnh vực Chăn nuôi",
    "Giấy tờ chung Tờ khai đăng ký nuôi ong 1 bản chính NO01 Giấy tờ tùy thân có ảnh Mang theo để xuất trình.",
    "Sơ đồ nơi đặt thùng ong 1 bản chính và 2 bản sao Chỉ khi được yêu cầu. Vẽ tay cũng được.",
    "Thêm cho trường hợp: Trại ong di chuyển theo mùa hoa Lịch di chuyển trại ong 1 bản chính",
    "Nộp trực tiếp : 5 ngày làm việc Nộp trực tuyến : 3 ngày làm việc Không tính ngày lễ.",
    "Mức áp dụng ngày 22/11/2026. Lệ phí đăng ký : 50.000 đồng/lần Áp dụng đến hết ngày 31/12/2026. Theo Thông tư 12/2026/TT-BTC.",
    "Phí thẩm định : miễn phí Hộ nghèo.",
    "Gửi hồ sơ qua bưu chính Được. Gửi bảo đảm. Nhận kết quả qua bưu chính Không được. Nộp trực tuyến Được một phần",
    "Cơ quan giải quyết: Ủy ban nhân dân cấp xã. Nộp tại nơi đặt trại ong.",
    "Tờ khai đăng ký nuôi ong; NO01. ",
    "Quyết định 77/QĐ-BNN, ngày 03/02/2026.",
    "Địa chỉ: 1 Lê Lợi. Điện thoại: 1900 0000. Giờ làm việc.",
    "Cổng Dịch vụ công quốc gia , mã 1.900001, bản ngày 18/07/2026. Đối chiếu ngày 22/11/2026.",
]


@pytest.mark.parametrize("golden", GOLDEN)
def test_values_read_as_citizens_read_them(golden: str) -> None:
    assert golden in words_of(drawn(small.procedure()))


def test_papers_are_numbered_through_the_cases() -> None:
    assert re.findall(r'<ol class="entries" aria-labelledby="([\w-]+)"(?: start="(\d+)")?', drawn(small.procedure())) == [
        ("documents-0", ""), ("documents-1", "4"),
    ]


@pytest.mark.parametrize(("case", "title"), [("Quá hạn", "Trường hợp: Quá hạn"), ("Đối với trường hợp quá hạn", "Đối với trường hợp quá hạn")])
def test_a_case_is_called_a_case_once(case: str, title: str) -> None:
    page = drawn(small.procedure(cases=[{"id": "a", "name": case}], documents=[{"name": "Đơn", "case": "a"}]))
    assert f'<h3 id="documents-0">{title}</h3>' in page


def test_headings_links_and_labels_are_sound() -> None:
    for base in small.RAW:
        found = outline(drawn(small.procedure(base)))
        assert found.levels[0] == 1 and found.levels.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(found.levels, found.levels[1:], strict=False))
        assert len(found.ids) == len(set(found.ids)) and set(found.labels) <= set(found.ids)
        assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
        assert "/" in found.links


def marked(value: Any, path: str = "") -> Any:
    """The same record with every free text replaced by markup that names its place."""
    if dataclasses.is_dataclass(value):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        kept = {name: one for name, one in fields.items() if name in CLOSED and not isinstance(one, tuple)}
        return dataclasses.replace(value, **{name: marked(one, f"{path}.{name}") for name, one in fields.items() if name not in kept})
    if isinstance(value, tuple):
        return tuple(marked(one, f"{path}.{n}") for n, one in enumerate(value))
    return f'<script>"{path}\'&</script>' if isinstance(value, str) else value


def texts_in(value: Any) -> Iterator[str]:
    if dataclasses.is_dataclass(value):
        value = tuple(getattr(value, f.name) for f in dataclasses.fields(value) if f.name not in CLOSED or f.name == "template")
    if isinstance(value, tuple):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, str) and value.startswith("<script>"):
        yield value


def test_every_field_is_escaped_and_every_field_is_there() -> None:
    full = small.procedure(decision={"number": "7", "date": "2026-02-03"}, replaces=["1.000001"], fees=[
        {"name": "a", "amount_vnd": 1000, "per": "b", "condition": "c", "note": "d", "source": "e"},
    ], template=[{"id": "to-khai", "name": "f", "number": "g", "note": "h"}])
    shown = dataclasses.replace(
        marked(full), unknown=(("conditions", '<script>"unknown\'&</script>'),), conditions=(), reviewed=False,
        warnings=tuple((part, f'<script>"{part}\'&</script>') for part in ("overview", "documents", "online")),
    )
    page = procedure_page(shown, DAY, {key: f'<script>"{key}\'&</script>' for key in CONTACT})
    assert "<script" not in page and "javascript:" not in page
    outline(page)
    expected = {text for f in dataclasses.fields(shown) if f.name not in {*NOT_SHOWN, "unknown", "warnings"} for text in texts_in(getattr(shown, f.name))}
    expected |= {'<script>"unknown\'&</script>', *(f'<script>"{key}\'&</script>' for key in (*CONTACT, "overview", "documents", "online"))}
    expected -= {shown.source.url}
    assert len(expected) >= 40
    plain = page.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
    assert {text for text in expected if text not in plain} == set()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil", "", None])
def test_only_web_addresses_become_links(url: str | None) -> None:
    procedure = small.procedure()
    page = drawn(dataclasses.replace(procedure, source=dataclasses.replace(procedure.source, url=url)))
    assert {link for link in outline(page).links if not link.startswith("#")} == {"/", f"/thu-tuc/{small.REGISTER}/checklist"}


def test_a_reviewed_record_has_no_notice() -> None:
    assert "chưa rà soát" not in drawn(small.procedure()) and "note--warn" not in drawn(small.procedure())


def test_an_unreviewed_record_says_so_and_warns_beside_the_part() -> None:
    page = drawn(unreviewed(warnings=(
        ("overview", "thủ tục này do tỉnh khác công bố"), ("duration", "đọc từ mô tả"), ("post_return", "chưa chắc"), ("duration", "có nhiều mức"),
    )))
    said = words_of(page)
    assert f"Dữ liệu lấy nguyên từ Cổng Dịch vụ công quốc gia, cán bộ chưa rà soát, nên có thể thiếu hoặc sai. Anh/chị hỏi lại {CONTACT['name']}" in said
    assert "Thời hạn Đọc từ mô tả; có nhiều mức. Nộp trực tiếp" in said and "Không được. Chưa chắc. Nộp trực tuyến" in said
    assert page.index("chưa rà soát") < page.index("Thủ tục này do tỉnh khác") < page.index('id="documents"')
    assert "Chưa có người đối chiếu." in said and "Đối chiếu ngày" not in said


def test_an_unreviewed_fee_without_amount_does_not_claim_that_money_is_taken() -> None:
    unsettled = small.procedure(small.BEES_AGAIN)
    assert "có thu, chưa rõ mức Mức thu do Hội đồng nhân dân tỉnh quy định." in words_of(drawn(unsettled))
    assert "có thu" not in words_of(drawn(dataclasses.replace(unsettled, reviewed=False)))


@pytest.mark.parametrize(("day", "has", "lacks"), [
    (date(2026, 6, 30), "30.000 đồng Áp dụng đến hết ngày 30/06/2026.", "50.000"),
    (date(2026, 7, 1), "50.000 đồng/lần", "30.000"),
    (date(2027, 1, 1), "100.000 đồng/lần", "chưa có mức mới"),
])
def test_fees_are_those_of_the_day(day: date, has: str, lacks: str) -> None:
    said = words_of(drawn(small.procedure(), day))
    assert has in said and lacks not in said


def test_an_ended_fee_without_a_successor_is_named_and_its_amount_is_not() -> None:
    said = words_of(drawn(small.procedure(fees=[{"name": "Lệ phí cũ", "amount_vnd": 30000, "effective_to": "2026-06-30"}])))
    assert "Hiện chưa có mức phí nào còn áp dụng trong dữ liệu." in said
    assert "Lệ phí cũ: mức đã ghi chỉ áp dụng đến hết ngày 30/06/2026, chưa có mức mới." in said and "30.000" not in said


def test_what_is_unknown_is_said_with_whom_to_ask() -> None:
    page = drawn(small.procedure(small.LIBRARY_CARD))
    said = words_of(page)
    assert "Phí, lệ phí Chưa có thông tin chắc chắn: nguồn không nói mức thu. Hỏi ai?" in said
    assert "Nhận kết quả qua bưu chính Chưa có thông tin chắc chắn. Nguồn không nói. Hỏi ai?" in said
    assert "Phần chưa rõ: phí, lệ phí; nhận kết quả qua bưu chính; điều kiện; căn cứ pháp lý; quyết định công bố. Anh/chị hỏi" in said
    assert "Thời hạn giải quyết : trả theo giấy hẹn" in said


@pytest.mark.parametrize(("day", "sentence"), [
    (date(2027, 1, 1), "đã hết hiệu lực ngày 31/12/2026"), (date(2025, 12, 31), "chỉ áp dụng từ ngày 01/01/2026"),
])
def test_a_record_out_of_force_is_not_read_out(day: date, sentence: str) -> None:
    page = drawn(small.procedure(small.BEES_AGAIN), day)
    assert sentence in page and "Đơn gia hạn" not in page and CONTACT["name"] in page
    assert re.findall(r'<section id="(\w+)"', page) == ["ask", "source"]


def test_numbers_that_the_portal_writes_before_steps_are_not_shown_twice() -> None:
    said = words_of(drawn(small.procedure(steps=["Bước 1: Điền tờ khai.", "bước 02. nộp", "Bước 4: nhận"])))
    assert "Các bước Điền tờ khai. Nộp. Bước 4: nhận." in said


def test_every_closed_value_has_words() -> None:
    assert set(POST) | {"unknown"} == set(POST_STATUSES) and set(ONLINE) | {"unknown"} == set(ONLINE_STATUSES) and set(words.LEVELS) == set(LEVELS)


class Shelf:
    """A catalogue of the small world, or one that cannot be read."""

    def __init__(self, broken: bool = False) -> None:
        self.broken = broken

    def get(self, code: str) -> Procedure | None:
        if self.broken:
            raise CatalogueError("no release")
        return {base["code"]: small.procedure(base) for base in small.RAW}.get(code)

    def search(self, query: str, page: int) -> tuple[list[Procedure], int]:
        return [], 0


def client(broken: bool = False) -> tuple[TestClient, Metrics]:
    metrics = Metrics()
    pages = ProcedurePages(Shelf(broken), metrics, lambda: small.CONTACTS, lambda: DAY)
    return TestClient(Starlette(routes=pages.routes()), follow_redirects=False), metrics


def test_a_page_is_html_and_names_the_contact_of_the_record() -> None:
    response = client()[0].get(f"/thu-tuc/{small.CARD}")
    assert response.status_code == 200 and response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache" and "Anh/chị hỏi Thư viện tỉnh" in response.text and "5 Lê Lợi" in response.text


@pytest.mark.parametrize("path", [
    "/1.900001.000.00.00.H12", "/1,900001", "/1900001", "/1.900001/", "/%201.900001", "/1.900001.000.00.00.H12/",
])
def test_other_forms_of_a_code_lead_to_the_short_one(path: str) -> None:
    response = client()[0].get(f"/thu-tuc{path}")
    assert (response.status_code, response.headers["location"]) == (308, "/thu-tuc/1.900001")


@pytest.mark.parametrize("path", ["", "/", "/9.999999", "/khai-sinh", "/1.900001/x", "/<script>alert(1)</script>", "/%00", "/" + "1" * 5000, "/..%2f..%2fetc"])
def test_an_unknown_code_is_a_vietnamese_page(path: str) -> None:
    http, metrics = client()
    response = http.get(f"/thu-tuc{path}")
    assert response.status_code == 404 and "<html lang=\"vi\"" in response.text and texts.NOT_FOUND in response.text
    assert "<script" not in response.text and 'href="/">Hỏi trợ lý' in response.text
    assert outline(response.text).levels == [1]
    assert metrics.registry.get_sample_value("mot_cua_refused_requests_total", {"channel": "page", "code": "404"}) == 1


def test_without_records_it_asks_for_patience() -> None:
    response = client(broken=True)[0].get("/thu-tuc/1.900001")
    assert response.status_code == 503 and response.headers["retry-after"] == "30" and texts.NO_RECORDS in response.text


def test_contacts_come_from_the_current_release(tmp_path: Path) -> None:
    read = release_contacts(tmp_path)
    assert read() == {}
    small.write_yaml(tmp_path / "releases" / "current" / "contacts.json", {})
    assert read() == {}
    (tmp_path / "releases" / "current" / "contacts.json").write_text('{"contacts": {"commune": {"name": "x"}}}', "utf-8")
    assert read() == {"commune": {"name": "x"}}


def test_the_gateway_serves_it_with_its_own_headers(tmp_path: Path) -> None:
    settings = read_settings({"MOT_CUA_VAR": str(tmp_path), "MOT_CUA_SECRET": "a secret for tests only"})
    pool, store = EnginePool(SOURCES["forks"], 1, QUICK), SqliteStore(tmp_path / "gateway.sqlite3")
    http = TestClient(create_app(settings, pool, store, fallback, Shelf()))  # not entered: no engine is started
    response = http.get(f"/thu-tuc/{small.REGISTER}")
    assert response.status_code == 200 and "default-src 'self'" in response.headers["content-security-policy"]
    assert f"Anh/chị hỏi {action_texts.OFFICE}" in response.text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script", response.text)
    for path in re.findall(r'(?:href|src)="(/[\w.]+)"', response.text):
        assert http.get(path).status_code == 200, path
    assert http.post(f"/thu-tuc/{small.REGISTER}").status_code == 405
    assert http.head(f"/thu-tuc/{small.REGISTER}").status_code == 200
    assert http.get("/thu-tuc/9.999999").status_code == 404
    store.close()


def test_a_decision_without_a_day_is_told_without_one() -> None:
    said = words_of(drawn(dataclasses.replace(small.procedure(), decision=Decision("7/QĐ"))))
    assert "Quyết định 7/QĐ. " in said

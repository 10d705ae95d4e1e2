"""The papers to tick off: what stands on the page, that nothing on it can run, the short way back, the refusals in Vietnamese."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from actions.checklist import checklist
from actions.reopen_code import mark_of, reopen_code
from bot.channels.checklist_page import BY_CASE_ONLY, CASE_GONE, CHOOSE, ONLY_COMMON, OTHER_CASES, checklist_page
from bot.channels.checklist_papers import FORMS, NO_OWN_PAPERS
from bot.channels.checklist_web import ChecklistPages
from bot.channels.procedure_web import ProcedurePages
from bot.gateway import texts
from bot.gateway.app import create_app
from bot.gateway.engine import EnginePool
from bot.gateway.metrics import Metrics
from bot.gateway.settings import read_settings
from bot.gateway.store import SqliteStore
from index.procedure import Procedure

from ... import small
from .harness import QUICK, SOURCES, fallback
from .test_procedure_page import CONTACT, DAY, Shelf, marked, outline, words_of

PATH = f"/thu-tuc/{small.REGISTER}/checklist"
MOVING = "di-chuyen"


def drawn(procedure: Procedure, case: str | None = None, day: date = DAY, channel: str | None = None) -> str:
    return checklist_page(checklist(procedure, case, day, CONTACT, channel))


def client(broken: bool = False) -> tuple[TestClient, Metrics]:
    metrics = Metrics()
    pages = ProcedurePages(Shelf(broken), metrics, lambda: small.CONTACTS, lambda: DAY)
    return TestClient(Starlette(routes=[*ChecklistPages(pages).routes(), *pages.routes()]), follow_redirects=False), metrics


GOLDEN = [
    "Danh sách giấy tờ Đăng ký nuôi ong mật Mã thủ tục 1.900001 Trường hợp Trại ong di chuyển theo mùa hoa Mở lại danh sách: /m/",
    "Giấy tờ chung 1. Tờ khai đăng ký nuôi ong 1 bản chính Mẫu NO01. 2. Giấy tờ tùy thân có ảnh Mang theo để xuất trình.",
    "3. Sơ đồ nơi đặt thùng ong 1 bản chính và 2 bản sao Chỉ khi được yêu cầu. Vẽ tay cũng được.",
    f"Thêm cho trường hợp này 4. Lịch di chuyển trại ong 1 bản chính {FORMS}",
    "Thời hạn Nộp trực tiếp : 5 ngày làm việc Nộp trực tuyến : 3 ngày làm việc Không tính ngày lễ.",
    "Mức áp dụng ngày 22/11/2026. Lệ phí đăng ký : 50.000 đồng/lần Áp dụng đến hết ngày 31/12/2026.",
    "Nơi nộp Cơ quan giải quyết: Ủy ban nhân dân cấp xã. Nộp tại nơi đặt trại ong.",
    "Anh/chị hỏi Trung tâm Phục vụ hành chính công xã để chắc chắn trước khi đi. Địa chỉ: 1 Lê Lợi. Điện thoại: 1900 0000.",
    "mã 1.900001, bản ngày 18/07/2026. Đối chiếu ngày 22/11/2026.",
    "Nội dung tính đến ngày 22/11/2026.",
]


@pytest.mark.parametrize("golden", GOLDEN)
def test_the_list_of_a_case_reads_as_agreed(golden: str) -> None:
    assert golden in words_of(drawn(small.procedure(), MOVING))


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2027, 1, 1)])
def test_fees_are_those_of_the_day(day: date) -> None:
    said = words_of(drawn(small.procedure(), day=day))
    assert ("30.000 đồng" in said, "100.000 đồng" in said) == (day.year == 2026, day.year == 2027) and "50.000" not in said


def test_each_paper_has_a_box_with_a_label_and_nothing_is_sent_or_kept() -> None:
    page = drawn(small.procedure(), MOVING)
    labels = re.findall(r'<label class="tick"><input type="checkbox" autocomplete="off"[^>]*><span class="what">([^<]+)', page)
    assert [label.strip() for label in labels] == [
        "1. Tờ khai đăng ký nuôi ong", "2. Giấy tờ tùy thân có ảnh", "3. Sơ đồ nơi đặt thùng ong", "4. Lịch di chuyển trại ong",
    ]
    assert page.count("<input") == len(labels) and not re.search(r"<form|\sname=\"(?!viewport|color-scheme|theme-color)|<script|\sstyle=", page)
    assert set(re.findall(r'aria-describedby="([\w-]+)"', page)) <= set(outline(page.replace("<input", "<path")).ids)


def test_headings_links_and_labels_are_sound() -> None:
    for base in small.RAW:
        for case in (None, *(one["id"] for one in base.get("cases", []))):
            found = outline(drawn(small.procedure(base), case).replace("<input", "<path"))
            assert found.levels[0] == 1 and found.levels.count(1) == 1
            assert all(after - before <= 1 for before, after in zip(found.levels, found.levels[1:], strict=False))
            assert len(found.ids) == len(set(found.ids)) and set(found.labels) <= set(found.ids)
            assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)


def test_cases_are_offered_before_and_can_be_changed_after() -> None:
    before, after = drawn(small.procedure()), drawn(small.procedure(), MOVING)
    assert f'<a href="{PATH}?case={MOVING}">Trại ong di chuyển theo mùa hoa</a>' in before and ONLY_COMMON in before and "<details" not in before
    assert f'<a href="{PATH}">Chỉ xem phần chung</a>' in after and ONLY_COMMON not in after and f"?case={MOVING}" not in after
    assert OTHER_CASES not in after  # it is the only one


def test_another_case_that_may_hold_too_is_named_as_such() -> None:
    record = small.procedure(cases=[{"id": MOVING, "name": "Đi xa"}, {"id": "uy-quyen", "name": "Nhờ người khác"}])
    assert OTHER_CASES in drawn(record, "uy-quyen") and NO_OWN_PAPERS in drawn(record, "uy-quyen") and NO_OWN_PAPERS not in drawn(record, MOVING)


def test_when_every_paper_has_a_case_only_the_choice_is_shown() -> None:
    record = small.procedure(documents=[{"name": "Lịch", "case": MOVING}])
    assert CHOOSE in drawn(record) and re.findall(r'<section id="(\w+)"', drawn(record)) == ["case", "ask", "source"]
    chosen = drawn(record, MOVING)
    assert '<ul class="ticks" aria-labelledby="documents-title">' in chosen and "phần chung" not in chosen


@pytest.mark.parametrize("part", ["duration", "fees"])
def test_rows_that_all_belong_to_other_cases_are_said_to(part: str) -> None:
    row = {"duration": {"working_days": 5}, "fees": {"name": "Lệ phí", "amount_vnd": 0}}[part]
    said = words_of(drawn(small.procedure(**{part: [{**row, "case": MOVING}]})))
    assert BY_CASE_ONLY[part] in said and "chưa có mức phí nào" not in said


def test_a_way_of_filing_is_named_and_the_others_left_out() -> None:
    said = words_of(drawn(small.procedure(), channel="online"))
    assert "Cách nộp nộp trực tuyến" in said and "3 ngày làm việc" in said and "5 ngày làm việc" not in said
    assert f'href="{PATH}?case={MOVING}&amp;channel=online"' in drawn(small.procedure(), channel="online")


def test_what_is_unknown_is_said_with_whom_to_ask() -> None:
    said = words_of(drawn(small.procedure(small.LIBRARY_CARD)))
    assert "Phí, lệ phí Chưa có thông tin chắc chắn: nguồn không nói mức thu. Hỏi ai?" in said
    assert "Phần chưa rõ: phí, lệ phí; nhận kết quả qua bưu chính; điều kiện" in said and FORMS not in said


def test_an_unreviewed_record_says_so_and_warns_beside_the_part() -> None:
    doubted = dataclasses.replace(small.procedure(), reviewed=False, warnings=(("documents", "còn nhắc cấp huyện"), ("steps", "cũ")))
    said = words_of(drawn(doubted))
    assert "cán bộ chưa rà soát" in said and "Giấy tờ cần chuẩn bị Còn nhắc cấp huyện." in said and "Cũ." not in said


def test_a_record_out_of_force_has_nothing_to_tick() -> None:
    page = drawn(small.procedure(small.BEES_AGAIN), day=date(2027, 1, 1))
    assert "đã hết hiệu lực ngày 31/12/2026" in page and "<input" not in page and CONTACT["name"] in page


def test_every_text_is_escaped() -> None:
    page = checklist_page(checklist(marked(small.procedure()), MOVING, DAY, {key: f"<script>{key}" for key in CONTACT}))
    assert "<script" not in page and page.count("&lt;script&gt;") > 20
    outline(page.replace("<input", "<path"))


def test_without_a_public_address_there_is_no_qr_code_whatever_host_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOT_CUA_PUBLIC_URL", raising=False)
    page = client()[0].get(PATH, headers={"host": "evil.example"}).text
    letters = reopen_code(small.REGISTER)
    assert f'<a href="/m/{letters}">/m/<strong class="letters">{letters}</strong></a>' in page and 'class="qr"' not in page and "evil" not in page


def test_below_the_public_address_the_code_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOT_CUA_PUBLIC_URL", "https://mot-cua.example/")
    letters = reopen_code(small.REGISTER, MOVING)
    page = drawn(small.procedure(), MOVING)
    assert f'<a href="/m/{letters}">mot-cua.example/m/<strong class="letters">{letters}</strong></a>' in page and page.count('class="qr"') == 1


@pytest.mark.parametrize("asked", [f"{PATH}?case={MOVING}", f"{PATH}?case={MOVING}&channel=fax", f"{PATH}?case={MOVING}&channel="])
def test_the_page_is_html_and_never_out_of_date(asked: str) -> None:
    response = client()[0].get(asked)
    assert response.status_code == 200 and response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache" and "Thêm cho trường hợp này" in response.text and "Cách nộp" not in response.text


def test_a_case_that_is_gone_is_said_to_be() -> None:
    response = client()[0].get(f"{PATH}?case=<b>")
    assert response.status_code == 200 and CASE_GONE in response.text and "<b>" not in response.text
    assert CASE_GONE not in client()[0].get(f"{PATH}?case=").text


@pytest.mark.parametrize("path", ["/thu-tuc/1.900001.000.00.00.H12/checklist", "/thu-tuc/1,900001/checklist", f"{PATH}/"])
def test_other_forms_of_the_address_lead_to_the_one(path: str) -> None:
    response = client()[0].get(f"{path}?case={MOVING}")
    assert (response.status_code, response.headers["location"]) == (308, f"{PATH}?case={MOVING}")


@pytest.mark.parametrize("path", ["/thu-tuc/9.999999/checklist", "/thu-tuc/khai-sinh/checklist", "/thu-tuc/%00/checklist", "/thu-tuc/x/y/checklist"])
def test_an_unknown_procedure_is_a_vietnamese_page(path: str) -> None:
    http, metrics = client()
    response = http.get(path)
    assert response.status_code == 404 and texts.NOT_FOUND in response.text
    assert metrics.registry.get_sample_value("mot_cua_refused_requests_total", {"channel": "page", "code": "404"}) == 1


@pytest.mark.parametrize(("case", "leads"), [(None, PATH), (MOVING, f"{PATH}?case={MOVING}"), ("bo-roi", f"{PATH}?case={mark_of('bo-roi')}")])
def test_the_letters_lead_back_however_they_are_typed(case: str | None, leads: str) -> None:
    letters = reopen_code(small.REGISTER, case) or ""
    for typed in (letters, letters.lower(), letters.replace("-", ""), letters.replace("-", "%20"), f"{letters}/"):
        response = client()[0].get(f"/m/{typed}")
        assert (response.status_code, response.headers["location"]) == (302, leads), typed


@pytest.mark.parametrize("path", ["/m", "/m/", "/m/K7QM2-X", "/m/<script>", "/m/" + "2" * 5000, "/m/%00"])
def test_wrong_letters_are_a_vietnamese_page(path: str) -> None:
    response = client()[0].get(path)
    assert response.status_code == 404 and texts.NO_REOPEN_CODE in response.text and "<script" not in response.text


def test_letters_of_a_procedure_that_is_gone_say_so() -> None:
    response = client()[0].get(f"/m/{reopen_code('1.123456')}")
    assert response.status_code == 404 and texts.NOT_FOUND in response.text


@pytest.mark.parametrize("path", [PATH, f"/m/{reopen_code(small.REGISTER)}"])
def test_without_records_it_asks_for_patience(path: str) -> None:
    response = client(broken=True)[0].get(path)
    assert response.status_code == 503 and response.headers["retry-after"] == "30" and texts.NO_RECORDS in response.text


def test_the_gateway_serves_both_with_its_own_headers(tmp_path: Path) -> None:
    settings = read_settings({"MOT_CUA_VAR": str(tmp_path), "MOT_CUA_SECRET": "a secret for tests only"})
    pool, store = EnginePool(SOURCES["forks"], 1, QUICK), SqliteStore(tmp_path / "gateway.sqlite3")
    http = TestClient(create_app(settings, pool, store, fallback, Shelf()))  # not entered: no engine is started
    response = http.get(f"/m/{reopen_code(small.REGISTER, MOVING)}")
    assert response.url.path == PATH and "default-src 'self'" in response.headers["content-security-policy"]
    assert http.post(PATH).status_code == http.post("/m/x").status_code == 405
    assert http.head(PATH).status_code == http.get(f"/thu-tuc/{small.REGISTER}").status_code == 200
    store.close()

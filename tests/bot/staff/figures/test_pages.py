"""/figures as people of each role see it: numbers, words for what is missing, files that no spreadsheet computes."""

from __future__ import annotations

import csv
import io
import zipfile
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.gateway.tables import COUNTS, TURNS
from bot.staff.figures.export import Sheet, csv_of, xlsx_of
from bot.staff.figures.open_data_web import OpenDataPages

from ..conftest import Browser, person
from .world import SILENT, at, fill, turn

PERIOD = "from=2026-11-16&to=2026-11-22"
NASTY = "=HYPERLINK(\"http://x\")<script>alert(1)</script>'"


@pytest.fixture
def browser(sqlite_desk):
    fill(sqlite_desk.engine)
    return Browser(sqlite_desk, person("curator"))


def read(browser: Browser, path: str) -> str:
    """The page, its spaces that do not break as plain ones."""
    return browser.get(path).text.replace("&nbsp;", " ")


def test_the_page_tells_the_numbers_and_what_is_not_kept(browser) -> None:
    page = read(browser, f"/figures?{PERIOD}")
    assert '<p>Câu hỏi</p><p class="big">16</p>' in page and "Không tính 10 câu đã quá hạn lưu" in page
    assert "43,8 % số câu hỏi" in page and "66,7 %" in page and "4,5 / 5" in page
    assert "Chưa câu trả lời nào được chấm" in page and "1 ngày trong kỳ chỉ còn bảng đếm (19/11/2026)" in page
    assert "nuôi hổ có cần giấy phép không" in page


def test_every_chart_has_its_numbers_as_a_table_and_nothing_inline(browser) -> None:
    page = browser.get(f"/figures?{PERIOD}").text
    assert page.count("data-chart=") == 6 == page.count("<summary>Bảng số: ")
    assert '<tr><th scope="row">16/11</th><td class="n">3</td><td class="n">0</td><td class="n">0</td></tr>' in page
    assert " style=" not in page and all("src=" in script for script in page.split("<script")[1:])


def test_days_of_two_years_tell_their_year(browser) -> None:
    assert '<th scope="row">16/11/2026</th>' in browser.get("/figures?from=2025-11-01&to=2026-11-22").text


@pytest.mark.parametrize(
    "query, sentence",
    [("from=hôm+qua", "không phải là ngày"), ("from=2026-11-30&to=2026-11-01", "sau ngày cuối"), ("from=2020-01-01&to=2026-11-01", "dài hơn"),
     ("to=0001-01-02", "2000 đến 2999"), ("from=9999-12-31&to=9999-12-31", "2000 đến 2999")],
)
def test_days_that_are_none_are_said_and_stay_in_their_field(browser, query, sentence) -> None:
    answer = browser.get(f"/figures?{query}")
    assert answer.status_code == 400 and sentence in unescape(answer.text)
    assert browser.get(f"/figures/export.csv?{query}").status_code == 400 == browser.get(f"/figures/open-data.json?{query}").status_code


def test_what_citizens_typed_stays_text_on_every_page(sqlite_desk) -> None:
    with sqlite_desk.engine.begin() as connection:
        rows = [turn(1, "2026-11-17 10:00", **SILENT), turn(2, "2026-11-17 10:00", channel="<b>x", status="odd_<i>")]
        connection.execute(TURNS.insert(), [{**row, "question": NASTY, "answer": NASTY} for row in rows])
    browser = Browser(sqlite_desk, person("curator"))
    browser.post("/figures/sample/draw", {"week": "2026-W47"})
    for path in (f"/figures?{PERIOD}", "/figures/sample?week=2026-W47", f"/figures/month?month=2026-11&office={NASTY}"):
        page = browser.get(path).text
        assert "<script>alert" not in page.lower() and "<b>x" not in page and "<i>" not in page, path


def test_a_spreadsheet_computes_nothing() -> None:
    bad = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")
    sheets = [Sheet("Bảng", ("Chữ", "Số"), tuple((text, -3) for text in bad))]
    rows = list(csv.reader(io.StringIO(csv_of(sheets).decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[2:]] == [f"'{text}" for text in bad] and {row[1] for row in rows[2:]} == {"-3"}
    book = zipfile.ZipFile(io.BytesIO(xlsx_of(sheets)))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml") and b"=1+1" in book.read("xl/sharedStrings.xml")


def test_files_hold_the_period_and_are_noted(browser, sqlite_desk) -> None:
    rows = list(csv.reader(io.StringIO(browser.get(f"/figures/export.csv?{PERIOD}").content.decode("utf-8-sig"))))
    assert ["Câu hỏi", "16"] in rows and ["Trang web", "14"] in rows and ["2026-11-16", "3", "0", "0", "0", "0", "0", "0"] in rows
    answer = browser.get(f"/figures/export.xlsx?{PERIOD}")
    assert answer.headers["content-disposition"] == 'attachment; filename="so-lieu-2026-11-16_2026-11-22.xlsx"'
    assert len([name for name in zipfile.ZipFile(io.BytesIO(answer.content)).namelist() if "worksheets/sheet" in name]) == 11
    assert [row[1] for row in sqlite_desk.audit.rows] == ["figures.export"] * 2


def test_a_sample_is_drawn_and_judged_with_two_presses(browser, sqlite_desk, clock) -> None:
    clock.now = at("2026-11-24 09:00")
    assert "chưa lấy mẫu" in browser.get("/figures/sample").text
    assert browser.post("/figures/sample/draw", {"week": "2026-W47"}).headers["location"].endswith("week=2026-W47")
    for number in range(3):
        page = browser.get("/figures/sample?week=2026-W47").text
        one = page.split('name="turn" value="')[1].split('"')[0]
        said = {"week": "2026-W47", "turn": one, "verdict": "wrong" if number == 0 else "right", "fault": "content"}
        assert browser.post("/figures/sample/judge", said).status_code == 303
    page = read(browser, "/figures/sample?week=2026-W47")
    assert "đã chấm xong" in page and "66,7 % (20,8 % đến 93,9 %)" in page
    headline = read(browser, "/figures")
    assert '<p class="big">66,7 %</p>' in headline and "Nội dung sai hoặc đã cũ: 1" in headline
    assert [row[1] for row in sqlite_desk.audit.rows] == ["sample.draw", *["sample.judge"] * 3]
    other = Browser(sqlite_desk, person("auditor"))
    other.post("/figures/sample/judge", {**said, "verdict": "wrong"})
    page = browser.get("/figures/sample?week=2026-W47").text
    assert "Kappa" in page and "1 câu, đang tính là sai" in page


@pytest.mark.parametrize("path", ["/figures/sample?week=2026-W99", "/figures/sample?week=x", "/figures/month?month=2026-13"])
def test_weeks_and_months_that_are_none(browser, path) -> None:
    assert browser.get(path).status_code == 400


def test_a_verdict_that_is_none_keeps_the_answer_open(browser, clock) -> None:
    clock.now = at("2026-11-24 09:00")
    browser.post("/figures/sample/draw", {"week": "2026-W47"})
    answer = browser.post("/figures/sample/judge", {"week": "2026-W47", "turn": "turn000000000000000002", "verdict": "x"})
    assert answer.status_code == 400 and "ba nút" in answer.text and "câu hỏi 2" in answer.text
    assert browser.post("/figures/sample/draw", {"week": "2026-W48"}).status_code == 400


def test_the_months_report_tells_what_is_missing_and_invents_nothing(browser) -> None:
    page = browser.get("/figures/month?month=2026-11&office=UBND xã A").text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page and "UBND XÃ A" in page and "tháng 11 năm 2026" in page
    assert "Tổng số câu hỏi: 17 câu" in page  # a day that has a turn is not taken from `counts`
    assert "chưa có câu trả lời nào được cán bộ chấm" in page and "Bổ sung, sửa dữ liệu:" in page
    empty = browser.get("/figures/month?month=2026-01").text
    assert "không có câu hỏi nào được ghi nhận" in empty and "không có lượt nào" in empty and "Bảng 1" not in empty


def test_open_data_withholds_small_cells_and_days_that_are_not_over(browser) -> None:
    told = browser.get("/figures/open-data.json?from=2026-11-01&to=2026-11-30").json()
    assert told["period"] == {"from": "2026-11-01", "to": "2026-11-22"} and told["licence"] and told["title"] and "dưới 5" in told["suppression"]
    rows = {(row["table"], row["day"], row["channel"], row["outcome"], row["procedure"]): (row["n"], row["withheld"]) for row in told["rows"]}
    assert rows == {
        ("outcome", "2026-11-16", "web", "answered", ""): (None, True),
        ("outcome", "2026-11-16", "zalo", "answered", ""): (8, False),
        ("outcome", "2026-11-19", "web", "answered", ""): (None, True),
        ("outcome", "2026-11-19", "web", "unanswerable", ""): (6, False),
        ("procedure", "2026-11-16", "", "", "1.001193"): (8, False),
    }
    table = browser.get("/figures/open-data.csv?from=2026-11-01&to=2026-11-30").text
    assert table.splitlines()[0] == ",".join(told["columns"]) and "outcome,2026-11-16,web,answered,,,1" in table
    assert "hổ" not in table and "turn0" not in table and "AAAA" not in str(told)


def test_the_public_route_tells_the_same_to_strangers(sqlite_desk) -> None:
    fill(sqlite_desk.engine)
    stranger = TestClient(Starlette(routes=OpenDataPages(sqlite_desk.engine, sqlite_desk.clock, "CC BY 4.0").routes()))
    answer = stranger.get("/du-lieu-mo/luot-hoi.json?from=2026-11-01")
    assert answer.json()["licence"] == "CC BY 4.0" and len(answer.json()["rows"]) == 5 and "max-age=3600" in answer.headers["cache-control"]
    assert stranger.get("/du-lieu-mo/luot-hoi.csv?from=x").status_code == 400


def test_formulas_cannot_come_in_by_a_channels_name(sqlite_desk) -> None:
    row = dict(zip(("day", "channel", "status", "procedure", "aspect", "n"), ("2026-11-16", "=1+1", "answered", "@x", "", 9)))
    with sqlite_desk.engine.begin() as connection:
        connection.execute(COUNTS.insert().values(**row))
    table = Browser(sqlite_desk, person("admin")).get(f"/figures/open-data.csv?{PERIOD}").text
    assert ",'=1+1," in table and ",'@x," in table


@pytest.mark.parametrize("path", ["", "/sample", "/month", "/export.csv", "/export.xlsx", "/open-data.json", "/open-data.csv"])
def test_strangers_are_sent_to_sign_in(sqlite_desk, path) -> None:
    assert "/can-bo/login" in Browser(sqlite_desk, None).get(f"/figures{path}").headers["location"]

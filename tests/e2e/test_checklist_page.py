"""The papers to tick off in a real browser: by keyboard, at every width, on paper at most two sheets, the QR code as scanned."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Page, expect

from bot.channels.checklist_web import ChecklistPages
from bot.channels.procedure_web import ProcedurePages
from bot.gateway.metrics import Metrics
from index.catalogue import load_procedures

from .own_pages import Records, served
from .test_procedure_page import TOO_PALE

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="serves records of its own; BASE_URL names another server")
ROOT = Path(__file__).parents[2]
PUBLIC = "https://mot-cua.example"
BIRTH, LONG_NAME, ONLY_CASES, NOBODY_LOOKED = "1.001193", "1.001308", "1.013831", "1.999999"
BY_DEPUTY = f"/thu-tuc/{BIRTH}/checklist?case=uy-quyen"
SHOWN = [BY_DEPUTY, f"/thu-tuc/{LONG_NAME}/checklist", f"/thu-tuc/{ONLY_CASES}/checklist", f"/thu-tuc/{NOBODY_LOOKED}/checklist?case=gone", "/m/nothing"]
# The dark squares of the QR code as a browser draws them, one character a module, without the quiet zone.
MODULES = """async ([quiet]) => {
  const svg = document.querySelector(".qr").cloneNode(true), size = Number(svg.getAttribute("viewBox").split(" ")[2]), scale = 8;
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg"); svg.setAttribute("width", size * scale); svg.setAttribute("height", size * scale);
  const image = new Image(); image.src = "data:image/svg+xml," + encodeURIComponent(svg.outerHTML); await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: size * scale, height: size * scale });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  const dark = (x, y) => pen.getImageData((x + 0.5) * scale, (y + 0.5) * scale, 1, 1).data[0] < 128 ? "1" : "0";
  const inner = [...Array(size - 2 * quiet).keys()].map((n) => n + quiet);
  return inner.map((y) => inner.map((x) => dark(x, y)).join(""));
}"""


class Shelf(Records):
    """All reviewed records, and one as if nobody had looked at it."""

    def __init__(self) -> None:
        self.reviewed = {one.code: one for one in load_procedures(ROOT / "data" / "procedures")}
        doubts = tuple((part, "dữ liệu còn nhắc cấp huyện") for part in ("overview", "documents", "fees"))
        doubted = dataclasses.replace(self.reviewed[ONLY_CASES], code=NOBODY_LOOKED, reviewed=False, warnings=doubts)
        self.records = {**self.reviewed, NOBODY_LOOKED: doubted}


SHELF = Shelf()


@pytest.fixture(scope="module")
def _pages() -> Iterator[str]:
    pages = ProcedurePages(SHELF, Metrics(), dict, lambda: date(2026, 11, 22))
    with served([*ChecklistPages(pages).routes(), *pages.routes()]) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOT_CUA_PUBLIC_URL", PUBLIC)
        yield address


@pytest.fixture
def base_url(_pages: str) -> str:
    """For conftest's `page`, which also fails on console errors and on requests to other hosts."""
    return _pages


@pytest.mark.parametrize("viewport", [(320, 640), (360, 740), (1280, 800)], indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_can_be_read(page: Page, base_url: str, scheme: str, viewport: dict[str, int]) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in SHOWN:
        page.goto(base_url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert page.evaluate(TOO_PALE) == [], path


def test_each_box_has_a_name_and_the_headings_descend_by_one(page: Page, base_url: str) -> None:
    page.goto(base_url + BY_DEPUTY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    levels = page.locator("h1, h2, h3").evaluate_all("(all) => all.map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    names = page.get_by_role("checkbox").evaluate_all("(all) => all.map((one) => one.labels[0].innerText.trim())")
    assert len(names) == 5 and names[1] == "2. Giấy chứng sinh 1 bản chính"
    expect(page.get_by_role("list", name="Thêm cho trường hợp này").get_by_role("checkbox")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Giấy chứng sinh")).to_have_accessible_description(re.compile("^Không có thì thay bằng"))


def test_boxes_are_ticked_by_keyboard_and_by_their_words_and_forgotten_on_reload(page: Page, base_url: str) -> None:
    page.goto(base_url + BY_DEPUTY)
    boxes = page.get_by_role("checkbox")
    page.get_by_text("Đổi trường hợp").focus()
    page.keyboard.press("Tab")
    expect(boxes.first).to_be_focused()
    assert boxes.first.evaluate("(box) => getComputedStyle(box).outlineStyle") == "solid"
    page.keyboard.press("Space")
    page.get_by_text("Giấy chứng sinh").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    page.reload()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0 and page.context.cookies() == []


def test_the_case_is_chosen_first_and_can_be_changed(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/thu-tuc/{ONLY_CASES}/checklist")
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Hiến đất")).press("Enter")
    expect(page.get_by_role("checkbox").first).to_be_visible()
    page.get_by_text("Đổi trường hợp").press("Enter")
    page.get_by_role("link", name=re.compile("^Mua bán")).click()
    expect(page.get_by_role("term").filter(has_text="Trường hợp")).to_be_visible()


def test_the_page_of_the_procedure_leads_to_it_and_back(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/thu-tuc/{BIRTH}")
    page.get_by_role("link", name="Danh sách giấy tờ để đánh dấu và in").click()
    expect(page).to_have_title(re.compile("^Danh sách giấy tờ: Đăng ký khai sinh"))
    page.get_by_role("link", name="Xem cả thủ tục").click()
    expect(page).to_have_url(f"{base_url}/thu-tuc/{BIRTH}")


def test_the_qr_code_shows_the_short_address_which_leads_back(page: Page, base_url: str) -> None:
    page.goto(base_url + BY_DEPUTY)
    path = page.locator(".reopen a").get_attribute("href")
    wanted = segno.make(f"{PUBLIC}{path}", error="m", micro=False)
    assert page.evaluate(MODULES, [2]) == ["".join("1" if dark else "0" for dark in row) for row in wanted.matrix]
    page.goto(base_url + path)
    expect(page).to_have_url(base_url + BY_DEPUTY)


def test_on_paper_the_list_its_boxes_and_its_origin_are_left(page: Page, base_url: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(base_url + BY_DEPUTY)
    for shown in ("Đối chiếu ngày 22/11/2026.", "Nội dung tính đến ngày 22/11/2026.", "mot-cua.example/m/"):
        expect(page.get_by_text(shown)).to_be_visible()
    expect(page.get_by_role("img", name="Mã QR mở lại danh sách này")).to_be_visible()
    for hidden in (".strip", ".actions", ".again", ".onscreen"):
        expect(page.locator(hidden)).to_be_hidden()
    box = page.get_by_role("checkbox").first
    assert box.evaluate("(one) => getComputedStyle(one).borderTopColor + getComputedStyle(one).borderTopStyle") == "rgb(0, 0, 0)solid"


SHEET = (688, 1047)
"""Width and height of an A4 sheet within the margins of page.css, in CSS pixels."""
LONGEST = 40
"""Lists that are really printed, which takes a tenth of a second each."""
SURELY_TWO = 1.5
"""Sheets up to which a list, measured in one piece, needs no third: the one break wastes less than a quarter, the highest row."""
# Only <main> is put in: the frame and its style sheets are the same for all, and stay loaded.
SHOW = """async (path) => {
  const fetched = new XMLHttpRequest(); // hands over a document: the page's policy lets no text become one
  fetched.open("GET", path);
  fetched.responseType = "document";
  await new Promise((done) => { fetched.onloadend = done; fetched.send(); });
  document.querySelector("main").replaceWith(fetched.response.querySelector("main"));
  const rows = [...document.querySelectorAll("main li, main p, .sheet")].map((one) => one.getBoundingClientRect().height);
  return [document.body.getBoundingClientRect().height, Math.max(...rows)];
}"""


def sheets(pdf: bytes) -> int:
    """Pages of a PDF as Chromium writes it: page objects are never compressed."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("viewport", [SHEET], indirect=True)
def test_every_reviewed_list_takes_two_sheets_at_most(page: Page, base_url: str, viewport: dict[str, int]) -> None:
    page.emulate_media(media="print")
    page.goto(base_url + BY_DEPUTY)
    lists = [(code, case) for code, one in SHELF.reviewed.items() for case in (None, *(each.id for each in one.cases))]
    assert len(SHELF.reviewed) >= 151 and len(lists) > 500
    heights = {}
    for code, case in lists:
        path = f"/thu-tuc/{code}/checklist" + (f"?case={case}" if case else "")
        heights[path], row = page.evaluate(SHOW, path)
        assert row < SHEET[1] / 4, path
    longest = sorted(heights, key=lambda path: (-heights[path], path))
    for path in longest[:LONGEST]:
        page.evaluate(SHOW, path)
        assert 1 <= sheets(page.pdf(prefer_css_page_size=True)) <= 2, path
    assert heights[longest[LONGEST]] < SURELY_TWO * SHEET[1]

"""The readable page of a procedure in a real browser: it fits every width, reads in order, in light, dark and on paper."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.channels.procedure_web import ProcedurePages
from bot.gateway.metrics import Metrics
from index.catalogue import load_procedures

from .own_pages import Records, served

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="serves records of its own; BASE_URL names another server")
ROOT = Path(__file__).parents[2]
LAND, NOBODY_LOOKED = "1.013831", "1.999999"
SIZES = [(320, 640), (360, 740), (320, 256), (768, 1024), (1280, 800)]
# Every text that is drawn, its own colour against the nearest background; large text needs 3:1, other text 4.5:1.
TOO_PALE = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const below = (node) => { for (; node; node = node.parentElement) {
    const back = rgb(getComputedStyle(node).backgroundColor); if (back.length < 4 || back[3] === 1) return back; } return [255, 255, 255]; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let node; (node = walker.nextNode());) {
    const box = node.parentElement, style = getComputedStyle(box);
    if (!node.data.trim() || !box.getClientRects().length || box.closest(".visually-hidden, .skip")) continue;
    const [a, b] = [light(rgb(style.color)), light(below(box))].sort((x, y) => y - x);
    const big = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if ((a + 0.05) / (b + 0.05) < (big ? 3 : 4.5)) found.push(node.data.trim());
  }
  return found;
}"""


class Shelf(Records):
    """A long record as it is, and once more as if nobody had looked at it."""

    def __init__(self) -> None:
        (path,) = (ROOT / "data" / "procedures" / "dat-dai").glob(f"{LAND}-*.yml")
        long = next(one for one in load_procedures(path.parent) if one.code == LAND)
        parts = ("overview", "documents", "fees", "online")
        doubted = dataclasses.replace(long, code=NOBODY_LOOKED, reviewed=False, warnings=tuple((part, "dữ liệu còn nhắc cấp huyện") for part in parts))
        self.records = {LAND: long, NOBODY_LOOKED: doubted}


@pytest.fixture(scope="module")
def _pages() -> Iterator[str]:
    pages = ProcedurePages(Shelf(), Metrics(), dict, lambda: date(2026, 11, 22))
    with served(pages.routes()) as address:
        yield address


@pytest.fixture
def base_url(_pages: str) -> str:
    """For conftest's `page`, which also fails on console errors and on requests to other hosts."""
    return _pages


@pytest.mark.parametrize("viewport", SIZES, indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_can_be_read(page: Page, base_url: str, scheme: str, tmp_path: Path, viewport: dict[str, int]) -> None:
    page.emulate_media(color_scheme=scheme)
    for code in (LAND, NOBODY_LOOKED, "9.999999"):
        page.goto(f"{base_url}/thu-tuc/{code}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate(TOO_PALE) == []
        page.screenshot(path=tmp_path / f"{code}-{viewport['width']}-{scheme}.png", full_page=True)


def test_landmarks_and_headings(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/thu-tuc/{NOBODY_LOOKED}")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    for role in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("navigation", name="Các phần của trang").get_by_role("link")).to_have_count(14)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sang tên nhà đất")
    expect(page.get_by_role("region", name="Giấy tờ").get_by_role("note")).to_have_text("Dữ liệu còn nhắc cấp huyện.")
    expect(page.get_by_role("region", name="Giấy tờ").get_by_role("listitem")).to_have_count(13)


def test_by_keyboard_the_skip_link_comes_first_and_each_part_is_one_key_away(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/thu-tuc/{LAND}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    first = page.get_by_role("link", name="Giấy tờ", exact=True)
    expect(first).to_be_focused()
    assert first.evaluate("(link) => getComputedStyle(link).outlineStyle") == "solid"
    page.get_by_role("link", name="Phí, lệ phí").press("Enter")
    expect(page.get_by_role("heading", name="Phí, lệ phí")).to_be_in_viewport()


def test_the_assistant_is_one_link_away(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/thu-tuc/{LAND}")
    page.get_by_role("link", name="Hỏi trợ lý").first.click()
    expect(page.get_by_role("textbox", name="Câu hỏi của anh/chị")).to_be_visible()


def test_on_paper_only_the_record_is_left(page: Page, base_url: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{base_url}/thu-tuc/{NOBODY_LOOKED}")
    expect(page.get_by_text("cán bộ chưa rà soát")).to_be_visible()
    expect(page.get_by_text("Nội dung tính đến ngày 22/11/2026.")).to_be_visible()
    for hidden in (".contents", ".strip", ".actions", ".whom >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    assert page.locator("h1").evaluate("(one) => getComputedStyle(one).color") == "rgb(0, 0, 0)"

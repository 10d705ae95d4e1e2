"""The page of a life event in a real browser: it fits a phone and a desk, is ticked off by keyboard, and prints on a few sheets."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.channels.life_event_web import LifeEventPages
from bot.gateway.metrics import Metrics
from index.catalogue import load_procedures, read_yaml
from index.life_events import read_life_events

from .own_pages import Records, served
from .test_procedure_page import TOO_PALE

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="serves records of its own; BASE_URL names another server")
DATA = Path(__file__).parents[2] / "data"
EVENTS = sorted(path.stem for path in (DATA / "life_events").glob("*.yml"))
MAX_SHEETS = 3


class Shelf(Records):
    """All reviewed records."""

    def __init__(self) -> None:
        self.records = {record.code: record for record in load_procedures(DATA / "procedures")}


@pytest.fixture(scope="module")
def _pages() -> Iterator[str]:
    shelf = Shelf()
    events = read_life_events(DATA / "life_events", shelf.records, ())
    contacts = read_yaml(DATA / "province" / "ca-mau.yml")["contacts"]
    pages = LifeEventPages(shelf, Metrics(), lambda: contacts, lambda: events, lambda: date(2026, 11, 22))
    with served(pages.routes()) as address:
        yield address


@pytest.fixture
def base_url(_pages: str) -> str:
    """For conftest's `page`, which also fails on console errors and on requests to other hosts."""
    return _pages


@pytest.mark.parametrize("viewport", [(360, 740), (1280, 800)], indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_can_be_read(page: Page, base_url: str, scheme: str, tmp_path: Path, viewport: dict[str, int]) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in ("/viec", *(f"/viec/{event}" for event in EVENTS)):
        page.goto(f"{base_url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert page.evaluate(TOO_PALE) == [], path
        page.screenshot(path=tmp_path / f"{path.strip('/').replace('/', '-')}-{viewport['width']}-{scheme}.png", full_page=True)


def test_a_paper_is_ticked_by_its_name_and_by_keyboard(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/viec/sinh-con")
    box = page.get_by_role("checkbox", name="Giấy chứng sinh", exact=True)
    expect(box).not_to_be_checked()
    page.get_by_text("Giấy chứng sinh", exact=True).click()
    expect(box).to_be_checked()
    box.focus()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()


def test_every_target_is_large_enough_for_a_thumb(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/viec/nguoi-than-mat")
    heights = page.locator(".event-paper").evaluate_all("(labels) => labels.map((label) => label.getBoundingClientRect().height)")
    assert heights and min(heights) >= 44


def test_from_the_list_to_an_event_and_back(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/viec")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thủ tục theo việc trong đời sống")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(len(EVENTS))
    page.get_by_role("link", name="Xem việc cần làm khi sinh con").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Khi sinh con")
    expect(page.get_by_role("link", name="Xem thủ tục 1.001193")).to_have_attribute("href", "/thu-tuc/1.001193")
    page.get_by_role("link", name="Việc khác").click()
    expect(page).to_have_url(re.compile(r"/viec$"))


@pytest.mark.parametrize("event", EVENTS)
def test_it_prints_on_a_few_sheets_with_boxes_to_tick(page: Page, base_url: str, event: str) -> None:
    page.goto(f"{base_url}/viec/{event}")
    page.emulate_media(media="print")
    expect(page.locator(".actions")).to_be_hidden()
    expect(page.locator(".event-paper input").first).to_be_visible()
    margin = {side: "15mm" for side in ("top", "right", "bottom", "left")}
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=margin)))
    assert 1 <= sheets <= MAX_SHEETS

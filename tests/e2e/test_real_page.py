"""The chat page on the real server: asked by keyboard, tapped, read. Nothing is scripted; screenshots lie in the test's folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conversations.harness import ROOT, RealServer, asked_back_of, built, running

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="starts a server of its own; BASE_URL names another")
SIZES = [(360, 740), (1280, 800)]
WAIT = 15_000
"""Milliseconds for an answer: longer than the server may take."""


@pytest.fixture(scope="module")
def real_server(browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """Only where there is a browser."""
    source = built(Path(os.environ.get("MOT_CUA_VAR") or ROOT / "var").absolute())
    with running(tmp_path_factory.mktemp("page"), source) as server:
        yield server


@pytest.fixture
def base_url(real_server: RealServer) -> str:
    """For conftest's `page`, which also fails on console errors and on requests to other hosts."""
    return real_server.base


@pytest.fixture
def shoot(page: Page, tmp_path: Path, viewport: dict[str, int]):
    """Saves what the screen shows."""

    def shoot(name: str) -> None:
        path = tmp_path / f"real-{viewport['width']}-{name}.png"
        page.screenshot(path=path, animations="disabled")
        assert path.stat().st_size > 5_000

    return shoot


def articles(page: Page) -> Locator:
    return page.get_by_role("log", name="Cuộc trò chuyện").get_by_role("article")


def last(page: Page) -> Locator:
    return articles(page).last


def type_in(page: Page, text: str, answers: int) -> None:
    """With the keyboard alone; returns when the question and `answers` messages more stand in the log."""
    before = articles(page).count()
    expect(page.get_by_role("textbox", name="Câu hỏi của anh/chị")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(articles(page)).to_have_count(before + 1 + answers, timeout=WAIT)


def to_the_box(page: Page) -> None:
    """As a keyboard finds it: the skip link is the first stop of Tab."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến ô nhập câu hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Câu hỏi của anh/chị")
    expect(box).to_be_focused()


@pytest.mark.parametrize("viewport", SIZES, indirect=True)
def test_a_citizen_asks_by_keyboard_taps_and_reads(page: Page, shoot) -> None:
    shoot("1-welcome")
    to_the_box(page)
    type_in(page, "Thuê nhà trọ thì đăng ký tạm trú cần giấy tờ gì?", answers=2)
    notice, answer = articles(page).nth(1), articles(page).nth(2)
    expect(notice).to_contain_text("Đây là máy trả lời tự động")
    expect(answer).to_contain_text("Đăng ký tạm trú")
    expect(answer).to_contain_text(re.compile(r"Nguồn: .*mã 1\.004194.*đối chiếu ngày \d\d/\d\d/\d{4}"))
    expect(answer.get_by_role("link", name="Cổng Dịch vụ công quốc gia")).to_have_attribute("href", re.compile("^https://"))
    assert answer.get_by_role("listitem").count() >= 1
    shoot("2-answer")

    type_in(page, "mat bao lau vay?", answers=1)
    expect(last(page)).to_contain_text("Thời hạn giải quyết")
    expect(last(page)).to_contain_text("1.004194")
    expect(articles(page).get_by_text("Đây là máy trả lời tự động")).to_have_count(1)
    shoot("3-follow-up")

    before = articles(page).count()
    choice = last(page).get_by_role("list", name="Anh/chị có thể hỏi tiếp:").get_by_role("button").first
    words = choice.inner_text()
    choice.click()
    expect(articles(page)).to_have_count(before + 2, timeout=WAIT)
    expect(articles(page).nth(before)).to_contain_text(words)
    expect(last(page)).to_contain_text("1.004194")
    shoot("4-tapped")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("viewport", SIZES, indirect=True)
def test_a_citizen_is_asked_back_and_chooses(page: Page, real_server: RealServer, shoot) -> None:
    unclear = next(message for message in asked_back_of(real_server) if not real_server.say(message).aspects <= {"overview"})
    to_the_box(page)
    type_in(page, unclear, answers=2)
    choices = last(page).get_by_role("list", name="Các lựa chọn").get_by_role("button")
    assert 2 <= choices.count() <= 4
    shoot("5-asked-back")
    before, name = articles(page).count(), choices.last.locator("span").last.inner_text()
    choices.last.focus()
    page.keyboard.press("Enter")
    expect(articles(page)).to_have_count(before + 2, timeout=WAIT)
    expect(last(page)).to_contain_text(name)
    expect(last(page)).to_contain_text("Nguồn: ")
    shoot("6-chosen")


@pytest.mark.parametrize("viewport", [SIZES[0]], indirect=True)
def test_unknown_and_emergency_are_told_plainly(page: Page, shoot) -> None:
    to_the_box(page)
    type_in(page, "xin giấy phép kinh doanh karaoke cần gì", answers=2)
    expect(last(page)).to_contain_text("Trung tâm Phục vụ hành chính công")
    type_in(page, "nhà tôi đang cháy cứu với", answers=1)
    expect(last(page)).to_contain_text("114")
    shoot("7-unknown-and-emergency")

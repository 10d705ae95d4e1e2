"""Large type, narrow windows, wide spacing, small fingers: nothing is cut, nothing scrolls two ways, everything can be pressed."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .fake_api import FakeApi
from .host_pages import Site, host_page
from .measures import clipped, deep, room_to_read, sideways, small_targets, space_text, text_size
from .widget_talk import Talk, states

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="replies are scripted; BASE_URL names another server")
LEAST, AIM, ELDER = 24, 44, 56
"""CSS pixels: WCAG 2.5.8, what this project promises, what large type promises."""
WINDOWS = ((320, 640), (360, 740), (640, 360), (320, 256), (1280, 800))
"""A narrow phone, a usual one, 200 % of 1280x720 or a phone that lies, 400 % of 1280x1024, a desk: CSS pixels."""


def opened(visit: Callable[..., Page], site: Site, api: FakeApi, mode: str, **window: object) -> Talk:
    """The widget in this mode, open."""
    if mode == "page":
        return Talk(visit(f"{api.url}/", **window))
    talk = Talk(visit(site.put("/", host_page(api.url)), **window))
    talk.open()
    return talk


def faults(page: Page) -> list[str]:
    return sideways(page) + clipped(page)


@pytest.mark.parametrize("mode", ["page", "bubble"])
def test_in_no_state_and_window_is_anything_cut_scrolled_sideways_or_too_small_to_press(
    visit: Callable[..., Page], site: Site, api: FakeApi, mode: str,
) -> None:
    talk = opened(visit, site, api, mode, size=WINDOWS[-1])
    found = []
    for state in states(talk, api):
        for width, height in WINDOWS:
            talk.page.set_viewport_size({"width": width, "height": height})
            found += [f"{state} {width}x{height}: {fault}" for fault in faults(talk.page) + too_small(talk.page, state)]
    assert found == [], "\n".join(found)


def too_small(page: Page, state: str) -> list[str]:
    """Controls below what is promised, links below what is required."""
    controls = small_targets(page, ELDER if state == "large-type" else AIM, "button, [role=button], summary, textarea, select, input:not([type=hidden])")
    return controls + small_targets(page, LEAST, "a[href]")


@pytest.mark.parametrize("mode", ["page", "bubble"])
def test_wide_text_spacing_loses_nothing(visit: Callable[..., Page], site: Site, api: FakeApi, mode: str) -> None:
    talk = opened(visit, site, api, mode, size=(360, 740))
    space_text(talk.page)
    found = [f"{state}: {fault}" for state in states(talk, api) for fault in faults(talk.page)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("mode", ["page", "bubble"])
def test_the_browsers_own_text_size_is_followed(visit: Callable[..., Page], site: Site, api: FakeApi, mode: str) -> None:
    sizes = []
    for pixels in (16, 32):
        talk = opened(visit, site, api, mode, size=(1280, 800))
        text_size(talk.page, pixels)
        talk.page.reload()
        if mode == "bubble" and not talk.box.is_visible():
            talk.open()
        talk.ask()
        sizes.append(float(talk.articles.last.locator("p").first.evaluate("(p) => parseFloat(getComputedStyle(p).fontSize)")))
        assert faults(talk.page) == []
    assert sizes[1] == pytest.approx(2 * sizes[0], rel=0.05)


def test_the_larger_letters_button_of_a_portal_enlarges_the_widget_too(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    sizes = []
    for percent in (100, 200, 1000):
        style = f"<style>html {{ font-size: {percent}%; }} body {{ font-size: 16px; }}</style>"
        talk = Talk(visit(site.put("/", host_page(api.url, head=style)), (1280, 800)))
        talk.open()
        talk.ask()
        sizes.append(deep(talk.page, TYPE))
        assert faults(talk.page) == []
    assert sizes[1:] == pytest.approx([2 * sizes[0]] * 2, rel=0.05), "followed up to twice, no further"


@pytest.mark.parametrize("size", [(320, 256), (360, 420)])
@pytest.mark.parametrize("mode", ["page", "bubble"])
def test_some_of_the_talk_can_be_read_in_the_smallest_window(visit: Callable[..., Page], site: Site, api: FakeApi, mode: str, size: tuple[int, int]) -> None:
    talk = opened(visit, site, api, mode, size=size)
    talk.ask()
    talk.articles.last.scroll_into_view_if_needed()
    assert room_to_read(talk.page) >= 0.25


def test_the_closed_bubble_has_the_size_of_a_finger(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url)))
    talk = Talk(page)
    expect(talk.launcher).to_be_visible()
    assert small_targets(page, AIM, "button") == []


def test_large_type_is_larger_and_shows_the_newest_question_only(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    talk = opened(visit, site, api, "bubble", size=(360, 740))
    talk.ask()
    before = deep(talk.page, TYPE)
    talk.ask("Thế lệ phí?")
    talk.choose("Chữ lớn")
    expect(talk.log.get_by_text("Thế lệ phí?")).to_be_visible()
    expect(talk.log.get_by_text("Làm giấy khai sinh cần gì?")).to_be_hidden()
    assert deep(talk.page, TYPE) >= 1.2 * before
    assert faults(talk.page) == []
    talk.button("Xem các câu trước").click()
    expect(talk.log.get_by_text("Làm giấy khai sinh cần gì?")).to_be_visible()


def test_large_type_is_kept_over_a_reload(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    talk = opened(visit, site, api, "bubble", size=(360, 740))
    talk.ask()
    talk.choose("Chữ lớn")
    large = deep(talk.page, TYPE)
    talk.page.reload()
    if not talk.box.is_visible():
        talk.open()
    expect(talk.articles).to_have_count(2)
    assert deep(talk.page, TYPE) == pytest.approx(large)


TYPE = "const p = [...deep()].filter((e) => e.localName === 'p' && drawn(e) && e.closest('[role=log]')).pop(); return parseFloat(getComputedStyle(p).fontSize);"
"""Pixels of the newest answer's type."""


@pytest.mark.parametrize("where", ["on paper", "with motion"])
def test_nothing_moves_when_motion_is_not_wanted(visit: Callable[..., Page], site: Site, api: FakeApi, where: str) -> None:
    talk = opened(visit, site, api, "bubble", size=(1280, 800))
    if where == "with motion":
        talk.page.emulate_media(reduced_motion="no-preference")
        talk.ask()
        assert deep(talk.page, ENDLESS) == []
        return
    talk.ask()
    assert deep(talk.page, "return document.getAnimations().filter((one) => one.effect.getComputedTiming().activeDuration > 200).map((one) => one.animationName ?? '');") == []


ENDLESS = """return [...deep()].flatMap((e) => e.getAnimations()).filter((one) => one.effect.getComputedTiming().iterations === Infinity)
  .map((one) => one.animationName);"""
"""Animations that go on although nothing is being waited for."""

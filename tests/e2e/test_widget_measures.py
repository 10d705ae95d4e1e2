"""The measures themselves: each finds a fault that was planted in a shadow root, and is silent without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from .axe import violations
from .keyboard import press, ring, stop
from .measures import clipped, pale, room_to_read, sideways, small_targets, space_text, text_size

CLEAN = """
:host { display: block; font: 1rem/1.6 sans-serif; } p { margin: 0 0 1rem; overflow-wrap: anywhere; }
button { min-width: 44px; min-height: 44px; } button:focus-visible { outline: 3px solid #0b5750; outline-offset: 2px; }
.log { height: 200px; overflow-y: auto; } .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
MEASURES: dict[str, Callable[[Page], Any]] = {
    "clipped": clipped, "sideways": sideways, "small": lambda page: small_targets(page, 44), "axe": violations, "pale": pale,
}


def draw(browser, css: str = "") -> Page:
    """A small widget with this style sheet added."""
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.set_content("<!DOCTYPE html><html lang='vi'><title>Thử</title><body><main><h1>Thử</h1><x-one></x-one></main>")
    page.evaluate("""(css) => {
      const root = document.querySelector("x-one").attachShadow({ mode: "open" });
      const make = (tag, text, attributes = {}) => { const e = document.createElement(tag); e.textContent = text;
        for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value); return e; };
      const log = make("div", "", { role: "log", class: "log", tabindex: "0" });
      log.append(make("span", "chỉ để nghe, dài hơn một điểm ảnh nhiều", { class: "unseen" }), make("p", "Giấy tờ cần chuẩn bị gồm có tờ khai và giấy chứng sinh. ".repeat(20)));
      root.append(log, make("button", "Gửi câu hỏi", { id: "send" }));
      const sheet = new CSSStyleSheet(); sheet.replaceSync(css); root.adoptedStyleSheets = [sheet]; }""", CLEAN + css)
    return page


def test_nothing_is_found_where_nothing_is_wrong(browser) -> None:
    page = draw(browser)
    assert {name: measure(page) for name, measure in MEASURES.items()} == dict.fromkeys(MEASURES, [])
    page.close()


@pytest.mark.parametrize(("measure", "css"), [
    ("clipped", "p { white-space: nowrap; overflow: hidden; }"),
    ("clipped", "p { height: 3rem; overflow: hidden; }"),
    ("clipped", "button { width: 44px; height: 44px; white-space: nowrap; overflow: hidden; }"),
    ("sideways", "p { width: 500px; }"),
    ("sideways", ".log { overflow-x: scroll; } p { white-space: nowrap; }"),
    ("sideways", "button { position: relative; left: 340px; }"),
    ("small", "button { min-width: 0; min-height: 0; height: 20px; padding: 0; }"),
    ("pale", "p { color: #aaa; background: #fff; }"),
    ("axe", "p { color: #aaa; background: #fff; }"),
    ("axe", "button { font-size: 0; color: transparent; } button { display: block; background: #fff; color: #eee; font-size: 16px; }"),
])
def test_each_planted_fault_is_found(browser, measure: str, css: str) -> None:
    page = draw(browser, css)
    assert MEASURES[measure](page) != []
    page.close()


@pytest.mark.parametrize(("css", "least", "most"), [
    ("", 1.5, 20), ("button:focus-visible { outline: none; }", 0, 0.2), ("button:focus-visible { outline: 3px solid #f4f4f4; outline-offset: 0; }", 0, 0.2),
    ("button { overflow: hidden; } button:focus-visible { outline: none; box-shadow: 0 0 0 3px #0b5750; }", 1.5, 20),
])
def test_ring_is_seen_or_missed_as_by_eye(browser, css: str, least: float, most: float) -> None:
    page = draw(browser, css)
    press(page, "Tab")
    assert press(page, "Tab").name == "Gửi câu hỏi"
    assert least <= ring(page) <= most
    assert stop(page).name == "Gửi câu hỏi", "the focus is where it was"
    page.close()


def test_a_focus_under_another_part_is_found(browser) -> None:
    page = draw(browser)
    press(page, "Tab")
    assert not press(page, "Tab").covered
    page.evaluate("""() => { const lid = document.createElement("div"); document.body.append(lid);
      Object.assign(lid.style, { position: "fixed", inset: "0", background: "#fff" }); }""")
    assert stop(page).covered
    page.close()


def test_room_spacing_and_text_size_are_really_applied(browser) -> None:
    page = draw(browser)
    assert 0.25 < room_to_read(page) < 0.4  # 200 of 640 pixels
    lines = "document.querySelector('x-one').shadowRoot.querySelector('p').getBoundingClientRect().height"
    before = page.evaluate(lines)
    space_text(page)
    assert page.evaluate(lines) > 1.1 * before
    text_size(page, 32)
    assert page.evaluate("getComputedStyle(document.querySelector('x-one').shadowRoot.querySelector('p')).fontSize") == "32px"
    page.close()

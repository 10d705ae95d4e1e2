"""Any site can embed the widget: hostile styles, strict policies, several pages, several tabs; nothing is left behind."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from .fake_api import FakeApi
from .host_pages import HOSTILE, NONCE, Site, host_page, strict_headers
from .measures import clipped, deep, sideways, small_targets
from .widget_talk import QUESTION, Talk

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="replies are scripted; BASE_URL names another server")
KEY = "mot-cua.chat.2"
LOOK = """
const widget = document.querySelector("mot-cua-chat");
const all = [...deep(widget.shadowRoot)].filter((e) => drawn(e) && ["p", "li", "button", "textarea", "h2"].includes(e.localName) && !forEars(e));
return all.map((e) => { const s = getComputedStyle(e);
  return [label(e), s.fontSize, s.color, s.backgroundColor, s.letterSpacing, s.textTransform, s.writingMode, s.direction, s.lineHeight].join(" | "); });"""


def serve(site: Site, api: FakeApi, *, style: str = "", more: str = "", **headers: str) -> str:
    """A portal's page with this style sheet."""
    return site.put("/", host_page(api.url, head=f"<style>{style}</style>", more=more), headers)


def test_a_portals_style_sheet_changes_nothing_inside(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(serve(site, api, more="<div class='front'></div><style id='hostile'></style>"), (1280, 800))
    talk = Talk(page)
    talk.open()
    talk.ask()
    clean = deep(page, LOOK)
    changed = []
    for manner, style in HOSTILE.items():
        page.evaluate("(style) => { document.getElementById('hostile').textContent = style; }", style)
        talk.button("Đóng").click()  # a real click: nothing may lie above
        expect(talk.box).to_be_hidden()
        talk.open()
        changed += [f"{manner}: {was} -> {now}" for was, now in zip(clean, deep(page, LOOK), strict=True) if was != now]
    assert changed == [], "\n".join(changed)


def test_all_hostility_at_once_from_the_first_moment_on(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(serve(site, api, style="\n".join(HOSTILE.values()), more="<div class='front'></div>"), (1280, 800))
    talk = Talk(page)
    talk.open()
    talk.ask()
    assert small_targets(page, 44, "mot-cua-chat, button, textarea") == []
    assert [fault for fault in clipped(page) if "news" not in fault and "cổng" not in fault] == []


@pytest.mark.parametrize("by", ["nonce", "address", "checksum"])
def test_it_works_under_the_strictest_policy(visit: Callable[..., Page], site: Site, api: FakeApi, by: str) -> None:
    script = f'nonce="{NONCE}"' if by == "nonce" else ""
    if by == "checksum":
        body = httpx.get(f"{api.url}/widget.js").content
        script = f'integrity="sha384-{base64.b64encode(hashlib.sha384(body).digest()).decode()}" crossorigin="anonymous"'
    html = host_page(api.url, script=script, head='<link rel="stylesheet" href="/portal.css">')
    site.put("/portal.css", "body { margin: 2rem; }")
    page = visit(site.put("/", html, strict_headers(api.url, by_nonce=by == "nonce")), (1280, 800))
    talk = Talk(page)
    talk.open()
    talk.ask()
    talk.open_menu()
    assert talk.button("Gửi").evaluate("(button) => getComputedStyle(button).minHeight || getComputedStyle(button).height") != "auto"
    box = talk.launcher.or_(talk.button("Đóng")).first.bounding_box()
    assert box and box["height"] >= 44, "styles are applied although inline styles are forbidden"
    # `visit` fails on what the console says, so also on every breach of the policy


def test_a_wrong_checksum_leaves_the_portal_alone(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    wrong = base64.b64encode(bytes(48)).decode()
    html = host_page(api.url, script=f'integrity="sha384-{wrong}" crossorigin="anonymous"')
    page = visit(site.put("/", html), forgive=("Failed to find a valid digest",))
    expect(page.get_by_role("heading", name="Tin của cổng")).to_be_visible()
    assert page.evaluate("customElements.get('mot-cua-chat') === undefined")


def test_one_global_name_is_all_it_takes(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    without = visit(site.put("/", host_page(api.url).replace("widget.js", "nothing.js")))
    names = "Object.getOwnPropertyNames(window)"
    before = set(without.evaluate(names))
    page = visit(site.put("/", host_page(api.url)))
    talk = Talk(page)
    talk.open()
    talk.ask()
    assert {name for name in set(page.evaluate(names)) - before if not name.startswith("__playwright")} == set()


def test_the_script_may_be_there_twice(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url, more=f'<script src="{api.url}/widget.js" defer></script>')))
    talk = Talk(page)
    talk.open()
    talk.ask()
    expect(talk.articles).to_have_count(2)


def test_with_data_auto_the_element_is_added_once(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url, element="", script="data-auto")))
    expect(Talk(page).launcher).to_be_visible()
    assert page.locator("mot-cua-chat").count() == 1


def test_an_element_without_a_tag_of_the_portal_is_not_added(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url, element="")))
    page.wait_for_function("customElements.get('mot-cua-chat') !== undefined")
    assert page.locator("mot-cua-chat").count() == 0


def test_moving_between_two_pages_keeps_the_talk_and_the_open_panel(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    for path in ("/", "/khac"):
        site.put(path, host_page(api.url, more='<a href="/khac">Sang trang khác</a>'))
    page = visit(f"{site.url}/", (1280, 800))
    talk = Talk(page)
    talk.open()
    talk.ask()
    page.get_by_role("link", name="Sang trang khác").click()
    page.wait_for_url("**/khac")
    expect(talk.launcher.or_(talk.panel).first).to_be_visible()
    if not talk.box.is_visible():
        talk.open()
    expect(talk.articles).to_have_count(2)
    expect(talk.articles.first).to_contain_text(QUESTION)
    talk.ask("Thế lệ phí?")
    assert [body["conversation"] for body in api.received] == [None, "c1"]


def test_another_tab_knows_nothing_and_a_closed_one_is_forgotten(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    address = site.put("/", host_page(api.url))
    page = visit(address)
    talk = Talk(page)
    talk.open()
    talk.ask()
    other = page.context.new_page()
    page.close()
    other.goto(address)
    again = Talk(other)
    again.open()
    expect(again.articles).to_have_count(0)
    assert other.evaluate("[sessionStorage, localStorage].flatMap((kept) => Object.values(kept)).join(' ')").find(QUESTION) == -1


def test_nothing_is_kept_but_the_one_key_of_this_tab(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url)))
    assert page.evaluate(KEPT) == [[], [], [], 0, ""], "before anything is asked, nothing is stored"
    talk = Talk(page)
    talk.open()
    talk.ask()
    assert page.evaluate(KEPT) == [[KEY], [], [], 0, ""]


KEPT = """async () => [Object.keys(sessionStorage), Object.keys(localStorage), (await indexedDB.databases()).map((one) => one.name),
  (await caches.keys()).length, document.cookie]"""


def test_a_site_that_is_not_on_the_list_is_told_so(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    api.origins = set()
    page = visit(site.put("/", host_page(api.url)), forgive=("Access to fetch",))
    talk = Talk(page)
    talk.open()
    talk.box.fill(QUESTION)
    talk.box.press("Enter")
    expect(talk.widget.get_by_role("alert")).not_to_be_empty(timeout=20_000)
    assert api.received == []
    expect(talk.box).to_have_value(QUESTION)


def test_the_portals_own_controls_work_beside_the_open_panel(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    heard = '<button id="own" type="button">Nút của cổng</button>'
    page = visit(site.put("/", host_page(api.url, element=f"{heard}<mot-cua-chat></mot-cua-chat>", lines=1)), (1280, 800))
    page.evaluate("document.getElementById('own').addEventListener('click', () => { window.pressed = true; })")
    Talk(page).open()
    page.get_by_role("button", name="Nút của cổng").click()
    assert page.evaluate("window.pressed") is True


def test_letters_typed_here_are_no_shortcuts_of_the_portal(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url)), (1280, 800))
    page.evaluate("for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, (event) => (window.heard ??= []).push(event.key))")
    talk = Talk(page)
    talk.open()
    talk.box.press_sequentially("s/?k")
    assert page.evaluate("window.heard ?? []") == [], "outside, the keys seem to come from an element that is no text box"
    expect(talk.box).to_have_value("s/?k")


def test_an_accent_that_cannot_be_read_is_refused(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url)))
    expect(Talk(page).launcher).to_be_visible()
    colour = """if (argument) document.querySelector("mot-cua-chat").setAttribute("accent", argument);
      const e = [...deep()].find((one) => one.localName === "button" && drawn(one)); return getComputedStyle(e).backgroundColor;"""
    own = deep(page, colour)
    for accent in ("#ffffff", "#ff0", "red; background: url(//x)", "#8a8a8a", "javascript:1"):
        assert deep(page, colour, accent) == own, accent
    assert deep(page, colour, "#7a1f5c") == "rgb(122, 31, 92)", "a readable one is taken"


def test_a_good_accent_position_and_theme_are_followed(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    element = '<mot-cua-chat accent="#7a1f5c" position="left" theme="dark"></mot-cua-chat>'
    page = visit(site.put("/", host_page(api.url, element=element)), (1280, 800))
    talk = Talk(page)
    expect(talk.launcher).to_be_visible()
    assert talk.launcher.bounding_box()["x"] < 400
    colours = deep(page, "return [...deep(document.querySelector('mot-cua-chat').shadowRoot)].filter(drawn).map((e) => getComputedStyle(e).backgroundColor);")
    assert "rgb(122, 31, 92)" in colours
    talk.open()
    ground = deep(page, "let e = [...deep()].find((one) => one.getAttribute('role') === 'log'); "
                  "while (getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)') e = parentOf(e); return getComputedStyle(e).backgroundColor.match(/\\d+/g).map(Number);")
    assert max(ground[:3]) < 90, f"dark on request: {ground}"


@pytest.mark.parametrize("mode", ["inline", "page"])
def test_the_other_modes_stand_in_the_portals_page(visit: Callable[..., Page], site: Site, api: FakeApi, mode: str) -> None:
    page = visit(site.put("/", host_page(api.url, element=f'<mot-cua-chat mode="{mode}"></mot-cua-chat>', lines=2)), (1280, 800))
    talk = Talk(page)
    expect(talk.box).to_be_visible()
    expect(talk.launcher).to_have_count(0)
    talk.ask()
    assert sideways(page) == []

"""The widget without a mouse: a whole talk, the order of focus, its way back, its ring, and input methods."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .fake_api import ANSWER, ASK_BACK, FakeApi, message
from .host_pages import Site, host_page
from .keyboard import press, ring, stop, tab_to, walk
from .widget_talk import LAUNCHER, MENU, QUESTION, Talk

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="replies are scripted; BASE_URL names another server")
BEFORE, AFTER = "Trang chủ của cổng", "Chân trang của cổng"
PLACES = [("page", (360, 640)), ("page", (320, 256)), ("bubble", (360, 640)), ("bubble", (1280, 720))]
THIN = 0.9
"""Ring per perimeter, see keyboard.ring: nearly one whole line, rounded corners and the window's edge forgiven."""
LONG = message("\n".join(f"{n}. Giấy tờ thứ {n}" for n in range(1, 25)), choices=[(f"Câu hỏi tiếp {n}", f"hỏi {n}") for n in range(4)])


@pytest.fixture
def portal(visit: Callable[..., Page], site: Site, api: FakeApi) -> Callable[..., Page]:
    """Opens a portal's page with the bubble on it."""
    return lambda size=(1280, 720): visit(site.put("/", host_page(api.url)), size)


def test_a_whole_talk_from_opening_to_closing(portal: Callable[..., Page], api: FakeApi) -> None:
    page = portal()
    talk = Talk(page)
    api.answers(ASK_BACK)
    expect(talk.launcher).to_be_visible()
    tab_to(page, LAUNCHER)
    page.keyboard.press("Enter")
    expect(talk.box).to_be_visible()
    assert stop(page).inside, "opening moves the focus into the panel"
    if stop(page).tag != "textarea":
        walk(page, until=lambda one: one.tag == "textarea")
    page.keyboard.type("tạm trú cần gì")
    page.keyboard.press("Enter")
    expect(talk.articles).to_have_count(2)
    expect(talk.box).to_be_focused()

    walk(page, "Shift+Tab", lambda one: one.name.endswith("Gia hạn tạm trú"))
    page.keyboard.press("Space")
    expect(talk.articles).to_have_count(4)
    assert api.received[1]["message"] == "Gia hạn tạm trú (mã 1.002755) cần giấy tờ gì?"

    walk(page, "Shift+Tab", lambda one: one.name == "Hữu ích")
    page.keyboard.press("Enter")
    expect(talk.button("Hữu ích").last).to_have_attribute("aria-pressed", "true")
    assert stop(page).name == "Hữu ích", "a thumb keeps the focus"

    walk(page, "Shift+Tab", lambda one: one.name == "Thêm")
    page.keyboard.press("Enter")
    expect(talk.option("Chữ lớn")).to_be_visible()
    page.keyboard.press("Escape")
    expect(talk.option("Chữ lớn")).to_be_hidden()
    assert stop(page).name == "Thêm", "Esc closes the menu alone and gives the focus back"
    expect(talk.box).to_be_visible()

    page.keyboard.press("Escape")
    expect(talk.box).to_be_hidden()
    assert stop(page).name == LAUNCHER, "closing gives the focus back to the launcher"
    expect(talk.launcher).to_have_attribute("aria-expanded", "false")


def test_menu_opens_by_arrow_or_enter_and_every_entry_is_reached(portal: Callable[..., Page], api: FakeApi) -> None:
    page = portal()
    talk = Talk(page)
    talk.open()
    talk.ask()
    talk.button("Thêm").focus()
    page.keyboard.press("Enter")
    expect(talk.option("Chữ lớn")).to_be_visible()
    key = "ArrowDown" if talk.widget.get_by_role("menu").count() else "Tab"
    reached = {stop(page).name} | {press(page, key).name for _ in range(9)}
    assert set(MENU) - reached == set()


@pytest.mark.parametrize("size", [(320, 256), (640, 360)])
def test_in_a_low_window_every_entry_of_the_menu_is_seen_when_it_is_reached(portal: Callable[..., Page], api: FakeApi, size: tuple[int, int]) -> None:
    page = portal(size)
    talk = Talk(page)
    talk.open()
    talk.ask()
    talk.button("Thêm").focus()
    page.keyboard.press("Enter")
    expect(talk.option("Xóa cuộc trò chuyện")).to_be_visible()
    stops = walk(page, until=lambda one: one.name not in MENU and one.name != "Gửi lời nhắn", limit=12)
    assert {one.name for one in stops} >= set(MENU)
    assert [f"{one.name!r} lies under {one.by}" for one in stops[:-1] if one.covered] == []


def test_delete_dialog_keeps_the_focus_and_gives_it_back(portal: Callable[..., Page], api: FakeApi) -> None:
    page = portal()
    talk = Talk(page)
    talk.open()
    talk.ask()
    talk.choose("Xóa cuộc trò chuyện")
    expect(talk.confirm).to_be_visible()
    inside = talk.confirm.get_by_role("button")
    assert stop(page).inside
    names = {press(page, "Tab").name for _ in range(6)} | {press(page, "Shift+Tab").name for _ in range(6)}
    allowed = {" ".join(name.split()) for name in inside.all_inner_texts()}
    leaked = {name for name in names if name and name not in allowed}
    assert leaked == set(), "a modal dialog keeps the focus"
    page.keyboard.press("Escape")
    expect(talk.confirm).to_be_hidden()
    assert stop(page).inside, "the focus goes back to where it came from, not to the page's top"
    expect(talk.articles).to_have_count(2)

    talk.choose("Xóa cuộc trò chuyện")
    walk(page, until=lambda one: one.name.startswith("Xóa"), limit=6)
    page.keyboard.press("Enter")
    expect(talk.articles).to_have_count(0)
    assert stop(page).inside, "after deleting the focus stays in the panel"


def test_tab_leaves_the_open_panel_for_the_portal_in_both_directions(portal: Callable[..., Page], api: FakeApi) -> None:
    page = portal()
    talk = Talk(page)
    talk.open()
    talk.ask()
    talk.box.focus()
    forth = walk(page, "Tab", lambda one: one.name == AFTER, 40)
    assert all(one.inside for one in forth[:-1])
    talk.box.focus()
    back = walk(page, "Shift+Tab", lambda one: one.name == BEFORE, 60)
    assert all(one.inside for one in back[:-1])
    expect(talk.box).to_be_visible()


def test_focus_goes_through_the_panel_from_top_to_bottom(portal: Callable[..., Page], api: FakeApi) -> None:
    page = portal()
    talk = Talk(page)
    talk.open()
    talk.ask()
    talk.button("Thêm").focus()
    names = [stop(page).name, *(one.name for one in walk(page, until=lambda one: not one.inside))]
    expected = ["Thêm", "Nơi nộp", "Nộp trực tuyến", "Câu hỏi của anh/chị", "Gửi"]
    assert [name for name in names if name in expected] == expected
    assert "Đóng" in names or names[0] == "Thêm"  # the close button stands beside the menu, before or after it
    assert len(names) == len(set(names)), "nothing is met twice"


def test_old_choices_are_no_stops(portal: Callable[..., Page], api: FakeApi) -> None:
    page = portal()
    talk = Talk(page)
    talk.open()
    talk.ask()
    talk.ask("Thế lệ phí?")
    talk.button("Thêm").focus()
    names = [one.name for one in walk(page, until=lambda one: not one.inside)]
    assert names.count("Nơi nộp") == 1


@pytest.mark.parametrize(("mode", "size"), PLACES)
def test_every_stop_shows_a_ring_and_lies_free(portal: Callable[..., Page], visit: Callable[..., Page], api: FakeApi, mode: str, size: tuple[int, int]) -> None:
    page = visit(f"{api.url}/", size) if mode == "page" else portal(size)
    talk = Talk(page)
    if mode == "bubble":
        talk.open()
    api.answers(ANSWER)
    api.answers(LONG)
    talk.ask()
    talk.ask("Còn gì nữa?")
    talk.box.focus()
    faults = []
    for key in ("Shift+Tab", "Tab"):
        for _ in range(30):
            one = press(page, key)
            if not one.inside and (mode == "page" or one.name in (BEFORE, AFTER)) or one.tag == "body":
                break
            if one.covered:
                faults.append(f"{key}: {one.name!r} lies under {one.by}")
            elif key == "Shift+Tab" and (drawn := ring(page)) < THIN:
                faults.append(f"{one.name!r} has {drawn:.2f} of a ring")
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("size", [(360, 640), (320, 256)])
def test_on_a_phone_no_focus_is_lost_under_the_panel(portal: Callable[..., Page], api: FakeApi, size: tuple[int, int]) -> None:
    page = portal(size)
    talk = Talk(page)
    talk.open()
    talk.ask()
    talk.box.focus()
    covered = [one for one in (press(page, "Tab") for _ in range(30)) if one.covered]
    assert [f"{one.name!r} lies under {one.by}" for one in covered] == []


def test_the_closed_bubble_covers_no_link_of_the_portal(portal: Callable[..., Page], api: FakeApi) -> None:
    page = portal((360, 640))
    expect(Talk(page).launcher).to_be_visible()
    stops = [tab_to(page, BEFORE), tab_to(page, AFTER)]
    assert [one.name for one in stops if one.covered] == []


def test_enter_while_an_input_method_composes_sends_nothing(portal: Callable[..., Page], api: FakeApi) -> None:
    page = portal()
    talk = Talk(page)
    talk.open()
    talk.box.focus()
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": "tiếng Viê", "selectionStart": 9, "selectionEnd": 9})
    talk.box.evaluate("(box) => box.addEventListener('keydown', (event) => { window.composing = event.isComposing; })")
    page.keyboard.press("Enter")
    assert page.evaluate("window.composing") is True, "the test itself: the browser must say that it composes"
    assert api.received == []
    method.send("Input.insertText", {"text": "tiếng Việt"})
    page.keyboard.press("Enter")
    expect(talk.articles).to_have_count(2)
    assert [body["message"] for body in api.received] == ["tiếng Việt"]


def test_typing_and_moving_the_focus_never_send(portal: Callable[..., Page], api: FakeApi) -> None:
    page = portal()
    talk = Talk(page)
    talk.open()
    talk.box.fill(QUESTION)
    walk(page, until=lambda one: one.name == AFTER)
    assert api.received == []
    for key in ("a", "x", "?", "/", "1"):  # no shortcut of a single key anywhere (2.1.4)
        page.keyboard.press(key)
    expect(talk.box).to_have_value(QUESTION)
    assert api.received == []

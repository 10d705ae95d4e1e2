"""The pages for erasing and for leaving a message, in a real browser without JavaScript: by keyboard, narrow and wide."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.gateway import texts

from ..bot.gateway.harness import Gateway, running

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="needs a database of its own; BASE_URL names another server")
WIDTHS = [(320, 640), (1280, 800)]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("var"), keeps=True) as one:
        yield one


@pytest.fixture(params=WIDTHS, ids=lambda size: str(size[0]))
def plain(request: pytest.FixtureRequest, browser: Browser, gateway: Gateway) -> Iterator[Page]:
    """No script runs; afterwards the page was never wider than the screen."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False, base_url=gateway.base)
    context.set_default_timeout(10_000)
    page = context.new_page()
    yield page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_message_is_left_by_keyboard_after_a_mistake(plain: Page) -> None:
    plain.goto("/lien-he")
    plain.get_by_label("Họ và tên").focus()
    for typed in ("Nguyễn Thị Hoa", "12", "Khai sinh cho con", "Tân Thành"):
        plain.keyboard.type(typed)
        plain.keyboard.press("Tab")
    expect(plain.get_by_role("checkbox")).to_be_focused()
    expect(plain.get_by_role("checkbox")).not_to_be_checked()
    plain.keyboard.press("Space")
    plain.keyboard.press("Tab")
    expect(plain.get_by_role("button", name="Gửi lời nhắn")).to_be_focused()  # the field no person sees is no stop on the way
    plain.keyboard.press("Enter")
    expect(plain).to_have_title("Lỗi: Để lại lời nhắn để được gọi lại – Một Cửa")
    phone = plain.get_by_role("textbox", name="Số điện thoại")
    expect(phone).to_have_accessible_description(f"Số để cán bộ gọi lại. Lỗi: {texts.CONTACT_PHONE}")
    expect(phone).to_have_value("12")
    expect(plain.get_by_label("Họ và tên")).to_have_value("Nguyễn Thị Hoa")
    expect(plain.get_by_role("checkbox")).to_be_checked()
    phone.fill("0912 345 678")
    phone.press("Enter")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Đã nhận lời nhắn")


def test_what_was_asked_is_erased_by_its_code(plain: Page, gateway: Gateway) -> None:
    token = gateway.say("lệ phí?").json()["conversation"]
    code = gateway.http.get("/api/conversation/code", headers={"Conversation": token}).json()["code"]
    plain.goto("/quyen-rieng-tu")
    box = plain.get_by_label("Mã xóa")
    box.fill("7K2P")
    box.press("Enter")
    expect(plain.get_by_label("Mã xóa")).to_have_attribute("aria-invalid", "true")
    expect(plain.get_by_label("Mã xóa")).to_be_in_viewport()
    plain.get_by_label("Mã xóa").fill(code)
    plain.get_by_label("Mã xóa").press("Enter")
    expect(plain.get_by_role("status")).to_have_text(texts.ERASED_BY_CODE)
    expect(plain.get_by_role("status")).to_be_in_viewport()
    assert "turn=1" in gateway.text("nữa", token)


def test_targets_are_large_enough(plain: Page) -> None:
    for path in ("/lien-he", "/quyen-rieng-tu"):
        plain.goto(path)
        for control in plain.locator("form input:visible:not(.trap input), form textarea, form button").all():
            box = control.bounding_box()
            assert box and box["height"] >= 24 and (control.get_attribute("type") == "checkbox" or box["height"] >= 44), (path, box)

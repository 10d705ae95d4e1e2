"""The chat page and the guide with JavaScript switched off: asked, answered, asked again, at every width; nothing but a form."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from actions.answer import Answer, AnswerStatus, Choice, SourceRef
from bot.channels.chat_page_web import ChatPages
from bot.channels.embed_page import Pinned
from bot.channels.embed_web import EmbedPages
from bot.gateway import texts
from bot.gateway.app import WIDGET
from bot.gateway.conversation import NothingAnswers, Reply
from bot.gateway.metrics import Metrics
from bot.gateway.origins import Origins
from bot.gateway.sessions import Sessions
from bot.gateway.settings import read_settings
from bot.gateway.text_guard import clean
from tests.bot.gateway.harness import running
from tests.bot.gateway.plain import needs_template

from .own_pages import served
from .test_procedure_page import TOO_PALE

pytestmark = [pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="scripts its replies; BASE_URL names another server"), needs_template]
SIZES = [(320, 640), (360, 740), (1280, 800)]
FAR = 30_000
SOURCE = SourceRef("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn/", "2026-11-20")
FULL = Answer(
    AnswerStatus.ANSWERED,
    "Dạ, về thủ tục Đăng ký khai sinh:\nGiấy tờ cần chuẩn bị:\n1. Tờ khai đăng ký khai sinh (1 bản chính)\n2. Giấy chứng sinh (1 bản chính)\n"
    "Thời hạn giải quyết: trong ngày.\nPhí, lệ phí:\n- Lệ phí hộ tịch (đúng hạn): miễn phí.\nXem đầy đủ: /thu-tuc/1.001193\n"
    "Nguồn: Cổng Dịch vụ công quốc gia, mã 1.001193; đối chiếu ngày 20/11/2026.",
    choices=(Choice("Nơi nộp", "Đăng ký khai sinh nộp ở đâu?"), Choice("Nộp trực tuyến", "Đăng ký khai sinh nộp trực tuyến được không?")), sources=(SOURCE,),
)
BACK = Answer(
    AnswerStatus.UNCLEAR_PROCEDURE, "Dạ, anh/chị cần thủ tục nào?\n1. Đăng ký tạm trú\n2. Gia hạn tạm trú",
    choices=(Choice("Đăng ký tạm trú", "Đăng ký tạm trú cần giấy tờ gì?"), Choice("Gia hạn tạm trú", "Gia hạn tạm trú cần giấy tờ gì?")),
)


class Scripted:
    """Conversations that answer "tam tru" with a question back, "bận" not at all, and anything else in full."""

    def __init__(self) -> None:
        self._sessions, self.heard = Sessions(b"k" * 32), []

    async def reply(self, message: object, token: str | None, channel: str, client: str = "") -> Reply:
        text, known = clean(message), self._sessions.verify(token)
        self.heard.append((text, token, channel))
        if text == "bận":
            raise NothingAnswers
        answers = (BACK,) if text == "tam tru" else (FULL,)
        return Reply(self._sessions.token(known or self._sessions.new_id()), "t", known is None, answers)


@pytest.fixture(scope="module")
def talk() -> Scripted:
    return Scripted()


@pytest.fixture(scope="module")
def address(talk: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = read_settings({"MOT_CUA_VAR": str(tmp_path_factory.mktemp("var")), "MOT_CUA_ORIGINS": "https://cong.tinh.example"})
    pages = ChatPages(talk, Origins(), Metrics(), 0, WIDGET / "index.html")  # type: ignore[arg-type]
    guide = EmbedPages(settings, Pinned("/widget.0123456789ab.js", f"sha384-{'A' * 64}"))
    with served([*pages.routes(), *guide.routes()]) as address:
        yield address


@pytest.fixture
def plain(browser, address: str, viewport: dict[str, int]) -> Iterator[Page]:
    """A page of a browser without JavaScript. Afterwards: nothing was refused by the policy."""
    context = browser.new_context(viewport=viewport, locale="vi-VN", java_script_enabled=False)
    context.set_default_timeout(FAR)
    page, faults = context.new_page(), []
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" and "Failed to load resource" not in line.text else None)
    page.goto(f"{address}/chat")
    yield page
    context.close()
    assert faults == []


def ask(page: Page, question: str) -> None:
    page.locator("textarea[name=message]").fill(question)  # the chat's own box has the same label
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_be_visible()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("viewport", SIZES, indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_asked_answered_and_asked_again(plain: Page, talk: Scripted, scheme: str, tmp_path: Path, viewport: dict[str, int]) -> None:
    plain.emulate_media(color_scheme=scheme)
    expect(plain.get_by_label("Câu hỏi của anh/chị")).to_be_visible()
    for step, question in enumerate(("khai sinh cần gì?", "tam tru")):
        ask(plain, question)
        expect(plain.locator(".message--user")).to_have_text(f"Anh/chị hỏi: {question}")
        assert fits(plain) and plain.evaluate(TOO_PALE) == []
        plain.screenshot(path=tmp_path / f"{step}-{viewport['width']}-{scheme}.png", full_page=True)
    expect(plain.get_by_role("heading", level=2)).to_have_text("Câu trả lời")
    (first, second) = talk.heard[-2:]
    assert (first[0], first[1]) == ("khai sinh cần gì?", None) and second[0] == "tam tru" and second[1] and second[2] == "web_plain"


def test_the_first_answer_comes_with_the_notice(plain: Page) -> None:
    ask(plain, "khai sinh cần gì?")
    expect(plain.get_by_text(texts.NOTICE)).to_be_visible()
    expect(plain.locator("ol.items li")).to_have_count(2)
    expect(plain.get_by_role("link", name="Xem đầy đủ")).to_have_attribute("href", "/thu-tuc/1.001193")
    expect(plain.get_by_role("link", name="Cổng Dịch vụ công quốc gia")).to_have_attribute("href", "https://dichvucong.gov.vn/")
    ask(plain, "khai sinh cần gì?")
    expect(plain.get_by_text(texts.NOTICE)).to_have_count(0)


def test_a_choice_is_one_press(plain: Page, talk: Scripted) -> None:
    ask(plain, "tam tru")
    expect(plain.get_by_role("list", name="Bấm để hỏi tiếp").get_by_role("button")).to_have_text(["1. Đăng ký tạm trú", "2. Gia hạn tạm trú"])
    plain.get_by_role("button", name="2. Gia hạn tạm trú").click()
    expect(plain.locator(".message--user")).to_have_text("Anh/chị hỏi: Gia hạn tạm trú cần giấy tờ gì?")
    assert talk.heard[-1][0] == "Gia hạn tạm trú cần giấy tờ gì?" and talk.heard[-1][1] is not None


@pytest.mark.parametrize("viewport", SIZES, indirect=True)
def test_a_refusal_keeps_what_was_typed(plain: Page, tmp_path: Path, viewport: dict[str, int]) -> None:
    ask(plain, "bận")
    expect(plain.get_by_text(texts.BUSY)).to_be_visible()
    expect(plain).to_have_title("Chưa gửi được – Một Cửa")
    box = plain.get_by_label("Câu hỏi của anh/chị")
    expect(box).to_have_value("bận")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(f"{texts.BUSY} Ví dụ: khai sinh cần gì? Viết không dấu cũng được.")
    assert fits(plain)
    plain.screenshot(path=tmp_path / f"refused-{viewport['width']}.png", full_page=True)


def test_by_keyboard_alone(plain: Page) -> None:
    box = plain.get_by_label("Câu hỏi của anh/chị")
    box.focus()
    plain.keyboard.type("khai sinh")
    plain.keyboard.press("Tab")
    expect(plain.get_by_role("button", name="Gửi", exact=True)).to_be_focused()
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("heading", level=2)).to_have_text("Câu trả lời")
    assert plain.url.endswith("/chat#tra-loi"), "the browser goes to the answer"
    expect(plain.get_by_role("heading", level=2)).to_be_in_viewport()


def test_targets_are_large_enough_for_a_finger(plain: Page) -> None:
    ask(plain, "khai sinh cần gì?")
    for button in plain.get_by_role("button").all():
        shape = button.bounding_box()
        assert shape and shape["height"] >= 44 and shape["width"] >= 44


def test_one_heading_a_language_and_a_way_back(plain: Page) -> None:
    ask(plain, "khai sinh cần gì?")
    expect(plain.locator("html")).to_have_attribute("lang", "vi")
    expect(plain.get_by_role("heading", level=1)).to_have_count(1)
    expect(plain.get_by_role("main")).to_have_count(1)
    expect(plain.get_by_role("link", name="Dùng trang trò chuyện đầy đủ")).to_have_attribute("href", "/chat")


def test_with_javascript_the_answer_stays_in_sight(browser, address: str) -> None:
    """Whoever asked by the form stays with it: no script may take its place."""
    page = browser.new_page()
    page.goto(f"{address}/chat#don-gian")
    ask(page, "khai sinh cần gì?")
    expect(page.locator("mot-cua-chat")).to_have_count(0)
    expect(page.locator("ol.items li").first).to_be_visible()
    ask(page, "tam tru")
    expect(page.get_by_role("button", name="1. Đăng ký tạm trú")).to_be_visible()
    page.close()


@pytest.mark.parametrize("viewport", SIZES, indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_guide_fits_and_can_be_read(plain: Page, address: str, scheme: str, tmp_path: Path, viewport: dict[str, int]) -> None:
    plain.emulate_media(color_scheme=scheme)
    plain.goto(f"{address}/nhung")
    assert fits(plain) and plain.evaluate(TOO_PALE) == []
    expect(plain.get_by_role("row")).to_have_count(9)
    expect(plain.get_by_role("region", name="Dòng để chép")).to_be_visible()
    plain.screenshot(path=tmp_path / f"guide-{viewport['width']}-{scheme}.png", full_page=True)


def test_the_whole_way_through_the_real_gateway(browser, tmp_path: Path) -> None:
    """The hidden field, the referrer policy and the check of origins together: a browser's own form gets through and stays in its conversation."""
    with running(tmp_path) as gateway:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.set_default_timeout(FAR)
        page.goto(f"{gateway.base}/")
        ask(page, "GÌ lệ phí")
        expect(page.get_by_text("turn=1")).to_be_visible()
        ask(page, "GÌ nữa")
        expect(page.get_by_text("turn=2")).to_be_visible()
        page.get_by_role("button", name="Lệ phí").click()
        expect(page.get_by_text("turn=3")).to_be_visible()
        context.close()


def test_the_guide_shows_the_widget_at_work(browser, tmp_path: Path) -> None:
    with running(tmp_path, ready=False) as gateway:
        if gateway.http.get("/widget.js").status_code == 404:
            pytest.skip("the widget is no part of this tree yet")
        page = browser.new_page()
        page.set_default_timeout(FAR)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        page.goto(f"{gateway.base}/nhung")
        page.get_by_role("button", name="Hỏi thủ tục hành chính").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.screenshot(path=tmp_path / "preview.png")
        page.close()
        assert faults == []

"""One citizen at one widget: what can be done with it, by the names that a screen reader says."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

from .fake_api import ANSWER, ASK_BACK, NOTICE, FakeApi, Reply, refusal

QUESTION = "Làm giấy khai sinh cần gì?"
LAUNCHER = "Hỏi thủ tục hành chính"
BUSY = "Xin lỗi anh/chị, máy đang bận."
MENU = ("Xóa cuộc trò chuyện", "Tải về", "In", "Sao chép", "Chữ lớn", "Quyền riêng tư", "Đánh giá")
"""What the menu offers, in no order."""


class Talk:
    """The widget of a page, whatever its mode. Locators look through the open shadow root."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.widget = page.locator("mot-cua-chat")
        self.box = page.get_by_role("textbox", name="Câu hỏi của anh/chị")
        self.log = page.get_by_role("log", name="Cuộc trò chuyện")
        self.articles = self.log.get_by_role("article")
        self.launcher = page.get_by_role("button", name=LAUNCHER)
        self.panel = page.get_by_role("dialog", name="Một Cửa")
        self.confirm = page.get_by_role("dialog", name="Xóa cuộc trò chuyện")

    def button(self, name: str) -> Locator:
        return self.widget.get_by_role("button", name=name, exact=True)

    def option(self, name: str) -> Locator:
        """An entry of the menu, whether a button, a menu item or a link."""
        roles = ("button", "menuitem", "menuitemcheckbox", "link")
        first, *others = [self.widget.get_by_role(role, name=name, exact=True) for role in roles]
        for other in others:
            first = first.or_(other)
        return first.first

    def open(self) -> None:
        self.launcher.click()
        expect(self.box).to_be_visible()

    def ask(self, text: str = QUESTION) -> None:
        """Type and press Enter; returns when the answer stands below the question."""
        before = self.articles.count()
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.articles.nth(before + 1)).to_be_visible()
        expect(self.button("Gửi")).to_be_enabled()

    def fail(self, text: str = QUESTION) -> None:
        """Ask what the server refuses; returns when the reason is said."""
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.widget.get_by_role("alert").filter(has_text=BUSY)).to_be_visible()

    def open_menu(self) -> None:
        self.button("Thêm").click()
        expect(self.option("Chữ lớn")).to_be_visible()

    def choose(self, name: str) -> None:
        """Open the menu and take what is called so."""
        self.open_menu()
        self.option(name).click()


def states(talk: Talk, api: FakeApi) -> Iterator[str]:
    """Walk one talk through everything that the widget can show, from the open welcome on; yields each state's name."""
    page = talk.page
    expect(talk.box).to_be_visible()
    yield "welcome"
    api.script.extend([Reply((NOTICE, ANSWER)), Reply((ASK_BACK,)), refusal(503, BUSY)])
    talk.ask()
    yield "answer"
    talk.ask("tạm trú cần gì")
    yield "asking-back"
    talk.open_menu()
    yield "menu"
    page.keyboard.press("Escape")
    talk.choose("Xóa cuộc trò chuyện")
    expect(talk.confirm).to_be_visible()
    yield "delete"
    page.keyboard.press("Escape")
    expect(talk.confirm).to_be_hidden()
    talk.button("Chưa đúng").last.click()
    expect(talk.widget.get_by_role("textbox", name="Vì sao chưa đúng")).to_be_visible()
    yield "thumbs"
    talk.choose("Đánh giá")
    expect(talk.widget.get_by_role("radio").first).to_be_visible()
    yield "rating"
    page.keyboard.press("Escape")
    if not talk.box.is_visible():
        talk.open()
    talk.fail()
    yield "failure"
    talk.choose("Chữ lớn")
    yield "large-type"

"""What assistive technology is given: names, roles, states, headings and language, and which changes are news to it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .fake_api import ANSWER, NOTICE, FakeApi, Reply, refusal
from .host_pages import Site, host_page
from .measures import deep
from .widget_talk import BUSY, LAUNCHER, MENU, QUESTION, Talk

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="replies are scripted; BASE_URL names another server")
LISTEN = """
window.news = [];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  const root = attach.call(this, options);
  let busy = new WeakMap();
  new MutationObserver((records) => { for (const record of records) {
    const log = (record.target.nodeType === 1 ? record.target : record.target.parentElement)?.closest("[role=log], [aria-live=off]");
    if (log?.role !== "log") continue;
    if (record.type === "attributes") { if (record.target === log) busy.set(log, record.oldValue !== "true"); continue; }
    if (!log || busy.get(log)) continue;
    const words = (nodes) => [...nodes].map((node) => node.textContent.trim().replace(/\\s+/g, " ").slice(0, 60)).filter(Boolean);
    for (const text of words(record.addedNodes)) window.news.push(["added", text]);
    for (const text of words(record.removedNodes)) window.news.push(["removed", text]);
    if (record.type === "characterData") window.news.push(["changed", record.target.data.slice(0, 60)]);
  } }).observe(root, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["aria-busy"], attributeOldValue: true });
  return root;
};"""
"""Notes what is added to, changed in or taken out of a log that is not busy: what a screen reader may read out."""


def tree(page: Page) -> list[dict[str, Any]]:
    """The browser's accessibility tree, without ignored nodes: {"role", "name", and each property's value}, in reading order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        {"role": node["role"]["value"], "name": node.get("name", {}).get("value", ""),
         **{one["name"]: one["value"].get("value") for one in node.get("properties", ())}}
        for node in nodes if not node.get("ignored")
    ]


def find(page: Page, role: str, name: str) -> dict[str, Any]:
    """The one node of this role and name."""
    found = [node for node in tree(page) if node["role"] == role and node["name"] == name]
    assert len(found) == 1, (role, name, [(node["role"], node["name"]) for node in tree(page) if node["role"] == role])
    return found[0]


@pytest.fixture
def talk(visit: Callable[..., Page], site: Site, api: FakeApi) -> Talk:
    """A closed bubble on a portal's page."""
    return Talk(visit(site.put("/", host_page(api.url)), (1280, 800)))


def test_launcher_says_whether_the_panel_is_open(talk: Talk) -> None:
    expect(talk.launcher).to_be_visible()
    assert find(talk.page, "button", LAUNCHER)["expanded"] is False
    controls = talk.launcher.get_attribute("aria-controls")
    talk.open()
    assert deep(talk.page, "return [...deep()].some((e) => e.id === argument && e.getAttribute('role') === 'dialog');", controls)
    expect(talk.widget.get_by_role("button", expanded=True).first).to_be_attached()


def test_open_panel_is_a_named_dialog_that_is_not_modal(talk: Talk) -> None:
    talk.open()
    dialog = find(talk.page, "dialog", "Một Cửa")
    assert not dialog.get("modal")
    expect(talk.widget.get_by_role("heading", level=2, name="Một Cửa")).to_be_visible()


def test_names_roles_and_states_are_those_of_the_contract(talk: Talk) -> None:
    talk.open()
    talk.ask()
    page = talk.page
    log, box = find(page, "log", "Cuộc trò chuyện"), find(page, "textbox", "Câu hỏi của anh/chị")
    assert (log["live"], log.get("atomic", False), log.get("busy", False)) == ("polite", False, False)
    assert box["multiline"] and box["invalid"] == "false"
    for name in ("Gửi", "Thêm", "Đóng", "Nơi nộp"):
        find(page, "button", name)
    for thumb in ("Hữu ích", "Chưa đúng"):
        assert find(page, "button", thumb)["pressed"] == "false"
    talk.button("Hữu ích").click()
    expect(talk.button("Hữu ích")).to_have_attribute("aria-pressed", "true")
    assert find(page, "button", "Hữu ích")["pressed"] == "true"
    talk.open_menu()
    for name in MENU:
        expect(talk.option(name)).to_be_visible()
    expect(talk.option("Chữ lớn")).to_have_attribute("aria-pressed", "false")
    assert [node for node in tree(page) if node["role"] in ("button", "link", "menuitem", "radio", "checkbox") and not node["name"]] == []


def test_reason_box_and_rating_say_what_they_are(talk: Talk) -> None:
    talk.open()
    talk.ask()
    talk.button("Chưa đúng").click()
    find(talk.page, "textbox", "Vì sao chưa đúng? (không bắt buộc)")
    find(talk.page, "button", "Gửi góp ý")
    talk.choose("Đánh giá")
    group = talk.widget.get_by_role("group", name="Anh/chị đánh giá cuộc trò chuyện này").or_(
        talk.widget.get_by_role("radiogroup", name="Anh/chị đánh giá cuộc trò chuyện này"))
    expect(group.first).to_be_visible()
    radios = [node["name"] for node in tree(talk.page) if node["role"] == "radio"]
    assert len(radios) == 5
    assert all(any(letter.isalpha() for letter in name) for name in radios), f"numbers alone say little: {radios}"


def test_headings_form_an_outline_without_gaps(visit: Callable[..., Page], api: FakeApi) -> None:
    page = visit(f"{api.url}/")
    talk = Talk(page)
    api.answers(NOTICE, ANSWER)
    talk.ask()
    levels = [node["level"] for node in tree(page) if node["role"] == "heading"]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), levels
    names = [node["name"] for node in tree(page) if node["role"] == "heading"]
    assert {"Anh/chị hỏi", "Máy trả lời"} <= set(names), names


def test_language_is_said_and_answers_stay_vietnamese(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url, element='<mot-cua-chat lang="en"></mot-cua-chat>').replace('<html lang="vi">', '<html lang="en">')), (1280, 800))
    launcher = page.locator("mot-cua-chat").get_by_role("button").first
    expect(launcher).to_be_visible()
    assert launcher.inner_text().isascii() or launcher.get_attribute("aria-label"), "the interface speaks English"
    launcher.click()
    box = page.locator("mot-cua-chat").get_by_role("textbox")
    box.fill(QUESTION)
    box.press("Enter")
    log = page.locator("mot-cua-chat").get_by_role("log")
    expect(log.get_by_text("Giấy chứng sinh (1 bản chính)")).to_be_visible()
    spoken = "return [...deep()].filter((e) => e.localName === 'p' && drawn(e)).map((e) => { let at = e; while (at && !at.lang) at = parentOf(at); return [words(e), at?.lang]; });"
    languages = {language for words, language in deep(page, spoken) if words.startswith("Dạ, về thủ tục")}
    assert languages == {"vi"}
    assert deep(page, "let at = [...deep()].find((e) => e.localName === 'textarea'); while (at && !at.lang) at = parentOf(at); return at.lang;") == "en"


def test_vietnamese_widget_says_so_on_a_foreign_page(visit: Callable[..., Page], site: Site, api: FakeApi) -> None:
    page = visit(site.put("/", host_page(api.url).replace('<html lang="vi">', '<html lang="fr">')))
    expect(Talk(page).launcher).to_be_visible()
    assert deep(page, "let at = [...deep()].find((e) => e.localName === 'button' && drawn(e)); while (at && !at.lang) at = parentOf(at); return at.lang;") == "vi"


def test_only_what_is_new_is_read_out(talk: Talk, api: FakeApi) -> None:
    page = talk.page
    page.context.add_init_script(LISTEN)
    page.reload()
    talk.open()
    talk.ask()
    news = page.evaluate("window.news")
    assert [text for kind, text in news if kind != "added"] == []
    assert sum("Giấy chứng sinh (1 bản chính)" in text or "Máy trả lời" in text for _, text in news) == 1, news
    page.evaluate("window.news.length = 0")
    talk.ask("Thế lệ phí?")
    again = [text for kind, text in page.evaluate("window.news") if kind == "added"]
    assert sum(QUESTION in text for text in again) == 0, f"the old question is added again: {again}"
    assert sum("Máy trả lời" in text for text in again) == 1, again

    page.reload()
    if not talk.box.is_visible():
        talk.open()
    expect(talk.articles).to_have_count(4)
    assert page.evaluate("window.news") == [], "the old transcript is not news"


def test_waiting_and_failing_have_regions_of_their_own(talk: Talk, api: FakeApi) -> None:
    talk.open()
    roles = [node["role"] for node in tree(talk.page)]
    assert "status" in deep(talk.page, "return [...deep()].map((e) => e.getAttribute('role'));"), "it stands there before anything is said"
    assert "log" in roles
    api.script.append(Reply(held=True))
    talk.box.fill(QUESTION)
    talk.box.press("Enter")
    expect(talk.widget.get_by_role("status").filter(has_text="Đang tìm")).to_be_visible()
    assert talk.log.get_by_role("status").count() == 0, "a status within the log would be read twice"
    api.release()
    expect(talk.articles).to_have_count(2)
    api.script.append(refusal(503, BUSY))
    talk.fail()
    expect(talk.box).to_be_focused()


def test_too_long_a_question_is_said_to_be_wrong_and_why(talk: Talk) -> None:
    talk.open()
    talk.box.fill("ệ" * 2001)
    expect(talk.box).to_have_attribute("aria-invalid", "true")
    described = deep(talk.page, "const box = [...deep()].find((e) => e.localName === 'textarea'); "
                     "return (box.getAttribute('aria-describedby') ?? '').split(' ').map((id) => box.getRootNode().getElementById(id)?.textContent ?? '').join(' ');")
    assert "Thừa 1 ký tự" in described


def test_pictures_are_silent_or_named(talk: Talk) -> None:
    talk.open()
    talk.ask()
    nameless = deep(talk.page, "return [...deep()].filter((e) => ['svg', 'img'].includes(e.localName) && drawn(e) && e.getAttribute('aria-hidden') !== 'true' "
                    "&& !e.getAttribute('aria-label') && !e.getAttribute('alt') && !e.closest('[aria-hidden=true]')).map(label);")
    assert nameless == []

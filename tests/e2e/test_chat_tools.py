"""What stands around a conversation, in a real browser: judging, rating, erasing, taking it along, large type, keeping, the bubble."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .fake_api import ANSWER, CODE, NOTICE, FakeApi, Reply, message, refusal
from .test_chat_page import QUESTION, articles, ask, box, button, choose, fits, log

GOODBYE = message("Dạ, chào anh/chị.", "smalltalk_goodbye", url=None)
HOST = '<!DOCTYPE html><html lang="vi"><title>Cổng</title><body><a href="#a">Liên kết</a>{tag}<script src="/widget.js" defer></script>'
STORED = "Object.keys(sessionStorage).concat(Object.keys(localStorage))"


def embed(page: Page, api: FakeApi, tag: str = "<mot-cua-chat></mot-cua-chat>") -> None:
    """Another page of the same origin, with the element in it."""
    page.route("**/host.html", lambda route: route.fulfill(body=HOST.format(tag=tag), content_type="text/html; charset=utf-8"))
    page.goto(f"{api.url}/host.html")


def launcher(page: Page):
    return button(page, "Hỏi thủ tục hành chính")


# Judging


def test_thumb_is_sent_changed_and_taken_back(page: Page, api: FakeApi) -> None:
    ask(page)
    for name, value in (("Hữu ích", "up"), ("Chưa đúng", "down"), ("Chưa đúng", None)):
        button(page, name).click()
        expect(button(page, name)).to_have_attribute("aria-pressed", str(value is not None).lower())
        expect(page.locator("#status")).not_to_be_empty() if value != "down" else None
        assert wait_for(page, api, "/api/feedback")[-1] == {"conversation": "c1", "turn": "t1", "value": value}
    expect(button(page, "Hữu ích")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("textbox", name="Vì sao chưa đúng?")).to_be_hidden()


def wait_for(page: Page, api: FakeApi, path: str, count: int = 1) -> list:
    """The bodies of the calls of this path, as soon as nothing is on its way any more."""
    page.wait_for_load_state("networkidle")
    found = [body for _, called, body in api.noted if called == path]
    assert len(found) >= count
    return found


def test_reason_goes_along_when_the_citizen_gives_one(page: Page, api: FakeApi) -> None:
    ask(page)
    button(page, "Chưa đúng").click()
    page.get_by_role("textbox", name="Vì sao chưa đúng? (không bắt buộc)").fill("  Phí đã đổi ")
    button(page, "Gửi góp ý").click()
    expect(log(page).get_by_text("Cảm ơn anh/chị đã góp ý.")).to_be_visible()
    assert wait_for(page, api, "/api/feedback")[-1] == {"conversation": "c1", "turn": "t1", "value": "down", "reason": "Phí đã đổi"}
    page.reload()
    expect(button(page, "Chưa đúng")).to_have_attribute("aria-pressed", "true")
    expect(button(page, "Gửi góp ý")).to_be_hidden()


def test_thumb_that_the_server_did_not_take_is_taken_back(page: Page, api: FakeApi) -> None:
    api.failing.add("/api/feedback")
    ask(page)
    button(page, "Hữu ích").click()
    expect(log(page).get_by_text("Chưa gửi được góp ý.")).to_be_visible()
    expect(button(page, "Hữu ích")).to_have_attribute("aria-pressed", "false")


def test_small_talk_and_errors_are_not_judged(page: Page, api: FakeApi) -> None:
    api.answers(GOODBYE)
    api.answers(message("Dạ, xin lỗi anh/chị.", "error_engine", url=None))
    ask(page)
    ask(page)
    expect(button(page, "Hữu ích")).to_have_count(0)


def test_rating_is_offered_once_and_sent_in_stars(page: Page, api: FakeApi) -> None:
    ask(page)
    for _ in range(2):
        api.answers(GOODBYE)
        ask(page, "tạm biệt")
    offer = button(page, "Đánh giá cuộc trò chuyện")
    expect(offer).to_have_count(1)
    choose(page, "Đánh giá")
    dialog = page.get_by_role("dialog", name="Anh/chị đánh giá cuộc trò chuyện này")
    button(page, "Gửi đánh giá").click()
    expect(dialog.get_by_role("alert")).to_have_text("Anh/chị chọn một mức trước nhé.")
    dialog.get_by_role("radio", name="Hài lòng", exact=False).nth(2).check()
    dialog.get_by_role("textbox").fill("Dễ dùng")
    button(page, "Gửi đánh giá").click()
    expect(dialog).to_have_count(0)
    assert wait_for(page, api, "/api/rating") == [{"conversation": "c1", "stars": 4, "comment": "Dễ dùng"}]
    expect(button(page, "Thêm")).to_be_focused()


# Erasing and keeping


def test_erasing_reaches_the_server(page: Page, api: FakeApi) -> None:
    ask(page)
    choose(page, "Xóa cuộc trò chuyện")
    button(page, "Xóa").click()
    expect(page.locator("#status")).to_have_text("Đã xóa cuộc trò chuyện.")
    assert api.noted == [("DELETE", "/api/conversation", {"conversation": "c1"})]
    assert page.evaluate(STORED) == []


def first_question_is_held(page: Page, api: FakeApi) -> None:
    api.script.append(Reply(held=True))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(articles(page)).to_have_count(1)
    choose(page, "Xóa cuộc trò chuyện")


def test_erasing_while_the_first_question_is_under_way_waits_for_its_conversation(page: Page, api: FakeApi) -> None:
    first_question_is_held(page, api)
    button(page, "Xóa").click()
    expect(page.get_by_role("dialog", name="Xóa cuộc trò chuyện này?").get_by_role("status")).not_to_be_empty()
    assert api.noted == [], "which conversation it is, is not known yet"
    api.release()
    expect(page.locator("#status")).to_have_text("Đã xóa cuộc trò chuyện.")
    assert api.noted == [("DELETE", "/api/conversation", {"conversation": "c1"})]
    expect(articles(page)).to_have_count(0)
    assert page.evaluate(STORED) == []


def test_an_answer_that_comes_while_the_dialog_is_open_is_erased_too(page: Page, api: FakeApi) -> None:
    first_question_is_held(page, api)
    api.release()
    expect(articles(page)).to_have_count(2)
    button(page, "Xóa").click()
    expect(page.locator("#status")).to_have_text("Đã xóa cuộc trò chuyện.")
    assert api.noted == [("DELETE", "/api/conversation", {"conversation": "c1"})]


def test_a_first_question_that_failed_is_not_said_to_be_erased(page: Page, api: FakeApi) -> None:
    api.script.append(Reply(code=503, body=b"{}", held=True))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    choose(page, "Xóa cuộc trò chuyện")
    button(page, "Xóa").click()
    api.release()
    expect(page.get_by_role("dialog", name="Xóa cuộc trò chuyện này?").get_by_role("alert")).to_contain_text("Chưa xóa được")
    assert api.noted == []
    button(page, "Thử xóa lại").click()
    expect(page.locator("#status")).to_contain_text("có thể đã đến máy chủ")
    expect(page.locator("#status")).not_to_contain_text("Đã xóa cuộc trò chuyện")
    ask(page)  # a new conversation, which can be erased wholly
    choose(page, "Xóa cuộc trò chuyện")
    button(page, "Xóa").click()
    expect(page.locator("#status")).to_have_text("Đã xóa cuộc trò chuyện.")


def test_a_page_loaded_again_in_the_middle_of_the_first_question_claims_no_more_than_it_erases(page: Page, api: FakeApi) -> None:
    api.script.append(Reply(held=True))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(page.get_by_text("Đang tìm câu trả lời…")).to_be_visible()
    page.reload()
    choose(page, "Xóa cuộc trò chuyện")
    button(page, "Xóa").click()
    expect(page.locator("#status")).to_contain_text("có thể đã đến máy chủ")
    assert page.evaluate(STORED) == []


def test_a_question_that_was_refused_leaves_nothing_to_erase(page: Page, api: FakeApi) -> None:
    api.script.append(refusal(400, "Tin nhắn dài quá."))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Tin nhắn dài quá.")).to_be_visible()
    choose(page, "Xóa cuộc trò chuyện")
    button(page, "Xóa").click()
    expect(page.locator("#status")).to_have_text("Đã xóa cuộc trò chuyện.")
    assert api.noted == []


def test_erasing_that_failed_is_told_and_can_be_tried_again(page: Page, api: FakeApi) -> None:
    api.failing.add("/api/conversation")
    ask(page)
    choose(page, "Xóa cuộc trò chuyện")
    button(page, "Xóa").click()
    dialog = page.get_by_role("dialog", name="Xóa cuộc trò chuyện này?")
    expect(dialog.get_by_role("alert")).to_contain_text("Chưa xóa được")
    expect(articles(page)).to_have_count(2)
    assert json.loads(page.evaluate("sessionStorage.getItem('mot-cua.chat.2')"))["conversation"] == "c1"
    api.failing.clear()
    button(page, "Thử xóa lại").click()
    expect(articles(page)).to_have_count(0)
    assert [method for method, _, _ in api.noted] == ["DELETE", "DELETE"]


def test_this_device_can_forget_although_the_server_is_away(page: Page, api: FakeApi) -> None:
    api.failing.add("/api/conversation")
    ask(page)
    choose(page, "Xóa cuộc trò chuyện")
    button(page, "Xóa").click()
    button(page, "Chỉ xóa trên máy này").click()
    expect(articles(page)).to_have_count(0)
    assert page.evaluate(STORED) == []


def test_device_keeps_the_talk_only_after_a_tick(page: Page, api: FakeApi) -> None:
    embed(page, api, '<mot-cua-chat mode="inline" remember></mot-cua-chat>')
    ask(page)
    assert page.evaluate("localStorage.length") == 0
    choose(page, "Quyền riêng tư")
    dialog = page.get_by_role("dialog", name="Quyền riêng tư")
    expect(dialog.get_by_text(CODE)).to_be_visible()
    tick = dialog.get_by_role("checkbox", name="Giữ cuộc trò chuyện trên máy này")
    expect(tick).not_to_be_checked()
    tick.check()
    assert page.evaluate(STORED) == ["mot-cua.chat.2"] and page.evaluate("sessionStorage.length") == 0
    button(page, "Đóng").click()
    page.reload()
    expect(articles(page)).to_have_count(2)
    choose(page, "Quyền riêng tư")
    expect(tick).to_be_checked()
    tick.uncheck()
    assert page.evaluate("localStorage.length") == 0 and page.evaluate("sessionStorage.length") == 1
    assert wait_for(page, api, "/api/conversation/code")[0] == "c1"


# Taking it along


def test_transcript_is_a_text_file_with_everything(page: Page, api: FakeApi) -> None:
    ask(page)
    with page.expect_download() as download:
        choose(page, "Tải về")
    raw = Path(download.value.path()).read_bytes()
    assert re.fullmatch(r"mot-cua-\d{4}-\d\d-\d\d\.txt", download.value.suggested_filename)
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    for part in ("Anh/chị hỏi", QUESTION, "Máy trả lời", "1. Tờ khai đăng ký khai sinh", ANSWER["answer"]["sources"][0]["url"]):
        assert part in text


def test_printing_opens_a_clean_page_of_its_own(page: Page, api: FakeApi) -> None:
    page.context.add_init_script("window.print = () => {}")
    ask(page, "<b>Hỏi</b>")
    with page.expect_popup() as popup:
        choose(page, "In")
    expect(popup.value.get_by_text("<b>Hỏi</b>")).to_be_visible()
    assert popup.value.evaluate("document.querySelectorAll('b, button, form').length") == 0


def test_copying_one_answer_and_all(page: Page, api: FakeApi) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page)
    button(page, "Sao chép câu trả lời").click()
    expect(page.locator("#status")).to_have_text("Đã sao chép.")
    assert page.evaluate("navigator.clipboard.readText()") == ANSWER["text"]
    choose(page, "Sao chép")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('Anh/chị hỏi'))")


def test_nothing_to_take_along_is_said(page: Page, api: FakeApi) -> None:
    choose(page, "Tải về")
    expect(page.locator("#status")).to_have_text(re.compile("Chưa có tin nhắn nào"))


def test_reading_aloud_is_offered_only_with_a_vietnamese_voice(page: Page, api: FakeApi) -> None:
    ask(page)
    expect(button(page, "Đọc câu trả lời")).to_have_count(0)
    page.context.add_init_script("""
        window.spoken = [];
        window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
        Object.defineProperty(window, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
          getVoices: () => [{ lang: 'en-US' }, { lang: 'vi_VN' }], speak: (u) => window.spoken.push(u.text), cancel: () => window.spoken.push('stop') }) });
    """)
    page.reload()
    assert page.evaluate("window.spoken") == []
    button(page, "Đọc câu trả lời").click()
    button(page, "Dừng đọc").click()
    spoken = page.evaluate("window.spoken")
    assert "Thời hạn giải quyết:" in spoken and spoken[-1] == "stop"
    expect(button(page, "Đọc câu trả lời")).to_have_attribute("aria-pressed", "false")


# Looks


def test_answer_leads_to_its_place_in_the_record(page: Page, api: FakeApi) -> None:
    facts = [("documents[0].name", "1.001193"), ("documents[1].name", "1.001193"), ("fees[0].amount_vnd", "1.001193"), ("post.envelope", ""), ("fees[0]", "<b>")]
    api.answers(message("Dạ.\nNguồn: X.", facts=facts))
    ask(page)
    links = log(page).locator(".sections a")
    assert [link.get_attribute("href") for link in links.all()] == ["/thu-tuc/1.001193#documents", "/thu-tuc/1.001193#fees"]


@pytest.mark.parametrize("viewport", [(320, 640), (1280, 800)], indirect=True)
def test_large_type_shows_one_thing_with_big_buttons(page: Page, api: FakeApi) -> None:
    ask(page)
    ask(page, "Câu hai")
    before = articles(page).last.locator("p").first.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    choose(page, "Chữ lớn")
    expect(articles(page)).to_have_count(2)
    assert articles(page).last.locator("p").first.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") >= before * 1.25
    heights = [one.bounding_box()["height"] for one in page.get_by_role("button").all()]
    assert min(heights) >= 56
    assert fits(page)
    button(page, "Xem các câu trước").click()
    expect(articles(page)).to_have_count(4)
    page.reload()
    expect(articles(page)).to_have_count(2)
    button(page, "Thêm").click()
    expect(button(page, "Chữ lớn")).to_have_attribute("aria-pressed", "true")


def test_lost_connection_is_tried_again_by_itself(page: Page, api: FakeApi) -> None:
    tries = []
    page.route("**/api/chat", lambda route: (tries.append(1), route.abort("connectionreset") if len(tries) < 3 else route.continue_()))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(page.locator("#typing")).to_have_text("Mạng chập chờn, đang thử gửi lại…")
    expect(articles(page)).to_have_count(2, timeout=15_000)
    assert len(tries) == 3 and len(api.received) == 1


def test_plain_page_is_offered_after_two_failures(page: Page, api: FakeApi) -> None:
    api.script.extend([Reply(code=503, body=b"x"), Reply(code=503, body=b"x")])
    plain = page.get_by_role("link", name="Dùng trang đơn giản")
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(button(page, "Gửi lại")).to_be_visible()
    expect(plain).to_be_hidden()
    button(page, "Gửi lại").click()
    expect(plain).to_have_attribute("href", re.compile("^/chat"))
    assert len(api.received) == 2


def test_built_in_words_stand_in_when_the_server_tells_nothing(page: Page, api: FakeApi) -> None:
    page.route("**/api/widget", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("list", name="Câu hỏi thường gặp").get_by_role("button")).to_have_count(6)
    expect(page.locator("#welcome")).to_contain_text("30 ngày")


# The bubble


@pytest.mark.parametrize("viewport", [(1280, 800), (360, 740)], indirect=True)
def test_bubble_opens_beside_the_page_and_gives_the_focus_back(page: Page, api: FakeApi) -> None:
    embed(page, api)
    expect(launcher(page)).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("dialog")).to_have_count(0)
    launcher(page).click()
    expect(page.get_by_role("dialog", name="Một Cửa")).to_be_visible()
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(launcher(page)).to_be_focused()
    launcher(page).click()
    button(page, "Đóng").click()
    expect(launcher(page)).to_be_focused()


@pytest.mark.parametrize("viewport", [(1280, 800)], indirect=True)
def test_answer_to_a_closed_bubble_is_counted(page: Page, api: FakeApi) -> None:
    embed(page, api)
    launcher(page).click()
    api.script.append(Reply((NOTICE, ANSWER), held=True))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    button(page, "Đóng").click()
    api.release()
    expect(page.locator(".badge")).to_have_text("2")
    expect(page.locator("#news")).to_have_text("2 câu trả lời mới")
    launcher(page).click()
    expect(page.locator(".badge")).to_be_hidden()


@pytest.mark.parametrize("viewport", [(1280, 800)], indirect=True)
def test_portal_chooses_title_side_colour_and_language(page: Page, api: FakeApi) -> None:
    embed(page, api, '<mot-cua-chat title="Hỏi đáp" position="left" accent="#7a1f1f" lang="en" theme="dark"></mot-cua-chat>')
    bubble = button(page, "Ask about public services")
    assert bubble.bounding_box()["x"] < 100
    assert bubble.evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(122, 31, 31)"
    bubble.click()
    expect(page.get_by_role("dialog", name="Hỏi đáp")).to_be_visible()
    expect(page.locator("mot-cua-chat")).not_to_have_attribute("title", re.compile(".*"))
    page.get_by_role("textbox", name="Your question").fill("khai sinh")
    page.keyboard.press("Enter")
    expect(page.locator(".message--bot .bubble").first).to_have_attribute("lang", "vi")
    page.evaluate("document.querySelector('mot-cua-chat').setAttribute('accent', '#ffe000')")  # white on it cannot be read
    assert bubble.evaluate("(e) => getComputedStyle(e).backgroundColor") != "rgb(255, 224, 0)"


def test_data_auto_adds_the_element_once(page: Page, api: FakeApi) -> None:
    body = HOST.format(tag="").replace("defer", "defer data-auto") * 2
    page.route("**/auto.html", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"{api.url}/auto.html")
    expect(launcher(page)).to_be_visible()
    expect(page.locator("mot-cua-chat")).to_have_count(1)
    assert page.evaluate("Object.keys(window).filter((name) => /chat|mot.?cua|styles/i.test(name))") == []

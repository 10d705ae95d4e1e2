"""The citizen's chat page in a real browser: asking, choosing, failing, keeping, deleting, and being read out."""

from __future__ import annotations

import re
import unicodedata

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.channels.widget_files import widget_script
from bot.gateway.app import WIDGET

from .fake_api import ANSWER, ASK_BACK, NOTICE, FakeApi, Reply, message, refusal

QUESTION = "Làm giấy khai sinh cần gì?"
BOX = "Câu hỏi của anh/chị"


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name=BOX)


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Cuộc trò chuyện")


def articles(page: Page) -> Locator:
    return log(page).get_by_role("article")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def ask(page: Page, text: str = QUESTION) -> None:
    """Type and press Enter; returns when the answer stands below the question."""
    before = articles(page).count()
    box(page).fill(text)
    box(page).press("Enter")
    expect(articles(page).nth(before + 1)).to_be_visible()


def choose(page: Page, name: str) -> None:
    """One of the menu's buttons."""
    button(page, "Thêm").click()
    button(page, name).click()


def delete(page: Page) -> None:
    choose(page, "Xóa cuộc trò chuyện")
    page.get_by_role("dialog").get_by_role("button", name="Xóa", exact=True).click()
    expect(articles(page)).to_have_count(0)


def fits(page: Page) -> bool:
    """Nothing to scroll sideways."""
    return page.evaluate("""() => [document.documentElement, ...document.querySelector("mot-cua-chat").shadowRoot.querySelectorAll(".frame, .scroll")]
        .every((e) => e.scrollWidth <= e.clientWidth) && document.documentElement.scrollWidth <= window.innerWidth""")


# Asking: against any server


def test_page_says_who_speaks_before_anything_is_asked(page: Page) -> None:
    expect(page).to_have_title("Một Cửa – Hướng dẫn thủ tục hành chính tỉnh Cà Mau")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Một Cửa – Hướng dẫn thủ tục hành chính tỉnh Cà Mau")
    expect(page.locator("#header").get_by_text("Máy trả lời tự động, chỉ hướng dẫn")).to_be_visible()
    expect(page.locator("#welcome").get_by_text("Anh/chị đừng nhập số căn cước")).to_be_visible()
    expect(page.locator("#welcome").get_by_role("link", name="Quyền riêng tư")).to_have_attribute("href", "/quyen-rieng-tu")
    expect(page.get_by_role("list", name="Câu hỏi thường gặp").get_by_role("button")).to_have_count(6)


def test_enter_sends_and_focus_stays_in_the_box(page: Page) -> None:
    ask(page)
    expect(articles(page).first).to_contain_text(QUESTION)
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_focused()
    expect(page.get_by_role("heading", name="Dạ, chào anh/chị. Anh/chị cần làm thủ tục gì?")).to_be_hidden()


def test_example_asks_its_own_words(page: Page) -> None:
    example = page.get_by_role("list", name="Câu hỏi thường gặp").get_by_role("button").first
    words = example.inner_text()
    example.click()
    expect(articles(page).first).to_contain_text(words)
    expect(articles(page).nth(1)).to_be_visible()


def test_transcript_and_draft_survive_a_reload(page: Page) -> None:
    ask(page)
    box(page).fill("câu đang viết dở")
    before = articles(page).all_inner_texts()
    page.reload()
    expect(articles(page)).to_have_count(len(before))
    assert articles(page).all_inner_texts() == before
    expect(box(page)).to_have_value("câu đang viết dở")


def test_delete_asks_first_and_then_really_deletes(page: Page) -> None:
    ask(page)
    choose(page, "Xóa cuộc trò chuyện")
    dialog = page.get_by_role("dialog", name="Xóa cuộc trò chuyện này?")
    expect(dialog.get_by_role("button", name="Giữ lại")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert articles(page).count() >= 2
    expect(button(page, "Thêm")).to_be_focused()
    delete(page)
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    expect(articles(page)).to_have_count(0)
    expect(page.get_by_role("list", name="Câu hỏi thường gặp")).to_be_visible()


@pytest.mark.parametrize("viewport", [(320, 640), (360, 740), (320, 256), (768, 1024), (1280, 800)], indirect=True)
def test_nothing_scrolls_sideways(page: Page) -> None:
    assert fits(page)
    ask(page, "x" * 600)
    assert fits(page)
    ask(page)
    assert fits(page)


# Asking: what goes over the wire


def test_conversation_id_is_sent_back_and_forgotten_on_delete(page: Page, api: FakeApi) -> None:
    api.answers(NOTICE, ANSWER)
    ask(page)
    ask(page, "Thế lệ phí?")
    page.reload()
    ask(page, "Nộp ở đâu?")
    delete(page)
    ask(page, "Câu mới")
    assert [body["conversation"] for body in api.received] == [None, "c1", "c1", None]
    assert api.received[0]["message"] == QUESTION


def test_message_goes_out_trimmed_and_composed(page: Page, api: FakeApi) -> None:
    ask(page, f"  {unicodedata.normalize('NFD', QUESTION)}\n")
    assert api.received[0]["message"] == unicodedata.normalize("NFC", QUESTION)


def test_shift_enter_makes_a_line_and_the_box_grows_to_five(page: Page, api: FakeApi) -> None:
    box(page).focus()
    heights = []
    for n in range(8):
        page.keyboard.type(f"dòng {n}")
        heights.append(box(page).bounding_box()["height"])
        page.keyboard.press("Shift+Enter")
    assert api.received == []
    assert heights[0] < heights[1] < heights[2] < heights[3] < heights[4] == heights[5] == heights[7]


def test_enter_of_an_input_method_does_not_send(page: Page, api: FakeApi) -> None:
    box(page).fill("tiếng Viê")
    for extra in ("isComposing: true", "keyCode: 229"):
        box(page).evaluate(f"(e) => e.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true, {extra}}}))")
    page.wait_for_timeout(100)
    assert api.received == []


def test_over_long_text_is_counted_in_nfc_and_not_sent(page: Page, api: FakeApi) -> None:
    counter = page.locator("#counter")
    box(page).fill("ệ" * 1799)
    expect(counter).to_have_text("")
    box(page).fill(unicodedata.normalize("NFD", "ệ" * 1990))
    expect(counter).to_have_text("Còn 10 ký tự")
    box(page).fill("ệ" * 2001)
    expect(counter).to_have_text("Thừa 1 ký tự, anh/chị rút ngắn giúp nhé")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    box(page).press("Enter")
    expect(box(page)).to_have_value("ệ" * 2001)
    assert api.received == []
    box(page).fill("🙂" * 2000)  # one character each, two UTF-16 units
    expect(box(page)).to_have_attribute("aria-invalid", "false")


def test_blank_text_is_not_sent(page: Page, api: FakeApi) -> None:
    box(page).fill("  \n ")
    button(page, "Gửi").click()
    expect(page.locator("#status")).to_have_text("Anh/chị nhập câu hỏi trước nhé.")
    assert api.received == []


def test_one_question_at_a_time_and_typing_goes_on_meanwhile(page: Page, api: FakeApi) -> None:
    api.script.append(Reply(held=True))
    box(page).fill(QUESTION)
    button(page, "Gửi").click()
    expect(page.get_by_text("Đang tìm câu trả lời…")).to_be_visible()
    expect(button(page, "Gửi")).to_be_disabled()
    expect(box(page)).to_be_focused()
    page.keyboard.type("câu sau")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("câu sau")
    api.release()
    expect(articles(page)).to_have_count(2)
    expect(page.get_by_text("Đang tìm câu trả lời…")).to_have_count(0)
    expect(box(page)).to_have_value("câu sau")
    assert len(api.received) == 1


# Answers as they look and sound


def test_answer_becomes_lists_labels_and_a_source_link(page: Page, api: FakeApi) -> None:
    ask(page)
    assert log(page).aria_snapshot() == (
        '- log "Cuộc trò chuyện":\n'
        "  - article:\n"
        '    - heading "Anh/chị hỏi" [level=2]\n'
        "    - paragraph: Làm giấy khai sinh cần gì?\n"
        "  - article:\n"
        '    - heading "Máy trả lời" [level=2]\n'
        '    - paragraph: "Dạ, về thủ tục Đăng ký khai sinh:"\n'
        '    - paragraph: "Giấy tờ cần chuẩn bị:"\n'
        "    - list:\n"
        "      - listitem: Tờ khai đăng ký khai sinh (1 bản chính)\n"
        "      - listitem: Giấy chứng sinh (1 bản chính)\n"
        '    - paragraph: "Nếu thuộc trường hợp “con sinh ở nước ngoài”, thêm:"\n'
        "    - list:\n"
        "      - listitem: Giấy tờ của nước đó (1 bản sao)\n"
        "    - paragraph:\n"
        '      - strong: "Thời hạn giải quyết:"\n'
        "      - text: trong ngày.\n"
        '    - paragraph: "Phí, lệ phí:"\n'
        "    - list:\n"
        '      - listitem: "Lệ phí hộ tịch (đúng hạn): miễn phí."\n'
        "    - paragraph:\n"
        '      - text: "Nguồn:"\n'
        '      - link "Cổng Dịch vụ công quốc gia (mở trang mới)":\n'
        f"        - /url: {ANSWER['answer']['sources'][0]['url']}\n"
        "      - text: \", mã 1.001193; đối chiếu ngày 20/11/2026.\"\n"
        '    - group "Về câu trả lời này":\n'
        '      - button "Hữu ích"\n'
        '      - button "Chưa đúng"\n'
        '      - button "Sao chép câu trả lời"\n'
        '    - list "Anh/chị có thể hỏi tiếp:":\n'
        "      - listitem:\n"
        '        - button "Nơi nộp"\n'
        "      - listitem:\n"
        '        - button "Nộp trực tuyến"'
    )
    assert log(page).locator("ol.items li").evaluate_all("items => items.map((item) => item.value)") == [1, 2, 3]
    link = log(page).get_by_role("link")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://a.example/", "", None])
def test_source_without_a_web_address_is_no_link(page: Page, api: FakeApi, url: str | None) -> None:
    api.answers(message("Dạ.\nNguồn: Cổng Dịch vụ công quốc gia, mã 1.", url=url))
    ask(page)
    expect(log(page).get_by_text("Nguồn: Cổng Dịch vụ công quốc gia, mã 1.")).to_be_visible()
    expect(log(page).get_by_role("link")).to_have_count(0)


@pytest.mark.parametrize(("line", "name", "path"), [
    ("Xem đầy đủ: /thu-tuc/1.001193", "Xem đầy đủ (mở trang mới)", "/thu-tuc/1.001193"),
    ("Danh sách để đánh dấu, in ra: https://mot-cua.example/thu-tuc/1.001193/checklist.", "Danh sách để đánh dấu, in ra (mở trang mới)", "/thu-tuc/1.001193/checklist"),
    ("Còn trường hợp khác, anh/chị xem ở /thu-tuc/1.001193 nhé", "/thu-tuc/1.001193 (mở trang mới)", "/thu-tuc/1.001193"),
    ("Xem và in cả danh sách tại: /viec/sinh-con", "Xem và in cả danh sách tại (mở trang mới)", "/viec/sinh-con"),
    ("Lưu vào lịch điện thoại: /api/deadline.ics?code=1.001193&received=2026-11-23T15:30&row=0", "Lưu vào lịch điện thoại", "/api/deadline.ics?code=1.001193&received=2026-11-23T15:30&row=0"),
])
def test_addresses_of_this_server_become_links_that_stay_on_this_host(page: Page, api: FakeApi, line: str, name: str, path: str) -> None:
    api.answers(message(f"Dạ.\n{line}", url=None))
    ask(page)
    expect(log(page).get_by_role("link", name=name, exact=True)).to_have_attribute("href", path)


@pytest.mark.parametrize("line", [
    "//evil/thu-tuc/", "/thu-tuc/khai-sinh", "/thu-tuc/<b>", "/api/chat", "javascript:/thu-tuc/1.00119", "/viec/",
])
def test_what_only_looks_like_our_page_is_no_link(page: Page, api: FakeApi, line: str) -> None:
    api.answers(message(f"Xem {line}", url=None))
    ask(page)
    expect(log(page).get_by_text(f"Xem {line}")).to_be_visible()
    expect(log(page).get_by_role("link")).to_have_count(0)


def test_markup_is_shown_as_typed(page: Page, api: FakeApi) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script> &lt;b&gt; [a](javascript:alert(3))"
    api.answers(message(f"{attack}\n1. {attack}\nNguồn: {attack}", choices=[(attack, attack), ("b", "b")]))
    ask(page, attack)
    expect(articles(page).first.get_by_text(attack)).to_be_visible()
    expect(log(page).get_by_role("listitem").filter(has_text=attack)).to_have_count(2)
    assert page.locator("#log img, #log script, #log b").count() == 0
    page.reload()
    expect(articles(page).first.get_by_text(attack)).to_be_visible()
    assert page.locator("#log img, #log script, #log b").count() == 0


@pytest.mark.parametrize("viewport", [(320, 640), (360, 740)], indirect=True)
def test_long_words_break_inside_every_part_of_an_answer(page: Page, api: FakeApi) -> None:
    long = "Nghiêngngả" * 40
    api.answers(message(f"{long}\n1. {long}\n- {long}\n{long[:40]}: {long}\nNguồn: {long}", choices=[(long, long), ("b", "b")]))
    ask(page, long)
    assert fits(page)
    clipped = "all => all.filter((e) => e.scrollWidth > e.clientWidth + 1 && !e.closest('.visually-hidden')).map((e) => e.className)"
    assert page.locator("#log .bubble, #log .choice, #log p, #log li").evaluate_all(clipped) == []


def test_line_breaks_are_kept(page: Page, api: FakeApi) -> None:
    api.answers(message("Dòng một\nDòng hai\n\nDòng ba", url=None))
    ask(page, "Hỏi\nhai dòng")
    assert articles(page).nth(1).locator(".bubble p").all_inner_texts() == ["Dòng một", "Dòng hai", "Dòng ba"]
    assert articles(page).first.locator("p").inner_text() == "Hỏi\nhai dòng"


def test_log_is_a_polite_live_region_with_named_speakers(page: Page, api: FakeApi) -> None:
    expect(log(page)).to_have_attribute("aria-live", "polite")
    expect(page.locator("#typing")).to_have_attribute("role", "status")
    expect(page.locator("#banner-text")).to_have_attribute("role", "alert")
    api.answers(NOTICE, ANSWER)
    ask(page)
    expect(log(page).get_by_role("heading", level=2)).to_have_text(["Anh/chị hỏi", "Máy trả lời", "Máy trả lời"])
    page.reload()
    expect(articles(page)).to_have_count(3)
    expect(log(page)).not_to_have_attribute("aria-busy", "true")


def test_everything_to_press_has_a_name_and_the_size_of_a_finger(page: Page, api: FakeApi) -> None:
    api.answers(ASK_BACK)
    def small() -> list[str]:
        found = []
        for one in page.get_by_role("button").all():
            size = one.bounding_box()
            if min(size["width"], size["height"]) < 44 or not re.search(r"button \".+\"", one.aria_snapshot()):
                found.append(one.inner_text())
        return found
    assert small() == []
    ask(page)
    assert small() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(page: Page, api: FakeApi, scheme: str) -> None:
    """WCAG 1.4.3: 4.5:1 for every visible text, measured on computed colours; the page has no gradients or images behind text."""
    page.emulate_media(color_scheme=scheme)
    weak = list(page.evaluate(CONTRAST))
    api.script.extend([Reply((NOTICE, ANSWER)), Reply((ASK_BACK,)), refusal(503, "Xin lỗi anh/chị, máy đang bận.")])
    ask(page)
    ask(page)
    box(page).fill("x" * 2001)
    weak += page.evaluate(CONTRAST)
    box(page).fill("hỏi nữa")
    box(page).press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Xin lỗi anh/chị, máy đang bận.")
    weak += page.evaluate(CONTRAST)
    assert weak == []


CONTRAST = """() => {
  const parse = (text) => { const v = text.match(/[\\d.]+/g).map(Number); return v.length < 4 ? [...v, 1] : v; };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255]; };
  const weak = [];
  const root = document.querySelector("mot-cua-chat").shadowRoot;
  for (const e of root.querySelectorAll(".root *")) {
    const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    const style = getComputedStyle(e);
    if (!words || !e.checkVisibility({ visibilityProperty: true }) || e.closest("[aria-disabled=true], noscript, .skip")) continue;
    const [a, b] = [light(parse(style.color)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) weak.push(`${ratio.toFixed(2)} ${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 30)}`);
  }
  return weak;
}"""


# Choosing


def test_choice_sends_its_message_and_shows_its_title(page: Page, api: FakeApi) -> None:
    ask(page)
    button(page, "Nơi nộp").click()
    expect(articles(page)).to_have_count(4)
    expect(articles(page).nth(2).locator("p")).to_have_text("Nơi nộp")
    assert api.received[1] == {"message": "Đăng ký khai sinh (mã 1.001193) nộp ở đâu?", "conversation": "c1"}
    expect(box(page)).to_be_focused()


def test_old_choices_are_inert_also_after_a_reload(page: Page, api: FakeApi) -> None:
    ask(page)
    ask(page, "Câu hai")
    for _ in range(2):
        expect(articles(page).nth(1).get_by_role("button", name="Nơi nộp")).to_be_disabled()
        expect(articles(page).nth(3).get_by_role("button", name="Nơi nộp")).to_be_enabled()
        page.reload()


def test_choices_by_keyboard_only(page: Page, api: FakeApi) -> None:
    api.answers(ASK_BACK)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến ô nhập câu hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.type("tạm trú cần gì")
    page.keyboard.press("Enter")
    expect(articles(page)).to_have_count(2)
    page.keyboard.press("Shift+Tab")  # from the box back into the last answer: its last choice comes first
    expect(log(page).get_by_role("button", name="Gia hạn tạm trú")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(log(page).get_by_role("button", name="Đăng ký tạm trú")).to_be_focused()
    page.keyboard.press("Space")
    expect(articles(page)).to_have_count(4)
    assert api.received[1]["message"] == "Đăng ký tạm trú (mã 1.004194) cần giấy tờ gì?"
    expect(box(page)).to_be_focused()


def test_tab_goes_through_the_whole_page_and_out(page: Page, api: FakeApi) -> None:
    ask(page)
    page.reload()  # focus starts at the top again
    seen = []
    for _ in range(11):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("((e) => e ? e.textContent.trim().replace(/\\s+/g, ' ') || e.id : 'outside')(document.activeElement.shadowRoot?.activeElement)"))
    assert seen == [
        "Đến ô nhập câu hỏi", "Thêm", "Cổng Dịch vụ công quốc gia (mở trang mới)", "Hữu ích", "Chưa đúng", "Sao chép câu trả lời",
        "Nơi nộp", "Nộp trực tuyến", "question", "Gửi", "outside",
    ]


def test_question_back_is_numbered_once(page: Page, api: FakeApi) -> None:
    api.answers(ASK_BACK)
    ask(page)
    expect(articles(page).nth(1).locator(".bubble ol")).to_have_count(0)
    expect(page.locator(".choice:visible")).to_have_text(["1.Đăng ký tạm trú", "2.Gia hạn tạm trú"])


def test_candidates_without_choices_can_still_be_tapped(page: Page, api: FakeApi) -> None:
    api.answers(message("Thủ tục nào ạ?", "unclear_procedure", candidates=[("2", "Gia hạn tạm trú"), ("1", "Đăng ký tạm trú")]))
    ask(page)
    expect(page.locator(".choice:visible")).to_have_text(["Gia hạn tạm trú", "Đăng ký tạm trú"])
    button(page, "Đăng ký tạm trú").click()
    expect(articles(page)).to_have_count(4)
    assert api.received[1]["message"] == "Đăng ký tạm trú"


@pytest.mark.parametrize("viewport", [(360, 740), (360, 420)], indirect=True)
def test_focused_choice_is_not_hidden_by_the_bars(page: Page, api: FakeApi) -> None:
    api.answers(message("\n".join(f"{n}. Giấy tờ thứ {n}" for n in range(1, 40)), choices=[(f"Chọn {n}", f"chọn {n}") for n in range(12)]))
    ask(page)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        covered = page.evaluate("""() => { const root = document.querySelector("mot-cua-chat").shadowRoot, e = root.activeElement, r = e.getBoundingClientRect();
            return !e.contains(root.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }""")
        assert not covered


def test_long_answer_is_read_from_its_beginning(page: Page, api: FakeApi) -> None:
    api.answers(message("\n".join(f"{n}. Giấy tờ thứ {n}" for n in range(1, 60))))
    ask(page)
    expect(articles(page).first).to_be_in_viewport(ratio=1)


# Failing


def resend(page: Page) -> Locator:
    return button(page, "Gửi lại")


def unsent(page: Page, text: str, reason: str | re.Pattern[str]) -> None:
    """The text is back in the box, the reason is said, no bubble claims that it was asked."""
    expect(page.get_by_role("alert")).to_have_text(reason)
    expect(box(page)).to_have_value(text)
    expect(articles(page)).to_have_count(0)
    expect(box(page)).to_be_focused()


@pytest.mark.parametrize("code", [500, 503])
def test_apology_of_the_server_is_shown_and_the_text_can_be_sent_again(page: Page, api: FakeApi, code: int) -> None:
    api.script.append(refusal(code, "Xin lỗi anh/chị, máy đang bận."))
    box(page).fill(f"  {QUESTION}")
    box(page).press("Enter")
    unsent(page, f"  {QUESTION}", "Xin lỗi anh/chị, máy đang bận.")
    resend(page).click()
    expect(articles(page)).to_have_count(2)
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(box(page)).to_have_value("")
    assert [body["message"] for body in api.received] == [QUESTION, QUESTION]


@pytest.mark.parametrize("body", [b"", b"<html>502</html>", b"[]", b"null", b'{"conversation":"c","messages":[]}', b'{"conversation":"c","messages":[{"text":7}]}'])
@pytest.mark.parametrize("code", [200, 502])
def test_unreadable_reply_becomes_an_apology(page: Page, api: FakeApi, body: bytes, code: int) -> None:
    api.script.append(Reply(code=code, body=body))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    unsent(page, QUESTION, re.compile("^Xin lỗi anh/chị, máy đang gặp lỗi"))
    expect(resend(page)).to_be_visible()


@pytest.mark.parametrize("code", [400, 413])
def test_refused_text_is_given_back_to_be_changed(page: Page, api: FakeApi, code: int) -> None:
    api.script.append(refusal(code, "Tin nhắn dài quá."))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    unsent(page, QUESTION, "Tin nhắn dài quá.")
    expect(resend(page)).to_be_hidden()  # the same again would be refused again


def test_too_fast_counts_down_and_then_lets_send_again(page: Page, api: FakeApi) -> None:
    page.clock.install()
    api.script.append(refusal(429, "Anh/chị gửi hơi nhanh. Xin đợi 12 giây rồi gửi lại nhé.", **{"Retry-After": "12"}))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    unsent(page, QUESTION, "Anh/chị gửi hơi nhanh. Xin đợi 12 giây rồi gửi lại nhé.")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^Còn 1[0-2] giây nữa thì gửi được\.$"))
    expect(resend(page)).to_be_disabled()
    box(page).press("Enter")
    resend(page).click(force=True)
    page.get_by_role("list", name="Câu hỏi thường gặp").get_by_role("button").first.click(force=True)
    assert len(api.received) == 1
    page.clock.run_for(6_000)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^Còn [3-6] giây nữa thì gửi được\.$"))
    page.clock.run_for(7_000)
    expect(page.get_by_role("timer")).to_have_text("Bây giờ anh/chị gửi lại được rồi.")
    expect(box(page)).to_have_value(QUESTION)
    resend(page).click()
    expect(articles(page)).to_have_count(2)
    assert len(api.received) == 2


def test_offline_keeps_the_text_until_the_network_is_back(page: Page, api: FakeApi) -> None:
    page.context.set_offline(True)
    expect(page.get_by_role("alert")).to_contain_text("đang mất kết nối mạng")
    box(page).fill(QUESTION)
    box(page).press("Enter")
    unsent(page, QUESTION, re.compile("đang mất kết nối mạng. Câu hỏi vẫn được giữ lại"))
    expect(resend(page)).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text("Đã có mạng trở lại.")
    resend(page).click()
    expect(articles(page)).to_have_count(2)
    assert [body["message"] for body in api.received] == [QUESTION]


def test_server_out_of_reach_is_said(page: Page, api: FakeApi) -> None:
    page.route("**/api/chat", lambda route: route.abort("connectionrefused"))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(page.locator("#typing")).to_have_text("Mạng chập chờn, đang thử gửi lại…")
    expect(page.get_by_role("alert")).to_have_text(re.compile("^Chưa gửi được câu hỏi"), timeout=20_000)  # after three tries more
    unsent(page, QUESTION, re.compile("^Chưa gửi được câu hỏi"))
    page.unroute("**/api/chat")
    resend(page).click()
    expect(articles(page)).to_have_count(2)


def test_silence_of_twenty_seconds_is_a_time_out(page: Page, api: FakeApi) -> None:
    page.clock.install()
    api.script.append(Reply(held=True))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    page.clock.run_for(9_000)
    expect(page.locator("#typing")).to_have_text("Vẫn đang tìm, anh/chị đợi thêm chút nhé…")
    box(page).press_sequentially("thêm nữa")
    page.clock.run_for(11_500)
    unsent(page, f"{QUESTION}\nthêm nữa", re.compile("^Máy chưa trả lời kịp"))
    expect(page.locator("#typing")).to_be_empty()


def test_tap_that_failed_can_be_sent_again(page: Page, api: FakeApi) -> None:
    ask(page)
    api.script.append(refusal(503, "Máy đang bận."))
    box(page).fill("nháp")
    button(page, "Nơi nộp").click()
    expect(page.get_by_role("alert")).to_have_text("Máy đang bận.")
    expect(box(page)).to_have_value("nháp")
    expect(button(page, "Nộp trực tuyến")).to_be_enabled()
    resend(page).click()
    expect(articles(page)).to_have_count(4)
    assert api.received[2] == api.received[1]
    expect(box(page)).to_have_value("nháp")


def test_error_of_the_engine_can_be_asked_again(page: Page, api: FakeApi) -> None:
    api.answers(message("Dạ, xin lỗi anh/chị, hệ thống vừa gặp lỗi.", "error_engine", url=None))
    ask(page)
    button(page, "Hỏi lại câu này").click()
    expect(articles(page)).to_have_count(4)
    expect(articles(page).nth(2).locator("p")).to_have_text(QUESTION)
    assert [body["message"] for body in api.received] == [QUESTION, QUESTION]


def test_reload_in_the_middle_of_a_question_gives_the_text_back(page: Page, api: FakeApi) -> None:
    api.script.append(Reply(held=True))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(articles(page)).to_have_count(1)
    page.reload()
    expect(box(page)).to_have_value(QUESTION)
    expect(articles(page)).to_have_count(0)


def test_delete_in_the_middle_of_a_question_drops_its_answer(page: Page, api: FakeApi) -> None:
    api.script.append(Reply(held=True))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    expect(page.get_by_text("Đang tìm câu trả lời…")).to_be_visible()
    choose(page, "Xóa cuộc trò chuyện")
    page.get_by_role("dialog").get_by_role("button", name="Xóa", exact=True).click()
    api.release()  # the server's name for the conversation comes with the answer, and is needed to delete it there
    expect(articles(page)).to_have_count(0)
    page.wait_for_timeout(600)
    expect(articles(page)).to_have_count(0)
    expect(page.locator("#typing")).to_be_empty()
    expect(page.get_by_role("alert")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("kept", ["{", "7", '{"entries": 3, "draft": 4}', '{"entries": [null, {"who": "bot", "text": "x"}, {"who": "user", "text": "ok"}]}'])
def test_damaged_storage_does_not_break_the_page(page: Page, api: FakeApi, kept: str) -> None:
    page.evaluate("(kept) => sessionStorage.setItem('mot-cua.chat.2', kept)", kept)
    page.reload()
    ask(page)


# The files themselves


def test_page_holds_nothing_inline_and_nothing_foreign() -> None:
    html = (WIDGET / "index.html").read_text("utf-8")
    code = widget_script().body.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|https?://", html)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|document\.cookie", code)
    for text in (html, code, (WIDGET / "chat.css").read_text("utf-8")):
        assert text == unicodedata.normalize("NFC", text)


def test_without_javascript_there_is_a_plain_form(browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(box(page)).to_be_visible()
    form = page.locator("form")
    assert [form.get_attribute(name) for name in ("method", "action", "accept-charset")] == ["post", "/chat", "utf-8"]
    assert box(page).get_attribute("name") == "message"
    expect(form.locator("input[name=conversation]")).to_have_count(1)
    expect(button(page, "Gửi")).to_be_visible()
    context.close()


def test_plain_form_hides_behind_the_element_and_can_be_asked_for(page: Page, base_url: str) -> None:
    plain = page.locator("#don-gian")
    expect(plain).to_be_hidden()
    page.goto(f"{base_url}/chat#don-gian")
    expect(plain).to_be_visible()
    expect(log(page)).to_have_count(0)
    expect(page.locator("mot-cua-chat")).to_be_hidden()


def test_plain_form_shows_itself_when_the_script_does_not_come(browser, base_url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/widget.js", lambda route: route.abort())
    page.goto(f"{base_url}/")
    expect(box(page)).to_be_visible()
    context.close()

"""The page without script, drawn: everything escaped, lists and links as elements, the form ready for the next question."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from actions.answer import Answer, AnswerStatus, Choice, SourceRef
from bot.channels.answer_html import answer_html, web_address, without_repeated_list
from bot.channels.chat_page import Exchange, TemplateError, answered_page, empty_page, refused_page
from bot.gateway.app import WIDGET

from .plain import TEMPLATE, needs_template, token_of

SOURCE = SourceRef("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn/x?a=1&b=2", "2026-11-20")
LONG = (
    "Dạ, về thủ tục Đăng ký khai sinh:\nGiấy tờ cần chuẩn bị:\n1. Tờ khai\n2. Giấy chứng sinh\nNếu sinh ở nước ngoài, thêm:\n3. Giấy tờ của nước đó\n"
    "Thời hạn giải quyết: trong ngày.\nPhí, lệ phí:\n- Lệ phí hộ tịch: miễn phí.\nXem đầy đủ: https://hoi.example/thu-tuc/1.001193\n"
    "Nguồn: Cổng Dịch vụ công quốc gia, mã 1.001193."
)
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\'&amp;'


def answer(text: str, *choices: Choice, sources: tuple[SourceRef, ...] = ()) -> Answer:
    return Answer(AnswerStatus.ANSWERED, text, choices=choices, sources=sources)


class Tags(HTMLParser):
    """Every start tag with its attributes, and whether all were closed in order."""

    VOID = ("meta", "link", "input", "path", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_lists_labels_pages_and_the_source() -> None:
    drawn = answer_html(LONG, [SOURCE])
    assert '<p class="lead">Giấy tờ cần chuẩn bị:</p>' in drawn
    assert '<ol class="items"><li value="1">Tờ khai</li><li value="2">Giấy chứng sinh</li></ol>' in drawn
    assert '<ol class="items"><li value="3">Giấy tờ của nước đó</li></ol>' in drawn
    assert "<strong>Thời hạn giải quyết:</strong> trong ngày." in drawn and "<li>Lệ phí hộ tịch: miễn phí.</li>" in drawn
    assert '<a href="/thu-tuc/1.001193" target="_blank" rel="noopener noreferrer">Xem đầy đủ<' in drawn
    assert '<p class="source">Nguồn: <a href="https://dichvucong.gov.vn/x?a=1&amp;b=2"' in drawn and "</a>, mã 1.001193.</p>" in drawn


@pytest.mark.parametrize(("text", "href"), [
    ("Mời xem /viec/sinh-con.", "/viec/sinh-con"), ("Gửi lời nhắn: /lien-he", "/lien-he"), ("Xem /quyen-rieng-tu nhé", "/quyen-rieng-tu"),
    ("In ra: https://evil.example/thu-tuc/1.001193/checklist", "/thu-tuc/1.001193/checklist"),
    ("Lịch: /api/deadline.ics?code=1.001193&row=0.", "/api/deadline.ics?code=1.001193&amp;row=0"), ("- xem /thu-tuc/1.001193", "/thu-tuc/1.001193"),
])
def test_our_own_pages_are_links_by_their_path_only(text: str, href: str) -> None:
    assert re.findall(r'href="([^"]*)"', answer_html(text, [])) == [href]


@pytest.mark.parametrize("text", ["/lien-he-khac", "/thu-tuc/1", "https://evil.example/", "javascript:alert(1)", "/etc/passwd", "/viec/"])
def test_other_addresses_are_no_links(text: str) -> None:
    assert "<a" not in answer_html(f"Xem {text} nhé", [])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/x", "//evil.example", "https://", "", None, "http://[", "ftp://x.example"])
def test_sources_are_linked_by_http_only(url: str | None) -> None:
    assert web_address(url) is None
    assert "<a" not in answer_html("Nguồn: Cổng, mã 1.", [SourceRef("Cổng", url, "2026-01-01")])


def test_each_of_two_sources_leads_to_its_own_page() -> None:
    other = SourceRef("Sở Tư pháp", "https://stp.example/", "2026-11-20")
    drawn = answer_html("Nguồn: Sở Tư pháp, mã 2.\n\nNguồn: Cổng Dịch vụ công quốc gia, mã 1.", [SOURCE, other])
    assert [href for href in re.findall(r'href="([^"]*)"', drawn)] == [other.url, "https://dichvucong.gov.vn/x?a=1&amp;b=2"]


@pytest.mark.parametrize("text", [LONG, "a\r\nb\rc", "  \n\n ", "1. a\n\n1. b", "- a\n1. b\n- c", "Ca\u0300 Mau: đu\u031bo\u031b\u0323c", "x" * 5000, "1. \n2) x"])
def test_no_word_is_lost_or_doubled(text: str) -> None:
    import html
    import unicodedata

    words = re.findall(r"\w+", unicodedata.normalize("NFC", re.sub(r"https://\S*?/thu-tuc/\S+|^\s*\d+[.)]\s", "", text, flags=re.M)))
    shown = html.unescape(re.sub(r"<[^>]*>", " ", answer_html(text, [SOURCE]).replace("(mở trang mới)", "")))
    assert re.findall(r"\w+", re.sub(r"^\s*\d+[.)]\s", "", shown, flags=re.M)) == words


def test_a_list_that_the_buttons_repeat_is_left_to_the_buttons() -> None:
    choices = Choice("Đăng ký tạm trú", "a"), Choice("Gia hạn tạm trú", "b")
    text = "Anh/chị cần thủ tục nào?\n1. Đăng ký tạm trú\n2. Gia hạn tạm trú"
    assert without_repeated_list(answer(text, *choices)) == ("Anh/chị cần thủ tục nào?", True)
    for kept in (answer(text), answer(text, choices[0]), answer(text, choices[1], choices[0]), answer("1. Đăng ký tạm trú\n2. Gia hạn tạm trú", *choices)):
        assert without_repeated_list(kept) == (kept.text, False)


def test_the_answered_page_is_whole() -> None:
    choice = Choice("Nơi nộp", 'Đăng ký khai sinh nộp ở "đâu"?')
    page = answered_page(TEMPLATE, Exchange("khai sinh cần gì?", (answer(LONG, choice, sources=(SOURCE,)), answer("Câu hai.")), "Đây là máy."), "tok.en")
    tags = Tags(page).found
    assert "<title>Câu trả lời – Một Cửa</title>" in page and 'class="plain plain--answered"' in page
    assert "mot-cua-chat" not in page and not [tag for tag, _ in tags if tag == "script"] and "<!-- plain -->" not in page
    assert page.index("khai sinh cần gì?") < page.index("Đây là máy.") < page.index("Tờ khai") < page.index("Câu hai.") < page.index("plain-form")
    forms = [attributes for tag, attributes in tags if tag == "form"]
    assert len(forms) == 2 and all(one["action"] == "/chat#tra-loi" and one["method"] == "post" for one in forms)
    assert [one.get("value") for tag, one in tags if tag == "input"] == ["tok.en", choice.message, "tok.en"]
    assert token_of(page) == "tok.en" and re.search(r'<textarea id="message"[^>]*>\n</textarea>', page)
    assert '<a href="/chat">Dùng trang trò chuyện đầy đủ</a>' in page


def test_everything_is_escaped() -> None:
    hostile = answer(f"{HOSTILE}\n1. {HOSTILE}\n- {HOSTILE}\nNguồn: {HOSTILE}", Choice(HOSTILE, HOSTILE), sources=(SourceRef(HOSTILE, f"https://x/{HOSTILE}", ""),))
    for page in (answered_page(TEMPLATE, Exchange(HOSTILE, (hostile,), HOSTILE), HOSTILE), refused_page(TEMPLATE, HOSTILE, HOSTILE, HOSTILE)):
        tags = Tags(page).found
        assert not [tag for tag, attributes in tags if tag in ("script", "img") or any(name.startswith("on") for name in attributes)]


def test_a_refused_question_stays_in_the_box() -> None:
    page = refused_page(TEMPLATE, "Dài quá.", "tok.en", "\n\nkhai sinh </textarea><b>")
    assert "<title>Chưa gửi được – Một Cửa</title>" in page and '<p id="message-error">Dài quá.</p>' in page
    assert 'aria-describedby="message-error message-hint" aria-invalid="true">\n\n\nkhai sinh &lt;/textarea&gt;&lt;b&gt;</textarea>' in page
    assert token_of(page) == "tok.en"


def test_text_that_looks_like_a_part_of_the_template_is_only_text() -> None:
    tricky = '<!-- plain --> class="plain" \\1 \\g<0> </textarea><mot-cua-chat></mot-cua-chat>'
    page = refused_page(TEMPLATE, tricky, "tok.en", tricky)
    assert page.count("plain--answered") == 1 and page.count("&lt;!-- plain --&gt;") == 2 and page.count("\\1 \\g&lt;0&gt;") == 2


def test_the_empty_page_keeps_the_element() -> None:
    page = empty_page(TEMPLATE)
    assert "<mot-cua-chat" in page and "<!-- plain -->" not in page and 'action="/chat#tra-loi"' in page


@pytest.mark.parametrize("part", ["<!-- plain -->", 'class="plain"', '<input type="hidden" name="conversation" value="">', "<title>", '<textarea id="message"'])
def test_a_template_that_lacks_a_part_is_named(part: str) -> None:
    with pytest.raises(TemplateError, match="has no"):
        refused_page(TEMPLATE.replace(part, "<x>"), "a", "b", "c")


@needs_template
def test_the_real_template_has_every_part() -> None:
    page = answered_page((WIDGET / "index.html").read_text("utf-8"), Exchange("a", (answer(LONG, Choice("b", "c")),)), "tok.en")
    tags = Tags(page).found
    assert token_of(page) == "tok.en" and not [tag for tag, _ in tags if tag in ("script", "mot-cua-chat")]
    assert [attributes for tag, attributes in tags if tag == "html"] == [{"lang": "vi"}] and [tag for tag, _ in tags].count("h1") == 1

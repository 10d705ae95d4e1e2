"""The figures' pages as they are printed and as they fit a phone and a desk. SHOTS=folder keeps the PDF files and pictures."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from . import pdf
from .figures_served import figures_served, longest_names
from .measures import sideways
from .pdf import POINTS, Word

pytestmark = pytest.mark.skipif(bool(os.environ.get("BASE_URL")), reason="serves pages of its own; BASE_URL names another")
LEFT, RIGHT, TOP, BOTTOM = (210 * POINTS * share for share in (30 / 210, 195 / 210, 20 / 210, 277 / 210))
"""Edges of the printed sheet's text, in points."""
CODE = re.compile(r"\d\.\d{6}")
OUTCOMES = ("Trả lời được", "Hỏi lại cho rõ", "Chưa trả lời được", "Hướng dẫn gặp", "Từ chối", "Chào", "Lỗi hệ thống")
SECTIONS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BÁO CÁO", "tháng 10 năm 2026", "Kính gửi:", "I. TÌNH HÌNH TIẾP NHẬN CÂU HỎI",
    "Tổng số câu hỏi: 1.550 câu", "Bảng 1. Kết quả trả lời", "2. Theo kênh: Trang web", "Bảng 2. Thủ tục được hỏi nhiều nhất",
    "II. CHẤT LƯỢNG TRẢ LỜI VÀ SỰ HÀI LÒNG", "1. Tỷ lệ trả lời đúng:", "2. Góp ý từng câu trả lời:", "3. Đánh giá chung:",
    "III. TỒN TẠI, CÔNG VIỆC ĐÃ LÀM VÀ KIẾN NGHỊ", "1. Nội dung chưa trả lời được nhiều nhất", "2. Bổ sung, sửa dữ liệu:",
    "3. Kiến nghị, đề xuất:", "THỦ TRƯỞNG CƠ QUAN",
)  # fmt: skip
HEADINGS = ("I. TÌNH HÌNH", "II. CHẤT LƯỢNG", "III. TỒN", "Bảng 1.", "Bảng 2.", "nhiều nhất (đã che")


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Of somebody with every role."""
    with figures_served(tmp_path_factory.mktemp("figures")) as (base, cookie):
        context = browser.new_context(base_url=base, locale="vi-VN", reduced_motion="reduce")
        context.set_default_timeout(20_000)
        context.add_cookies([cookie])
        yield context.new_page()
        context.close()


@pytest.fixture
def printed(page: Page, tmp_path: Path) -> Callable[..., Path]:
    """printed("2026-10", office="…") -> the month's report as a PDF."""
    pdf.require_poppler()

    def do(month: str, **query: str) -> Path:
        page.goto(f"/can-bo/figures/month?{urlencode({'month': month, **query})}")
        path = Path(os.environ.get("SHOTS") or tmp_path) / f"report-{month}-{sum(map(len, query.values()))}.pdf"
        page.pdf(path=path, prefer_css_page_size=True)
        return path

    return do


def at(sheets: list[list[Word]], phrase: str) -> tuple[int, Word]:
    """-> page from 0 and first word of the phrase."""
    wanted = phrase.split()
    for number, words in enumerate(sheets):
        for first in range(len(words)):
            if [word.text for word in words[first : first + len(wanted)]] == wanted:
                return number, words[first]
    raise AssertionError(f"not printed: {phrase}")


def line_of(words: list[Word], word: Word) -> list[Word]:
    """What stands beside it, from the left."""
    return sorted((one for one in words if abs(one.top - word.top) < 2), key=lambda one: one.left)


# Names of other lengths move every break of the pages to another place.
@pytest.mark.parametrize(
    "office", ["", "Ủy ban nhân dân xã Đạ Huoai", "Văn phòng " * 4, "Trung tâm phục vụ hành chính công " * 2, "Phòng văn hóa " * 8], ids=len
)
def test_the_report_is_printed_on_a4_and_nothing_is_torn(printed: Callable[..., Path], office: str) -> None:
    path = printed("2026-10", office=office, above="Ủy ban nhân dân tỉnh Lâm Đồng")
    sheets = pdf.pages(path)
    assert pdf.size(path).endswith("(A4)") and 2 <= len(sheets) <= (3 if len(office) < 40 else 4)
    whole = " ".join(map(pdf.text, sheets))
    places = [whole.find(part) for part in SECTIONS]
    assert -1 not in places and places[2:] == sorted(places[2:]), dict(zip(SECTIONS, places))
    for number, words in enumerate(sheets):
        header = [word for word in words if word.top < TOP - 1]
        assert [word.text for word in header] == ([str(number + 1)] if number else []), "number of the page"
        body = [word for word in words if word not in header]
        assert min(word.left for word in body) >= LEFT - 1 and max(word.right for word in body) <= RIGHT + 1
        assert max(word.bottom for word in body) <= BOTTOM + 1
    for heading in HEADINGS:
        number, word = at(sheets, heading)
        assert any(one.top > word.bottom + 2 for one in sheets[number]), f"{heading} stands alone at the foot of page {number + 1}"
    assert at(sheets, "Bảng 1.")[0] == at(sheets, "Lỗi hệ thống")[0]
    assert at(sheets, "3. Kiến nghị,")[0] == at(sheets, "THỦ TRƯỞNG CƠ QUAN")[0], "the signature goes with what is signed"
    rows_are_whole(sheets)
    numbers_are_aligned(sheets)


def rows_are_whole(sheets: list[list[Word]]) -> None:
    """Of table 2: each name wholly beside its code, each part of the table under its head and of two rows at least."""
    names = longest_names()
    told = 0
    for words in sheets:
        codes = sorted((word for word in words if CODE.fullmatch(word.text)), key=lambda word: word.top)
        assert len(codes) != 1, "a row alone"
        for code, below in zip(codes, [*(one.top for one in codes[1:]), BOTTOM]):
            cell = [word for word in words if code.top - 2 <= word.top < below - 2 and code.right < word.left]
            count = line_of(cell, code)[-1]
            assert count.text.isdecimal()
            assert pdf.text([word for word in cell if word is not count]).startswith(" ".join(names[code.text].name.split())), code.text
        if codes:
            assert [word.text for word in words if word.text == "Mã" and word.top < codes[0].top and codes[0].top - word.top < 30] == ["Mã"]
        told += len(codes)
    assert told == 10


def numbers_are_aligned(sheets: list[list[Word]]) -> None:
    """To the right, in both tables."""
    shares = []
    for outcome in OUTCOMES:
        number, word = at(sheets[: at(sheets, "Bảng 2.")[0] + 1], outcome)
        shares.append(line_of(sheets[number], word)[-1])
    assert all(share.text.endswith("%") for share in shares) and spread(shares) < 0.5
    for words in sheets:
        counts = [line_of(words, word)[-1] for word in words if CODE.fullmatch(word.text)]
        assert not counts or spread(counts) < 0.5


def spread(words: list[Word]) -> float:
    return max(word.right for word in words) - min(word.right for word in words)


def test_a_month_without_questions_is_one_sheet(printed: Callable[..., Path]) -> None:
    path = printed("2026-01")
    (words,) = pdf.pages(path)
    assert pdf.size(path).endswith("(A4)") and "Trong tháng không có câu hỏi nào được ghi nhận." in pdf.text(words)


TORN = """() => [...document.querySelectorAll('td.n, .code, .scroll th[scope=row]')].filter(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
}).map(cell => cell.textContent.trim())"""
"""Numbers, days and codes that go over more than one line."""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path",
    ["?from=2026-09-01&to=2026-11-23", "?from=2025-11-01&to=2026-11-23", "?from=2025-01-01&to=2025-01-02", "?from=x",
     "/month?month=2026-10&office=" + "Trung+tâm+phục+vụ+hành+chính+công", "/sample?week=2026-W46", "/sample?week=2026-W47", "/sample?week=2026-W48"],
)  # fmt: skip
def test_numbers_stay_whole_and_nothing_is_wider_than_the_screen(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/can-bo/figures{path}")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    if os.environ.get("SHOTS"):
        page.screenshot(path=Path(os.environ["SHOTS"]) / f"figures{re.sub(r'[^a-z0-9]+', '-', path)}-{width}.png", full_page=True)
    assert page.evaluate(TORN) == []
    assert [line for line in sideways(page) if line.startswith("page ")] == []

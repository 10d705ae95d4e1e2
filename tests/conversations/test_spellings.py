"""One question, however it is typed: without diacritics, decomposed, in capitals. The same procedure for nine in ten."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from .harness import RealServer

QUESTIONS = {
    "Vợ tôi mới sinh, đăng ký khai sinh cho bé ở đâu?": "1.001193",
    "Đăng ký khai tử cho ông ngoại cần những giấy tờ gì?": "1.000656",
    "Hai đứa em muốn đăng ký kết hôn thì nộp hồ sơ ở đâu?": "1.000894",
    "Xin giấy xác nhận tình trạng hôn nhân mất mấy ngày?": "1.004873",
    "Xin trích lục khai sinh bản sao tốn bao nhiêu một bản?": "2.000635",
    "Nhận con nuôi trong nước cần điều kiện gì?": "2.001263",
    "Chứng thực di chúc ở xã phải đem theo gì?": "2.001019",
    "Thuê nhà trọ thì đăng ký tạm trú qua mạng được không?": "1.004194",
    "Nhập khẩu thường trú về nhà chồng cần giấy tờ gì?": "1.004222",
    "Tách hộ ra riêng phải làm các bước nào?": "1.010038",
    "Đi làm xa thì khai báo tạm vắng ở đâu?": "1.003677",
    "Thẻ căn cước bị mất, xin cấp lại mất bao lâu?": "1.014064",
    "Làm hộ chiếu phổ thông phí bao nhiêu?": "1.001456",
    "Xin phiếu lý lịch tư pháp nộp qua bưu điện được không?": "3.000333",
    "Giấy phép lái xe sắp hết hạn, đổi ở đâu?": "3.000347",
    "Mở tiệm tạp hóa, đăng ký thành lập hộ kinh doanh mấy ngày xong?": "1.001612",
    "Xin giấy phép xây dựng nhà ở riêng lẻ cần bản vẽ gì?": "1.013225",
    "Tách thửa đất cho hai con thì bao lâu có sổ?": "1.012784",
    "Nghỉ việc rồi, hưởng trợ cấp thất nghiệp nộp hồ sơ ở đâu?": "1.014748",
    "Đăng ký tàu cá mới đóng cần giấy tờ gì?": "1.003650",
}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "no diacritics": lambda text: "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "capitals": str.upper,
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_nine_in_ten_get_their_procedure(server: RealServer, spelling: str) -> None:
    server.until_ready()
    found = {question: server.say(SPELLINGS[spelling](question)).code for question in QUESTIONS}
    wrong = {question: code for question, code in found.items() if code != QUESTIONS[question]}
    assert len(wrong) <= len(QUESTIONS) // 10, wrong


def test_decomposed_text_is_the_same_text(server: RealServer) -> None:
    server.until_ready()
    for question in QUESTIONS:
        one, other = server.say(question), server.say(unicodedata.normalize("NFD", question))
        assert other.answer == one.answer, question

"""Who says a wrong fee, time or paper and asks for a nod gets the record's value: neither agreement nor the wrong value again."""

from __future__ import annotations

import re

import pytest

from .facts import check
from .harness import RealServer

AGREES = re.compile(r"^\s*(?:dạ|vâng|ừ|ok)?[\s,.]*(?:vâng|đúng|phải|chính xác|có ạ|ừ)\b|đúng (?:vậy|rồi|thế|như anh/chị)|anh/chị nói đúng", re.I)

FALSE = [
    ("nghe nói làm căn cước lần đầu cho con 14 tuổi phải đóng 2 triệu đúng không", "fees", "2 triệu"),
    ("người ta nói đăng ký kết hôn phải đóng 500.000 đồng phải không", "fees", "500.000"),
    ("đăng ký tạm trú tốn 750 ngàn đúng hông", "fees", "750 ngàn"),
    ("làm hộ chiếu phổ thông lệ phí 9 triệu phải không ạ", "fees", "9 triệu"),
    ("đăng ký thường trú phải chờ 90 ngày mới có phải không", "duration", "90 ngày"),
    ("nghe đồn đăng ký khai tử mất 200 ngày lận đúng không", "duration", "200 ngày"),
    ("cấp lại sổ bảo hiểm xã hội phải đợi 400 ngày hả", "duration", "400 ngày"),
    ("đăng ký khai sinh phải nộp sổ đỏ đúng không", "documents", "sổ đỏ"),
]


@pytest.mark.parametrize(("message", "aspect", "wrong"), FALSE)
def test_a_false_premise_is_answered_with_what_the_record_says(server: RealServer, message: str, aspect: str, wrong: str) -> None:
    reply = server.say(message)
    assert reply.code and aspect in reply.aspects, reply
    assert not AGREES.search(reply.text) and wrong not in reply.text, reply
    check(server, reply)

"""A danger that lasts is heard in plain words; what is over, and what only sounds like it, is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.emergency import in_danger
from index.catalogue import read_yaml
from index.text import fold
from tools.topics import read_topics

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("message", [
    "cháy nhà rồi, lửa lớn quá", "kho cá đang bốc cháy", "thằng em cầm dao rượt ba tui", "có người đuối nước ngoài kênh, cứu với", "nó dọa giết cả nhà em",
    "bà ngoại đi lạc từ sáng chưa thấy về", "anh tui đi biển mất liên lạc hai ngày nay", "ghe tui đang chìm ngoài Hòn Khoai", "ba tui đang lên cơn đau tim", "trộm đang cạy cửa sau nhà",
    "cháu tui bị bắt cóc", "con bé bị điện giật", "đang bị chém trước cổng chợ, làm đơn tố cáo ở đâu", "con tui bị lạc ngoài chợ hồi trưa, khai báo tạm vắng ở đâu",
])
def test_a_danger_is_heard(message: str) -> None:
    assert in_danger(message)


@pytest.mark.parametrize("message", [
    "nhà tui hồi trước bị cháy hết giấy tờ, làm lại ở đâu", "quán đang chạy muốn đổi tên", "duong xa dang chay xin dau noi", "tòa tuyên bố anh tui mất tích, giờ khai tử", "ghe chìm năm ngoái, xóa đăng ký",
    "viện nghiên cứu tụi em", "mướn tư vấn lập hồ sơ", "mất bao lâu", "giấy tờ bị thất lạc", "bị điện giật hồi đi làm, xin chế độ", "tàu đang đánh bắt", "",
])
def test_what_is_over_or_only_sounds_like_it_is_none(message: str) -> None:
    assert not in_danger(message)


def test_no_question_that_we_know_sounds_like_a_danger() -> None:
    questions = [topic.question for topic in read_topics()]
    for file in sorted((ROOT / "data/phrasings").glob("*.yml")):
        questions += [text for asked in read_yaml(file).values() for texts in asked.values() for text in texts]
    assert len(questions) > 20_000
    assert [text for text in questions if in_danger(text) or in_danger(fold(text))] == []


@given(st.text(max_size=120))
def test_any_text_is_read(message: str) -> None:
    assert in_danger(message) in (True, False)

"""What became of a file is the office's to say; what to do about one is a question."""

from __future__ import annotations

import pytest

from actions.own_file import asks_after_file


@pytest.mark.parametrize("message", [
    "hồ sơ em nộp bữa thứ hai tới đâu rồi", "ho so cua tui den dau roi a", "giấy phép xây nhà của bà Sáu có chưa vậy", "bằng lái ra chưa chị ơi", "xã duyệt chưa ạ",
    "nộp trên mạng mà cứ báo đang xử lý hoài", "tạm trú online báo từ chối mà không ghi lý do", "hồ sơ đăng ký ghe bị treo ở bước hai", "sao gần tháng rồi chưa thấy trả kết quả",
    "kiểm tra giúp em hồ sơ tách thửa", "ho so online bi ngam, coi dum", "căn cước của con em sao chưa có vậy",
])
def test_a_file_is_asked_after(message: str) -> None:
    assert asks_after_file(message)


@pytest.mark.parametrize("message", [
    "đăng ký tạm trú bị từ chối thì nộp lại cần gì", "hồ sơ online báo từ chối thì phải làm sao", "con 3 tuổi làm căn cước được chưa", "chưa có sổ đỏ thì xin giấy gì", "mấy ngày có kết quả",
    "sổ gốc không còn thì đăng ký lại ở đâu", "nộp khai sinh trên mạng được chưa", "quá hẹn thì được bồi thường không", "chưa thấy trả kết quả thì khiếu nại ở đâu, cần giấy gì", "",
])
def test_a_question_is_no_asking_after_a_file(message: str) -> None:
    assert not asks_after_file(message)

"""Advice is another thing than a procedure, though it names one."""

from __future__ import annotations

import pytest

from actions.advice import asks_advice


@pytest.mark.parametrize("message", [
    "nên lãnh tiền một lần hay để đó chờ đủ tuổi", "nen ly hon thuan tinh hay don phuong", "đóng tự nguyện hay bắt buộc thì lợi hơn", "hàng xóm lấn đất, kiện có thắng không", "vụ này ai đúng ai sai", "cho nghỉ ngang vậy có đúng luật không",
])
def test_what_is_better_and_who_is_right_is_advice(message: str) -> None:
    assert asks_advice(message)


@pytest.mark.parametrize("message", [
    "làm khai sinh ở xã hay ở tỉnh", "nên cần giấy gì", "nhà nghèo nên muốn xin trợ cấp, nộp ở đâu", "kiện đòi nợ thì nộp đơn ở đâu", "căn cứ luật nào", "đổi bằng lái trên mạng có nhanh hơn không", "",
])
def test_a_question_about_a_procedure_is_none(message: str) -> None:
    assert not asks_advice(message)

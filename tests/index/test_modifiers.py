"""First ones, renewals, changes and ends are told apart by words."""

from __future__ import annotations

import pytest

from index.modifiers import Modifiers
from index.text import fold, normalise

NAMES = ["Đăng ký khai sinh", "Đăng ký lại khai sinh", "Cấp đổi, cấp lại giấy xác nhận", "Gia hạn tạm trú", "Xóa đăng ký thường trú", "Thay đổi hộ kinh doanh"]


@pytest.mark.parametrize(("question", "fits"), [
    ("làm khai sinh", [True, False, False, False, False, False]),
    ("mất giấy khai sinh", [True, True, True, False, True, False]),
    ("xin ở thêm, gia hạn", [True, False, True, True, False, True]),
    ("", [True, False, False, False, False, False]),
])
def test_a_name_of_a_kind_fits_a_question_that_speaks_of_it(question: str, fits: list[bool]) -> None:
    scores = Modifiers(NAMES).scores(fold(normalise(question)))
    assert [score == 0 for score in scores] == fits
    assert set(scores) <= {0.0, -1.0}


def test_no_names_have_no_scores() -> None:
    assert Modifiers([]).scores("mat").shape == (0,)

from __future__ import annotations

import pytest

from actions.elsewhere import elsewhere


@pytest.mark.parametrize("message", [
    "làm ở Cần Thơ được không", "toi o tphcm", "em bên Kiên Giang", "nhà ở sài gòn", "tỉnh khác thì sao", "Thừa Thiên Huế", "HÀ NỘI", "ở Bến Tre",
])
def test_another_province_is_heard(message: str) -> None:
    assert elsewhere(message)


@pytest.mark.parametrize("message", [
    "làm ở Cà Mau", "em ở bạc liêu", "muốn tách thửa cho con ra ở riêng", "thủ tục cấp tỉnh", "nộp trên xã hay tỉnh", "", "vịnh nào", "dak",
])
def test_ours_and_none_are_not(message: str) -> None:
    assert not elsewhere(message)

"""Which day a question about fees or validity asks for, and the many dates that are none of that."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.as_of import asked_day
from index.text import fold

TODAY = date(2026, 11, 22)
YEAR, FEBRUARY, MARCH = date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)
ASKED = [
    ("sang năm 2027 phí bao nhiêu", YEAR), ("lệ phí từ tháng 1 tới", YEAR), ("lệ phí cấp đổi căn cước năm 2027 là bao nhiêu", YEAR),
    ("năm sau làm căn cước tốn bao nhiêu tiền", YEAR), ("qua năm phí có tăng không", YEAR), ("đầu năm sau đổi bằng lái hết nhiêu tiền", YEAR),
    ("từ 1/1/2027 lệ phí căn cước sao", YEAR), ("ngày 01-02-2027 phí là mấy", FEBRUARY), ("phí ngày 1 tháng 2 năm 2027", FEBRUARY),
    ("sau 31/12/2026 còn được giảm lệ phí không", YEAR), ("sau ngày 31/12 lệ phí hộ chiếu bao nhiêu", YEAR), ("hết ngày 28/2/2027 phí thế nào", MARCH),
    ("tới ngày 31/12 phí vẫn vậy hả", date(2026, 12, 31)), ("tháng 3/2027 phí sang tên xe", MARCH), ("lệ phí tháng 3 năm 2027", MARCH),
    ("qua tháng 2 thì lệ phí bao nhiêu", FEBRUARY), ("từ tháng 12 phí có đổi không", date(2026, 12, 1)), ("tháng sau phí bao nhiêu", date(2026, 12, 1)),
    ("tháng tới làm hộ chiếu mất bao nhiêu tiền", date(2026, 12, 1)), ("tháng 12 năm sau lệ phí sao", date(2027, 12, 1)),
    ("cuối năm nay phí bao nhiêu", date(2026, 12, 31)), ("cuối năm 2027 phí bao nhiêu", date(2027, 12, 31)), ("hết năm nay còn miễn phí không", YEAR),
    ("mức giảm áp dụng đến hết năm 2027 phải không", date(2027, 12, 31)), ("hết tháng 2/2027 còn được miễn không", MARCH),
    ("đến hết tháng 2/2027 còn miễn phí không", date(2027, 2, 28)), ("thủ tục này sang năm còn áp dụng không", YEAR), ("quy định này năm 2027 còn hiệu lực hông", YEAR),
    ("phí 2027 bn", YEAR), ("nam sau dong phi nhiu", YEAR), ("sang nam le phi can cuoc bao nhieu", YEAR), ("tu thang 1 nam 2027 phi bao nhieu", YEAR),
    ("het nam nay con mien phi khong", YEAR), ("le phi sau 31/12/2026", YEAR), ("từ năm 2026 đến năm 2027 phí có đổi không", YEAR),
]
NOT_ASKED = [
    "con sinh năm 2027", "con sinh năm 2027 thì lệ phí khai sinh bao nhiêu", "đăng ký xe 2026", "đăng ký xe 2026 phí bao nhiêu", "xe đời 2027 sang tên tốn nhiêu",
    "thẻ hết hạn tháng 3/2027 đổi phí bao nhiêu", "căn cước hết hạn năm 2027 thì đổi tốn bao nhiêu tiền", "tôi sinh ngày 1/1/2027 phí bao nhiêu", "trước 1/1/2027 phí bao nhiêu",
    "phí bao nhiêu", "lệ phí năm 2026 bao nhiêu", "phí tháng 11 năm 2026", "lệ phí năm 2024 bao nhiêu", "phí ngày 1/1/2025", "năm 2027 cần giấy tờ gì",
    "sang năm cưới thì đăng ký kết hôn ở đâu", "tháng sau tôi đi nước ngoài, hộ chiếu cần gì", "phí tầm năm sáu trăm phải không", "phi tam nam sau tram ha",
    "lệ phí 50.000 hay 70.000", "phí 2.000 đồng một trang", "theo Thông tư 64/2025/TT-BTC phí bao nhiêu", "Nghị quyết 66.22/2026 miễn phí cho ai", "mã 1.001193 phí bao nhiêu",
    "tạm trú 6 tháng tới phí bao nhiêu", "ở được mấy tháng sau mới đăng ký thì phí sao", "phí ngày 31/2/2027", "từ tháng 13 phí bao nhiêu",
    "năm 2027 và năm 2028 phí bao nhiêu", "nam toi 60 tuoi le phi bao nhieu", "làm 3 bản tốn bao nhiêu", "năm học 2027 học phí bao nhiêu", "",
]


@pytest.mark.parametrize(("message", "day"), ASKED)
def test_the_day_asked_about_is_read(message: str, day: date) -> None:
    assert asked_day(message, TODAY) == day


@pytest.mark.parametrize("message", NOT_ASKED)
def test_other_dates_and_no_dates_are_not(message: str) -> None:
    assert asked_day(message, TODAY) is None


@pytest.mark.parametrize("message", ["tháng 12 năm sau lệ phí sao", "từ 1/1/2027 lệ phí căn cước sao", "mức giảm áp dụng đến hết năm 2027 phải không", "CUỐI NĂM NAY PHÍ BAO NHIÊU"])
def test_without_diacritics_it_is_the_same_day(message: str) -> None:
    assert asked_day(fold(message), TODAY) == asked_day(message, TODAY) is not None


@pytest.mark.parametrize(("today", "day"), [(date(2026, 12, 31), YEAR), (date(2027, 1, 1), date(2028, 1, 1)), (date(2027, 2, 28), date(2028, 1, 1))], ids=str)
def test_next_year_is_counted_from_today(today: date, day: date) -> None:
    assert asked_day("sang năm phí bao nhiêu", today) == day


@pytest.mark.parametrize(("today", "day"), [(date(2026, 12, 31), YEAR), (date(2027, 1, 31), FEBRUARY)], ids=str)
def test_next_month_may_be_in_another_year_or_shorter(today: date, day: date) -> None:
    assert asked_day("tháng sau phí bao nhiêu", today) == day


@given(st.text(max_size=60), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_any_text_gives_a_later_day_or_none(text: str, today: date) -> None:
    day = asked_day(f"{text} phí bao nhiêu", today)
    assert day is None or day > today

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.masking import mask

ID, TEL, MAIL, DOSSIER, PLATE = "[số giấy tờ]", "[số điện thoại]", "[thư điện tử]", "[số hồ sơ]", "[biển số]"
CARD, TAX = "[số thẻ hoặc tài khoản]", "[số bảo hiểm hoặc mã số thuế]"


@pytest.mark.parametrize(("text", "masked"), [
    ("cccd 079203001234 của tôi", f"cccd {ID} của tôi"),
    ("079 203 001 234", ID), ("079.203.001.234", ID), ("0792 0300 1234", ID), ("381234567", ID), ("381 234 567", ID),
    ("cmnd 381.234.567", f"cmnd {ID}"), ("số định danh 0 7 9 2 0 3 0 0 1 2 3 4", f"số định danh {ID}"),
    ("cmnd số 381234567 cấp ngày 12/03/2010", f"cmnd số {ID} cấp ngày 12/03/2010"),
    ("0912345678", TEL), ("0912 345 678", TEL), ("0912.345.678", TEL), ("091-234-5678", TEL), ("09 12 34 56 78", TEL),
    ("+84 912 345 678", TEL), ("+84912345678", TEL), ("84912345678", TEL), ("+84 (0) 912345678", TEL), ("84.912.345.678", TEL),
    ("(0290) 3831 234", TEL), ("02903831234", TEL), ("01669123456", TEL), ("sđt0912345678", f"sđt{TEL}"), ("０９１２３４５６７８", TEL),
    ("năm 2024 0912345678", f"năm 2024 {TEL}"), ("0912345678/0987654321", f"{TEL}/{TEL}"),
    ("a.b+c@gmail.com", MAIL), ("gửi abc @gmail.com nhé", f"gửi {MAIL} nhé"),
    ("1234567890123456", CARD), ("1234 5678 9012 3456", CARD), ("9704-1234-5678-9012-345", CARD),
    ("stk 01234567", f"stk {CARD}"), ("6" * 19, CARD), ("7" * 30, "[dãy số]"),
    ("hộ chiếu C1234567", f"hộ chiếu {ID}"), ("b12345678", ID), ("DN4010123456789", ID), ("GD 4 96 9621234567", ID),
    ("sổ đỏ BK 123456", f"sổ đỏ {ID}"),
    ("xe 69A1-123.45", f"xe {PLATE}"), ("69a1 12345", PLATE), ("69-A1 123.45", PLATE), ("69 A1 123.45", PLATE),
    ("51F-123.45", PLATE), ("69A-1234", PLATE), ("65AB-123.45", PLATE),
    ("H12.34-250101-0001", DOSSIER), ("h12.34.5-250101-0001", DOSSIER), ("000.00.12.H12-250101-0001", DOSSIER),
    ("G01.899.108.000-240101-0001", DOSSIER), ("MX123456", DOSSIER), ("mã hồ sơ: 1234567", f"mã hồ sơ: {DOSSIER}"),
    ("7925123456", TAX), ("0123456789-001", TAX), ("mã số thuế 0312345678", f"mã số thuế {TAX}"),
    ("em sinh 12/03/1990 sdt 0912345678 cccd 096090001234.", f"em sinh 12/03/1990 sdt {TEL} cccd {ID}."),
])
def test_personal_data_is_replaced(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked


@pytest.mark.parametrize("text", [
    "1.001193", "1.001193.000.00.00.H12", "thủ tục 2.000815 và 1,001193", "mã hồ sơ 1.001193 là gì", "hồ sơ 2.000815",
    "Nghị định 123/2015/NĐ-CP", "Luật 60/2014/QH13", "Quyết định 1872/QĐ-BTP 04/09/2020", "CV 1234/UBND-NC",
    "50.000đ", "1.200.000", "1.200.000.000", "500000000 đồng", "500000000", "200000 đ", "1 234 567 đồng", "381.234.567",
    "1.500.000.000 VNĐ", "1234567890 đồng", "lương 12000000 1 tháng", "100-200 nghìn", "35 triệu/m2", "2,5 ha", "1.200,5 m2",
    "12.345 đồng/bản", "10kg 50000", "tài khoản 500000",
    "22/11/2026", "22.11.2026", "22-11-2026 09:30", "2026-11-22 09:30", "09 11 2026 10 giờ", "07.11.2025 08", "2-9-2025",
    "2020-2025", "2021 2022 2023 2024", "từ 1/7/2025 đến 31/12/2025", "căn cước 2024 sửa gì", "căn cước là năm 2023",
    "7h30-11h30", "13h-17h", "24/7", "24h 2026", "15h 12345", "3-5 ngày 2-3 lần", "10 20 30 40 50 60", "01, 02, 03, 04, 05, 06",
    "CT01", "TK1-TS", "D02-TS", "mẫu số 01/ĐKT 2024", "QH13", "12B/34 đường 3/2", "thửa 123 tờ 45", "số 5 ngõ 12",
    "19001009", "1900 1009", "113", "18 tuổi", "bộ hồ sơ 2 bản", "làm giấy khai sinh", "",
])
def test_public_numbers_survive(text: str) -> None:
    assert mask(text) == text


@given(st.text("0123456789 .-+()/@aAđHMX,", max_size=80))
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@pytest.mark.parametrize("unit", [
    "1", "1 ", "a.", "a@", "0912 345 678 ", "H12.", "1.001", "MX", "(", "+", "1,", "1.111", "11 A", "111 ", "1((", "là ",
    "căn cước số ", "căn cước số 1x ", "1.123456", "a-", "@a.", "12.34.", "MX1/", "84", "A1", "1-",
])
def test_linear_time(unit: str) -> None:
    text = (unit * 2000)[:2000]
    began = time.perf_counter()
    mask(text)
    assert time.perf_counter() - began < 0.25

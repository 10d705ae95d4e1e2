"""Which part is asked, and whether a message names a procedure at all."""

from __future__ import annotations

import time

import pytest

from index.asking import GENERIC, TELLING_PAIRS, asked_in_words, claimed, content_words
from index.procedure import ASPECTS
from index.text import fold

ASKED = [
    ("khai sinh cần giấy tờ gì", ["documents"]),
    ("lam khai sinh can giay to gi", ["documents"]),
    ("hồ sơ gồm những gì ạ", ["documents"]),
    ("tui phải mang theo cái gì", ["documents"]),
    ("chuẩn bị sao cho đủ", ["documents"]),
    ("nộp mấy bản", ["documents"]),
    ("bao lâu có kết quả", ["duration"]),
    ("mấy ngày xong", ["duration"]),
    ("mấy bữa vậy", ["duration"]),
    ("chừng nào lấy được", ["duration"]),
    ("khi nào có", ["duration"]),
    ("lệ phí bao nhiêu", ["fees"]),
    ("tốn nhiêu", ["fees"]),
    ("hết bao nhiêu tiền", ["fees"]),
    ("có miễn phí không", ["fees"]),
    ("dong tien khong", ["fees"]),
    ("gửi hồ sơ qua bưu điện được không", ["post_submit"]),
    ("gởi bằng chuyển phát", ["post_submit"]),
    ("gửi ems hồ sơ qua ems nha", ["post_submit"]),
    ("gửi kết quả về nhà được không", ["post_return"]),
    ("nhận kết quả qua bưu điện", ["post_return"]),
    ("xong chuyển kết quả về nhà dùm được không", ["post_return"]),
    ("chuyển cho em về tận nhà được hông", ["post_return"]),
    ("nộp trực tuyến được không", ["online"]),
    ("nộp online dc ko", ["online"]),
    ("làm trên vneid được hông", ["online"]),
    ("ngồi nhà bấm được không", ["online"]),
    ("nộp ở đâu", ["place"]),
    ("ra chỗ nào làm", ["place"]),
    ("xã hay tỉnh", ["place"]),
    ("gặp ai để làm", ["place"]),
    ("các bước ra sao", ["steps"]),
    ("thủ tục tách hộ như thế nào", ["steps"]),
    ("trình tự làm sao", ["steps"]),
    ("điều kiện là gì", ["conditions"]),
    ("bao nhiêu tuổi thì được", ["conditions"]),
    ("nhận được giấy gì", ["result"]),
    ("giá trị bao lâu", ["result"]),
    ("điền mẫu nào", ["template"]),
    ("tải tờ khai ở đâu", ["template"]),
    ("theo luật nào", ["legal_basis"]),
    ("căn cứ pháp lý", ["legal_basis"]),
    ("nhờ con đi làm thay được không", ["applicants"]),
    ("ủy quyền được không", ["applicants"]),
    ("cần giấy gì, tốn bao nhiêu tiền, mấy ngày xong", ["documents", "duration", "fees"]),
]


@pytest.mark.parametrize(("message", "aspects"), ASKED)
def test_words_of_asking_tell_the_aspect(message: str, aspects: list[str]) -> None:
    assert set(aspects) <= set(asked_in_words(message))


@pytest.mark.parametrize("message", ["đăng ký tạm trú", "xin chào", "", "😀", "1.001193", "đổi bằng lái xe"])
def test_a_message_that_asks_for_no_part_has_no_aspect(message: str) -> None:
    assert asked_in_words(message) == ()


def test_aspects_come_in_the_order_of_records() -> None:
    found = asked_in_words("tốn nhiêu, nộp ở đâu, cần giấy gì, mấy ngày")
    assert list(found) == [aspect for aspect in ASPECTS if aspect in found]


@pytest.mark.parametrize("aspect", [aspect for aspect in ASPECTS if aspect != "overview"])
def test_every_aspect_has_words_of_asking(aspect: str) -> None:
    assert any(aspect in asked_in_words(message) for message, _ in ASKED)


@pytest.mark.parametrize("message", [
    "thế lệ phí bao nhiêu vậy", "nộp trên mạng thì tốn bao nhiêu vậy", "bao lâu", "mấy ngày", "ở đâu vậy ạ", "cần giấy tờ gì", "còn thời gian thì sao",
    "có được không", "vậy nộp ở đâu", "gửi qua bưu điện được không", "nộp online dc ko", "hết nhiêu tiền", "mau nao vay", "các bước thế nào", "điều kiện gì",
    "bao nhiêu tiền vậy chị", "tui nhờ người đi giùm được hông", "mấy bản", "ai được làm", "theo luật nào", "thì sao", "dạ", "1", "123 456", "",
])
def test_a_follow_up_names_no_procedure(message: str) -> None:
    assert content_words(message) == []


@pytest.mark.parametrize("message", [
    "khai sinh cho con", "đăng ký kết hôn", "tạm trú", "tách hộ", "đổi bằng lái xe", "hộ chiếu", "sổ đỏ", "mất sổ", "sao y bản chính", "chủ hộ", "xin xây nhà",
    "lý lịch tư pháp", "cccd", "thất nghiệp", "hộ nghèo", "khuyết tật", "tàu cá", "đất đai", "thường trú", "vậy còn tạm vắng thì sao", "nhận con nuôi",
    "bảo hiểm y tế", "mở quán", "giấy phép kinh doanh", "thừa kế", "bán nhà",
])
def test_a_message_with_a_topic_has_content_words(message: str) -> None:
    assert content_words(message) != []


def test_generic_words_and_pairs_are_folded() -> None:
    assert [word for word in GENERIC if fold(word) != word or " " in word] == []
    assert [pair for pair in TELLING_PAIRS if fold(pair) != pair or len(pair.split()) != 2] == []


@pytest.mark.parametrize("text", ["mang " * 400, "gửi a b c d " * 200, "a." * 1000, "co duoc " * 300, "lam " * 500, "x" * 2000])
def test_patterns_do_not_hang(text: str) -> None:
    started = time.perf_counter()
    asked_in_words(text), content_words(text)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("message", ["chuyển khẩu về nhà chồng ở Năm Căn", "chuyen ho khau ve nha chong", "chuyển nhà về quê", "chuyển về quê ngoại sống"])
def test_who_moves_house_asks_for_no_parcel(message: str) -> None:
    assert "post_return" not in asked_in_words(message)


@pytest.mark.parametrize(("message", "aspects"), [
    ("nghe nói làm thẻ mượn sách phải đóng 2 triệu đúng không", ("fees",)),
    ("thẻ thư viện tốn 750 ngàn đúng hông", ("fees",)),
    ("nguoi ta noi nuoi ong mat 500k", ("fees",)),
    ("đăng ký nuôi ong phải chờ 90 ngày mới có phải không", ("duration",)),
    ("nghe đồn gia hạn mất 200 ngày lận", ("duration",)),
    ("thẻ mất ba tháng mới có hả", ("duration",)),
    ("em mất thẻ 3 tháng rồi phải làm lại đúng không", ()),
    ("tôi nuôi ong 2 năm rồi có phải đăng ký không", ()),
    ("con 3 tháng tuổi làm thẻ phải không", ()),
    ("nuôi ong trễ 2 năm có bị phạt không", ()),
    ("đóng bảo hiểm 15 năm là được lương hưu phải không", ()),
    ("phí 50.000 đồng nộp ở đâu", ()),
])
def test_a_value_that_the_message_claims_is_what_it_asks(message: str, aspects: tuple[str, ...]) -> None:
    assert claimed(message) == aspects
    assert not aspects or asked_in_words(message) == aspects

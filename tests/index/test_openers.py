"""What is said before the question is left out of it, in every spelling; what only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.openers import gist, only_greets, without_nods
from index.text import expand, fold, normalise
from tools.topics import read_topics


def asked(message: str) -> str:
    return gist(expand(normalise(message)))


@pytest.mark.parametrize(("message", "question"), [
    ("À mà sẵn cho em hỏi luôn, trợ cấp thất nghiệp nộp ở đâu", "trợ cấp thất nghiệp nộp ở đâu"),
    ("Dạ cho con hỏi khai sinh cho con cần gì", "khai sinh cho con cần gì"),
    ("Anh chị ơi cho em hỏi xíu là làm hộ chiếu hết bao nhiêu", "làm hộ chiếu hết bao nhiêu"),
    ("em chào anh chị, em muốn hỏi về thủ tục tách thửa", "thủ tục tách thửa"),
    ("ad cho mình hỏi với ạ, mất sổ đỏ", "mất sổ đỏ"),
    ("cho em hỏi anh chị là đăng ký kết hôn ở đâu", "đăng ký kết hôn ở đâu"),
    ("nhân tiện khai sinh cần gì", "khai sinh cần gì"),
    ("à mà đổi bằng lái", "đổi bằng lái"),
    ("Sẵn tiện hỏi luôn vụ tạm trú mất mấy ngày", "tạm trú mất mấy ngày"),
    ("trợ cấp thất nghiệp của tui nộp ở đâu", "trợ cấp thất nghiệp nộp ở đâu"),
    ("cho em hỏi căn cước của em gửi về nhà được không", "căn cước gửi về nhà được không"),
])
@pytest.mark.parametrize("bare", [False, True], ids=["dấu", "không dấu"])
def test_what_is_said_before_the_question_is_left_out(message: str, question: str, bare: bool) -> None:
    assert asked(fold(message)) == fold(question) if bare else asked(message) == question


@pytest.mark.parametrize("message", [
    "con muốn làm căn cước", "cho em hồi hương", "cho toi hoi huong", "hội đồng nào xét", "hoi nguoi cao tuoi o dau", "sàn giao dịch tiền mã hóa",
    "tôi có con nhỏ, muốn hỏi làm giấy gì", "dạ khai sinh cho con", "cho con nhập khẩu", "xin hỏi", "cho em hỏi", "à mà", "", "?",
    "khai sinh cho con của em trai", "dạ rồi em hỏi lại vợ đã", "da em hoi lai ba ma da", "nhà của tôi và vợ", "đất của em tôi", "giấy tờ của mẹ em",
])
def test_what_only_looks_like_it_stays(message: str) -> None:
    assert asked(message) == expand(normalise(message))


@given(st.text(max_size=80))
def test_any_text_keeps_its_end(message: str) -> None:
    text = expand(normalise(message))
    assert asked(message) == text or len(asked(message)) < len(text)


def test_few_of_the_judged_questions_have_an_opening_and_none_loses_all() -> None:
    questions = [topic.question for topic in read_topics()]
    assert all(len(asked(question).split()) > 1 for question in questions if len(question.split()) > 1)


@pytest.mark.parametrize(("message", "question"), [
    ("Chào em, chị muốn làm khai sinh cho bé", "chị muốn làm khai sinh cho bé"), ("xin chào, tôi muốn đăng ký kết hôn", "tôi muốn đăng ký kết hôn"), ("hello ad, mình cần đổi bằng lái", "mình cần đổi bằng lái"),
    ("chào anh con tôi 3 tuổi chưa khai sinh", "con tôi 3 tuổi chưa khai sinh"), ("kính gửi quý cơ quan, tôi tên A xin tách thửa", "tôi tên a xin tách thửa"), ("dạ chào em. Nhà chị mới mua xe", "nhà chị mới mua xe"),
    ("alo shop ơi cho hỏi làm hộ chiếu", "làm hộ chiếu"),
])
def test_a_greeting_before_the_question_is_left_out(message: str, question: str) -> None:
    assert asked(message) == question


@pytest.mark.parametrize("message", [
    "chào em", "chào em, tên gì", "hi sinh ở chiến trường chưa được công nhận", "chào bán trái phiếu riêng lẻ cần gì", "chào mua công khai cổ phiếu", "thưa kiện hàng xóm lấn đất", "chao long ban via he can giay gi",
])
def test_a_greeting_alone_and_what_only_begins_like_one_stay(message: str) -> None:
    assert asked(message) == expand(normalise(message))


@pytest.mark.parametrize(("message", "greets"), [("chào em", True), ("chào em, khỏe không", True), ("Chào em, tôi muốn hỏi đăng ký kết hôn cần gì", False), ("đăng ký kết hôn", False), ("", False)])
def test_hardly_more_than_a_greeting(message: str, greets: bool) -> None:
    assert only_greets(message) is greets


@pytest.mark.parametrize(("message", "rest"), [
    ("cảm ơn em, à còn ghi chú kết hôn", "à còn ghi chú kết hôn"), ("ok em, thế lấy chồng Mỹ thì cần gì", "thế lấy chồng Mỹ thì cần gì"), ("Ok. Vậy lệ phí bao nhiêu", "Vậy lệ phí bao nhiêu"),
    ("cam on nhieu nha, vay nop o dau", "vay nop o dau"), ("cảm ơn em nhiều nha", "cảm ơn em nhiều nha"), ("dạ, em cảm ơn", "em cảm ơn"), ("cảm ơn nha, làm xong rồi nhẹ cả người", "cảm ơn nha, làm xong rồi nhẹ cả người"),
    ("ok", "ok"), ("", ""),
])
def test_thanks_before_a_question_are_left_out(message: str, rest: str) -> None:
    assert without_nods(message) == rest

"""Short messages in the light of the talk: choices, corrections, leaning on what was said before."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.dialogue import (
    MAX_PAST,
    State,
    asks_the_same,
    asks_whether_needed,
    changes_topic,
    chosen_number,
    denies,
    is_elliptic,
    points_back,
    returns,
    strip_correction,
    takes_back,
    tells_age,
    tells_more,
    variant,
)

OPTIONS = ("A", "B", "C", "D")


@pytest.mark.parametrize(("message", "option"), [
    ("1", "A"), ("2", "B"), ("2.", "B"), ("(3)", "C"), ("số 2", "B"), ("so 2", "B"), ("số hai", "B"), ("thứ 2", "B"), ("cái thứ ba", "C"), ("cái đầu tiên", "A"), ("cái cuối", "D"),
    ("cái cuối cùng", "D"), ("số 4 nha", "D"), ("lựa chọn 1", "A"), ("chọn 3", "C"), ("ý 3", "C"), ("mục 2", "B"), ("dạ số 1", "A"), ("dạ 1", "A"), ("một", "A"), ("hai nha em", "B"),
    ("ba ạ", "C"), ("bốn", "D"), ("2 đi em", "B"), ("phương án 2", "B"), ("em chọn số 3 ạ", "C"), ("2️⃣", "B"), ("Đầu tiên", "A"), ("thủ tục 2", "B"),
])
def test_a_number_chooses(message: str, option: str) -> None:
    assert chosen_number(message, OPTIONS) == option


@pytest.mark.parametrize("message", [
    "", "5", "0", "12", "số 12", "số 9", "ba tôi mất", "hai vợ chồng tui", "từ chối nhận di sản", "tư pháp", "tử tuất", "cưới", "cuối năm", "nộp ngày 2 được không", "giấy 1", "2 vợ chồng",
    "đăng ký tạm trú", "cái tôi hỏi lúc nãy là thủ tục số 2 kia", "một mình tui", "đầu tư", "nhất", "😀", "1.001193",
])
def test_other_messages_choose_nothing(message: str) -> None:
    assert chosen_number(message, OPTIONS) is None


@pytest.mark.parametrize("message", ["1", "cái cuối", "hai"])
def test_nothing_is_chosen_where_nothing_is_offered(message: str) -> None:
    assert chosen_number(message, ()) is None


@pytest.mark.parametrize(("message", "rest"), [
    ("không, ý tôi là gia hạn tạm trú", "gia hạn tạm trú"), ("Không phải, tôi muốn hỏi khai tử", "khai tử"), ("ko phải, ý tui là tách hộ", "tách hộ"), ("k phải, em hỏi về hộ chiếu", "hộ chiếu"),
    ("không phải vậy, tui hỏi tách hộ", "tách hộ"), ("nhầm rồi, tạm trú", "tạm trú"), ("sai rồi em hỏi về khai tử", "khai tử"), ("dạ không, con muốn hỏi khai tử", "khai tử"),
    ("gia hạn tạm trú", "gia hạn tạm trú"), ("Khai Sinh", "khai sinh"), ("", ""), ("không", ""), ("khai sinh không có cha", "khai sinh không có cha"),
])
def test_a_correction_leaves_its_question(message: str, rest: str) -> None:
    assert strip_correction(message) == rest


@pytest.mark.parametrize(("message", "leans"), [
    ("thế còn tạm trú", True), ("còn lệ phí thì sao", True), ("vậy nộp ở đâu", True), ("dạ vậy còn khai tử", True), ("the con phi", True), ("khai sinh", False), ("", False), ("lệ phí vậy", False),
])
def test_leaning_messages_are_told(message: str, leans: bool) -> None:
    assert is_elliptic(message) is leans


@pytest.mark.parametrize(("message", "back"), [("quay lại vụ điện hồi nãy", True), ("cái hồi nãy á", True), ("lam dien", False), ("", False)])
def test_going_back_is_told(message: str, back: bool) -> None:
    assert returns(message) is back


@pytest.mark.parametrize(("message", "points"), [("ở trên này luôn được không", True), ("cái đó tốn nhiêu", True), ("khai sinh ở xã", False), ("", False)])
def test_pointing_back_is_told(message: str, points: bool) -> None:
    assert points_back(message) is points


@pytest.mark.parametrize(("message", "takes"), [
    ("khoan, em hỏi lộn, làm thẻ mà", True), ("ý là khai tử", True), ("y em la khai tu", True), ("dạ không, ý tôi là tách hộ", True), ("không, tôi hỏi khai tử", True),
    ("k, tui hoi khai tu", True), ("không phải, tôi muốn hỏi khai tử", True), ("nhầm, tạm trú", True), ("lộn rồi, tạm vắng nha", True), ("sai rồi em hỏi khai tử", True),
    ("thôi, ý tui muốn hỏi hộ chiếu", True), ("em ghi lộn, tách hộ", True), ("hồi nãy em hỏi nhầm á", True),
    ("không", False), ("không cần giấy khai sinh được không", False), ("không có cha thì khai sinh sao", False), ("khai sinh", False), ("tốn nhiêu", False), ("", False),
    ("giấy khai sinh ghi sai ngày", False), ("đồng ý là được hả", False), ("còn tạm trú thì sao", False), ("bị thất lạc, tìm nhầm người", False),
])
def test_a_message_that_takes_back_what_was_asked_is_told(message: str, takes: bool) -> None:
    assert takes_back(message) is takes


@pytest.mark.parametrize(("message", "tells"), [
    ("nhà em là hộ cận nghèo đó", True), ("nha em la ho can ngheo do", True), ("dạ tui thuộc hộ nghèo", True), ("má tôi đang lãnh lương hưu", True), ("con em chưa có căn cước", True),
    ("nhà em là hộ cận nghèo thì nộp ở đâu", False), ("em có được hưởng không?", False), ("khai sinh", False), ("", False), ("vậy lệ phí", False),
    ("nhà em là hộ cận nghèo mà hồi năm ngoái xã nói hết hạn rồi nên phải chờ xét lại vào cuối năm nay", False),
])
def test_a_message_that_only_tells_more_is_told(message: str, tells: bool) -> None:
    assert tells_more(message) is tells


@pytest.mark.parametrize("message", ["giấy khai sinh ghi nhầm tên mẹ", "sổ hộ khẩu ghi lộn tên", "nhầm tên trong khai sinh thì sửa sao"])
def test_an_error_in_a_paper_takes_nothing_back(message: str) -> None:
    assert not takes_back(message)


@pytest.mark.parametrize(("message", "same"), [
    ("nếu là 6 tờ thì sao", True), ("neu la 6 to thi sao", True), ("còn xe máy thì sao", True), ("con xe may thi sao", True), ("vậy người nước ngoài thì sao", True),
    ("nếu con sinh ở bệnh viện sao", True), ("còn cha mẹ ly hôn sao vậy", True), ("mất giấy thì sao", True), ("còn trẻ em là sao", True), ("thế hộ nghèo sao", True),
    ("vậy 2 đứa thì sao ạ", True), ("sinh đôi thì sao?", True),
    ("", False), ("khai sinh", False), ("còn xe máy", False), ("còn lệ phí thì sao", False), ("còn thời gian thì sao", False), ("nếu nộp trễ thì tốn bao nhiêu", False),
    ("vậy nộp ở đâu", False), ("bản sao khai sinh", False), ("xin bản sao", False), ("sao y bản chính", False), ("sao lâu vậy", False), ("tại sao không được", False),
])
def test_asking_the_same_of_something_else_is_told(message: str, same: bool) -> None:
    assert asks_the_same(message) is same


@pytest.mark.parametrize("message", ["còn bản sao", "vậy xin bản sao"])
def test_a_copy_is_no_so_what(message: str) -> None:
    assert not asks_the_same(message)


def test_what_was_answered_before_is_kept_latest_first() -> None:
    state = State()
    for code in "ABCABDEF":
        state = state.answered(code, ("fees",))
    assert state.procedure == "F" and state.past[:3] == ("E", "D", "B")
    assert len(state.past) <= MAX_PAST and len(set(state.past)) == len(state.past) and state.options == ()


WHOLE = State("1.001193", ("fees", "documents"), ("1.001193", "1.000894"), ("fees",), ("2.000815",))


def test_a_state_comes_back_as_it_was() -> None:
    assert State.from_dict(WHOLE.to_dict()) == WHOLE
    assert State.from_dict(State().to_dict()) == State()


@pytest.mark.parametrize(("raw", "state"), [
    (None, State()), ("x", State()), (7, State()), ([], State()), ({}, State()), ({"procedure": 7, "aspects": "fees", "options": None}, State()),
    ({"procedure": "1.001193", "foreign": 1}, State("1.001193")), ({"aspects": ["fees", "colour", 3, None]}, State(aspects=("fees",))), ({"options": ["a", 1]}, State(options=("a",))),
    ({"option_aspects": {"fees": 1}}, State()),
])
def test_a_foreign_state_is_read_as_far_as_it_fits(raw: Any, state: State) -> None:
    assert State.from_dict(raw) == state


JUNK = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4), max_leaves=12)


@given(JUNK | st.fixed_dictionaries({"procedure": JUNK, "aspects": JUNK, "options": JUNK, "option_aspects": JUNK, "past": JUNK}))
def test_no_state_raises(raw: Any) -> None:
    assert isinstance(State.from_dict(raw), State)


def test_a_huge_state_is_cut() -> None:
    assert len(State.from_dict({"options": ["1.001193"] * 1000}).options) <= 20


@given(st.text(max_size=60))
def test_no_message_raises(message: str) -> None:
    chosen_number(message, OPTIONS), strip_correction(message), is_elliptic(message), returns(message), points_back(message), takes_back(message), asks_the_same(message)


@pytest.mark.parametrize("message", ["À mà trợ cấp thất nghiệp nộp ở đâu", "a ma lam ho chieu bao nhieu", "sẵn cho hỏi đổi bằng lái luôn", "nhân tiện khai sinh cần gì", "dạ, còn vụ đất thì sao"])
def test_another_matter_begins(message: str) -> None:
    assert changes_topic(message)


@pytest.mark.parametrize("message", ["mà cần bản chính không", "à bao nhiêu tiền", "còn tạm trú thì sao", "vụ đó mấy ngày", ""])
def test_the_same_matter_goes_on(message: str) -> None:
    assert not changes_topic(message)


@pytest.mark.parametrize(("message", "question"), [
    ("không, tạm trú", "tạm trú"), ("khong, tam tru", "tam tru"), ("không phải cấp lại, đổi thôi", "đổi thôi"), ("không phải cái đó, gia hạn cơ", "gia hạn cơ"), ("gia hạn chứ không phải cấp mới", "gia hạn"),
    ("không có, cha mẹ đều là người Việt", "cha mẹ đều là người việt"), ("ủa lộn, con 15 tuổi", "con 15 tuổi"), ("ủa không, trích lục khai tử", "trích lục khai tử"),
])
def test_what_is_not_meant_is_taken_back_and_left_out(message: str, question: str) -> None:
    assert takes_back(message)
    assert denies(message)
    assert strip_correction(message) == question


@pytest.mark.parametrize("message", ["ý em là hộ kinh doanh", "ý tôi là giấy xác nhận ấy"])
def test_who_says_it_otherwise_denies_nothing(message: str) -> None:
    assert takes_back(message)
    assert not denies(message)


@pytest.mark.parametrize("message", ["không", "không ạ", "không biết làm sao", "không có giấy khai sinh thì sao", "có được không", "chưa có, nộp sau được không"])
def test_a_no_alone_takes_nothing_back(message: str) -> None:
    assert not takes_back(message)


@pytest.mark.parametrize("message", ["con tôi 5 tuổi", "con toi 5 tuoi", "bé mới 8 tháng", "má tui 75 tuổi rồi", "thằng nhỏ lên 14 tuổi"])
def test_an_age_is_told(message: str) -> None:
    assert tells_age(message)


@pytest.mark.parametrize("message", ["con tôi 5 tuổi làm căn cước", "mấy tuổi", "bao nhiêu tuổi được làm", "con 5 tuổi cần gì", "10 ngày", ""])
def test_more_than_an_age_is_none(message: str) -> None:
    assert not tells_age(message)


@pytest.mark.parametrize("message", ["cần khám sức khỏe không", "có phải nộp ảnh không", "co can cong chung khong a", "thế có bắt buộc mang bản gốc không", "phải có chữ ký chồng không em"])
def test_it_is_asked_whether_something_is_needed(message: str) -> None:
    assert asks_whether_needed(message)


@pytest.mark.parametrize("message", ["khám sức khỏe ở đâu", "cần gì", "cần làm hộ chiếu", "muốn đổi bằng lái được không", "không cần"])
def test_a_need_of_its_own_is_none(message: str) -> None:
    assert not asks_whether_needed(message)


@pytest.mark.parametrize(("message", "name", "said"), [
    ("hộ chiếu bị mất", "Cấp hộ chiếu phổ thông", "bị mất"), ("gia han giay phep do", "Cấp giấy phép xây dựng mới", "gia han"), ("còn cấp lại do mất", "Đăng ký đất đai lần đầu", "cấp lại"),
    ("gia hạn thêm nữa", "Gia hạn tạm trú", None), ("mất bao lâu", "Cấp hộ chiếu phổ thông", None), ("lệ phí bao nhiêu", "Cấp hộ chiếu phổ thông", None),
])
def test_what_happened_to_a_thing_is_another_procedure(message: str, name: str, said: str | None) -> None:
    assert variant(message, name) == said


@pytest.mark.parametrize(("message", "leans"), [("con 15 tuổi", False), ("con tôi học lớp 6", False), ("còn 15 tuổi", True), ("con thuong tru thi sao", True)])
def test_a_child_is_no_still(message: str, leans: bool) -> None:
    assert is_elliptic(message) is leans

"""Keys of the program as officers read them."""

from __future__ import annotations

import pytest
import yaml

from bot.staff.people.audit_values import subject_words, value_lines
from bot.staff.plain import INTENT_NAMES, field_words, file_words, gist, holes, problem_words, value_words


def test_every_intent_has_a_name_of_its_own(root) -> None:  # noqa: ANN001
    intents = yaml.safe_load((root / "domain.yml").read_text("utf-8"))["intents"]
    assert set(INTENT_NAMES) == set(intents) and len(set(INTENT_NAMES.values())) == len(intents)


@pytest.mark.parametrize(("path", "words"), [
    ("procedures/ho-tich/1.001193-khai-sinh.yml", "Thủ tục 1.001193"), ("faq/lich-cup-dien.yml", "Hỏi đáp riêng: lich cup dien"),
    ("province/holidays.yml", "Lịch nghỉ"), ("nlu/questions.yml", "Ví dụ để hiểu câu"), ("texts.yml#ASK_ONE", "Câu chữ của bot"), ("README.md", "Tệp khác"),
])  # fmt: skip
def test_a_file_is_called_by_what_is_in_it(path: str, words: str) -> None:
    assert file_words(path) == words


@pytest.mark.parametrize(("field", "words"), [
    ("fees[0].amount_vnd", "Phí, lệ phí 1: Số tiền (đồng)"), ("fees-2-effective_to", "Phí, lệ phí 3: Dùng đến hết ngày"), ("overview", "Tóm tắt"),
    ("3.900009.fees+steps", "3.900009: Phí, lệ phí và Các bước"), ("asked:steps", "Các cách hỏi: Các bước"), ("unknown-post_submit", "Nguồn không nói rõ: Gửi hồ sơ qua bưu chính"),
    ("fees.price", ""), ("", ""),
])  # fmt: skip
def test_a_field_is_called_as_in_its_form_and_rows_count_from_one(field: str, words: str) -> None:
    assert field_words(field) == words


def test_a_value_is_one_line() -> None:
    assert value_words([{"name": "Phí", "amount_vnd": 8000}, None, True]) == "Tên: Phí; Số tiền (đồng): 8000; trống; có"


@pytest.mark.parametrize(("line", "said"), [
    ("procedures/ho-tich/1.001193-a.yml: fees[0] expired on 2026-06-30", ("Thủ tục 1.001193", "Phí, lệ phí 1 đã hết hạn ngày 30/06/2026.")),
    ("procedures/ho-tich/1.001193-a.yml: fees[0].amount_vnd: is 'x'; expected whole đồng, 0 when free", ("Thủ tục 1.001193", 'Phí, lệ phí 1: Số tiền (đồng): Đang là "x"; cần số đồng là số nguyên, 0 nếu miễn phí.')),
    ("province/holidays.yml: khóa thiếu hoặc thừa: saturday_mornings", ("Lịch nghỉ", "khóa thiếu hoặc thừa: Sáng thứ Bảy nhận hồ sơ")),
    ("faq/ong.yml: something that nobody has told yet", ("Hỏi đáp riêng: ong", "Có chỗ chưa đúng mẫu; anh/chị nhờ người quản trị xem giúp.")),
    ("whatever", ("", "Có chỗ chưa đúng mẫu.")),
])  # fmt: skip
def test_what_the_readers_object_to_is_said_in_vietnamese_and_the_line_is_kept_for_support(line: str, said: tuple[str, str]) -> None:
    assert problem_words(line)[:2] == said and problem_words(line)[2] in line.replace(": ", " ") + line


def test_a_small_text_shows_its_places_and_stays_escaped() -> None:
    assert gist("Thủ tục {name} (mã {code})") == "Thủ tục … (mã …)" and len(gist("chữ " * 40)) <= 61
    assert holes("<b>{name}</b>") == "&lt;b&gt;<code>{name}</code>&lt;/b&gt;"


def test_the_log_names_people_states_and_roles() -> None:
    people = {"p" * 22: "Nguyễn Lan"}
    assert value_lines({"state": "open", "owner": "p" * 22, "owner_name": "Nguyễn Lan", "due": None}, people) == ["Tình trạng: đang chờ", "Người phụ trách: Nguyễn Lan", "Hạn xử lý: trống"]
    assert value_lines({"owner": "p" * 22}, people) == ["Người phụ trách: Nguyễn Lan"] and value_lines(["wrong", "content"], people) == ["Sai, Nội dung sai hoặc đã cũ"]
    assert value_lines({"roles": ["curator", "admin"]}, {}) == ["Quyền: Biên tập, Quản trị"] and value_lines({"how": "oidc"}, {}) == ["Cách làm: qua hệ thống của cơ quan"]
    assert [subject_words(*row, people) for row in (("login", f"people/{'p' * 22}"), ("switch.off", "1.001193"), ("switch.on", "bot"), ("queue.merge", "q" * 22), ("procedure.warnings", "expired"))] == [
        "Tài khoản Nguyễn Lan", "Thủ tục 1.001193", "Toàn bộ trợ lý", "Nhóm câu hỏi", "Đã hết hạn",
    ]  # fmt: skip

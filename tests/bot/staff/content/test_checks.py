"""What the readers refuse, told to staff: the field and a Vietnamese sentence."""

from __future__ import annotations

import re

import pytest

from bot.staff.content.checks import check
from bot.staff.content.folder import read_tree
from bot.staff.content.sentences import told

from .conftest import DATA

RECORD = "procedures/ho-tich/1.001193-dang-ky-khai-sinh.yml"
EVENT = "life_events/sinh-con.yml"
FAQ = """\
question: Có nhận hồ sơ ngoài giờ không?
asked: [nộp sau 17 giờ được không]
answer: Trung tâm chỉ nhận hồ sơ trong giờ làm việc.
procedure: null
owner: Bộ phận một cửa
source: {title: Thông báo của Trung tâm, url: null}
checked_on: "2026-11-22"
"""


@pytest.fixture(scope="module")
def tree() -> dict[str, str]:
    return read_tree(DATA)


def errors(path: str, text: str, tree: dict[str, str]) -> list[tuple[str, str]]:
    around = lambda prefix: {name: other for name, other in tree.items() if name.startswith(prefix)}
    return [(error.field, error.sentence) for error in check(path, text, around)]


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("amount_vnd: 8000", "amount_vnd: tám nghìn", "fees[2].amount_vnd", 'Đang là "tám nghìn"; cần số đồng'),
        ("level: commune", "level: huyện", "level", "cần một trong: commune"),
        ("name: Đăng ký khai sinh\n", "", "name", "Còn thiếu"),
        ("overview:", "tong_quan: x\noverview:", "tong_quan", "Khóa này không có trong mẫu"),
        ("originals: 1, copies: 0, template", "originals: -1, copies: 0, template", "documents[0].originals", "số nguyên từ 0"),
        ('checked_on: "2026-11-22"', 'checked_on: "2026-02-30"', "checked_on", "một ngày có thật"),
        ("case: bi-bo-roi", "case: bo-roi", "documents[4].case", 'cần một trong: "bi-bo-roi"'),
        ('code: "1.001193"', "code: 1193", "code", "cần chữ"),
        ("contact: commune", "contact: nowhere", "contact", "Nơi liên hệ"),
        ("result:\n  - Giấy khai sinh", "result: []", "result", "đang trống"),
        ("  - {same_day: true,", "  - {same_day: true, days: 3,", "duration[0]", "Cần đúng một đơn vị"),
        ("level: commune", "level: commune\nlevel: province", r"dòng \d+", "có hai lần"),
        ("aliases:", "aliases: [", r"dòng \d+", "Sai cú pháp YAML"),
        ("unknown:\n", "unknown:\n  fees: chưa rõ\n", "unknown.fees", "Phần này đã có nội dung"),
        ("steps:\n", "steps:\n" + "  - Một bước nữa.\n" * 8, "steps", "nhiều nhất 8 dòng"),
    ],
)
def test_fault_of_a_record_is_told_at_its_field(tree: dict[str, str], old: str, new: str, field: str, words: str) -> None:
    assert old in tree[RECORD]
    ((where, sentence),) = errors(RECORD, tree[RECORD].replace(old, new, 1), tree)
    assert re.fullmatch(field.replace("[", r"\[") if "\\" not in field else field, where) and words in sentence
    assert "expected" not in sentence


def test_code_belongs_to_one_file(tree: dict[str, str]) -> None:
    ((field, sentence),) = errors("procedures/khac/1.001193-khai-sinh.yml", tree[RECORD], tree)
    assert field == "code" and RECORD in sentence


def test_name_of_a_record_begins_with_its_code(tree: dict[str, str]) -> None:
    assert "Tên tệp" in errors("procedures/khac/khai-sinh.yml", tree[RECORD], tree)[0][1]


@pytest.mark.parametrize(
    ("path", "text", "field", "words"),
    [
        ("phrasings/x.yml", '"1.001193":\n  giay_to: [a]\n', "1.001193", "không phải điều được hỏi"),
        ("phrasings/x.yml", "khai-sinh:\n  fees: [a]\n", "khai-sinh", "không phải mã thủ tục"),
        ("phrasings/x.yml", '"1.001193": [a]\n', "1.001193", "từng điều được hỏi"),
        ("province/ca-mau.yml", "contacts: {}\n", "", "trong đó có commune"),
        ("province/ca-mau.yml", "contacts: {commune: {name: A, phone: '1'}}\n", "contacts.commune", "phải ghi nguồn"),
        ("province/holidays.yml", "days_off: []\n", "", "Khóa thiếu hoặc thừa"),
        ("province/old_names.yml", "since: x\n", "old_names", "tools/old_names.py"),
        ("province/post.yml", "rows: []\n", "", "heading và rows"),
        ("families.yml", "- {id: a}\n", "[0]", "Mỗi nhóm"),
        ("life_events/x.yml", "id: x\n", "", "id phải trùng tên tệp"),
        ("nlu/x.yml", 'version: "3.1"\nnlu:\n- intent: ask_moon\n  examples: |\n    - a\n', "nlu[0].intent", '"ask_moon" chưa có'),
        ("nlu/x.yml", 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    a\n', "nlu[0].examples", "dấu gạch ngang"),
        ("texts.yml", "utter_x: ''\n", "utter_x", "đang trống"),
        ("golden/x.yml", "question: a\nexpect: {}\norigin: x\ncreated: x\n", "expect", "cần status"),
        ("faq/x.yml", FAQ.replace("answer: Trung", "answer2: Trung"), "answer", "Còn thiếu"),
        ("faq/x.yml", FAQ.replace("procedure: null", "procedure: khai sinh"), "procedure", "Mã thủ tục"),
        ("faq/x.yml", FAQ.replace("2026-11-22", "2026-13-01"), "checked_on", "một ngày có thật"),
        ("faq/x.yml", FAQ + "nlu: x\n", "dòng 8", "máy học sẽ hiểu nhầm"),
        ("faq/x.sh", "rm", "path", "đuôi"),
    ],
)
def test_fault_of_other_files_is_told(tree: dict[str, str], path: str, text: str, field: str, words: str) -> None:
    found = errors(path, text, tree)
    assert found and found[0][0] == field and words in found[0][1]


def test_faq_in_its_form_is_taken(tree: dict[str, str]) -> None:
    assert errors("faq/ngoai-gio.yml", FAQ, tree) == []


def test_example_of_two_intents_is_refused(tree: dict[str, str]) -> None:
    text = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - Chào\n- intent: thank\n  examples: |\n    - chào\n'
    assert 'đã thuộc ý định "greet"' in errors("nlu/x.yml", text, tree)[0][1]


def test_life_event_is_read_with_the_records_it_names(tree: dict[str, str]) -> None:
    assert errors(EVENT, tree[EVENT], tree) == []
    field, sentence = errors(EVENT, tree[EVENT].replace("1.001193", "1.999999"), tree)[0]
    assert "chưa có bản ghi" in sentence


@pytest.mark.parametrize(
    "text", ["- " * 3000, "[" * 3000, "a: &a [*a]", "\ud800"[:0] + "? x", "!!python/object:os.system x", "%YAML 9"]
)
def test_strange_yaml_is_an_answer_and_no_crash(tree: dict[str, str], text: str) -> None:
    for path in ("families.yml", "texts.yml", "province/ca-mau.yml", "nlu/x.yml", RECORD):
        for _field, sentence in errors(path, text, tree):
            assert sentence


def test_unknown_line_is_shown_as_it_is() -> None:
    assert told("fees[0]: something new").sentence == "Nội dung chưa dùng được: something new"
    assert told("fees[0]: something new").field == "fees[0]"

"""The real content: sound today, agreeing with the national catalogue, and covering what citizens come for."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from index.asking import content_words
from index.catalogue import CODE, read_yaml
from index.check import check
from index.phrasings import read_asked
from index.procedure import ASPECTS, Procedure

AT_LEAST = 150
SUBJECTS = {
    "khai sinh": "1.001193", "đăng ký lại khai sinh": "1.004884", "khai tử": "1.000656", "kết hôn": "1.000894", "tình trạng hôn nhân": "1.004873", "trích lục hộ tịch": "2.000635",
    "cải chính hộ tịch": "1.004859", "nhận cha, mẹ, con": "1.001022", "giám hộ": "1.004837", "con nuôi": "2.001263",
    "chứng thực bản sao": "2.000815", "chứng thực chữ ký": "2.000884", "chứng thực hợp đồng": "2.001035",
    "thường trú": "1.004222", "tạm trú": "1.004194", "gia hạn tạm trú": "1.002755", "tách hộ": "1.010038", "tạm vắng": "1.003677", "lưu trú": "2.001159",
    "căn cước lần đầu": "1.014061", "căn cước dưới 14 tuổi": "1.014062", "đổi căn cước": "1.014063", "cấp lại căn cước": "1.014064",
    "hộ chiếu": "1.001456", "mất hộ chiếu": "1.010386", "lý lịch tư pháp": "3.000333",
    "giấy phép lái xe": "3.000346", "đổi giấy phép lái xe": "3.000347", "cấp lại giấy phép lái xe": "3.000348", "đăng ký xe": "1.013067", "sang tên xe": "1.013076",
    "sổ đỏ lần đầu": "1.013978", "sang tên đất": "1.013831", "tách thửa": "1.012784", "cấp đổi sổ đỏ": "1.012783", "thế chấp đất": "1.011441",
    "giấy phép xây dựng": "1.013225", "sửa chữa nhà": "1.013229", "hộ kinh doanh": "1.001612", "thay đổi hộ kinh doanh": "2.000720", "chấm dứt hộ kinh doanh": "1.001266",
    "bảo hiểm y tế": "1.001939", "sổ bảo hiểm xã hội": "1.002759", "bảo hiểm xã hội một lần": "1.014173", "thai sản": "1.014166", "lương hưu": "1.014171", "thất nghiệp": "1.014748",
    "bảo trợ xã hội": "1.001776", "hưu trí xã hội": "1.014027", "khuyết tật": "1.001699", "mai táng phí": "1.001731",
    "người có công": "1.010814", "thân nhân người có công": "1.010833", "thờ cúng liệt sĩ": "1.010803", "hộ nghèo": "1.011607",
    "tàu cá": "1.003650", "giấy phép khai thác thủy sản": "1.004359",
}
CATALOGUES = [path for path in (os.environ.get("CATALOGUE"), "../shared/catalogue/portal-api.jsonl.xz") if path]


def test_the_content_has_no_problem_today(root: Path) -> None:
    assert check(root / "data", date.today())[0] == []


def test_the_content_agrees_with_the_national_catalogue(root: Path) -> None:
    catalogue = next((root / path for path in CATALOGUES if (root / path).exists()), None)
    if catalogue is None:
        pytest.skip(f"no catalogue: CATALOGUE is unset or names no file, and {CATALOGUES[-1]} is not there")
    assert check(root / "data", date.today(), catalogue=catalogue)[0] == []


def test_there_are_enough_procedures(real_procedures: list[Procedure]) -> None:
    assert len(real_procedures) >= AT_LEAST


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_subject_is_covered(real_procedures: list[Procedure], subject: str) -> None:
    assert SUBJECTS[subject] in {procedure.code for procedure in real_procedures}


def test_every_procedure_can_be_found_by_what_people_say(root: Path, real_procedures: list[Procedure]) -> None:
    asked = {question.code for question in read_asked(root / "data" / "phrasings")}
    assert [procedure.code for procedure in real_procedures if procedure.code not in asked] == []
    assert [procedure.code for procedure in real_procedures if not content_words(procedure.name)] == []


def test_phrasings_ask_for_every_aspect(root: Path) -> None:
    asked = {aspect for question in read_asked(root / "data" / "phrasings") for aspect in question.aspects}
    assert asked == set(ASPECTS)


def test_codes_replaced_by_a_procedure_are_not_served(real_procedures: list[Procedure]) -> None:
    replaced = {code for procedure in real_procedures for code in procedure.replaces}
    assert replaced.isdisjoint(procedure.code for procedure in real_procedures)


def test_every_contact_has_a_name_and_every_number_a_source(root: Path) -> None:
    contacts = read_yaml(root / "data" / "province" / "ca-mau.yml")["contacts"]
    assert {"commune"} <= set(contacts)
    assert [key for key, row in contacts.items() if not row.get("name")] == []
    assert [key for key, row in contacts.items() if (row.get("phone") or row.get("address")) and not row.get("source")] == []


def test_questions_stand_also_for_what_is_not_loaded(root: Path, real_procedures: list[Procedure]) -> None:
    asked = {question.code for question in read_asked(root / "data" / "phrasings")}
    assert asked - {procedure.code for procedure in real_procedures}
    assert [code for code in asked if not CODE.fullmatch(code)] == []


def test_a_question_stands_once_in_all_phrasings(root: Path) -> None:
    texts = Counter(" ".join(question.text.casefold().split()) for question in read_asked(root / "data" / "phrasings"))
    assert [text for text, count in texts.items() if count > 1] == []

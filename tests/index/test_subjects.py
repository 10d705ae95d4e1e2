"""Citizens before businesses."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from index.subjects import Subjects, for_people

from ..small import BEES, procedure

DRAFT = dataclasses.replace(procedure(BEES), reviewed=False)


@pytest.mark.parametrize(("applicants", "people"), [
    (("Công dân Việt Nam", "Doanh nghiệp"), True), (("Người nước ngoài",), True), (("Cán bộ, công chức, viên chức",), True), ((), True),
    (("Doanh nghiệp", "Hợp tác xã"), False), (("Tổ chức (không bao gồm doanh nghiệp, HTX)",), False), (("Tổ chức nước ngoài",), False),
])
def test_a_procedure_is_for_people_when_a_person_may_file(applicants: tuple[str, ...], people: bool) -> None:
    assert for_people(dataclasses.replace(DRAFT, applicants=applicants)) is people


def test_a_reviewed_record_is_for_people() -> None:
    assert for_people(dataclasses.replace(DRAFT, applicants=("Doanh nghiệp",), reviewed=True))


@pytest.mark.parametrize(("question", "scores"), [("mua nha o xa hoi", [0, -1]), ("cong ty toi ban nha o xa hoi", [0, 0]), ("", [0, -1])])
def test_what_only_organisations_file_needs_one_in_the_question(question: str, scores: list[int]) -> None:
    found = Subjects([True, False]).scores(question)
    assert found.dtype == np.float32 and found.tolist() == scores

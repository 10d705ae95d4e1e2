"""At home before abroad."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from index.abroad import Abroad, by_missions
from index.procedure import Place

from ..small import BEES, procedure

HOME = procedure(BEES)


@pytest.mark.parametrize(("agency", "missions"), [
    ("Cơ quan đại diện Việt Nam ở nước ngoài", True), ("Cơ quan đại diện ngoại giao; Cơ quan lãnh sự", True), ("Đại sứ quán", True),
    ("Ủy ban nhân dân cấp xã; Cơ quan đại diện ngoại giao", False), ("Ủy ban nhân dân cấp xã", False), ("Sở Ngoại vụ", False), ("", False), (" ; ", False),
])
def test_missions_are_those_whose_offices_all_are(agency: str, missions: bool) -> None:
    assert by_missions(dataclasses.replace(HOME, place=Place(agency))) is missions


@pytest.mark.parametrize(("question", "score"), [
    ("chung thuc chu ky ton bao nhieu", -1), ("ai duoc di khai sinh cho tre", -1), ("anh em o my xuyen lam giay gi", 0), ("", -1),
    ("em dang o nuoc ngoai muon khai sinh cho con", 0), ("con sinh ben nhat khai sinh sao", 0), ("ra dai su quan lam duoc khong", 0),
    ("khai sinh tai lanh su", 0), ("viet kieu ve tham nha", 0), ("o han quoc muon doi ho chieu", 0), ("anh toi o xa khanh an", -1),
])
def test_what_only_missions_do_needs_another_country_in_the_question(question: str, score: int) -> None:
    found = Abroad([False, True]).scores(question)
    assert found.dtype == np.float32 and found.tolist() == [0, score]

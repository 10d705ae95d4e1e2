"""What is known of procedures without a record: the reader, the file that is written from the catalogue, and ours itself."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.candidates import candidates
from index.catalogue import DataError, load_procedures
from index.known import Known, read_known
from index.phrasings import read_asked
from index.procedure import Procedure
from tools.known import known, written

from ..small import BEES, BOATS, CARD, LIBRARY_CARD, REGISTER, procedure, write_yaml

HERE, DAY = "ca-mau", date(2026, 11, 23)
ABOVE, BESIDE, AWAY = "1.900011", "1.900012", "1.900013"


def record(code: str, name: str, raw: dict[str, Any] = BEES, **changes: Any) -> Procedure:
    return dataclasses.replace(procedure(raw), code=code, name=name, **changes)


OURS = [record(REGISTER, "Đăng ký nuôi ong"), record(CARD, "Thẻ thư viện", LIBRARY_CARD)]
IMPORTED = [
    record(REGISTER, "Đăng ký nuôi ong mật", reviewed=False),
    record(ABOVE, "Đăng ký nuôi ong mật (thực hiện tại cấp tỉnh)", reviewed=False),
    record(BESIDE, "Đăng ký nuôi ong mật tại cấp xã", reviewed=False),
    record(BOATS, "Đua thuyền", reviewed=False),
    record(AWAY, "Hỗ trợ trại ong vùng núi", reviewed=False, province="an-giang"),
]


def test_levels_of_one_thing_and_other_provinces_own_are_found() -> None:
    found = known(OURS, IMPORTED, {REGISTER, CARD, ABOVE, BOATS, AWAY}, HERE)
    assert found == Known({ABOVE: REGISTER}, frozenset({AWAY}))  # nobody asks about BESIDE


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    for found in (Known({ABOVE: REGISTER}, frozenset({AWAY, BOATS})), Known()):
        path = tmp_path / "known.yml"
        path.write_text(written(found, DAY), "utf-8")
        assert read_known(path) == found


def test_without_the_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_known(tmp_path / "known.yml") == Known()


@pytest.mark.parametrize(("raw", "said"), [
    ([], "expected checked_on"), ({"same_as": {}, "elsewhere": []}, "expected checked_on"), ({"checked_on": "d", "same_as": [], "elsewhere": {}}, "same_as: expected"),
    ({"checked_on": "d", "same_as": {ABOVE: "bees"}, "elsewhere": []}, "'bees' is no code"), ({"checked_on": "d", "same_as": {}, "elsewhere": [1.9]}, "'1.9' is no code"),
    ({"checked_on": "d", "same_as": {ABOVE: REGISTER, REGISTER: CARD}, "elsewhere": []}, f"{REGISTER}: stands in two places"),
    ({"checked_on": "d", "same_as": {ABOVE: REGISTER}, "elsewhere": [ABOVE]}, f"{ABOVE}: stands in two places"),
])
def test_a_shape_that_is_none_of_ours_is_refused(tmp_path: Path, raw: Any, said: str) -> None:
    path = write_yaml(tmp_path / "known.yml", raw)
    with pytest.raises(DataError, match=said):
        read_known(path)


def test_the_same_thing_at_another_level_is_no_choice_of_its_own() -> None:
    facts = Known({ABOVE: REGISTER, BESIDE: "9.999999"}, frozenset({AWAY}))
    found = {candidate.code: candidate for candidate in candidates(OURS, [ABOVE, BESIDE, AWAY, BOATS], {}, {}, HERE, known=facts)}
    assert found[REGISTER].members == (REGISTER, ABOVE) and found[REGISTER].loaded
    assert ABOVE not in found and found[CARD].members == (CARD,)
    assert {code: found[code].foreign for code in (AWAY, BESIDE, BOATS)} == {AWAY: True, BESIDE: False, BOATS: False}


def test_a_record_of_its_own_stands_for_itself() -> None:
    facts = Known({ABOVE: REGISTER}, frozenset())
    loaded = [*OURS, record(ABOVE, "Đăng ký nuôi ong cấp tỉnh quản lý", reviewed=False)]
    found = {candidate.code: candidate.members for candidate in candidates(loaded, [ABOVE], {}, {}, HERE, known=facts)}
    assert found[REGISTER] == (REGISTER,) and found[ABOVE] == (ABOVE,)


def test_our_file_fits_our_records_and_questions(root: Path) -> None:
    found = read_known(root / "data" / "province" / "known.yml")
    ours = {record.code for record in load_procedures(root / "data" / "procedures")}
    asked = {question.code for question in read_asked(root / "data" / "phrasings")}
    assert set(found.same_as.values()) <= ours and not ours.intersection(found.same_as) and not ours & found.elsewhere
    assert set(found.same_as) | found.elsewhere <= asked and len(found.same_as) > 10 and len(found.elsewhere) > 400

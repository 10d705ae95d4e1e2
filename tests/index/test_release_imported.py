"""A release of reviewed and imported records together: who wins, what is searched, which are one choice."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from index.imported import Imported
from index.procedure import Procedure
from index.release import open_release
from index.retriever import Hit

from ..small import BEES_AGAIN, BOATS, CARD, REGISTER, RENEW, HashedEncoder, procedure
from .test_release import made, opened


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


def texts(folder: Path, kind: str) -> list[list[str]]:
    """[code, text] of all passages of a kind."""
    return [[code, text] for code, found, text in json.loads((folder / "passages.json").read_text("utf-8")) if found == kind]


def draft(base: dict = BEES_AGAIN, **changes) -> Procedure:
    """A record as the import gives it."""
    return dataclasses.replace(procedure(base, **changes), reviewed=False)


SWANS = draft(code="1.900004", name="Đăng ký nuôi thiên nga", aliases=["xin nuôi thiên nga"], overview="Ghi tên đàn thiên nga vào sổ của xã")


def test_imported_records_are_served_beside_the_reviewed_ones(data: Path, var: Path) -> None:
    folder = made(data, var, imported=Imported((SWANS,)))
    search, _, manifest = open_release(folder, HashedEncoder())
    assert search.procedures["1.900004"] == SWANS and not search.procedures["1.900004"].reviewed
    assert search.search("đăng ký nuôi thiên nga").hits[0].code == "1.900004"
    assert (manifest["counts"]["procedures"], manifest["counts"]["reviewed"]) == (4, 3)


def test_an_imported_record_brings_questions_of_its_code_to_life(data: Path, var: Path) -> None:
    boats = draft(code=BOATS, name="Cho phép tổ chức đua thuyền")
    search = opened(data, var, imported=Imported((boats,)))
    assert search.loaded.all() and search.search("xin tổ chức đua thuyền rồng cần gì").hits[0].code == BOATS


def test_a_reviewed_record_wins_over_an_imported_one_of_its_code(data: Path, var: Path) -> None:
    search = opened(data, var, imported=Imported((draft(code=RENEW, name="Tên trên cổng"),)))
    assert search.procedures[RENEW].reviewed and search.procedures[RENEW].name == "Gia hạn đăng ký nuôi ong mật"
    assert len(search.procedures) == 3


def test_the_official_name_of_a_reviewed_record_is_searched_too(data: Path, var: Path) -> None:
    folder = made(data, var, imported=Imported((draft(code=CARD, name="Cấp giấy phép độc giả"),)))
    assert [CARD, "Cấp giấy phép độc giả"] in texts(folder, "name") and [CARD, "Cấp thẻ thư viện tỉnh"] in texts(folder, "name")
    assert open_release(folder, HashedEncoder())[0].search("giấy phép độc giả").hits[0].code == CARD


def test_twins_are_one_choice_and_both_codes_are_answered(data: Path, var: Path) -> None:
    twin = draft(code="1.900005", name="Thủ tục gia hạn đăng ký nuôi ong mật")
    folder = made(data, var, imported=Imported((twin,)))
    search = open_release(folder, HashedEncoder())[0]
    assert search.codes == [REGISTER, RENEW, CARD, BOATS] and search.place["1.900005"] == search.place[RENEW]
    assert search.search("gia hạn đăng ký nuôi ong mật").hits[0].code == RENEW
    assert search.search("mã 1.900005").hits == (Hit("1.900005", 1.0),)
    overviews = [text for code, text in texts(folder, "overview") if code in (RENEW, "1.900005")]
    assert len(overviews) == len(set(overviews))


def test_questions_of_twins_stand_once(data: Path, var: Path) -> None:
    twin = draft(code="1.900005", name="Gia hạn đăng ký nuôi ong mật")
    folder = made(data, var, imported=Imported((twin,)))
    names = [text for _, text in texts(folder, "name")]
    assert len(names) == len(set(names))


def test_use_and_province_stand_with_the_candidate(data: Path, var: Path) -> None:
    foreign = dataclasses.replace(SWANS, province="an-giang")
    search = opened(data, var, imported=Imported((foreign,), use={REGISTER: 0.8, RENEW: 0.2}))
    standing = dict(zip(search.codes, search.retrievers.standing.tolist(), strict=True))
    assert standing[REGISTER] == pytest.approx([0.8, 0.0]) and standing[RENEW] == pytest.approx([0.2, 0.0])
    assert standing["1.900004"][1] == -1.0


def test_a_release_that_is_there_already_reads_no_draft(data: Path, var: Path) -> None:
    class Unread(Sequence[Procedure]):
        def __getitem__(self, place: Any) -> Any:
            pytest.fail("a draft was read")

        def __len__(self) -> int:
            pytest.fail("drafts were counted")

    folder = made(data, var, imported=Imported((SWANS,), stamp="one"))
    assert made(data, var, imported=Imported(Unread(), stamp="one")) == folder
    assert made(data, var, imported=Imported((SWANS,), stamp="two")) != folder

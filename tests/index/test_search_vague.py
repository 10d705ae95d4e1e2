"""The vague questions of a family in the search: found beside its members, and never as a procedure."""

from __future__ import annotations

import pytest

from index.release import build, open_release
from index.retriever import Hit
from index.search import Found, ProcedureSearch

from ..small import CARD, REGISTER, RENEW, HashedEncoder, write_data, write_yaml

BEES = {
    "id": "nuoi-ong",
    "ask": "Anh/chị nuôi ong lần đầu hay gia hạn ạ?",
    "members": {REGISTER: ["lần đầu"], RENEW: ["gia hạn"]},
    "heads": ["giấy ong"],
    "asked": ["giấy tờ bầy ong của tui thì phải làm sao", "coi giùm giấy ong nhà tui"],
}
LONELY = {**BEES, "id": "the", "members": {CARD: ["thẻ"], "1.999999": ["khác"]}, "heads": ["thẻ đọc"], "asked": ["thẻ thì sao"]}


@pytest.fixture(scope="module")
def vague(tmp_path_factory: pytest.TempPathFactory) -> ProcedureSearch:
    folder = tmp_path_factory.mktemp("vague")
    data = write_data(folder / "data")
    write_yaml(data / "families.yml", [BEES, LONELY])
    return open_release(build(data, folder / "var", HashedEncoder(), log=lambda line: None), HashedEncoder())[0]


@pytest.mark.parametrize("question", ["giấy tờ bầy ong của tui phải làm sao", "giay to bay ong cua tui thi phai lam sao", "coi giùm giấy ong nhà tui đi"])
def test_a_vague_question_finds_its_family(vague: ProcedureSearch, question: str) -> None:
    found = vague.search(question)
    assert found.vague[0].code == "~nuoi-ong" and found.vague[0].score > found.hits[0].score
    assert found.best == found.vague[0].score and not found.clear


@pytest.mark.parametrize(("question", "code"), [("muốn nuôi ong thì cần giấy gì", REGISTER), ("gia hạn nuôi ong mấy bữa xong", RENEW), ("thẻ mượn sách bao nhiêu tiền", CARD)])
def test_a_question_that_tells_the_member_finds_the_member(vague: ProcedureSearch, question: str, code: str) -> None:
    found = vague.search(question)
    assert found.hits[0].code == code and found.best == found.hits[0].score > found.vague[0].score


def test_a_family_is_no_procedure(vague: ProcedureSearch) -> None:
    found = vague.search("giấy tờ bầy ong của tui thì phải làm sao", k=20)
    assert {hit.code for hit in found.hits} == set(vague.procedures)
    assert sum(hit.score for hit in (*found.hits, *found.vague)) + found.none == pytest.approx(1.0)
    assert vague.code_in("~nuoi-ong") is None


def test_a_family_with_one_loaded_member_is_not_found(vague: ProcedureSearch) -> None:
    assert set(vague.families) == {"~nuoi-ong"}
    assert vague.family_of([CARD]) is None


def test_a_family_close_behind_keeps_a_procedure_from_being_clear() -> None:
    ahead = Found((Hit(REGISTER, 0.7),), 0.0, (Hit("~nuoi-ong", 0.1),))
    close = Found((Hit(REGISTER, 0.62),), 0.0, (Hit("~nuoi-ong", 0.36),))
    assert ahead.clear and not close.clear
    assert Found((), 0.0).best == 0.0

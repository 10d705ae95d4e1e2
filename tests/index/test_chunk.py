"""The passages of a procedure."""

from __future__ import annotations

import dataclasses

from index.chunk import KINDS, MAX_CASES, Passage, chunk, chunk_all
from index.procedure import Case

from ..small import BEES, BEES_AGAIN, REGISTER, RENEW, procedure


def test_a_procedure_becomes_names_questions_summary_papers_and_cases() -> None:
    passages = chunk(procedure(), ["muốn nuôi ong thì sao"])
    assert [passage.kind for passage in passages] == ["name", "alias", "alias", "phrasing", "overview", "documents", "cases"]
    assert passages[0] == Passage(REGISTER, "name", "Đăng ký nuôi ong mật")
    assert passages[-1].text == "Đăng ký nuôi ong mật: Trại ong di chuyển theo mùa hoa"
    assert "Giấy xác nhận đăng ký nuôi ong" in passages[4].text
    assert {passage.kind for passage in passages} <= set(KINDS)


def test_no_passage_stands_twice() -> None:
    passages = chunk(procedure(aliases=["xin nuôi ong", "xin nuôi ong"]), ["a b", "a b"])
    assert len(passages) == len(set(passages))


def test_a_procedure_without_known_papers_has_no_passage_of_them() -> None:
    bare = procedure(documents=..., unknown={"documents": "nguồn không nói"}, cases=[])
    assert not any(passage.kind in ("documents", "cases") for passage in chunk(bare))


def test_all_passages_come_in_code_order() -> None:
    passages = chunk_all([procedure(BEES_AGAIN), procedure(BEES)], {RENEW: ["gia hạn sao"]})
    codes = [passage.code for passage in passages]
    assert codes == sorted(codes) and set(codes) == {REGISTER, RENEW}
    assert Passage(RENEW, "phrasing", "gia hạn sao") in passages


def test_the_official_name_is_a_name_too_and_stands_once() -> None:
    passages = chunk(procedure(), official="Thủ tục đăng ký nuôi ong lấy mật")
    assert [passage.text for passage in passages if passage.kind == "name"] == ["Đăng ký nuôi ong mật", "Thủ tục đăng ký nuôi ong lấy mật"]
    assert chunk(procedure(), official="Đăng ký nuôi ong mật") == chunk(procedure())
    assert chunk_all([procedure()], {}, {REGISTER: "Nuôi ong"})[1] == Passage(REGISTER, "name", "Nuôi ong")


def test_an_unreviewed_record_has_no_papers_and_few_cases() -> None:
    cases = tuple(Case(f"c{n}", f"trường hợp {n}") for n in range(MAX_CASES + 3))
    draft = dataclasses.replace(procedure(), reviewed=False, cases=cases)
    kinds = [passage.kind for passage in chunk(draft)]
    assert "documents" not in kinds and kinds.count("cases") == MAX_CASES
    assert [passage.kind for passage in chunk(dataclasses.replace(draft, reviewed=True))].count("cases") == len(cases)

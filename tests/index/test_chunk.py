"""The passages of a procedure."""

from __future__ import annotations

from index.chunk import KINDS, Passage, chunk, chunk_all

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

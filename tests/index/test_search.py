"""The one door that actions open, over the small release."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from index import settings
from index.candidates import Candidate
from index.retriever import Hit
from index.search import HEAD, TAIL, Found, ProcedureSearch, shorten

from ..small import BOATS, CARD, REGISTER, RENEW


@pytest.mark.parametrize(("question", "code"), [
    ("đăng ký nuôi ong mật", REGISTER), ("muon nuoi ong thi can giay gi", REGISTER), ("gia hạn nuôi ong mấy bữa xong", RENEW), ("thẻ mượn sách bao nhiêu tiền", CARD),
    ("lam the thu vien o dau", CARD), ("Tui có bầy ong nội để lại. Giờ muốn đăng ký trại ong thì sao?", REGISTER),
])
def test_the_asked_procedure_comes_first(search: ProcedureSearch, question: str, code: str) -> None:
    assert search.search(question).hits[0].code == code


@pytest.mark.parametrize("question", ["mã 2.900003", "2.900003", "2,900003 cần gì", "2. 900 003", "2.900 003?", "thủ tục 2.900003.000.00.00.H12", "nuôi ong (2.900003)", "1.999999 hay 2.900003"])
def test_a_code_in_the_question_wins_alone(search: ProcedureSearch, question: str) -> None:
    assert search.code_in(question) == CARD
    assert search.search(question) == Found((Hit(CARD, 1.0),), 0.0)


@pytest.mark.parametrize("question", ["1.999999", "12.900003", "2.9000031", "0.2.900003", "năm 2026", "3.900009", "29.000.03", "2900003", "", "2.900.00"])
def test_other_numbers_are_no_code(search: ProcedureSearch, question: str) -> None:
    assert search.code_in(question) is None


@pytest.mark.parametrize("question", ["đăng ký nuôi ong", "", "😀", "\ud800\x00", "ﷺ" * 30, "x" * 5000, "a." * 4000])
def test_probabilities_fall_and_sum_with_none_to_one(search: ProcedureSearch, question: str) -> None:
    found = search.search(question)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) + found.none == pytest.approx(1.0)
    assert {hit.code for hit in found.hits} == set(search.procedures)


@pytest.mark.parametrize("question", ["xin tổ chức đua thuyền rồng cần gì", "giay phep dua thuyen", "đua thuyền"])
def test_what_is_most_like_a_procedure_that_is_not_loaded_counts_as_none(search: ProcedureSearch, question: str) -> None:
    assert BOATS in search.codes and BOATS not in search.procedures
    found = search.search(question)
    assert BOATS not in {hit.code for hit in found.hits}
    assert found.none > 0.9 and not found.clear


def test_at_most_k_hits_are_given(search: ProcedureSearch) -> None:
    assert len(search.search("nuôi ong", k=1).hits) == 1


def test_the_same_question_gives_the_same_answer_on_any_thread(search: ProcedureSearch) -> None:
    questions = [f"nuôi ong {n % 3}" for n in range(60)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(search.search, questions))
    assert found == [search.search(question) for question in questions]


def test_the_procedure_of_the_talk_is_favoured(search: ProcedureSearch) -> None:
    question = "mấy bữa xong"
    for code in search.procedures:
        plain = {hit.code: hit.score for hit in search.search(question).hits}
        favoured = {hit.code: hit.score for hit in search.search(question, favour=code).hits}
        assert favoured[code] > plain[code]
    assert search.search(question, favour="9.999999") == search.search(question)


def test_composed_and_decomposed_questions_are_one(search: ProcedureSearch) -> None:
    question = "đăng ký nuôi ong mật"
    one, other = (search.search(unicodedata.normalize(form, question)) for form in ("NFC", "NFD"))
    assert one == other


def test_a_long_story_keeps_its_opening_and_its_end() -> None:
    words = [f"w{n}" for n in range(60)]
    assert shorten(" ".join(words)).split() == [*words[:HEAD], *words[-TAIL:]]
    assert shorten("làm khai sinh  ở đâu") == "làm khai sinh  ở đâu"


def test_what_names_a_procedure_is_told_from_what_asks(search: ProcedureSearch) -> None:
    assert search.topic_words("thế lệ phí bao nhiêu vậy") == []
    assert search.topic_words("nuôi ong mật") != []


def test_a_query_is_prepared_once(search: ProcedureSearch) -> None:
    search.warm("câu hỏi để dành")
    assert search.query("câu hỏi để dành") is search.query("câu hỏi để dành")


def test_a_question_that_failed_is_tried_again(search: ProcedureSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(question: str) -> None:
        raise RuntimeError("encoder")

    with monkeypatch.context() as patched:
        patched.setattr(search, "_prepare", fail)
        search.warm("câu hỏi bị lỗi")
        with pytest.raises(RuntimeError, match="encoder"):
            search.query("câu hỏi bị lỗi")
    assert np.isfinite(search.query("câu hỏi bị lỗi").vector).all()


BEST = settings.WHOLE.answer_from + 0.3


@pytest.mark.parametrize(("scores", "none", "clear"), [
    ([BEST, 0.01], 0.0, True), ([BEST], 0.0, True), ([], 0.0, False), ([settings.WHOLE.answer_from - 0.01], 0.0, False),
    ([BEST, BEST - 0.001], 0.0, False), ([BEST, 0.01], settings.WHOLE.none_up_to + 0.01, False),
])
def test_a_find_is_clear_when_best_ahead_and_not_likely_none(scores: list[float], none: float, clear: bool) -> None:
    found = Found(tuple(Hit(f"1.00000{n}", score) for n, score in enumerate(scores)), none)
    assert found.clear is clear


@pytest.mark.parametrize(("scores", "none", "whole", "part"), [
    ([0.5, 0.1], 0.4, False, True), ([0.5, 0.26], 0.2, False, False), ([0.39], 0.5, False, False), ([0.45], 0.51, False, False), ([0.7], 0.3, True, True),
])
def test_where_little_of_what_is_known_is_loaded_less_is_asked_of_an_answer(scores: list[float], none: float, whole: bool, part: bool) -> None:
    hits = tuple(Hit(f"1.00000{n}", score) for n, score in enumerate(scores))
    assert (Found(hits, none, gate=settings.WHOLE).clear, Found(hits, none, gate=settings.PART).clear) == (whole, part)


def test_the_gate_goes_by_what_is_loaded(search: ProcedureSearch) -> None:
    assert search.gate == search.search("nuôi ong").gate == settings.WHOLE  # three of four known procedures
    few = [replace(candidate, loaded=candidate.code == CARD) for candidate in candidates_of(search)]
    part = ProcedureSearch({CARD: search.procedures[CARD]}, few, search._encoder, search._accents, search.retrievers)
    assert part.gate == part.search("nuôi ong").gate == settings.PART


def candidates_of(search: ProcedureSearch) -> list[Candidate]:
    """One for each code, loaded as there."""
    return [Candidate(code, (code,), bool(loaded), 0.0, False) for code, loaded in zip(search.codes, search.loaded)]


def test_a_find_can_leave_one_procedure_out() -> None:
    found = Found((Hit("1.000001", 0.6), Hit("1.000002", 0.2)), 0.2, gate=settings.PART)
    assert found.without("1.000001").gate == settings.PART
    assert found.without("1.000001").hits == (Hit("1.000002", 0.2),)
    assert found.without(None) == found

"""A procedure as the sum of its passages: the words that they share weigh most, their number not at all."""

from __future__ import annotations

import pytest

from index.centroid import CentroidRetriever

from .test_retriever import CODES, RETRIEVERS, query


def scores(texts: list[str], owners: list[int], question: str, codes: list[str] = CODES[:2]) -> dict[str, float]:
    return {hit.code: hit.score for hit in CentroidRetriever.build(texts, owners, codes).search(query(question), 5)}


def test_what_all_passages_speak_of_wins_over_one_that_mentions_it() -> None:
    found = scores(["trai ong", "thung ong", "bay ong", "the sach", "muon sach ve ong", "doc sach"], [0, 0, 0, 1, 1, 1], "ong")
    assert found["1.000001"] > found["1.000002"] > 0


def test_the_number_of_questions_does_not_matter() -> None:
    once = scores(["trai ong", "the sach"], [0, 1], "ong")
    thrice = scores(["trai ong"] * 3 + ["the sach"], [0, 0, 0, 1], "ong")
    assert once == pytest.approx(thrice)


def test_unknown_words_lower_the_score() -> None:
    centroid = RETRIEVERS["centroid"]()
    whole, part = centroid.search(query("ong mật"), 1)[0].score, centroid.search(query("ong mật karaoke"), 1)[0].score
    assert 0 < part < whole <= 1 + 1e-6


def test_parts_make_the_same_retriever_again() -> None:
    built = RETRIEVERS["centroid"]()
    terms, idf, weights = built.parts()
    again = CentroidRetriever({term: n for n, term in enumerate(terms)}, idf, weights, CODES)
    assert again.search(query("trai ong"), 5) == built.search(query("trai ong"), 5)

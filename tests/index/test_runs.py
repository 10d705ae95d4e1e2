"""Runs of characters: what a typing error leaves is enough."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from index.runs import RunsRetriever, postings

from .test_retriever import CODES, OWNERS, RETRIEVERS, query


def test_a_typing_error_is_survived() -> None:
    assert RETRIEVERS["runs"]().search(query("thu vienn"), 1)[0].code == "1.000002"


def test_the_same_text_has_the_cosine_one() -> None:
    best = RETRIEVERS["runs"]().search(query("đua ghe ngo"), 2)
    assert [hit.score for hit in best] == pytest.approx([1.0, 1.0], abs=1e-5)


def test_the_best_passage_counts_not_the_number_of_passages() -> None:
    one = RunsRetriever.build(["nuoi ong", "nuoi ca"], [0, 1], CODES[:2])
    many = RunsRetriever.build(["nuoi ong", "ao sen", "ao sen", "nuoi ca"], [0, 0, 0, 1], CODES[:2])
    for built in (one, many):
        assert built.search(query("nuôi"), 2)[0].score == pytest.approx(1.0, abs=1e-5)


def test_runs_of_one_passage_and_of_nearly_all_are_dropped() -> None:
    texts = [f"trai {name}" for name in ("ong", "ong", "gau", *("x" * n for n in range(3, 30)))]
    terms = set(RunsRetriever.build(texts, range(len(texts)), [f"1.{n:06d}" for n in range(len(texts))]).parts()[0])
    assert "ong" in terms and not {"trai", "tra", " trai", "gau"} & terms


def test_parts_make_the_same_retriever_again() -> None:
    built = RETRIEVERS["runs"]()
    terms, idf, weights = built.parts()
    again = RunsRetriever({term: n for n, term in enumerate(terms)}, idf, weights, np.array(OWNERS), CODES)
    assert again.search(query("trai ong"), 5) == built.search(query("trai ong"), 5)


def test_postings_are_the_product_with_the_asked_columns() -> None:
    rng = np.random.default_rng(5)
    weights = sparse.random(40, 30, 0.2, "csc", np.float32, random_state=5)
    columns, factors = [3, 17, 29], rng.random(3)
    assert postings(weights, columns, factors) == pytest.approx(weights.toarray()[:, columns] @ factors, abs=1e-6)

"""The contract of Retriever, run on every implementation over the same passages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from index.centroid import CentroidRetriever
from index.coverage import Coverage
from index.dense import DenseRetriever
from index.lexical import LexicalRetriever, word_terms
from index.retriever import Hit, Query, Retriever, ranked
from index.text import fold, normalise

from ..small import HashedEncoder

CODES = ["1.000001", "1.000002", "1.000003", "1.000004", "1.000005"]
TEXTS = [
    (0, "đăng ký nuôi ong mật"), (0, "trại ong"), (0, "thùng ong"), (0, "đăng ký ong"), (1, "cấp thẻ thư viện"), (1, "thẻ mượn sách"),
    (1, "mượn sách thư viện"),
    (2, "đua ghe ngo"), (3, "đua ghe ngo"), (4, "nuôi dế"), (4, "trại dế"),
]
OWNERS = [owner for owner, _ in TEXTS]
FOLDED = [fold(normalise(text)) for _, text in TEXTS]
ENCODER = HashedEncoder(dim=128)
VECTORS = ENCODER.passages([text for _, text in TEXTS])

RETRIEVERS: dict[str, Callable[[], Retriever]] = {
    "dense": lambda: DenseRetriever.build(VECTORS, OWNERS, CODES),
    "words": lambda: LexicalRetriever.build(FOLDED, OWNERS, CODES),
    "centroid": lambda: CentroidRetriever.build(FOLDED, OWNERS, CODES),
    "coverage": lambda: Coverage.build(FOLDED, OWNERS, CODES),
}


@pytest.fixture(scope="module", params=RETRIEVERS)
def retriever(request: pytest.FixtureRequest) -> Retriever:
    return RETRIEVERS[request.param]()


def query(text: str) -> Query:
    text = normalise(text)
    return Query(text, text, fold(text), ENCODER.queries([text])[0])


@pytest.mark.parametrize(("text", "code"), [("đăng ký nuôi ong mật", 0), ("trai ong cua toi", 0), ("thẻ thư viện", 1), ("the muon sach", 1), ("ghe ngo", 2), ("trại dế", 4)])
def test_the_procedure_with_the_words_comes_first(retriever: Retriever, text: str, code: int) -> None:
    assert retriever.search(query(text), 3)[0].code == CODES[code]


@pytest.mark.parametrize("text", ["nuôi ong", "", "   ", "zzz qqq", "😀", "thủ tục giấy tờ", "đua ghe ngo", "ong " * 30, "nuôi dế"])
@pytest.mark.parametrize("k", [0, 1, 2, 10])
def test_hits_fall_are_finite_and_name_each_procedure_once(retriever: Retriever, text: str, k: int) -> None:
    hits = retriever.search(query(text), k)
    scores = [hit.score for hit in hits]
    assert len(hits) <= min(k, len(CODES))
    assert scores == sorted(scores, reverse=True) and np.isfinite(scores).all()
    assert len({hit.code for hit in hits}) == len(hits)


def test_equal_scores_stand_in_code_order(retriever: Retriever) -> None:
    hits = {hit.code: hit.score for hit in retriever.search(query("đua ghe ngo"), 4)}
    order = list(hits)
    assert hits["1.000003"] == pytest.approx(hits["1.000004"], abs=1e-5)
    assert order.index("1.000003") < order.index("1.000004")


def test_the_same_question_gives_the_same_hits(retriever: Retriever) -> None:
    assert retriever.search(query("trại ong"), 4) == retriever.search(query("trại ong"), 4)


WORDLESS = ["words", "centroid", "coverage"]


@pytest.mark.parametrize("name", WORDLESS)
@pytest.mark.parametrize("text", ["", "zzz qqq", "thủ tục", "😀"])
def test_a_question_without_known_words_has_no_hit(name: str, text: str) -> None:
    assert RETRIEVERS[name]().search(query(text), 4) == []


@pytest.mark.parametrize("name", WORDLESS)
def test_a_word_of_one_procedure_gives_one_hit(name: str) -> None:
    assert [hit.code for hit in RETRIEVERS[name]().search(query("sách"), 4)] == ["1.000002"]


@pytest.mark.parametrize("name", WORDLESS)
def test_a_candidate_without_passages_is_never_found(name: str) -> None:
    """A question that names nothing is no passage: a code may be left without one."""
    keep = [n for n, owner in enumerate(OWNERS) if owner != 4]
    texts, owners = [FOLDED[n] for n in keep], [OWNERS[n] for n in keep]
    kinds = {"words": LexicalRetriever, "centroid": CentroidRetriever, "coverage": Coverage}
    built: Retriever = kinds[name].build(texts, owners, CODES)
    assert built.search(query("trại ong"), 1)[0].code == "1.000001"
    assert "1.000005" not in {hit.code for hit in built.search(query("trại dế"), 5)}


def test_coverage_is_a_share_and_foreign_words_lower_it() -> None:
    coverage = RETRIEVERS["coverage"]()
    whole, part = coverage.search(query("ong mật"), 1)[0].score, coverage.search(query("ong mật karaoke"), 1)[0].score
    assert 0 < part < whole <= 1 + 1e-6


@pytest.mark.parametrize(("folded", "terms"), [
    ("dang ky nuoi ong", ["ky", "nuoi", "dang_ky", "ky_nuoi", "nuoi_ong"]), ("the nao", []), ("", []), ("ra xa", ["xa", "ra_xa"]), ("a b", ["b", "a_b"]),
])
def test_word_terms_leave_out_words_of_asking(folded: str, terms: list[str]) -> None:
    found = word_terms(folded)
    assert set(terms) <= set(found) and not {"the", "nao", "dang"} & set(found)


def test_ranked_breaks_ties_by_code_and_drops_what_does_not_match() -> None:
    scores = np.array([0.5, 0.9, 0.5, -np.inf, -np.inf])
    assert ranked(scores, CODES, 10) == [Hit("1.000002", 0.9), Hit("1.000001", 0.5), Hit("1.000003", 0.5)]


def test_ranked_keeps_code_order_among_many_equals() -> None:
    codes = [f"1.{n:06d}" for n in range(200)]
    scores = np.where(np.arange(200) % 3 == 0, 1.0, 0.5)
    hits = ranked(scores, codes, 200)
    assert [hit.code for hit in hits] == sorted(codes, key=lambda code: (-scores[codes.index(code)], code))

"""BM25 over passages: the best of each procedure, and the mean of its best three, as a slow count has them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LexicalRetriever, best_three

from .test_retriever import CODES, FOLDED, OWNERS, RETRIEVERS, query


def slow_best_three(scores: list[float], owners: list[int], sizes: list[int]) -> np.ndarray:
    """The same, owner by owner."""
    result = np.zeros((len(sizes), 2))
    for owner, size in enumerate(sizes):
        mine = sorted((score for score, of in zip(scores, owners, strict=True) if of == owner), reverse=True)
        if mine:
            result[owner] = mine[0], sum(mine[:3]) / min(size, 3)
    return result


FOUND = st.lists(st.tuples(st.integers(0, 6), st.floats(0.0625, 100)), max_size=40)


@given(FOUND, st.lists(st.integers(0, 5), min_size=7, max_size=7))
def test_best_three_is_what_a_slow_count_gives(found: list[tuple[int, float]], unmatched: list[int]) -> None:
    found.sort(key=lambda pair: pair[0])
    owners, scores = [owner for owner, _ in found], [score for _, score in found]
    sizes = [owners.count(owner) + more for owner, more in enumerate(unmatched)]
    fast = best_three(np.array(scores), np.array(owners, np.int32), np.array(sizes))
    assert fast.dtype == np.float32
    assert fast == pytest.approx(slow_best_three(scores, owners, sizes), rel=1e-5)


@pytest.mark.parametrize(("scores", "owners", "sizes", "expected"), [
    ([], [], [2, 1], [[0, 0], [0, 0]]), ([3, 6, 9, 12], [0, 0, 0, 0], [4], [[12, 9]]), ([6], [0], [1], [[6, 6]]), ([6], [0], [2], [[6, 3]]),
    ([6], [0], [9], [[6, 2]]), ([1, 5], [0, 2], [1, 1, 1], [[1, 1], [0, 0], [5, 5]]),
])
def test_a_passage_without_a_match_counts_zero(scores: list, owners: list, sizes: list, expected: list) -> None:
    found = best_three(np.array(scores, np.float64), np.array(owners, np.int32), np.array(sizes))
    assert found == pytest.approx(np.array(expected, np.float32))


def test_foreign_words_lower_the_score() -> None:
    words = RETRIEVERS["words"]()
    whole, part = (words.scores(query(text))[0, 0] for text in ("nuôi ong mật", "nuôi ong mật karaoke"))
    assert 0 < part < whole


def test_parts_make_the_same_retriever_again() -> None:
    built = LexicalRetriever.build(FOLDED, OWNERS, CODES)
    terms, idf, weights = built.parts()
    again = LexicalRetriever({term: n for n, term in enumerate(terms)}, idf, weights, np.array(OWNERS), CODES)
    assert again.search(query("trại ong"), 5) == built.search(query("trại ong"), 5)


def test_terms_of_most_passages_count_only_when_there_are_no_others() -> None:
    texts = [f"giay phep so{n}" for n in range(60)]
    words = LexicalRetriever.build(texts, range(60), [f"1.{n:06d}" for n in range(60)])
    found = words.scores(query("giấy phép so7"))[:, 0]
    assert (found > 0).sum() == 1 and found.argmax() == 7
    assert (words.scores(query("giấy phép"))[:, 0] > 0).all()

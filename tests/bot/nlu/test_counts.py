"""A message as counted terms."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.nlu.counts import FAMILIES, Vocabulary, bags

MESSAGES = [bags("làm khai sinh", ["làm", "khai_sinh"]), bags("làm khai tử", ["làm", "khai_tử"]), bags("đổi thẻ", ["đổi", "thẻ"])]


def test_four_families_are_counted_without_diacritics() -> None:
    counted = bags("làm khai sinh", ["làm", "khai_sinh"])
    assert tuple(counted) == FAMILIES
    assert set(counted["word"]) == {"làm", "khai_sinh"} and set(counted["syllable"]) == {"lam", "khai", "sinh"}
    assert {"< lam", "lam khai", "khai sinh", "sinh >", "lam _ sinh"} == set(counted["pair"])
    assert " la" in counted["run"] and "inh " in counted["run"]


@pytest.mark.parametrize("least", [1, 2, 3])
def test_rare_terms_are_left_out(least: int) -> None:
    learnt = Vocabulary.learn(MESSAGES, least)
    assert learnt.terms == sorted(learnt.terms)
    assert ("syllable\0lam" in learnt.terms) is (least <= 2) and ("syllable\0the" in learnt.terms) is (least == 1)


def test_each_family_of_a_row_has_length_one_or_none() -> None:
    learnt = Vocabulary.learn(MESSAGES, 1)
    rows = learnt.rows([*MESSAGES, bags("zzz qqq", []), bags("", [])])
    lengths = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
    assert rows.shape == (5, len(learnt.terms)) and rows.dtype == np.float32
    assert lengths[:3] == pytest.approx([4, 4, 4], abs=1e-5)
    assert 0 <= lengths[4] <= lengths[3] <= 4


def test_a_stored_vocabulary_makes_the_same_rows() -> None:
    learnt = Vocabulary.learn(MESSAGES, 1)
    again = Vocabulary(**json.loads(json.dumps({"terms": learnt.terms, "idf": learnt.idf})))
    assert (learnt.rows(MESSAGES) != again.rows(MESSAGES)).nnz == 0


def test_an_empty_vocabulary_has_no_columns() -> None:
    assert Vocabulary([], []).rows(MESSAGES).shape == (3, 0)


def test_a_long_message_is_cut() -> None:
    assert sum(bags("a" * 100_000, [])["run"].values()) < 3000
